"""Web pages: main text, title, author, date, site and canonical address, by trafilatura (Barbaresi, ACL 2021)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, clean_text, decode
from sayso.model.document import Document

_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p|meta|title)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


class Html:
    """A saved web page."""

    name = "html"

    def sniff(self, head: bytes, name: str) -> bool:
        """By markup near the start of the file."""
        return head.lstrip()[:1] == b"<" and bool(_MARKUP.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """One document."""
        yield document_from_html(_decode_page(source), source.name)


def document_from_html(html: str, where: str) -> Document:
    """The main text of a page as a document.

    Raises:
        InputRefused: the page has no main text.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Page

    page = bare_extraction(html, include_comments=False, include_tables=True, with_metadata=True, deduplicate=False)
    if not isinstance(page, Page) or not (page.text or "").strip():
        raise InputRefused(
            "no article text on the page",
            where=where,
            remedy="it may need a script or a sign-in; save the text and add that",
        )
    text = clean_text(re.sub(r"\n+", "\n\n", page.text or ""))
    if page.title and text.startswith(f"{page.title}\n"):
        text = text[len(page.title) :].lstrip()
    return Document(
        text=text,
        url=page.url or None,
        outlet=page.sitename or page.hostname or None,
        channel="website",
        author=page.author or None,
        title=page.title or None,
        lang=page.language or None,
        published=page.date or None,
        id=where,
    )


def _decode_page(source: Named) -> str:
    """The page's text by its declared character set, UTF-8 where none is declared."""
    declared = _CHARSET.search(source.data[:2048])
    if declared:
        name = declared.group(1).decode("ascii")
        try:
            return source.data.decode(name)
        except (LookupError, UnicodeDecodeError) as error:
            raise InputRefused(
                f"not valid {name}, which the page declares", where=source.name, remedy="save the page again as UTF-8"
            ) from error
    return decode(source)
