"""What changed between two texts of one address, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS_MOST = 20_000
"""Words of one text beyond which paragraphs are compared whole: word by word would take too long."""
_WORDS = re.compile(r"\s*\S+|\s+$")
_PARAGRAPHS = re.compile(r"[^\n]*\n*")


class Change(StrEnum):
    """What became of a piece."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went, or came."""

    change: Change
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces that lead from one text to the other: kept and gone ones together are *before*, kept and new ones *after*."""
    pattern = _WORDS if max(len(before), len(after)) < 6 * WORDS_MOST else _PARAGRAPHS
    a, b = pattern.findall(before), pattern.findall(after)
    return [piece for piece in _pieces(a, b) if piece.text]


def _pieces(a: list[str], b: list[str]) -> Iterator[Piece]:
    for kind, a_start, a_end, b_start, b_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(Change.KEPT, "".join(a[a_start:a_end]))
            continue
        if a_end > a_start:
            yield Piece(Change.GONE, "".join(a[a_start:a_end]))
        if b_end > b_start:
            yield Piece(Change.NEW, "".join(b[b_start:b_end]))
