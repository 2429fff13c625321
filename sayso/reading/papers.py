"""What a paper is quoted as saying where no verb of saying tells so: "Order No. 62 of 4 November, see for yourselves: “…”"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model.span import Span, trim
from sayso.reading.attribution import Found, is_attributed
from sayso.reading.lexicon import Lexicon

LONGEST = 10
"""Words that a paper's name may have."""
SURE = 0.6
_OPENED = re.compile(r":\s*(?=[«“„\"])")
_QUOTED = re.compile(r"“[^”]+”|«[^»]+»|„[^“”]+[“”]|\"[^\"]+\"")
_ENDING = re.compile(r"(?:[’'ʼ‘ʻ`]\w+)+")
_ENDS = re.compile(r"[,:;(–—]|\s-\s")


def find_read_out(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """Quotations behind a colon in sentences that name a numbered or dated paper, and that nothing else attributes."""
    out: list[Found] = []
    for sentence in sentences:
        opened = _OPENED.search(text, sentence.start, sentence.end)
        quoted = _QUOTED.match(text, opened.end()) if opened else None
        if opened is None or quoted is None:
            continue
        content = Span(*quoted.span())
        if is_attributed(found, content):
            continue
        paper = _paper(Span(sentence.start, opened.start()), text, words)
        if paper is not None:
            out.append(Found((paper,), (Span(opened.start(), opened.start() + 1),), (content,), SURE))
    return out


def _paper(before: Span, text: str, words: Lexicon) -> Span | None:
    """The paper that the words before a colon name by number or date; None where they name none."""
    noun = words.of("kinds", "document").search(text, before.start, before.end)
    if noun is None or not re.search(r"\d", before.quote(text)):
        return None
    end = _ENDS.search(text, noun.end(), before.end)
    span = trim(Span(noun.start(), end.start() if end else before.end), text)
    if not re.search(r"\d", span.quote(text)) and re.search(r"\d", text[before.start : noun.start()]):
        # the noun comes last: "Hukumatning 11-martdagi 86-sonli qarorida"
        cuts = [match.end() for match in _ENDS.finditer(text, before.start, noun.start())]
        ending = _ENDING.match(text, noun.end())
        span = trim(Span(cuts[-1] if cuts else before.start, ending.end() if ending else noun.end()), text)
    return span if 0 < len(span.quote(text).split()) <= LONGEST else None
