"""A pasted text with several claims in it, taken apart."""

from __future__ import annotations

import re

LEAST_WORDS = 6
MOST_PARTS = 6
_ENDS = re.compile(r"(?<=[.!?…])[\"”»’)]*\s+|\n+")


def parts_of(text: str) -> list[str]:
    """The sentences of *text* that may each be a claim; none where the text is one sentence."""
    pieces = [" ".join(piece.split()) for piece in _ENDS.split(text) if piece and piece.strip()]
    long = [piece for piece in pieces if len(re.findall(r"\w+", piece)) >= LEAST_WORDS]
    if len(pieces) < 2 or len(long) < 2:
        return []
    return long[:MOST_PARTS]
