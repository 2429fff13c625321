"""The desk in a PostgreSQL database with pgvector: many writers and readers, on one machine or several."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Self

from sayso.desk.base import Bytes8, Entry
from sayso.desk.postgres_schema import MIGRATIONS, PACKED
from sayso.desk.postgres_store import PostgresStore
from sayso.desk.postgres_view import PostgresView, to_text
from sayso.desk.rows import STATEMENT_COLUMNS, statement_row
from sayso.desk.sqlite import now
from sayso.desk.writer import SqlWriter
from sayso.errors import DeskError
from sayso.model.document import Document
from sayso.model.statement import Statement

LOCK = 0x5341594F
"""Held while tables are made, so that of several that start at once one does it."""
TRIES, PAUSE = 5, 1.0
"""A document is written again when the server goes away meanwhile: its hash keeps it from being there twice."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that get partitions; dates beyond are mistakes and stay with the undated."""


class PostgresDesk:
    """One database as a desk.

    Args:
        address: ``postgresql://…``
        create: False refuses a database in which there is no desk yet.
        clock: what time it is, for ``seen``.

    Raises:
        DeskError: the server does not answer, pgvector is missing, the tables are another program's, or the desk is of a
            newer version.
    """

    def __init__(self, address: str, *, create: bool = True, clock: Callable[[], str] = now) -> None:
        self.store = PostgresStore(address, clock)
        self.place = self.store.place
        self._months: set[str] = set()
        try:
            self._prepare(create=create)
        except BaseException:
            self.store.close()
            raise

    def _prepare(self, *, create: bool) -> None:
        if not create and not self._exists("sayso_desk"):
            raise DeskError("no desk here", where=self.place, remedy="put documents on it first: sayso add FILE")
        with self.store.transaction():
            self.store.execute("SELECT pg_advisory_xact_lock(?)", (LOCK,))
            if not self._exists("sayso_desk"):
                if self._exists("document"):
                    raise DeskError(
                        "holds another program's tables", where=self.place, remedy="make a database for the desk alone"
                    )
                self.store.execute("CREATE TABLE sayso_desk (version INTEGER NOT NULL)")
                self.store.execute("INSERT INTO sayso_desk VALUES (0)")
            version = self.store.execute("SELECT version FROM sayso_desk").fetchone()
            done = int(version[0]) if version else 0
            if done > len(MIGRATIONS):
                raise DeskError(
                    f"made by a newer sayso (desk version {done}, this one knows {len(MIGRATIONS)})",
                    where=self.place,
                    remedy="upgrade sayso",
                )
            for step in MIGRATIONS[done:]:
                self.store.execute(step)
            if done < len(MIGRATIONS):
                self.store.execute("UPDATE sayso_desk SET version = ?", (len(MIGRATIONS),))

    def _exists(self, table: str) -> bool:
        found = self.store.execute("SELECT to_regclass(?)", (table,)).fetchone()
        return found is not None and found[0] is not None

    def make_partition(self, month: str | None) -> None:
        """Sees to it that statements of a month (``2034-08-01``) have their partition."""
        if month is None or month in self._months:
            return
        first = date.fromisoformat(month)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        name = f"statement_{first:%Y_%m}"
        if not self._exists(name):
            with self.store.transaction():
                self.store.execute("SELECT pg_advisory_xact_lock(?)", (LOCK,))
                self.store.execute(
                    f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF statement FOR VALUES FROM ('{first}') TO ('{after}')"
                )
        self._months.add(month)

    def view(self) -> PostgresView:
        """For reading."""
        return PostgresView(self.store)

    def writer(self) -> PostgresWriter:
        """For writing."""
        return PostgresWriter(self)

    def backup(self, place: str) -> None:
        """Not done from here: the server's own tools do it while others go on.

        Raises:
            DeskError: always, with the command.
        """
        raise DeskError(
            "a desk on PostgreSQL is backed up by the server's own tools",
            where=self.place,
            remedy=f"run: pg_dump --format=custom --file={place} {self.place}",
        )

    def close(self) -> None:
        """Lets go of the connections."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class PostgresWriter(SqlWriter):
    """Writing; see sayso.desk.base.Writer."""

    def __init__(self, desk: PostgresDesk) -> None:
        super().__init__(desk.store)
        self._desk = desk

    def add(self, entry: Entry) -> bool:
        """Keeps a document and its reading; False where the desk had both. Tried again while the server restarts.

        Raises:
            DeskError: the desk cannot be written.
        """
        for left in reversed(range(TRIES)):
            try:
                self._desk.make_partition(month_of(entry.document))
                return super().add(entry)
            except DeskError as error:
                if left == 0 or "does not answer" not in str(error):
                    raise
                time.sleep(PAUSE)
        raise AssertionError("the loop returns or raises")

    def _keep_statement(self, document: Document, statement: Statement, reading: int) -> int:
        row = (*statement_row(statement, reading), month_of(document))
        holes = ", ".join("?" * len(row))
        sql = f"INSERT INTO statement ({STATEMENT_COLUMNS}, month) VALUES ({holes}) RETURNING number"
        return int(self._db.execute(sql, row).fetchone()[0])

    def _keep_vector(self, number: int, encoder: str, vector: Bytes8) -> None:
        self._db.execute("INSERT INTO cache_vector VALUES (?, ?, ?::halfvec)", (number, encoder, to_text(vector)))

    def _keep_words(self, number: int, passage: str) -> None:
        self._db.execute("INSERT INTO cache_words VALUES (?, to_tsvector('simple', ?))", (number, passage))

    def _forget_words(self, rows: Sequence[tuple[int, str]]) -> None:
        self._db.many("DELETE FROM cache_words WHERE statement_number = ?", [(number,) for number, _ in rows])

    def _forget_all_words(self) -> None:
        self._db.execute("DELETE FROM cache_words")

    def _keep_all_words(self) -> None:
        self._db.execute(
            "INSERT INTO cache_words SELECT s.number, "
            "to_tsvector('simple', substr(d.text, s.quote_start + 1, s.quote_end - s.quote_start)) "
            "FROM statement s JOIN document d ON d.hash = s.document_hash"
        )

    def _pack(self) -> None:
        for table in PACKED:
            self._db.execute(f"VACUUM (FULL) {table}")


def month_of(document: Document) -> str | None:
    """The first day of the month in which a document was published; None where that is unknown."""
    found = re.match(r"(\d{4})-(\d{2})", document.published or "")
    if found is None or not 1 <= int(found[2]) <= 12 or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    return f"{found[0]}-01"
