"""What a desk follows: addresses that it polls, and questions whose answers it watches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchState:
    """How the last requests to a source went; times are ISO 8601 in UTC.

    Attributes:
        address: the source.
        succeeded: when it last answered; None where it never did.
        error: what went wrong last time; None where nothing did.
        etag, modified: of the version that is known.
        next_try: before this it is left alone.
        failures: how often in a row it has failed.
    """

    address: str
    succeeded: str | None = None
    error: str | None = None
    etag: str | None = None
    modified: str | None = None
    next_try: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """A kept question and what was known when it was last answered.

    Attributes:
        question: the words of the rumour.
        since: when it was first kept.
        seen: ids of the statements and corrections that have been reported or passed over.
        at: when it was last answered.
    """

    question: str
    since: str
    seen: frozenset[str] = frozenset()
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something new about a watched question.

    Attributes:
        question: which.
        kind: ``origin`` (somebody new on a side), ``withdrawal`` or ``correction``.
        side: the stance, where the kind has one.
        who: the actor.
        document: shown id of the document that carries it.
        quote, start, end: the words and where they stand.
        statement: id of the statement; None for a correction.
        seen: when this desk got the document.
    """

    question: str
    kind: str
    side: str | None
    who: str
    document: str
    quote: str
    start: int
    end: int
    statement: str | None
    seen: str | None
