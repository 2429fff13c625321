"""Whom a "he", a "she" or a verb without a subject means: the likeliest of those whom the text has brought on stage.

Every earlier mention of a person is weighed by where it stands, with features of the kind that Lappin and Leass use
(Computational Linguistics 20.4, 1994); the weights are fitted by ``bench/speakers.py`` on our own cases. Sentences that lie
wholly within quotation marks are not counted as distance: a long quotation does not move its speaker away.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sayso.model.span import Span, holding
from sayso.model.statement import Kind
from sayso.reading.lexicon import Lexicon
from sayso.reading.names import PLACING, gender_of, iter_surnames, kind_of, quotations, same_stems, stems

_WORD = re.compile(r"\w+")
FAR = 4
"""Sentences outside quotations from which on a mention is far."""
LATE = 5
"""Words of its sentence before a mention from which on it is hardly the subject."""
MOST_BETWEEN, MOST_SPOKEN = 6, 3
"""Mentions of others, and of others who spoke, beyond which more tell nothing."""
WEIGHTS = (
    0.06, 0.01, 1.23, 0.06, -0.15, 0.15, 0.16, -0.67, 0.15, -2.74, -1.74, 0.31, -0.07, 0.62, -0.59, -0.46, 0.5, 0.04, -0.54, 1.3,
    -0.34, 0.52, -0.58,
)  # fmt: skip
"""Of the features, in their order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that a pronoun may point back to.

    Attributes:
        start, end: its characters.
        name, kind: the actor.
        spoke: whether the text attributes something to this very mention.
        cited: whether somebody else cites it there.
    """

    start: int
    end: int
    name: str
    kind: Kind
    spoke: bool = False
    cited: bool = False


class Stage:
    """Where the mentions of one document stand. Nothing is looked for before the first pronoun asks.

    Args:
        text: of the document.
        sentences: its sentences.
        people: (place, name) of the people whom it names or introduces, in order.
        words: the lexicon of its language.
    """

    def __init__(self, text: str, sentences: Sequence[Span], people: Sequence[tuple[int, str]], words: Lexicon) -> None:
        self._text, self._sentences, self._people, self._words = text, sentences, people, words

    @cached_property
    def named(self) -> list[Candidate]:
        """The people by their whole names, and by their surnames alone, in order."""
        named = {at: self._candidate(at, name, kind_of(name, self._words)) for at, name in self._people}
        for at, name in iter_surnames(self._text, self._people, self._words):
            named.setdefault(at, self._candidate(at, name, Kind.PERSON))
        return [named[at] for at in sorted(named)]

    def named_before(self, place: int, most: int) -> list[Candidate]:
        """The last of them before a place in the text."""
        number = bisect_left(self.named, place, key=lambda one: one.start)
        return self.named[max(0, number - most) : number]

    def _candidate(self, at: int, name: str, kind: Kind) -> Candidate:
        """By the whole name, or by as much of it as stands there."""
        whole = self._text.startswith(name, at)
        word = None if whole else _WORD.match(self._text, at)
        return Candidate(at, word.end() if word else at + len(name), name, kind)

    def likeliest(self, candidates: Sequence[Candidate], place: int, pronoun: str) -> Candidate | None:
        """The candidate, all of them standing before *place* in the order of the text, that a pronoun there means most likely.

        Args:
            pronoun: "he" or "she"; empty where the language or the verb does not tell.
        """
        if not candidates:
            return None
        table = self.features(candidates, place, pronoun)
        scores = [sum(weight * value for weight, value in zip(WEIGHTS, row, strict=True)) for row in table]
        return candidates[scores.index(max(scores))]

    def features(self, candidates: Sequence[Candidate], place: int, pronoun: str) -> list[tuple[float, ...]]:
        """A row for each candidate, in the order of WEIGHTS: sentences apart (same, none told between, one, two, far), words before it
        in its sentence (none, two, many), whether it opens a paragraph, another paragraph, in quotation marks, spoke, cited; who else was
        named or spoke since (nobody, how many, how many who spoke); what it is (person, somebody unnamed, neither); gender that
        agrees, that does not; a comma or a preposition beside it."""
        here = self._sentence(place)
        names = [stems(one.name) for one in candidates]
        speaking = [number for number, one in enumerate(candidates) if one.spoke]
        out: list[tuple[float, ...]] = []
        for number, one in enumerate(candidates):
            there = self._sentence(one.start)
            apart = self._told[here] - self._told[there]
            before = self._text[self._sentences[there].start : one.start].strip(" —–-«“„\"'").split()
            after = self._text[one.end : one.end + 3].lstrip('»”" ')
            gender = gender_of(one.name) if pronoun else None
            since = _others(names, number, range(number + 1, len(names)), MOST_BETWEEN)
            spoke_since = _others(names, number, speaking[bisect_right(speaking, number) :], MOST_SPOKEN)
            out.append(
                (
                    float(there == here),
                    float(apart == 0),
                    float(apart == 1),
                    float(apart == 2),
                    float(apart >= FAR),
                    float(not before),
                    float(0 < len(before) <= 2),
                    float(len(before) > LATE),
                    float(one.start == 0 or self._text[one.start - 1] == "\n"),
                    float(self._text.find("\n", one.start, place) >= 0),
                    float(self.is_quoted(one.start)),
                    float(one.spoke),
                    float(one.cited),
                    float(not since),
                    since / MOST_BETWEEN,
                    spoke_since / MOST_SPOKEN,
                    float(one.kind is Kind.PERSON),
                    float(one.kind is Kind.ANONYMOUS),
                    float(one.kind not in (Kind.PERSON, Kind.ANONYMOUS)),
                    float(gender is not None and gender == pronoun),
                    float(gender is not None and gender != pronoun),
                    float(after.startswith(",")),
                    float(bool(before) and before[-1].casefold() in PLACING),
                )
            )
        return out

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self._sentences]

    @cached_property
    def _quoted(self) -> list[Span]:
        return quotations(self._text)

    @cached_property
    def _told(self) -> list[int]:
        """For each sentence, how many before it hold words outside quotation marks."""
        out, count = [], 0
        for sentence in self._sentences:
            out.append(count)
            # it may begin with the opening mark itself, and end in the closing one
            count += not (self.is_quoted(sentence.start + 1) and self.is_quoted(max(sentence.start, sentence.end - 2)))
        return out

    def _sentence(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def is_quoted(self, place: int) -> bool:
        """Whether a place in the text lies within quotation marks."""
        quotation = holding(self._quoted, place)
        return quotation is not None and quotation.start < place


def _others(names: Sequence[tuple[str, ...]], number: int, later: Iterable[int], most: int) -> int:
    """How many of the *later* mentions are of somebody else; no more than *most* are counted."""
    return sum(1 for _ in islice((at for at in later if not same_stems(names[at], names[number])), most))
