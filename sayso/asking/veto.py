"""Disagreements that rule a match out, however alike the words: other numbers, other names.

Names and identifying numbers of the question are looked for in the whole document (text, title, outlet), across
scripts, countries and great cities by their names in other languages too; places and people that the document never
mentions cannot be what it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.asking.folding import STEM, fold, fold_text
from sayso.asking.places import mentions_place, places_of
from sayso.model.document import Document

_NUMBERED = re.compile(r"([^\W\d_]{3,})[\s-]{0,3}(?:№|no\.?|nr\.?|n°|#|number|номер)?\s?[-–]?\s?(\d+)\b", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;»”\"'‘’“«(❗‼️🔥-]+\s*)$")
_NAME = re.compile(r"[^\W\d_][\w’'-]*")
_PLACED = r"\b(?:in|at|near|вблизи|во?|en|im)\s+"
"""What stands before the name of a place and seldom before a person's."""
ALIKE = 74
"""rapidfuzz ratio from which two folded words are one name, inflected or transliterated."""
SOUNDS_ALIKE = 86
"""The same for two words spelled by sound, which leaves less apart."""
_SOUNDS = (
    ("qu", "kv"),
    ("sch", "sh"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
    ("y", "i"),
)
"""Latin spellings that transliteration out of another script never gives: "Quillon" comes back from «Квиллон» as "kvillon"."""


def names_in(question: str) -> list[tuple[str, ...]]:
    """Proper names of a question: runs of capitalised words that do not merely open a sentence.

    Words all in capitals are shouted or abbreviated, and tell nothing across languages.
    """
    runs: list[list[re.Match[str]]] = []
    for match in _NAME.finditer(question):
        word = match.group()
        if not word[0].isupper() or (word.isupper() and len(word) > 1):
            continue
        # a name in brackets after a name is the same in another script
        joined = runs and question[runs[-1][-1].end() : match.start()] in (" ", "-", " (")
        if joined:
            runs[-1].append(match)
        else:
            runs.append([match])
    out = []
    for run in runs:
        if _SENTENCE_START.search(question[: run[0].start()]) and len(run) == 1:
            continue
        if _SENTENCE_START.search(question[: run[0].start()]) and len(run) > 1 and not _looks_like_name(run[0].group()):
            run = run[1:]
        out.append(tuple(match.group() for match in run if len(match.group()) > 2))
    return [name for name in out if name]


def _looks_like_name(word: str) -> bool:
    return word.casefold() not in _OPENERS


_OPENERS = frozenset([
    "is", "are", "was", "were", "did", "do", "does", "has", "have", "had", "can", "will", "would", "should",
    "the", "a", "an", "why", "what", "when", "who", "how", "in", "on", "at", "if", "правда", "верно", "есть",
    "ли", "это", "что", "как", "кто", "где", "когда", "почему", "в", "на", "по", "из", "у", "я", "мы", "он",
    "она", "они", "если", "чи", "що", "як", "хто", "де", "коли",
])  # fmt: skip


@lru_cache(maxsize=512)
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]{3,}", fold_text(text)))


def _mentions(word: str, vocabulary: frozenset[str]) -> bool:
    from rapidfuzz import fuzz, process

    folded = re.sub(r"[^a-z0-9]", "", fold(word))
    if len(folded) < 3:
        return True
    stem = folded[:STEM]
    if any(known.startswith(stem) for known in vocabulary):
        return True
    if process.extractOne(folded, vocabulary, scorer=fuzz.ratio, score_cutoff=ALIKE):
        return True
    spoken = process.extractOne(_sound(folded), _sounds(vocabulary), scorer=fuzz.ratio, score_cutoff=SOUNDS_ALIKE)
    return spoken is not None


@lru_cache(maxsize=4096)
def _sounds(vocabulary: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_sound, vocabulary))


def _sound(folded: str) -> str:
    for spelled, spoken in _SOUNDS:
        folded = folded.replace(spelled, spoken)
    return folded


@dataclass(frozen=True, slots=True)
class Names:
    """The proper names of a question, looked for in documents.

    Attributes:
        all: each name as its words.
        known: those that at least one candidate document mentions.
    """

    all: tuple[tuple[str, ...], ...]
    known: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, question: str, documents: Iterable[Document]) -> Names:
        """The names of *question* and which of them any of *documents* mentions."""
        names = tuple(names_in(question))
        distinct = {document.hash: document for document in documents}.values()
        known = {name for document in distinct for name in _present(names, document)} if names else set()
        return cls(names, frozenset(known))

    def missing(self, document: Document) -> list[tuple[str, ...]]:
        """The names that *document* does not mention."""
        present = _present(self.all, document)
        return [name for name in self.all if name not in present]


def _present(names: Iterable[tuple[str, ...]], document: Document) -> list[tuple[str, ...]]:
    vocabulary = _vocabulary(" ".join(part for part in (document.title, document.outlet, document.text) if part))
    return [
        name
        for name in names
        if any(_mentions(word, vocabulary) for word in name) or mentions_place(places_of(name), vocabulary)
    ]


def vetoed(question: str, names: Names, missing: Sequence[tuple[str, ...]], passage: str) -> str | None:
    """Why a statement cannot be about *question*; None where nothing speaks against it.

    A document need not name the country that all its readers know. It is ruled out where no document that comes into
    question mentions any of the names, and where it lacks a name of several words, most often a person's ("in Upper Lom"
    is none).

    Args:
        missing: names that the statement's document lacks.
        passage: the statement's own words; identifying numbers must agree with these.
    """
    person = next((name for name in missing if len(name) > 1 and not _is_placed(name, question)), None)
    present = len(names.all) - len(missing)
    unknown = bool(names.all) and not names.known
    if unknown or (person is not None and present < max(1.0, len(names.all) / 2)):
        return "does not mention " + ", ".join(" ".join(name) for name in missing)
    return _other_number(question, passage)


def _is_placed(name: Sequence[str], question: str) -> bool:
    return re.search(rf"{_PLACED}{re.escape(name[0])}(?!\w)", question, re.IGNORECASE) is not None


def _other_number(question: str, passage: str) -> str | None:
    """The same kind of thing with another number: "Batch 17" against "Batch 71"."""
    asked = _numbered(question)
    told = _numbered(passage)
    for stem, numbers in asked.items():
        if stem in told and not numbers & told[stem]:
            return f"speaks of {stem} {', '.join(sorted(told[stem]))}"
    return None


def _numbered(text: str) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for word, number in _NUMBERED.findall(text):
        out.setdefault(fold(word)[:4], set()).add(number)
    return out
