"""Who passed on what one attribution tells, by the words beside it: whoever cites its source, was told, or has seen it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model.span import Span, trim
from sayso.model.statement import Kind, Mention
from sayso.reading.cast import Cast
from sayso.reading.chain import Node
from sayso.reading.citing import citer_of
from sayso.reading.sentences import sentence_at

TOLD, TAIL = 24, 60
"""Characters behind a cue in which stands who was told, and those that are looked at for it."""
SEEN = 40
"""Characters behind "seen by" in which stands who has seen it."""


def relays_beside(node: Node, sentences: Sequence[Span], cast: Cast) -> list[Mention]:
    """The outlets that the words around an attribution put between its source and the document, nearest to the reader first."""
    return [*_citers(node, sentences, cast), *_told(node, sentences, cast), *_seen_by(node, sentences, cast)]


def _citers(node: Node, sentences: Sequence[Span], cast: Cast) -> list[Mention]:
    if not node.found.source:
        return []
    source = node.found.source[0]
    citer = citer_of(source, sentences[sentence_at(sentences, source.start)], cast)
    return [citer] if citer else []


def _told(node: Node, sentences: Sequence[Span], cast: Cast) -> list[Mention]:
    """The newsroom that was told: "C told B" makes B a relay where B is an outlet other than the document's."""
    text, cue = cast.document.text, node.found.cue[-1]
    sentence = sentences[sentence_at(sentences, cue.start)]
    tail = text[cue.end : min(sentence.end, cue.end + TAIL)]
    for named in cast.outlets.iter_in(tail, inflected=True):
        place = Span(cue.end + named.start, cue.end + named.end)
        inside = any(span.overlaps(place) for span in (*node.found.content, *node.found.source))
        if named.start < TOLD and not inside and not cast.is_outlet(named.outlet):
            return [Mention(named.outlet, Kind.OUTLET, place)]
    words = cast.words
    generic = re.match(
        rf"\s*(?:{words.of('kinds', 'to_outlet').pattern})?[\s’']*(?:{words.of('kinds', 'outlet').pattern})",
        tail,
        re.IGNORECASE,
    )
    if generic and tail.lstrip()[:1].islower():
        last = cast.last_outlet(cue.start)
        place = trim(Span(cue.end + generic.start(), cue.end + generic.end()), text)
        # "said that radio contact was lost": what is said begins there
        said = words.of("pronouns", "conjunction").match(text, place.start) is not None
        earliest = place.start if said else place.start - 1
        inside = any(span.start <= earliest and span.overlaps(place) for span in node.found.content)
        if last and not inside:
            return [Mention(last, Kind.OUTLET, place)]
    return []


def _seen_by(node: Node, sentences: Sequence[Span], cast: Cast) -> list[Mention]:
    """ "A sheet seen by X": X had it first, where X is another outlet."""
    if not node.found.source:
        return []
    sentence = sentences[sentence_at(sentences, node.found.source[0].start)]
    quote = sentence.quote(cast.document.text)
    match = cast.words.of("cue", "seen_by").search(quote)
    known = cast.outlet_in(quote[match.end() : match.end() + SEEN]) if match else None
    return [Mention(known, Kind.OUTLET, sentence)] if known and not cast.is_outlet(known) else []
