"""Contents without what belongs to another attribution, and whole where the network took a clause that stands for nothing of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.model.span import Span
from sayso.reading.attribution import Found
from sayso.reading.citing import BEHIND
from sayso.reading.lexicon import Lexicon
from sayso.reading.sentences import sentence_at

_CLAUSE = re.compile(r"(?:,\s+)?(\w+)\s")


def with_trimmed_contents(found: Sequence[Found], text: str, sentences: Sequence[Span], words: Lexicon) -> list[Found]:
    """The attributions, each without what a relative clause behind its source tells ("citing the Post, *which told …*"); with
    nothing but a "this" where the content holds one and parts of what it points back to; and with its whole sentence so far where the content
    begins with a relative clause ("A meeting was held, *which discussed …*, a clerk of the Post reported")."""
    kept = [_pointing(_without_clause(one, found, text, words), text, sentences, words) for one in found]
    return [_from_sentence_start(one, kept, text, sentences, words) for one in kept]


def _without_clause(one: Found, found: Sequence[Found], text: str, words: Lexicon) -> Found:
    if not one.source or len(one.content) < 2:
        return one
    told = [
        part
        for other in found
        if other.source and other.source[0].follows(one.source[-1], BEHIND)
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


def _from_sentence_start(
    one: Found, found: Sequence[Found], text: str, sentences: Sequence[Span], words: Lexicon
) -> Found:
    first = one.content[0]
    clause = _CLAUSE.match(text, first.start)
    relative = clause is not None and _is_plainly_relative(clause.group(1), words)
    start = sentences[sentence_at(sentences, first.start)].start
    before = text[start : first.start]
    behind = all(part.start >= first.end for part in (*one.source, *one.cue))
    told = any(start <= other.cue[0].start < first.start for other in found)
    if not relative or not behind or told or not (text[first.start] == "," or before.rstrip().endswith(",")):
        return one
    return replace(one, content=(Span(start, first.end), *one.content[1:]))


def _is_plainly_relative(word: str, words: Lexicon) -> bool:
    """Whether a word is a relative pronoun and neither an article ("die Busse") nor a conjunction ("что мост закрыт") besides; no word is
    where the lexicon does not tell its conjunctions."""
    if word.casefold() in words.plain("coordination", "articles"):
        return False
    if not words.plain("pronouns", "conjunction") or words.of("pronouns", "conjunction").fullmatch(word):
        return False
    return words.of("pronouns", "relative").fullmatch(word) is not None
