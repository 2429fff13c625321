"""What was erased from a desk: how much, by whom, why; never what it said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Erasure:
    """One act of erasing.

    Attributes:
        kind: ``document``, ``actor`` or ``retention``.
        documents, statements: how many went.
        who, why, at: by whom, for what reason, when (ISO 8601).
        number: its place in the log, from 1.
    """

    kind: str
    documents: int
    statements: int
    who: str
    why: str
    at: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a desk keeps what comes from a source.

    Attributes:
        source: an outlet's name, or a channel (``telegram``, ``news``, …).
        days: since the desk got a document.
        since: when the rule was made (ISO 8601).
    """

    source: str
    days: int
    since: str = ""
