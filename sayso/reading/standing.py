"""Quotations that no cue holds: behind a colon after who speaks ("Lawyer Ada Lenk is in no hurry: “…”"), or standing by themselves
after the sentence that brought the speaker on stage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model.span import Span, trim
from sayso.reading.attribution import Found
from sayso.reading.lexicon import Lexicon
from sayso.reading.names import iter_people, quotations

SURE = 0.55
SHORTEST = 4
"""Words that a quotation needs to be somebody's words and no title."""
FARTHEST = 260
"""Characters before a colon in which the speaker stands."""
_COLON = re.compile(r":\s*$")


def find_standing_quotes(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """Attributions for quotations of some length that nothing else attributes.

    The source is whom the words before the colon name; it is left empty, for the cast to tell, where they only say what the quotation is about
    and where the quotation stands by itself.
    """
    taken = [span for one in found for span in one.content]
    loose = [
        content
        for content in quotations(text)
        if len(content.quote(text).split()) >= SHORTEST and not any(span.overlaps(content) for span in taken)
    ]
    if not loose:
        return []
    people = list(iter_people(text, words))
    starts = {sentence.start for sentence in sentences}
    out: list[Found] = []
    for content in loose:
        line = text.rfind("\n", 0, content.start) + 1
        lead = re.split(r"[.!?]\s+(?=[^\W\d_a-zа-яё])", text[max(line, content.start - FARTHEST) : content.start])[-1]
        mark = Span(content.start, content.start + 1)
        if _COLON.search(lead):
            begin = content.start - len(lead)
            named = [(at, name) for at, name in people if begin <= at < content.start]
            topic = lead.split()[0].casefold() in words.plain("coordination", "topic")
            if topic:
                out.append(Found((), (mark,), (content,), SURE))
            elif named and named[0][0] - begin < FARTHEST // 3:
                at, name = named[0]
                out.append(Found((Span(at, at + len(name)),), (mark,), (content,), SURE))
        elif content.start in starts and line < content.start and _ends_whole(text, content):
            out.append(Found((), (mark,), (trim(content, text),), SURE))
    return out


def _ends_whole(text: str, content: Span) -> bool:
    """Whether a quotation is a sentence or more of its own: it ends in a full stop, and no verb of saying follows."""
    inner = text[content.start + 1 : content.end - 1].rstrip()
    after = text[content.end :].lstrip(" ")
    return inner[-1:] in ".!?…" and (not after or after[0] == "\n" or after[0].isupper() or after[0] in '.“«„"')
