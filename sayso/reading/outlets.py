"""The outlets that a desk knows, found by any of their names in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"\w+")
FIRST = 4
"""Letters of its first word by which an alias is looked up."""
ENDING = 2
"""Letters at the end of a word that another case changes."""


@dataclass(frozen=True, slots=True)
class Named:
    """An alias in a text: its characters, and the outlet that it names."""

    start: int
    end: int
    outlet: str


class KnownOutlets:
    """Aliases, looked up by the start of their first word, so that a text is walked once however many there are.

    Args:
        names: lower-case names and aliases to the name to use.
    """

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = dict(names or {})
        self._by_start: dict[str, list[tuple[int, str]]] = {}
        for alias in sorted(self._names, key=len, reverse=True):
            first = _WORD.search(alias)
            if first:
                self._by_start.setdefault(first.group()[:FIRST], []).append((first.start(), alias))

    def get(self, name: str) -> str | None:
        """The outlet that *name*, in lower case, is exactly."""
        return self._names.get(name)

    def iter_in(self, text: str, least: int = 1, *, inflected: bool = False) -> Iterator[Named]:
        """Where *text* names outlets, word by word; of several aliases that begin at one word the longest.

        Args:
            least: letters that an alias must have.
            inflected: whether a name in Cyrillic counts in other cases too ("сказал «Вестнику»").
        """
        folded = fold_case(text)
        words = list(_WORD.finditer(folded))
        passed = 0
        for number, word in enumerate(words):
            for before, alias in self._by_start.get(word.group()[:FIRST], ()):
                last = self._last_word(alias, words[number:], folded, inflected=inflected)
                if last is None or word.start() - before < passed or len(alias) < least:
                    continue
                yield Named(word.start() - before, last.end(), self._names[alias])
                passed = last.end()
                break

    def _last_word(
        self, alias: str, words: Sequence[re.Match[str]], text: str, *, inflected: bool
    ) -> re.Match[str] | None:
        """The word of a text with which *alias* ends, where it begins with the first of *words*; None where it does not stand there."""
        wanted = _WORD.findall(alias)
        told = words[: len(wanted)]
        if len(told) < len(wanted) or not all(
            _is_form(one.group(), name, inflected=inflected) for one, name in zip(told, wanted, strict=True)
        ):
            return None
        gaps = [text[one.end() : other.start()] for one, other in pairwise(told)]
        close = all(len(gap) <= len(own) for gap, own in zip(gaps, _WORD.split(alias)[1:], strict=False))
        return told[-1] if close else None


def fold_case(text: str) -> str:
    """*text* in lower case, character for character: where case folding would make two of one, the character stays."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(one.casefold() if len(one.casefold()) == 1 else one for one in text)


def outlet_names(names: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Lower-case names and aliases of outlets to the outlet's name, from (name, aliases) pairs; to the alias itself where the name is
    written in another script, since a source is shown as its text names it."""
    return {
        alias.casefold(): name if _is_latin(alias) == _is_latin(name) else alias
        for name, aliases in names
        for alias in (name, *aliases)
    }


def _is_latin(name: str) -> bool:
    return re.search(r"[A-Za-z]", name) is not None


def _is_form(word: str, name: str, *, inflected: bool) -> bool:
    """Whether a word is *name*, or a case of it: of a name in Cyrillic the last two letters may be others."""
    if word == name:
        return True
    stem = name[:-ENDING]
    return (
        inflected
        and len(stem) >= FIRST - 1
        and not _is_latin(name)
        and word.startswith(stem)
        and len(word) <= len(name) + ENDING
    )
