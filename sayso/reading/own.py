"""What a document asserts on its own authority: the sentences that it attributes to nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model.document import POSTS, Document
from sayso.model.span import Span
from sayso.reading.lexicon import Lexicon

OPENING_QUOTES = '«“„"‘'
"""A sentence that opens with one goes on quoting whoever spoke last: it is nobody's but that speaker's."""
SHORTEST = 3
"""Words that a sentence needs to assert anything."""


def speaks_for_itself(document: Document) -> bool:
    """Whether the document's every plain sentence is its outlet's word: posts and press releases."""
    return document.channel in (*POSTS, "press")


def iter_own(
    document: Document, sentences: Sequence[Span], covered: Sequence[Span], skipped: Sequence[Span]
) -> list[Span]:
    """Sentences of which attributions cover less than half, credit lines left out.

    Args:
        sentences: the document's sentences.
        covered: source, cue and content spans of its attributions.
        skipped: spans of credit lines.
    """
    out = []
    for sentence in sentences:
        if any(sentence.overlaps(one) for one in skipped) and sentence.end - sentence.start < 80:
            continue
        if len(re.findall(r"\w+", sentence.quote(document.text))) < SHORTEST:
            continue
        if sentence.quote(document.text)[0] in OPENING_QUOTES and not speaks_for_itself(document):
            continue
        held = sum(max(0, min(one.end, sentence.end) - max(one.start, sentence.start)) for one in covered)
        if held * 2 < sentence.end - sentence.start:
            out.append(sentence)
    return out


def claims_own_finding(sentence: str, words: Lexicon) -> bool:
    """Whether the words say that the outlet itself found it out ("this newspaper has established")."""
    return words.has("own", "words", sentence)
