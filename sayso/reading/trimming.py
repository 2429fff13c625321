"""Contents without what belongs to another attribution, or stands for nothing of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.model.span import Span
from sayso.reading.attribution import Found
from sayso.reading.lexicon import Lexicon
from sayso.reading.sentences import sentence_at

BEHIND = 3
"""Characters between a name and the relative pronoun that goes on about it."""


def with_trimmed_contents(found: Sequence[Found], text: str, sentences: Sequence[Span], words: Lexicon) -> list[Found]:
    """The attributions, each without what a relative clause behind its source tells ("citing the Post, *which told …*"), and with
    nothing but a "this" where the content holds one and parts of what it points back to."""
    return [_pointing(_without_clause(one, found, text, words), text, sentences, words) for one in found]


def _without_clause(one: Found, found: Sequence[Found], text: str, words: Lexicon) -> Found:
    if not one.source or len(one.content) < 2:
        return one
    end = one.source[-1].end
    told = [
        part
        for other in found
        if other.source and 0 < other.source[0].start - end <= BEHIND
        if words.of("pronouns", "relative").fullmatch(other.source[0].quote(text))
        for part in other.content
    ]
    kept = tuple(part for part in one.content if not any(part.overlaps(clause) for clause in told))
    return replace(one, content=kept) if kept else one


def _pointing(one: Found, text: str, sentences: Sequence[Span], words: Lexicon) -> Found:
    if len(one.content) < 2:
        return one
    here = sentence_at(sentences, one.cue[0].start)
    for part in one.content:
        bare = words.of("pronouns", "this").fullmatch(part.quote(text)) is not None
        if bare and sentence_at(sentences, part.start) == here > sentence_at(sentences, one.content[0].start):
            return replace(one, content=(part,))
    return one
