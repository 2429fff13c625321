"""What a private post passes on from somebody close: "My husband just rang from work: the depot is on fire"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model.span import Span, trim
from sayso.reading.attribution import Found, is_attributed
from sayso.reading.lexicon import Lexicon

HEAD = 4
"""Words at the start of a sentence among which the noun for a person stands."""
LONGEST = 16
"""Words before the colon."""
SURE = 0.6
_COLON = re.compile(r":\s+(?=[^\s«“„\"])")


def find_retold(text: str, sentences: Sequence[Span], found: Sequence[Found], words: Lexicon) -> list[Found]:
    """Sentences in which somebody close to the author rings, writes or tells, and what they tell stands behind a colon."""
    out: list[Found] = []
    for sentence in sentences:
        colon = _COLON.search(text, sentence.start, sentence.end)
        if colon is None or len(text[sentence.start : colon.start()].split()) > LONGEST:
            continue
        content = trim(Span(colon.end(), sentence.end), text, " .!")
        verb = words.of("cue", "told_me").search(text, sentence.start, colon.start())
        if verb is None or content.end <= content.start or is_attributed(found, content):
            continue
        who = _teller(sentence.start, verb.start(), text, words)
        if who is not None:
            out.append(Found((who,), (Span(*verb.span()),), (content,), SURE))
    return out


def _teller(start: int, end: int, text: str, words: Lexicon) -> Span | None:
    head = " ".join(text[start:end].split()[:HEAD])
    if not head:
        return None
    for key in ("person_noun", "man", "anonymous"):
        match = words.of("kinds", key).search(head)
        if match:
            named = text[start:end].find(head[: match.end()])
            return Span(start + named, start + named + match.end()) if named >= 0 else None
    return None
