"""Who cites a source, where the words just before it say so: "X, citing Y, reported", «X» со ссылкой на Y."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.model.span import Span, trim
from sayso.model.statement import Kind, Mention
from sayso.reading.attribution import Found, names_source
from sayso.reading.cast import Cast
from sayso.reading.lexicon import Lexicon
from sayso.reading.names import clean_name
from sayso.reading.sentences import sentence_at

LONGEST = 8
"""Words that a citer's name may have."""
LONGEST_SOURCE = 14
"""Words up to which what is cited is a source by itself, not already what it said."""
CITED = 0.6
"""Confidence of a citation that only its words show."""
BEHIND = 3
"""Characters, a comma among them, between who cites and the citing word, or a name and the clause that goes on about it."""
_CITED_NAME = re.compile(
    r"\s+([^\W_](?:(?<=\b[^\W\d_])\.|(?<=\b[^\W\d_]{2})\.(?=\s+[^\W\d_])|[^,.;:()\n]){1,80})(?=[,.;:()\n]|$)"
)
"""Up to a mark; a dot behind one or two letters ("Dr. Brill", "the U.S. embassy") is none."""
_CLAUSE = re.compile(r",\s+(\w+)\s+(\w+)\s+(\S.{8,})", re.DOTALL)
_LINKS = re.compile(r"\s*(?:an?|the|one|its|unnamed)?\s*$", re.IGNORECASE)


def split_citations(found: Sequence[Found], text: str, sentences: Sequence[Span], words: Lexicon) -> list[Found]:
    """Attributions with those made explicit that a citation holds.

    "X quoted Y as saying P" gives Y the content P inside X's; "X, citing Y, reported P" gives Y the content P with the
    citing cue, so that X's report relays it.
    """
    out = list(found)
    for one in found:
        content = one.content[0]
        referring = words.of("cue", "referring")
        match = referring.match(text, one.cue[0].start) or referring.search(text, one.cue[0].start, one.cue[0].end)
        if match is None or content.start < one.cue[0].start:
            continue
        between = one.source and match.end() <= one.source[0].start < content.start
        start = one.source[0].start if between else content.start
        content = trim(Span(max(start, match.end()), content.end), text)
        cut = _cut_of(content.quote(text), words)
        if cut is not None and _told_within(Span(content.start, content.start + cut[0]), found):
            continue
        if between and cut is not None:
            # "citing a source said that": the verb belongs to the citer, not to the source's name
            told = words.of("cue", "dropped").search(content.quote(text), 0, cut[0])
            cut = (told.start(), cut[1]) if told and told.start() > 2 else cut
        if cut is not None:
            source = trim(Span(content.start, content.start + cut[0]), text, " ,")
            verb = Span(content.start + cut[0], content.start + cut[1]) if cut[1] > cut[0] else one.cue[0]
            rest = trim(Span(content.start + cut[1], content.end), text, " ,")
            if rest.end <= rest.start or source.end <= source.start:
                continue
            if between:
                out.remove(one)
            out.append(Found((source,), (verb,), (rest, *one.content[1:]), one.confidence))
            continue
        if len(content.quote(text).split()) > LONGEST_SOURCE:
            continue
        number = sentence_at(sentences, one.cue[0].start)
        for other in found:
            beside = other is not one and sentence_at(sentences, other.cue[0].start) == number
            apart = not any(span.overlaps(content) for span in (*other.content, *other.source))
            if beside and apart and not any(span.holds(other.cue[0]) for span in one.content):
                out.remove(one)
                confidence = min(one.confidence, other.confidence)
                out.append(Found((content,), one.cue, other.content, confidence))
                break
    return out


def with_trailing_citations(
    found: Sequence[Found], text: str, sentences: Sequence[Span], words: Lexicon
) -> list[Found]:
    """Attributions with whom their sources cite, where the network took that for what is said: "P, X notes, *citing Y*", with what a
    relative clause goes on to tell of Y as Y's own ("…, which told the story of Q, who …")."""
    out = list(found)
    for one in found:
        if one not in out:
            continue
        citation = next(
            (match for piece in one.content[1:] if (match := _citation(piece, one, text, words)) is not None), None
        )
        end = sentences[sentence_at(sentences, one.cue[0].start)].end
        name = _CITED_NAME.match(text, citation.end(), end) if citation else None
        if citation is None or name is None or names_source(found, Span(*name.span(1))):
            continue
        if len(name.group(1).split()) > LONGEST_SOURCE:
            continue
        said = tuple(part for part in one.content if part.start < citation.start() or part.start >= end)
        sure = min(CITED, one.confidence)
        out.remove(one)
        out += [replace(one, content=said), Found((Span(*name.span(1)),), (Span(*citation.span()),), said, sure)]
        clause = _CLAUSE.match(text, name.end(), min(end, max(part.end for part in one.content)))
        if clause and words.of("pronouns", "relative").fullmatch(clause.group(1)):
            relative, verb, told = (Span(*clause.span(group)) for group in (1, 2, 3))
            # of the clause the network may have seen a part
            out = [other for other in out if not any(part.overlaps(verb) for part in other.cue)]
            out.append(Found((relative,), (verb,), (trim(told, text, " ."),), sure))
    return out


def _citation(piece: Span, one: Found, text: str, words: Lexicon) -> re.Match[str] | None:
    """The citing word with which a piece of a content begins, right behind source or cue with a comma between."""
    follows = any(piece.follows(part, BEHIND) for part in (*one.source, *one.cue))
    return words.of("cue", "referring").match(text, piece.start) if follows else None


def find_cited(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """Citations that the network left inside somebody's words: "…, referring to Y, that P", "had quoted Y as saying P"."""
    out: list[Found] = []
    for sentence in sentences:
        for match in words.of("cue", "referring").finditer(text, sentence.start, sentence.end):
            rest = text[match.end() : sentence.end]
            cut = _cut_of(rest, words)
            if cut is None:
                continue
            source = trim(Span(match.end(), match.end() + cut[0]), text, " ,")
            content = trim(Span(match.end() + cut[1], sentence.end), text, " .,")
            if names_source(found, source) or source.end <= source.start or content.end <= content.start:
                continue
            if len(source.quote(text).split()) > LONGEST_SOURCE or any(mark in source.quote(text) for mark in '«“„"'):
                continue
            verb = Span(match.end() + cut[0], match.end() + cut[1]) if cut[1] > cut[0] else Span(*match.span())
            out.append(Found((source,), (verb,), (content,), CITED))
    return out


def _told_within(lead: Span, found: Sequence[Found]) -> bool:
    """Whether what would be a source holds a cue with its own source: then the nesting is known already."""
    return any(other.source and lead.holds(other.source[0]) and lead.holds(other.cue[0]) for other in found)


def _cut_of(content: str, words: Lexicon) -> tuple[int, int] | None:
    """Where a cited source ends and what it said begins: at "as saying", or at a comma before "that"."""
    told = words.of("cue", "as_saying").search(content)
    if told and told.start() > 2 and told.end() < len(content):
        return told.start(), told.end()
    for comma in re.finditer(r",\s+", content):
        if comma.start() > 2 and words.of("pronouns", "conjunction").match(content, comma.end()):
            return comma.end(), comma.end()
    return None


def citer_of(source: Span, sentence: Span, cast: Cast) -> Mention | None:
    """The outlet that cites *source*; None where no citing word stands right before it."""
    before = cast.document.text[sentence.start : source.start]
    cut = _LINKS.search(before)
    lead = before[: cut.start()] if cut else before
    citing = cast.words.ending("cue", "referring", lead)
    if citing is None:
        return None
    head = lead[: citing.start()].rstrip(" ,—–-")
    known = cast.outlet_in(head)
    if known:
        return None if cast.is_outlet(known) else Mention(known, Kind.OUTLET, Span(sentence.start, source.start))
    name = clean_name(head.split(",")[-1], cast.words)
    told = cast.words.of("cue", "report").search(name)
    if told and told.end() == len(name):
        name = name[: told.start()].strip()
    proper = any(word[:1].isupper() for word in name.split())
    if not name or not proper or len(name.split()) > LONGEST or cast.is_outlet(name):
        return None
    return Mention(name, Kind.OUTLET, Span(sentence.start, source.start))
