"""Spans of text: half-open, in Unicode code points, as in Python slices."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

LONGEST_WORD = 60
"""Characters before a place in which its last word is looked for."""
_LAST_WORD = re.compile(r"\b(\w+)\s+$")


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (excluded) of a document's text."""

    start: int
    end: int

    def quote(self, text: str) -> str:
        """The words themselves: ``text[start:end]``, always."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether both share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether *other* lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def follows(self, other: Span, within: int) -> bool:
        """Whether it begins behind *other*, something between but no more than *within* characters."""
        return 0 < self.start - other.end <= within

    def gap(self, other: Span) -> int:
        """Characters between the two; 0 where they touch or overlap."""
        return max(0, self.start - other.end, other.start - self.end)


def cover(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of *spans*.

    Raises:
        ValueError: there are none.
    """
    kept = list(spans)
    return Span(min(s.start for s in kept), max(s.end for s in kept))


def trim(span: Span, text: str, edges: str = " \t\r\n") -> Span:
    """*span* without the characters of *edges* at its ends; empty at its start if nothing else is in it."""
    start, end = span
    while start < end and text[start] in edges:
        start += 1
    while end > start and text[end - 1] in edges:
        end -= 1
    return Span(start, end)


def word_before(text: str, place: int) -> Span | None:
    """The word behind which, white space between, a place in *text* lies; None where it lies behind a mark."""
    found = _LAST_WORD.search(text, max(0, place - LONGEST_WORD), place)
    return Span(*found.span(1)) if found else None


def united(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def holding(spans: Sequence[Span], place: int) -> Span | None:
    """The one of *spans*, which are in order and apart, that holds a place; None where none does."""
    number = bisect_right(spans, place, key=lambda span: span.start) - 1
    return spans[number] if number >= 0 and place < spans[number].end else None
