"""The desk as one SQLite file: WAL, FTS5 for words, an approximate index of vectors beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sayso.desk.base import Bytes8, Entry, Original
from sayso.desk.rows import (
    DOCUMENT_COLUMNS,
    STATEMENT_COLUMNS,
    attributions_to_text,
    document_row,
    dump,
    statement_row,
)
from sayso.desk.schema import APPLICATION_ID, MIGRATIONS
from sayso.desk.sqlite_erasure import ErasureWriter
from sayso.desk.sqlite_events import EventsWriter
from sayso.desk.sqlite_transactions import translated
from sayso.desk.sqlite_view import SqliteView
from sayso.desk.vectors import VectorIndex
from sayso.errors import DeskError
from sayso.model.registry import Registry

MEMORY = ":memory:"
WAIT_SECONDS = 5.0
DIM = 384


def now() -> str:
    """The time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class SqliteDesk:
    """One desk file, opened for reading and, where the file allows it, writing.

    Args:
        place: path of the file, made if it is not there; ``:memory:`` for one that is gone at the end.
        create: False refuses to make a new file.
        clock: what time it is, for ``seen``.

    Raises:
        DeskError: the file cannot be opened, is no desk, or is of a newer version.
    """

    def __init__(self, place: str, *, create: bool = True, clock: Callable[[], str] = now) -> None:
        self.place = place
        self.clock = clock
        self._path = None if place == MEMORY else Path(place)
        if self._path is not None:
            if not create and not self._path.exists():
                raise DeskError("no desk here", where=place, remedy="put documents on it first: sayso add FILE")
            _make_folder(self._path)
        try:
            self.connection = sqlite3.connect(place, timeout=WAIT_SECONDS, isolation_level=None)
            self.connection.row_factory = sqlite3.Row
            self._prepare()
        except sqlite3.Error as error:
            raise translated(error, place) from error
        self._index: VectorIndex | None = None
        self._indexed_at: tuple[int, int] | None = None

    def _prepare(self) -> None:
        version = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
        mark = int(self.connection.execute("PRAGMA application_id").fetchone()[0])
        tables = int(self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        if tables and mark != APPLICATION_ID:
            raise DeskError("not a sayso desk", where=self.place, remedy="name another file with --desk")
        if version > len(MIGRATIONS):
            raise DeskError(
                f"made by a newer sayso (desk version {version}, this one knows {len(MIGRATIONS)})",
                where=self.place,
                remedy="upgrade sayso",
            )
        self.connection.execute("PRAGMA foreign_keys = ON")
        if version == len(MIGRATIONS):
            return
        if self._path is not None:
            self.connection.execute("PRAGMA journal_mode = WAL")
        for number in range(version, len(MIGRATIONS)):
            # executescript commits by itself, so the transaction stands inside the script
            self.connection.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID}; {MIGRATIONS[number]}; "
                f"PRAGMA user_version = {number + 1}; COMMIT;"
            )

    @property
    def index(self) -> VectorIndex:
        """The vector index, opened at first use and brought up to the desk's rows."""
        if self._index is None:
            path = self._path.with_name(self._path.name + ".vectors") if self._path else None
            self._index = VectorIndex(path, DIM)
        # data_version moves when another connection writes, total_changes when this one does
        state = (int(self.connection.execute("PRAGMA data_version").fetchone()[0]), self.connection.total_changes)
        if state != self._indexed_at:
            SqliteView(self).catch_up(self._index)
            self._indexed_at = state
        return self._index

    def reindex(self) -> None:
        """Makes the vector index anew from the desk's rows, and saves it."""
        self.index.clear()
        SqliteView(self).catch_up(self.index)
        self.index.save()

    def view(self) -> SqliteView:
        """For reading."""
        return SqliteView(self)

    def writer(self) -> SqliteWriter:
        """For writing."""
        return SqliteWriter(self)

    def backup(self, place: str) -> None:
        """Writes a copy of the desk to *place* by SQLite's online backup; others go on meanwhile.

        Raises:
            DeskError: it exists already, or cannot be written.
        """
        if Path(place).exists():
            raise DeskError("exists already", where=place, remedy="name a new file")
        try:
            with closing(sqlite3.connect(place)) as copy:
                self.connection.backup(copy)
        except sqlite3.Error as error:
            raise translated(error, place) from error

    def close(self) -> None:
        """Saves the vector index and closes the file."""
        if self._index is not None:
            # the index is a cache: it is rebuilt from the desk when it is missing
            with suppress(OSError, RuntimeError):
                self._index.save()
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class SqliteWriter(EventsWriter, ErasureWriter):
    """Adds to one desk. Each document is one transaction: all of it is kept, or nothing."""

    def __init__(self, desk: SqliteDesk) -> None:
        super().__init__(desk.connection, desk.place, desk.clock)
        self._desk = desk

    def has(self, document: str, reader: str) -> bool:
        """Whether the desk holds that reader's reading of the document."""
        sql = "SELECT 1 FROM reading WHERE document_hash = ? AND reader = ?"
        return self._db.execute(sql, (document, reader)).fetchone() is not None

    def add(self, entry: Entry) -> bool:
        """Keeps a document and its reading; False where the desk had both.

        Raises:
            DeskError: the desk cannot be written.
        """
        document, reading = entry.document, entry.reading
        with self._transaction():
            if self.has(document.hash, reading.reader) or self.is_erased(document.hash):
                return False
            stamp = self._clock()
            holes = ", ".join("?" * 12)
            added = self._db.execute(
                f"INSERT INTO document ({DOCUMENT_COLUMNS}) VALUES ({holes}) ON CONFLICT (hash) DO NOTHING",
                document_row(document, stamp),
            )
            if added.rowcount == 1:
                number = added.lastrowid
                bands = [(band, number) for band in entry.bands]
                self._db.executemany("INSERT OR IGNORE INTO cache_copy_band VALUES (?, ?)", bands)
                if entry.copy_of is not None:
                    self._db.execute("INSERT INTO copy VALUES (?, ?, ?)", (document.hash, *entry.copy_of))
            if entry.original is not None:
                self._keep_original(document.hash, entry.original, stamp)
            kept = self._db.execute(
                "INSERT INTO reading (document_hash, reader, lang, attributions, at) VALUES (?, ?, ?, ?, ?)",
                (document.hash, reading.reader, reading.lang, attributions_to_text(reading.attributions), stamp),
            )
            for statement, vector in zip(reading.statements, entry.vectors, strict=True):
                row = statement_row(statement, kept.lastrowid or 0)
                sql = f"INSERT INTO statement ({STATEMENT_COLUMNS}) VALUES ({', '.join('?' * len(row))})"
                number = self._db.execute(sql, row).lastrowid
                self._db.execute("INSERT INTO cache_vector VALUES (?, ?, ?)", (number, entry.encoder, vector.tobytes()))
                self._db.execute(
                    "INSERT INTO statement_words (rowid, passage) VALUES (?, ?)",
                    (number, statement.extent.quote(document.text)),
                )
        return True

    def _keep_original(self, document: str, original: Original, stamp: str) -> None:
        held = self._db.execute("SELECT 1 FROM original WHERE hash = ?", (original.hash,)).fetchone()
        if held is None:
            row = (original.hash, original.size, original.packed)
            self._db.execute("INSERT INTO original VALUES (?, ?, ?)", row)
        link = (document, original.hash, original.address, stamp)
        self._db.execute("INSERT INTO document_original VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", link)

    def add_to_claims(self, rows: Iterable[tuple[int, str]]) -> None:
        """Puts statements to circulating claims."""
        with self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO cache_claim VALUES (?, ?)", rows)

    def add_registry(self, registry: Registry) -> None:
        """Keeps the entries that the desk does not hold already in the same words."""
        rows = [
            *(("outlet", one.name, dump([one.aliases, one.domain, one.owner])) for one in registry.outlets),
            *(("handle", f"{one.channel}:{one.handle}", dump([one.actor])) for one in registry.handles),
            *(("actor", one.name, dump([one.aliases, one.parent])) for one in registry.actors),
        ]
        with self._transaction():
            for kind, name, entry in rows:
                newest = self._db.execute(
                    "SELECT entry FROM registry WHERE kind = ? AND name = ? ORDER BY number DESC LIMIT 1", (kind, name)
                ).fetchone()
                if newest is None or newest["entry"] != entry:
                    self._db.execute(
                        "INSERT INTO registry (kind, name, entry, at) VALUES (?, ?, ?, ?)",
                        (kind, name, entry, self._clock()),
                    )

    def rebuild(self, vectors: Iterable[tuple[int, str, Bytes8]], bands: Iterable[tuple[str, Sequence[str]]]) -> int:
        """Replaces word index, copy bands, vectors and vector index by what the ledger and the arguments give."""
        count = 0
        with self._transaction():
            self._db.execute("DELETE FROM cache_vector")
            for number, encoder, vector in vectors:
                self._db.execute("INSERT INTO cache_vector VALUES (?, ?, ?)", (number, encoder, vector.tobytes()))
                count += 1
            self._db.execute("DELETE FROM cache_claim")
            self._db.execute("DELETE FROM cache_copy_band")
            for document, some in bands:
                self._db.executemany(
                    "INSERT OR IGNORE INTO cache_copy_band SELECT ?, number FROM document WHERE hash = ?",
                    [(band, document) for band in some],
                )
            self._db.execute("INSERT INTO statement_words (statement_words) VALUES ('delete-all')")
            self._db.execute(
                "INSERT INTO statement_words (rowid, passage) SELECT s.number, "
                "substr(d.text, s.quote_start + 1, s.quote_end - s.quote_start) "
                "FROM statement s JOIN document d ON d.hash = s.document_hash"
            )
        self._desk.reindex()
        return count


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(
            f"folder cannot be made ({error.strerror})", where=str(path.parent), remedy="name another place with --desk"
        ) from error
