"""Countries, regions and great cities by their names in many languages, so that «Россия» is found where a text says Russia.

Reference: Unicode CLDR, territories and the example cities of time zones, through Babel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from sayso.asking.folding import STEM, fold

LANGUAGES = ("en", "ru", "uk", "kk", "ky", "uz", "tg", "tk", "tr", "ar", "es", "fr", "de")
UNPLACED = frozenset(("ZZ", "XA", "XB", "QO"))
"""Codes that name no place."""
SUFFIX = 4
"""Letters that a case may add to a whole name ("Rossiyada")."""
ENDING = 2
"""Letters in which two forms of a name may differ at the end ("Россия", "России")."""
SHORT = 4
"""Letters of the shortest name that is looked for in other forms."""
VOWELS = tuple("aeiouy")
BEGINNING = 2
"""Letters by which the index of names is looked into."""
_WORDS = re.compile(r"[a-z0-9]{2,}")

Words = tuple[str, ...]


def _words(name: str) -> Words:
    return tuple(_WORDS.findall(fold(name)))


@cache
def _names() -> dict[str, frozenset[Words]]:
    """Place code to its names, each as folded words."""
    from babel import Locale

    out: dict[str, set[Words]] = {}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for code, name in locale.territories.items():
            if code not in UNPLACED:
                out.setdefault(code, set()).add(_words(name))
        for zone, told in locale.time_zones.items():
            city = zone.rpartition("/")[2].replace("_", " ")
            out.setdefault(zone, set()).update((_words(city), _words(told.get("city", city))))
    return {code: frozenset(filter(None, names)) for code, names in out.items()}


@cache
def _beginnings() -> dict[str, list[tuple[str, Words]]]:
    """First letters of a name to the codes and names that begin with them."""
    out: dict[str, list[tuple[str, Words]]] = {}
    for code, names in _names().items():
        for name in names:
            out.setdefault(name[0][:BEGINNING], []).append((code, name))
    return out


def _inflected(asked: Words, name: Words) -> bool:
    """Whether *asked* is *name* but for the endings of its words. Of several words each may be changed more, since all of
    them must agree ("Центральная Азия", "в Центральной Азии")."""
    if len(asked) != len(name):
        return False
    if len(name) > 1:
        return all(
            one[:STEM] == other[:STEM] or max(_rests(one, other)) <= ENDING
            for one, other in zip(asked, name, strict=True)
        )
    known = name[0]
    more, less = _rests(asked[0], known)
    if not less:
        return more <= SUFFIX and len(known) >= SHORT
    if more > ENDING or less > ENDING:
        return False
    # in a short name only a vowel's ending can change: "Вена", "Вены", but not "Иран", "Ирак"
    return len(known) - less >= STEM or (
        known.endswith(VOWELS) and len(known) >= SHORT and less <= len(known) - SHORT + 1
    )


def _rests(one: str, other: str) -> tuple[int, int]:
    """Letters of each after what both begin with."""
    from rapidfuzz.distance import Prefix

    alike = Prefix.similarity(one, other)
    return len(one) - alike, len(other) - alike


@lru_cache(maxsize=4096)
def places_of(name: Words) -> frozenset[str]:
    """Codes of the places (CLDR territories and time zones' cities) that *name*, a run of words, can mean."""
    asked = _words(" ".join(name))
    if not asked:
        return frozenset()
    return frozenset(code for code, known in _beginnings().get(asked[0][:BEGINNING], ()) if _inflected(asked, known))


def mentions_place(places: Iterable[str], vocabulary: frozenset[str]) -> bool:
    """Whether a text of these folded words names one of the places in any language, or its people."""
    return any(
        all(any(word.startswith(part[:STEM]) for word in vocabulary) for part in name)
        for place in places
        for name in _names()[place]
    )
