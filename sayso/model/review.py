"""What the desk's people correct: kept as events that are only ever added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What a review does to its target.

    ``wrong``: a statement is misread and left out. ``stance``: a statement's stance is the value. ``match`` and
    ``unmatch``: a statement is, or is not, about the question that is the value. ``join`` and ``split``: two actors'
    names mean one actor, or never do. ``copy`` and ``uncopy``: a document copies the one that is the value, or none.
    ``undo``: the review with that number counts no more.
    """

    WRONG = "wrong"
    STANCE = "stance"
    MATCH = "match"
    UNMATCH = "unmatch"
    JOIN = "join"
    SPLIT = "split"
    COPY = "copy"
    UNCOPY = "uncopy"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Review:
    """One act of a person on something that the desk holds.

    Attributes:
        act: what is done.
        target: id of a statement, hash of a document, an actor's name, or a review's number.
        value: what the act needs besides, if anything.
        who, why, at: by whom, for what reason, when (ISO 8601).
        number: its place in the log, from 1; 0 before it is kept.
    """

    act: Act
    target: str
    value: str | None
    who: str
    why: str
    at: str = ""
    number: int = 0


def effective(reviews: Iterable[Review]) -> list[Review]:
    """The reviews that count, oldest first: neither undone nor undoing. An undoing may be undone."""
    listed = list(reviews)
    undone: set[int] = set()
    for one in reversed(listed):
        if one.act is Act.UNDO and one.number not in undone and one.target.isdecimal():
            undone.add(int(one.target))
    return [one for one in listed if one.act is not Act.UNDO and one.number not in undone]
