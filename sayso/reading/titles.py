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
CASE = 3
"""Letters that a case may add to a title."""
_PHRASE_END = re.compile(r"[.,;:!?«»“”„\"()—–\n]")
_WORD = re.compile(r"\w+")


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
        if any(_heads(phrase, titles, words) for phrase in (before, apposition)) or _ends(before, titles, words):
            return person
    return None


def _is_full_name(name: str) -> bool:
    parts = name.split()
    return len(parts) > 1 and all(part[0].isupper() for part in parts)


def _heads(phrase: str, titles: Sequence[str], words: Lexicon) -> bool:
    """Whether a phrase begins with a title, in some case of it: "Проректор университета", "a pilot of the port"; not "an adviser to the
    president"."""
    told = _WORD.findall(phrase.casefold())
    if told and told[0] in words.plain("coordination", "articles"):
        del told[0]
    return len(told) >= len(titles) and all(map(_is_case_of, told, titles))


def _ends(phrase: str, titles: Sequence[str], words: Lexicon) -> bool:
    """Whether a phrase ends in just that title ("комиссар порта полковник"), the ending apart that shows whose it is ("port raisi"), with
    no short word that links it to another ("conseiller du ministre")."""
    told = _WORD.findall(phrase.casefold())
    before = told[-len(titles) - 1 : -len(titles)]
    last, title = told[-1:], titles[-1]
    own = last and last[0].startswith(title) and words.of("kinds", "title_ending").fullmatch(last[0][len(title) :])
    same = told[-len(titles) :] == list(titles) or bool(own and told[-len(titles) : -1] == list(titles[:-1]))
    return same and all(len(word) > CASE for word in before)


def _is_case_of(word: str, title: str) -> bool:
    """Whether a word is a title or a longer case of it; a shorter one would make the title its plural."""
    return word[: len(title) - 1] == title[:-1] and 0 <= len(word) - len(title) <= CASE and len(title) > CASE
