"""Names made comparable across scripts and inflections."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

STEM = 5
_WORDS = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """A name in plain ASCII, lower case: "Велмарии" and "Velmaria" come out nearly alike."""
    return fold_text(text)


def fold_text(text: str) -> str:
    """The same of a text that is too long to be remembered."""
    return anyascii(text).casefold().replace("'", "")


@lru_cache(maxsize=50_000)
def folded_stems(text: str) -> frozenset[str]:
    """Beginnings of the folded words of a name or a question, short function words left out."""
    return _stems(fold(text))


@lru_cache(maxsize=512)
def stems_of_text(text: str) -> frozenset[str]:
    """The same of a passage or a whole document; few are remembered, since they are long."""
    return _stems(fold_text(text))


def _stems(folded: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORDS.findall(folded) if len(word) > 2 or word.isdigit())


def likeness(one: str, other: str) -> float:
    """Share of the shorter name's stems that the longer one has, 0 to 1."""
    a, b = folded_stems(one), folded_stems(other)
    if not a or not b:
        return 0.0
    return len(a & b) / min(len(a), len(b))


ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Alphabets whose letters look alike."""


@lru_cache(maxsize=50_000)
def disguised(name: str) -> bool:
    """Whether a word of the name mixes alphabets, as in "Мinistry" with a Cyrillic capital.

    Folding makes such a name equal to the one that it imitates, so it must be told before names are compared.
    Reference: Unicode Technical Standard 39, section 5 (mixed-script detection).
    """
    for word in re.findall(r"[^\W\d_]+", name):
        used = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
        if len(used.intersection(ALPHABETS)) > 1:
            return True
    return False
