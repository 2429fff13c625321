"""The outlets that a desk knows, found by any of their names in running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"\w+")
FIRST = 4
"""Letters of its first word by which an alias is looked up."""
SHORTEST_STEM = 3
DECLENSIONS = tuple(
    tuple(endings.replace("-", "").split(","))
    for endings in (
        "-,а,у,ом,е", "-,а,у,ові,ом,і", "ь,я,ю,ем,е", "й,я,ю,ем,е", "а,ы,е,у,ой", "а,и,е,у,ой", "а,и,і,у,ою", "я,и,е,ю,ей", "ия,ии,ию,ией",
        "ь,и,ью", "ы,ов,ам,ами,ах", "и,ов,ам,ами,ах", "и,ей,ям,ями,ях", "ия,ий,иям,иями,иях", "о,а,у,ом,е", "е,я,ю,ем",
        "ый,ого,ому,ым,ом", "ий,ого,ому,им,ом", "ий,его,ему,им,ем", "ой,ого,ому,ым,ом", "ая,ой,ую", "яя,ей,юю", "ое,ого,ому,ым,ом", "ее,его,ему,им,ем",
        "ые,ых,ым,ыми", "ие,их,им,ими", "а,ої,ій,у", "е,ого,ому,им",
    )
)  # fmt: skip
"""Endings of nouns and adjectives in Russian and Ukrainian, a row for each way of declining."""
SUFFIXES = frozenset((
    "ga", "ka", "qa", "da", "dan", "ning", "ni", "га", "ге", "ға", "қа", "ка", "ке", "го", "гө", "да", "де", "та", "те", "дан", "ден", "тан", "тен", "ны", "ні",
    "ды", "ді", "ты", "ті", "ни", "нинг", "ро", "a", "e", "ya", "ye",
))  # fmt: skip
"""What follows a name in Uzbek, Kazakh, Kyrgyz, Tajik and Turkish."""


@dataclass(frozen=True, slots=True)
class Named:
    """An alias in a text: its characters, and the outlet that it names."""

    start: int
    end: int
    outlet: str


@dataclass(frozen=True, slots=True)
class _Alias:
    """An alias cut up for comparing: what stands before its first word, its words, what lies between them, what follows."""

    whole: str
    before: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    after: str


class KnownOutlets:
    """Aliases, looked up by the start of their first word, so that a text is walked once however many there are.

    Args:
        names: names and aliases, folded by fold_case, to the name to use.
    """

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = dict(names or {})
        self._by_start: dict[str, list[_Alias]] = {}
        for alias in sorted(self._names, key=len, reverse=True):
            words = tuple(_WORD.findall(alias))
            if words:
                before, *gaps, after = _WORD.split(alias)
                self._by_start.setdefault(words[0][:FIRST], []).append(_Alias(alias, before, words, tuple(gaps), after))

    def get(self, name: str) -> str | None:
        """The outlet that *name*, folded, is exactly."""
        return self._names.get(name)

    def iter_in(self, text: str, least: int = 1, *, inflected: bool = False) -> Iterator[Named]:
        """Where *text* names outlets, word by word; of several aliases that begin at one word the longest.

        Args:
            least: letters that an alias must have.
            inflected: whether a name counts in other cases too ("сказал «Вестнику»").
        """
        folded = fold_case(text)
        words = list(_WORD.finditer(folded))
        passed = 0
        for number, word in enumerate(words):
            for alias in self._by_start.get(word.group()[:FIRST], ()):
                start = word.start() - len(alias.before)
                told = words[number : number + len(alias.words)]
                if start < passed or len(alias.whole) < least or len(told) < len(alias.words):
                    continue
                end = told[-1].end() + len(alias.after)
                if _stands(alias, told, folded, inflected=inflected):
                    yield Named(start, end, self._names[alias.whole])
                    passed = end
                    break


def _stands(alias: _Alias, told: Sequence[re.Match[str]], text: str, *, inflected: bool) -> bool:
    """Whether the words *told* of a text are those of *alias*, with what it has around and between them."""
    around = text.startswith(alias.after, told[-1].end()) and text.endswith(alias.before, 0, told[0].start())
    between = all(
        text[one.end() : other.start()] == gap for (one, other), gap in zip(pairwise(told), alias.gaps, strict=True)
    )
    return (
        around
        and between
        and all(
            one.group() == name or (inflected and is_case_of(one.group(), name))
            for one, name in zip(told, alias.words, strict=True)
        )
    )


def is_case_of(word: str, name: str) -> bool:
    """Whether two words can be cases of one noun or adjective: their endings are of one declension, or a suffix follows the whole name."""
    if word.startswith(name) and word[len(name) :] in SUFFIXES:
        return True
    return any(
        name.endswith(own)
        and len(name) - len(own) >= SHORTEST_STEM
        and word in {name[: len(name) - len(own)] + one for one in endings}
        for endings in DECLENSIONS
        for own in endings
    )


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
        fold_case(alias): name if _is_latin(alias) == _is_latin(name) else alias
        for name, aliases in names
        for alias in (name, *aliases)
    }


def _is_latin(name: str) -> bool:
    return re.search(r"[A-Za-z]", name) is not None
