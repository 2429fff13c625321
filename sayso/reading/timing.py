"""The date of each saying: its sentence's own dates, the text's time line, the same actor's dated act."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from operator import itemgetter

from sayso.model.document import Document
from sayso.model.span import Span, holding, united
from sayso.model.statement import Kind, Mention
from sayso.reading.dates import When, day_of, find_dates, part_of_day
from sayso.reading.lexicon import Lexicon
from sayso.reading.marks import ANY_QUOTES
from sayso.reading.names import quotations, stems
from sayso.reading.sentences import sentence_at

RECENT = 14
"""Days before publication in which the sentence that brings an actor on can date what the actor says."""
SHORT = 3
"""Letters of a word that is no name of a paper."""
_WORD = re.compile(r"\w+")
PHRASE = 14
"""Words up to which a content without clause can be a noun phrase."""

Act = tuple[int, str]
"""Where an act is told, and its date."""


class Clock:
    """Dates the statements of one document.

    Every actor's sayings are noted first (note), so that a saying whose sentence gives no date can take that of the same
    actor's act nearest to it in the text, or of a sentence that brought the actor on before ("Mrs Orr came to our office on
    Monday"), and so that a date within what is said does not move the text's own time line (when).
    """

    def __init__(self, document: Document, sentences: Sequence[Span], words: Lexicon) -> None:
        self._document = document
        self._sentences = list(sentences)
        self._words = words
        self._base = day_of(document.published)
        self._noted: list[tuple[Mention, Span, Sequence[Span]]] = []
        self._entered: dict[tuple[bool, tuple[str, ...]], list[Act]] = {}
        self._quoted = quotations(document.text)

    def note(self, actor: Mention, cue: Span, content: Sequence[Span]) -> None:
        """Remembers an actor's act; all of a document's are noted before the first is dated."""
        self._noted.append((actor, cue, content))

    def when(self, actor: Mention, cue: Span, content: Sequence[Span]) -> str | None:
        """EDTF date of a saying: by its own sentence, by the same actor's nearest dated act, by the document's day."""
        if not self._sentences:
            return self.document_day()
        value = self._own(cue, content)
        if value is not None:
            return value
        here = self._sentences[sentence_at(self._sentences, cue.start)].start
        before, after = _beside(self._acts.get(actor.name, ()), cue.start)
        entrance, _ = _beside(self._entrances(actor), here)
        near = [*before, *after, *entrance]
        if near:
            return min(near, key=lambda act: abs(act[0] - cue.start))[1]
        return self.document_day()

    @cached_property
    def _told(self) -> list[Span]:
        """What the document does not tell in its own voice: quotations, and what an attribution without another in it conveys
        (one that conveys another relays a tale with its days)."""
        cues = sorted(cue.start for _, cue, _ in self._noted)

        def relays(span: Span) -> bool:
            following = bisect_right(cues, span.start)
            return following < len(cues) and cues[following] < span.end

        contents = (span for _, _, content in self._noted for span in content)
        return united([*self._quoted, *(span for span in contents if not relays(span))])

    @cached_property
    def _dates(self) -> list[list[When]]:
        """The date expressions of each sentence."""
        out: list[list[When]] = []
        previous: date | None = None
        for sentence in self._sentences:
            found = find_dates(sentence.quote(self._document.text), self._base, self._words, previous)
            out.append(found)
            told = (one for one in found if not one.loose and self._is_narrated(one, sentence))
            days = [day for one in told if (day := day_of(one.value))]
            previous = days[-1] if days else previous
        return out

    def _is_narrated(self, when: When, sentence: Span) -> bool:
        return not self._skip(when, sentence) and not holding(self._told, sentence.start + when.start)

    @cached_property
    def _acts(self) -> dict[str, list[Act]]:
        """By actor, the place and date of each act that its own sentence dates."""
        out: dict[str, list[Act]] = {}
        for actor, cue, content in sorted(self._noted, key=lambda noted: noted[1].start):
            value = self._own(cue, content)
            if value is not None:
                out.setdefault(actor.name, []).append((cue.start, value))
        return out

    @cached_property
    def _scenes(self) -> dict[str, list[int]]:
        """By word beginning, the numbers of the sentences with a narrated date in which it stands outside what is told."""
        out: dict[str, list[int]] = {}
        for number, (sentence, found) in enumerate(zip(self._sentences, self._dates, strict=True)):
            if any(self._is_narrated(one, sentence) for one in found):
                every = _WORD.finditer(self._document.text, *sentence)
                narrated = " ".join(word.group() for word in every if not holding(self._told, word.start()))
                for stem in set(stems(narrated)):
                    out.setdefault(stem, []).append(number)
        return out

    def _entrances(self, actor: Mention) -> list[Act]:
        """Place and date of each sentence that names the actor beside a narrated date, in order."""
        person = actor.kind is Kind.PERSON
        names = stems(actor.name)
        keys = names[-1:] if person else names
        if (person, keys) not in self._entered:
            numbers = [set(self._scenes.get(key, ())) for key in keys]
            found = sorted(set.intersection(*numbers)) if numbers else []
            acts = (self._entrance(self._sentences[at], self._dates[at], keys[-1], person=person) for at in found)
            self._entered[person, keys] = [act for act in acts if act and self._is_recent(act[1])]
        return self._entered[person, keys]

    def _is_recent(self, value: str) -> bool:
        """Whether a day can be that of a saying: shortly before publication, where that is known, and not after it."""
        day = day_of(value)
        return self._base is None or day is None or timedelta() <= self._base - day <= timedelta(RECENT)

    def _entrance(self, sentence: Span, found: Sequence[When], key: str, *, person: bool) -> Act | None:
        text = sentence.quote(self._document.text)
        words = (word for word in _WORD.finditer(text) if stems(word.group()) == (key,))
        # a small letter makes a surname another word ("prices" for Mrs Price)
        place = next((word.start() for word in words if not person or not word.group()[0].islower()), None)
        if place is None:
            return None
        narrated = [
            one for one in found if self._is_narrated(one, sentence) and not self._in_relative(text, place, one.start)
        ]
        near = min(narrated, key=lambda one: abs(one.start - place), default=None)
        return (sentence.start + near.start, self._value(near, sentence)) if near else None

    def _in_relative(self, sentence: str, name: int, day: int) -> bool:
        """Whether a day stands in a clause about the one named: "Odo Lenk, whose post on Monday was widely read"."""
        clause = sentence[max(0, name) : day].rpartition(",")[2].strip()
        return self._words.of("pronouns", "relative").match(clause) is not None

    def borne(self, paper: Mention) -> str | None:
        """The date that a quoted document bears ("a sheet dated March 5", "приказ от 5 марта"), None where the text gives none."""
        for sentence, found in zip(self._sentences, self._dates, strict=True):
            for one in found:
                place = Span(sentence.start + one.start, sentence.start + one.end)
                if paper.span and paper.span.holds(place):
                    return one.value
                before = self._document.text[sentence.start : place.start].rstrip()
                bears = self._words.of("dates", "bearing").search(before[-12:])
                if bears and _long_stems(paper.name) & _long_stems(before[-60:]):
                    return one.value
        return None

    def document_day(self) -> str | None:
        """The day of publication."""
        return self._base.isoformat() if self._base else None

    def _own(self, cue: Span, content: Sequence[Span]) -> str | None:
        """The date that the sentence of *cue* gives for the saying: one outside the content, and nearest to the cue.

        Dates inside the content are about the content, but for a content that is a mere noun phrase ("carried the same
        warning on Sunday").
        """
        number = sentence_at(self._sentences, cue.start)
        sentence = self._sentences[number]
        usable = [one for one in self._dates[number] if not self._skip(one, sentence)]
        told_by_quoted = holding(self._quoted, cue.start) is not None
        outside = [
            one
            for one in usable
            if not self._inside(one, sentence, content)
            and (told_by_quoted or not holding(self._quoted, sentence.start + one.start))
        ]
        if not outside and self._is_phrase(content, sentence):
            outside = usable
        if not outside:
            return None
        near = min(outside, key=lambda one: abs(one.start + sentence.start - cue.start))
        return self._value(near, sentence)

    def _is_phrase(self, content: Sequence[Span], sentence: Span) -> bool:
        text = " ".join(span.quote(self._document.text) for span in content if sentence.holds(span))
        clause = self._words.of("pronouns", "conjunction").match(text)
        finite = self._words.has("pronouns", "clause", text)
        return (
            bool(text) and clause is None and not finite and text[0] not in ANY_QUOTES and len(text.split()) <= PHRASE
        )

    def _inside(self, when: When, sentence: Span, content: Sequence[Span]) -> bool:
        place = Span(sentence.start + when.start, sentence.start + when.end)
        return any(span.holds(place) for span in content)

    def _skip(self, when: When, sentence: Span) -> bool:
        before = self._document.text[sentence.start : sentence.start + when.start].rstrip().split()[-1:]
        return bool(before) and self._words.of("dates", "skip_before").search(before[0]) is not None

    def _value(self, when: When, sentence: Span) -> str:
        hours = part_of_day(sentence.quote(self._document.text), when, self._words)
        day = day_of(when.value)
        if hours is None or day is None or hours[0] == hours[1]:
            return when.value
        return f"{day.isoformat()}T{hours[0]:02}/{day.isoformat()}T{hours[1]:02}"


def _beside(acts: Sequence[Act], place: int) -> tuple[Sequence[Act], Sequence[Act]]:
    """The last of *acts*, which are in order, before a place, and the first from there on; each empty where there is none."""
    following = bisect_left(acts, place, key=itemgetter(0))
    return acts[max(0, following - 1) : following], acts[following : following + 1]


def _long_stems(text: str) -> set[str]:
    """Word beginnings without those of short words, which link others."""
    return {stem for stem in stems(text) if len(stem) > SHORT}
