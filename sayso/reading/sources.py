"""Source spans mended where the network cuts them amiss."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sayso.model.span import Span
from sayso.reading.attribution import Found

_MEDIUM = re.compile(
    r"^(?:on|in|at|в|на)\s+(?:(?:its|their|the|своём|своем|своей)\s+)?"
    r"(?:Telegram|Twitter|X|Facebook|Telegram-канале|Телеграме|Твиттере|website|page|сайте|странице),\s+",
    re.IGNORECASE,
)
_QUOTE_AND_SPEAKER = re.compile(
    r"^(?P<quote>[“\"«„].*[”\"»],?)\s+(?P<speaker>[^\W\d_][^\n”\"»“«„]{0,120}?),?$", re.DOTALL
)


def with_mended_sources(found: Iterable[Found], text: str) -> list[Found]:
    """Takes a medium off the start of a source ("on Telegram, Saltwire"), and a speaker off the end of a quotation
    that has none ("“It is a lie,” she" before "told")."""
    out = []
    for one in found:
        if one.source:
            first = one.source[0]
            medium = _MEDIUM.match(first.quote(text))
            if medium and medium.end() < first.end - first.start:
                one = replace(one, source=(Span(first.start + medium.end(), first.end), *one.source[1:]))
        elif one.content and one.cue and 0 <= one.cue[0].start - one.content[-1].end <= 2:
            last = one.content[-1]
            match = _QUOTE_AND_SPEAKER.match(last.quote(text))
            if match:
                speaker = Span(last.start + match.start("speaker"), last.start + match.end("speaker"))
                quoted = Span(last.start, last.start + match.end("quote"))
                one = replace(one, source=(speaker,), content=(*one.content[:-1], quoted))
        out.append(one)
    return out
