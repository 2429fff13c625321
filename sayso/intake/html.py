"""Web pages: main text, title, author, date, site and canonical address, by trafilatura (Barbaresi, ACL 2021)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, clean_text, decode, opening
from sayso.intake.claimreview import iter_page_reviews
from sayso.intake.posts import clean_name, link_relays, moment
from sayso.model.document import Document

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article|div|p|meta|title)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


_SCRIPT_ONLY = re.compile(r"enable javascript|javascript is (?:disabled|required)|включите javascript", re.IGNORECASE)
_PAYWALL = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
SHORT = 600
"""Characters of text under which a page that asks for a script or a subscription is refused."""
_TAGS = re.compile(
    r"<(/?)(?:div|span|section|article|table|tr|td|ul|ol|li|b|i|em|font|center|blockquote|details)\b[^<>]{0,300}(?<!/)>",
    re.IGNORECASE,
)
_PARAGRAPHS = re.compile(r"\n+")
MOST_DEPTH = 2_000
"""Elements inside one another beyond which a page is no page that anybody wrote."""


class Html:
    """A saved web page."""

    name = "html"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By markup near the start of the file."""
        return opening(head) == b"<" and bool(_MARKUP.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """One document; and one for each claim that its publisher says to have reviewed."""
        html = decode_page(source)
        reviews = list(iter_page_reviews(html, source.name))
        try:
            yield document_from_html(html, source.name, source.url)
        except InputRefused as refused:
            if not reviews:
                yield refused
        yield from reviews


def document_from_html(html: str, where: str, url: str | None = None) -> Document:
    """The main text of a page as a document.

    Args:
        html: the page's source.
        where: the file, for errors and as the document's id.
        url: the address that it came from, if that is known.

    Raises:
        InputRefused: the page has no main text, or says that it keeps it back.
    """
    from trafilatura.settings import Document as Page

    refuse_depth(html, where)
    page = main_text(html, url)
    if not isinstance(page, Page) or not (page.text or "").strip():
        raise InputRefused(
            "no article text on the page",
            where=where,
            remedy="it may need a script or a sign-in; save the text and add that",
        )
    text = clean_text(_PARAGRAPHS.sub("\n\n", page.text or ""))
    if page.title and text.startswith(f"{page.title}\n"):
        text = text[len(page.title) :].lstrip()
    if len(text) < SHORT / 3 and _PAYWALL.search(html):
        raise InputRefused(
            "only the start of the article: its publisher keeps the rest for subscribers",
            where=where,
            remedy="add the text that your subscription shows you",
        )
    if len(text) < SHORT and _SCRIPT_ONLY.search(text):
        raise InputRefused(
            "the page shows its text by script only", where=where, remedy="save it from a browser and add the file"
        )
    return Document(
        text=text,
        url=page.url or url,
        outlet=clean_name(page.sitename or page.hostname),
        channel="website",
        author=clean_name(page.author),
        title=clean_name(page.title),
        lang=page.language or None,
        published=moment(page.date) and page.date,
        id=where,
        relays=tuple(link_relays(_linked(page.body))),
    )


def _linked(body: Any) -> list[str]:
    """The addresses that the main text links to."""
    return [] if body is None else [one.get("target") or one.get("href") or "" for one in body.iter("ref", "a")]


def main_text(html: str, url: str | None = None) -> Any:
    """trafilatura's reading of a page: strict first, since menus and teasers that slip in are read as statements; by
    its usual rules where the strict ones leave nothing. None where there is no main text."""
    from trafilatura import bare_extraction

    settings: dict[str, Any] = {
        "include_comments": False,
        "include_tables": True,
        "with_metadata": True,
        "deduplicate": False,
        "include_links": False,
    }
    page = bare_extraction(html, url=url, favor_precision=True, **settings)
    if page is None or not getattr(page, "text", None):
        page = bare_extraction(html, url=url, **settings)
    return page


def refuse_depth(html: str, where: str) -> None:
    """Refuses a page whose elements stand in one another beyond all measure: parsers recurse.

    Raises:
        InputRefused: it is such a page.
    """
    depth = 0
    for match in _TAGS.finditer(html):
        depth += -1 if match.group(1) else 1
        if depth > MOST_DEPTH:
            raise InputRefused("elements nested too deep", where=where, remedy="save the page again, or add its text")
        depth = max(depth, 0)


def parse_tree(html: str, where: str) -> HtmlElement:
    """The page as a tree.

    Raises:
        InputRefused: nothing of it can be parsed.
    """
    from lxml import etree
    from lxml.html import document_fromstring

    refuse_depth(html, where)
    try:
        return document_fromstring(html)
    except (etree.LxmlError, ValueError) as error:
        raise InputRefused("the page cannot be parsed", where=where, remedy="save it again from a browser") from error


def decode_page(source: Named) -> str:
    """The page's text by its declared character set, UTF-8 where none is declared.

    Raises:
        InputRefused: it is in another one.
    """
    declared = _CHARSET.search(source.data[:2048])
    if declared and not source.data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared.group(1).decode("ascii", "replace")
        try:
            return source.data.decode(name)
        except (LookupError, UnicodeDecodeError, UnicodeError):
            pass
    try:
        return decode(source)
    except InputRefused:
        if declared is None:
            raise
        raise InputRefused(
            f"not valid {declared.group(1).decode('ascii', 'replace')}, which the page declares",
            where=source.name,
            remedy="save the page again as UTF-8",
        ) from None
