"""Whom a bare title means: "the general said" for General Orhan Bilge, "добавил полковник" for the colonel named before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from sayso.model.span import Span
from sayso.reading.lexicon import Lexicon

LONGEST = 2
"""Words of a bare title."""
MOST = 80
"""Mentions before a title that are looked at, so that long texts take time in line with their length."""
NEAR = 70
"""Characters before and behind a name in which the title stands."""
_PHRASE_END = re.compile(r"[.,;:!?«»“”„\"()—–\n]")
_WORD = re.compile(r"\w+")
_ENDING = 2
"""Letters that the cases of a title may change."""


def bearer_of(name: str, span: Span, text: str, people: Sequence[tuple[int, str]], words: Lexicon) -> str | None:
    """The person named last before *span* who has the title *name*; None where it is none, or may be somebody new ("a driver").

    Args:
        name: a source without its article.
        people: (place, name) of those whom the text names or introduces, in order.
    """
    titles = name.casefold().split()
    article = span.quote(text).partition(" ")[0].casefold()
    if not 0 < len(titles) <= LONGEST or not name.islower() or article in words.plain("coordination", "indefinite"):
        return None
    until = bisect_left(people, span.start, key=itemgetter(0))
    named = [(at, person) for at, person in people[max(0, until - MOST) : until] if _is_full_name(person)]
    for number in reversed(range(len(named))):
        at, person = named[number]
        # the phrase before a name begins behind the name before
        place, name_before = named[number - 1] if number else (0, "")
        last = place + len(name_before)
        before = _PHRASE_END.split(text[max(min(last, at), at - NEAR) : at])[-1]
        behind = text[at + len(person) : at + len(person) + NEAR]
        apposition = _PHRASE_END.split(behind[1:])[0] if behind.startswith(",") else ""
        if all(_has(f"{before} {apposition}", title) for title in titles):
            return person
    return None


def _is_full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _has(phrase: str, title: str) -> bool:
    """Whether a word stands in a phrase, in some case of it."""
    stem = title[: max(_ENDING + 2, len(title) - _ENDING)]
    return len(title) > _ENDING + 1 and any(word.startswith(stem) for word in _WORD.findall(phrase.casefold()))
