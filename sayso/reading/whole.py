"""Quotations made whole: between one pair of marks one speaker goes on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.model.span import Span, united
from sayso.reading.attribution import Found
from sayso.reading.names import quotations


def with_whole_quotations(found: Sequence[Found], text: str) -> list[Found]:
    """Contents that hold a part of a quotation made to hold the whole of it, where source and cue stand outside the marks."""
    quoted = quotations(text)
    starts = [span.start for span in quoted]

    def touched(span: Span) -> list[Span]:
        first = max(0, bisect_right(starts, span.start) - 1)
        return [quote for quote in quoted[first : bisect_left(starts, span.end)] if _inside(quote).overlaps(span)]

    out = []
    for one in found:
        within = [quote for part in (*one.cue, *one.source) for quote in touched(part)]
        whole = [quote for part in one.content for quote in touched(part) if quote not in within]
        out.append(replace(one, content=tuple(united([*one.content, *whole]))) if whole else one)
    return out


def _inside(quote: Span) -> Span:
    """What stands between the marks: two quotations may share none but a mark."""
    return Span(quote.start + 1, quote.end - 1)
