"""Sentences of a text, as spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from sayso.model.span import Span, trim

_PARAGRAPH = re.compile(r"[^\n]+")


def iter_paragraphs(text: str) -> list[Span]:
    """Lines of *text* that hold anything."""
    spans = (Span(*match.span()) for match in _PARAGRAPH.finditer(text))
    return [trim(span, text) for span in spans if text[span.start : span.end].strip()]


def iter_sentences(text: str, lang: str) -> list[Span]:
    """Sentences in order, cut by sentencex (Wikimedia) within each paragraph; none crosses a line end."""
    from sentencex import get_sentence_boundaries

    out: list[Span] = []
    for paragraph in iter_paragraphs(text):
        for found in get_sentence_boundaries(lang, paragraph.quote(text)):
            start = paragraph.start + found["start_index"]
            span = trim(Span(start, paragraph.start + found["end_index"]), text)
            if span.end > span.start:
                out.append(span)
    return out


def sentence_at(sentences: Sequence[Span], offset: int) -> int:
    """Number of the sentence that holds or last precedes *offset* (0 where none does)."""
    return max(0, bisect_right(sentences, offset, key=lambda span: span.start) - 1)
