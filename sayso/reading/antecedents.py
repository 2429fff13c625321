"""What a bare "this" as content points back to: the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model.span import Span
from sayso.reading.lexicon import Lexicon
from sayso.reading.sentences import sentence_at


def antecedent_of(
    content: tuple[Span, ...], cue: Span, text: str, sentences: Sequence[Span], words: Lexicon
) -> tuple[Span, ...]:
    """*content*, with the preceding sentence put before it where its own words are only a demonstrative.

    "The embassies reported this (on Telegram)": the content is "this", and what they reported is the sentence before.
    """
    number = sentence_at(sentences, cue.start)
    if number == 0:
        return content
    # the network may have marked a piece of that sentence itself
    here = tuple(span for span in content if span.start >= sentences[number].start)
    said = " ".join(span.quote(text) for span in here).strip(" .,:;—–-").casefold()
    this, where = (words.of("pronouns", key).pattern for key in ("this", "where"))
    if not re.fullmatch(rf"{this}(?:\s+{where})?", said, re.IGNORECASE):
        return content
    return (sentences[number - 1], *here)
