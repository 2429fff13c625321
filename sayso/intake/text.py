"""Plain text and Markdown: one document a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, clean_text, decode
from sayso.model.document import Document

LONGEST_TITLE = 220
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_SETEXT = re.compile(r"\A([^\n]+)\n=+[ \t]*$", re.MULTILINE)
# lengths are bounded, so that a text made of opening brackets costs no more than another of its size
_MARKS = (
    (re.compile(r"^```[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)([^\n*_]{1,500}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"^>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^#{1,6}\s+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE), ""),
)


class Markdown:
    """Markdown by name: the first heading is the title; marks of emphasis, links and quotation are taken off."""

    name = "markdown"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the file's name; plain text that happens to hold marks stays plain."""
        return name.casefold().endswith((".md", ".markdown"))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """One document."""
        text = clean_text(decode(source))
        heading = _SETEXT.match(text) or _HEADING.search(text)
        title = heading.group(1) if heading else None
        if heading:
            text = text[: heading.start()] + text[heading.end() :]
        for pattern, plain in _MARKS:
            text = pattern.sub(plain, text)
        yield _document(text, title, source)


class PlainText:
    """Any text. A short first line that is set off by an empty line and ends in no full stop is the title."""

    name = "text"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """Takes whatever no other format took."""
        return True

    def parse(self, source: Named) -> Iterator[Parsed]:
        """One document."""
        text = clean_text(decode(source))
        first, _, rest = text.partition("\n\n")
        if rest.strip() and "\n" not in first and len(first) <= LONGEST_TITLE and first.rstrip()[-1] not in ".!?…:;,":
            yield _document(rest, first, source)
        else:
            yield _document(text, None, source)


def _document(text: str, title: str | None, source: Named) -> Parsed:
    text = clean_text(text)
    if not text:
        return InputRefused("no text in it", where=source.name, remedy="check that it was saved completely")
    return Document(text=text, title=title, id=source.name, url=None, outlet=None)
