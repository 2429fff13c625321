"""A document's text cut at the edges of its marked passages, so that a page can show them without losing a character."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.model.span import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to mark: where, under which name, and what it is called."""

    span: Span
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text and the marks that cover it, outermost first; ``starts`` are those of them that begin here."""

    text: str
    marks: tuple[Mark, ...]
    starts: tuple[Mark, ...]


def cut(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The pieces of *text*, in order; joined they are the text again."""
    listed: Sequence[Mark] = sorted(marks, key=lambda one: (one.span.start, -one.span.end, one.name))
    edges = sorted({0, len(text), *(edge for one in listed for edge in one.span if 0 <= edge <= len(text))})
    out = []
    for start, end in itertools.pairwise(edges):
        over = tuple(one for one in listed if one.span.start <= start and end <= one.span.end)
        out.append(Piece(text[start:end], over, tuple(one for one in over if one.span.start == start)))
    return out
