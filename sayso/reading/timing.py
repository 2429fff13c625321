"""The date of each saying: its sentence's own dates, the text's time line, the same actor's dated act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sayso.model.document import Document
from sayso.model.span import Span
from sayso.reading.dates import When, day_of, find_dates, part_of_day
from sayso.reading.lexicon import Lexicon
from sayso.reading.marks import ANY_QUOTES
from sayso.reading.names import stems
from sayso.reading.sentences import sentence_at

PHRASE = 14
"""Words up to which a content without clause can be a noun phrase."""


class Clock:
    """Dates the statements of one document.

    Every actor's dated acts are noted first (note), so that a saying whose sentence gives no date can take that of the
    same actor's act nearest to it in the text (when).
    """

    def __init__(self, document: Document, sentences: Sequence[Span], words: Lexicon) -> None:
        self._document = document
        self._sentences = list(sentences)
        self._words = words
        self._base = day_of(document.published)
        self._by_sentence: list[list[When]] = []
        self._acts: dict[str, list[tuple[int, str]]] = {}
        previous: date | None = None
        for sentence in self._sentences:
            found = find_dates(sentence.quote(document.text), self._base, words, previous)
            self._by_sentence.append(found)
            dated = [day for one in found if (day := day_of(one.value))]
            previous = dated[-1] if dated else previous

    def note(self, actor: str, cue: Span, content: Sequence[Span]) -> None:
        """Remembers an actor's act, if its sentence dates it."""
        value = self._own(cue, content)
        if value is not None:
            self._acts.setdefault(actor, []).append((cue.start, value))

    def when(self, actor: str, cue: Span, content: Sequence[Span]) -> str | None:
        """EDTF date of a saying: by its own sentence, by the same actor's nearest dated act, by the document's day."""
        value = self._own(cue, content)
        if value is not None:
            return value
        acts = self._acts.get(actor)
        if acts:
            return min(acts, key=lambda act: abs(act[0] - cue.start))[1]
        return self.document_day()

    def borne(self, name: str) -> str | None:
        """The date that a quoted document bears ("a sheet dated March 5"), None where the text gives none."""
        for sentence, found in zip(self._sentences, self._by_sentence, strict=True):
            for one in found:
                before = self._document.text[sentence.start : sentence.start + one.start].rstrip()
                bears = self._words.of("dates", "bearing").search(before[-12:])
                if bears and set(stems(name)) & set(stems(before[-60:])):
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
        usable = [one for one in self._by_sentence[number] if not self._skip(one, sentence)]
        outside = [one for one in usable if not self._inside(one, sentence, content)]
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
