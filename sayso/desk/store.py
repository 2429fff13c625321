"""What a SQL engine gives to the desk's common parts: statements run, transactions, and the time.

The SQL above this page is written once, in what SQLite and PostgreSQL have in common, with ``?`` for values; words,
vectors and places of rows, in which they differ, stand in each engine's own modules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Row(Protocol):
    """A row of a result; values by column name or position."""

    def __getitem__(self, key: Any, /) -> Any: ...

    def keys(self) -> Iterable[str]:
        """The column names."""


class Fetched:
    """A result, read whole at once: an engine's error belongs to the statement, and its connection to the next one."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = iter(rows)

    def fetchone(self) -> Any:
        """The next row, or None."""
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows


class Store(Protocol):
    """An opened engine."""

    place: str

    def clock(self) -> str:
        """The time in UTC, ISO 8601, to the second."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Fetched:
        """Runs one statement, in this thread's transaction if there is one."""

    def many(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Runs one statement for each row of values."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything within is kept, or nothing.

        Raises:
            DeskError: on leaving or within, where the engine refuses; told in the desk's own words.
        """
