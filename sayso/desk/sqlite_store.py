"""One SQLite file as a store, and its errors in the desk's own words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sayso.desk.store import Fetched
from sayso.errors import DeskError


class SqliteStore:
    """See sayso.desk.store.Store.

    Args:
        connection: the desk's.
        place: its file, for errors.
        clock: what time it is.
    """

    def __init__(self, connection: sqlite3.Connection, place: str, clock: Callable[[], str]) -> None:
        self.connection = connection
        self.place = place
        self.clock = clock

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Fetched:
        """Runs one statement."""
        try:
            return Fetched(self.connection.execute(sql, values).fetchall())
        except sqlite3.Error as error:
            raise translated(error, self.place) from error

    def many(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Runs one statement for each row of values."""
        self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything within is kept, or nothing."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise translated(error, self.place) from error
        try:
            yield
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise translated(error, self.place) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


def translated(error: sqlite3.Error, place: str) -> DeskError:
    """What went wrong in SQLite, and what to do about it."""
    text = str(error).casefold()
    if "locked" in text or "busy" in text:
        return DeskError(
            "another program is writing to the desk", where=place, remedy="wait until it is done, then repeat"
        )
    if "readonly" in text or "read-only" in text:
        return DeskError(
            "the desk is read-only", where=place, remedy="change the file's permissions, or name another with --desk"
        )
    if "not a database" in text:
        return DeskError("not a sayso desk", where=place, remedy="name another file with --desk")
    if "malformed" in text or "corrupt" in text:
        return DeskError("the desk file is damaged", where=place, remedy="restore it from a backup")
    if "full" in text:
        return DeskError(
            "the disk is full", where=place, remedy="free some space, then repeat: what was finished is kept"
        )
    if "unable to open" in text:
        return DeskError("cannot be opened", where=place, remedy="check the path and its permissions")
    return DeskError(f"cannot be used ({error})", where=place, remedy="run: sayso doctor")
