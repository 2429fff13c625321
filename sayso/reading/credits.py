"""Credit lines: the agency or outlet from which a whole document is taken.

"Source: X", "(Northwire)" at the end, "CITY, March 9 (Agency) —", "CITY (Agency) —" and "ГОРОД, 4 июня. /Агентство/." at the
start; "(Agency) —" there by itself. Without a day, only an agency that the desk knows counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sayso.model.span import Span
from sayso.reading.lexicon import Lexicon

_DATELINE = re.compile(
    r"\A\W{0,4}[^\W\d_][\w.’' -]{1,40}[,،][^\n(/—–-]{0,30}?(?:\((?P<a>[^()\n]{2,40})\)|/(?P<b>[^/\n]{2,40})/)\s*\.?\s*(?:[—–-]|(?=\S))"
)
_UNDATED = re.compile(r"\A\W{0,4}(?:[^\W\d_][\w.’' -]{1,40}\s)?\((?P<name>[^()\n]{2,40})\)(?:\s+[—–-]\s|\.\s)")
"""An agency before the text with a place alone or nothing: other words may stand there as well, "NATO (OTAN) —" or "(Update) —"."""
_CLOSING = re.compile(r"\((?P<name>[^\W\d_][\w.’' -]{1,40})\)\s*\.?\s*\Z")


def find_credits(text: str, words: Lexicon, is_outlet: Callable[[str], bool]) -> list[Span]:
    """Spans of the names in the document's credit lines, in the order of the text.

    Args:
        text: of the document.
        words: the lexicon of its language.
        is_outlet: whether a name is an outlet's that the desk knows.
    """
    found: list[Span] = []
    dateline = _DATELINE.match(text)
    if dateline:
        found.append(Span(*dateline.span("a" if dateline.group("a") else "b")))
    undated = _UNDATED.match(text)
    if undated and is_outlet(undated.group("name")):
        found.append(Span(*undated.span("name")))
    closing = _CLOSING.search(text)
    if closing:
        found.append(Span(*closing.span("name")))
    lead = words.of("credit", "source_line").pattern
    for match in re.finditer(
        rf"(?:^|(?<=[.!?»”\"] )){lead}:?[ \t]*(?P<name>[^\n.;]{{2,60}})\.?[ \t]*$", text, re.IGNORECASE | re.MULTILINE
    ):
        if ":" in text[match.start() : match.start("name")]:
            found.append(Span(*match.span("name")))
    return found
