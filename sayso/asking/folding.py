"""Names made comparable across scripts and inflections."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

STEM = 5
_WORDS = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Plain ASCII, lower case: "Велмарии" and "Velmaria" come out nearly alike."""
    return anyascii(text).casefold().replace("'", "")


@lru_cache(maxsize=50_000)
def folded_stems(text: str) -> frozenset[str]:
    """Beginnings of the folded words, short function words left out."""
    return frozenset(word[:STEM] for word in _WORDS.findall(fold(text)) if len(word) > 2 or word.isdigit())


def likeness(one: str, other: str) -> float:
    """Share of the shorter name's stems that the longer one has, 0 to 1."""
    a, b = folded_stems(one), folded_stems(other)
    if not a or not b:
        return 0.0
    return len(a & b) / min(len(a), len(b))
