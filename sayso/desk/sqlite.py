"""The desk as one SQLite file: WAL, FTS5 for words, an approximate index of vectors beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from sayso.desk.base import Bytes8
from sayso.desk.schema import APPLICATION_ID, MIGRATIONS
from sayso.desk.sqlite_store import SqliteStore, translated
from sayso.desk.sqlite_view import SqliteView
from sayso.desk.vectors import DIM, VectorIndex
from sayso.desk.writer import SqlWriter
from sayso.errors import DeskError
from sayso.model.erasure import Erasure

MEMORY = ":memory:"
WAIT_SECONDS = 5.0
BETWEEN_TRIES = 0.02


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
            if not create and not _exists(self._path):
                raise DeskError("no desk here", where=place, remedy="put documents on it first: sayso add FILE")
            _make_folder(self._path)
        try:
            self.connection = sqlite3.connect(place, timeout=WAIT_SECONDS, isolation_level=None)
            self.connection.row_factory = sqlite3.Row
            self.store = SqliteStore(self.connection, place, clock)
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
            self._write_ahead()
        with self.store.transaction():
            # asked again under the lock: another process may have brought the desk up meanwhile
            version = int(self.connection.execute("PRAGMA user_version").fetchone()[0])
            for step in MIGRATIONS[version:]:
                for statement in _statements(step):
                    self.connection.execute(statement)
            self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self.connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _write_ahead(self) -> None:
        """Turns on the write-ahead log. SQLite does not wait for another's lock here, whatever the connection's timeout, so
        that of two processes that make one desk at once the second would fail."""
        end = monotonic() + WAIT_SECONDS
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > end:
                    raise
                sleep(BETWEEN_TRIES)
            else:
                return

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


class SqliteWriter(SqlWriter):
    """Writing; see sayso.desk.base.Writer."""

    def __init__(self, desk: SqliteDesk) -> None:
        super().__init__(desk.store)
        self._desk = desk

    def _keep_vector(self, number: int, encoder: str, vector: Bytes8) -> None:
        self._db.execute("INSERT INTO cache_vector VALUES (?, ?, ?)", (number, encoder, vector.tobytes()))

    def _keep_words(self, number: int, passage: str) -> None:
        self._db.execute("INSERT INTO statement_words (rowid, passage) VALUES (?, ?)", (number, passage))

    def _forget_words(self, rows: Sequence[tuple[int, str]]) -> None:
        sql = "INSERT INTO statement_words (statement_words, rowid, passage) VALUES ('delete', ?, ?)"
        self._db.many(sql, rows)

    def _forget_all_words(self) -> None:
        self._db.execute("INSERT INTO statement_words (statement_words) VALUES ('delete-all')")

    def _keep_all_words(self) -> None:
        self._db.execute(
            "INSERT INTO statement_words (rowid, passage) SELECT s.number, "
            "substr(d.text, s.quote_start + 1, s.quote_end - s.quote_start) "
            "FROM statement s JOIN document d ON d.hash = s.document_hash"
        )

    def rebuild(self, vectors: Iterable[tuple[int, str, Bytes8]], bands: Iterable[tuple[str, Sequence[str]]]) -> int:
        """Replaces the caches, and the file of the vector index."""
        count = super().rebuild(vectors, bands)
        self._desk.reindex()
        return count

    def erase(self, kind: str, hashes: Sequence[str], *, who: str, why: str, actor: str | None = None) -> Erasure:
        """Takes documents away; freed pages are overwritten."""
        self._db.execute("PRAGMA secure_delete = ON")
        return super().erase(kind, hashes, who=who, why=why, actor=actor)

    def _pack(self) -> None:
        self._db.execute("INSERT INTO statement_words (statement_words) VALUES ('optimize')")
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._desk.reindex()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, since ``executescript`` would commit what went before."""
    growing = ""
    for part in script.split(";"):
        growing += part + ";"
        if sqlite3.complete_statement(growing) and growing.strip() != ";":
            yield growing
            growing = ""


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise DeskError(
            f"no path ({error.strerror})", where=str(path), remedy="name a shorter one with --desk"
        ) from error


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(
            f"folder cannot be made ({error.strerror})", where=str(path.parent), remedy="name another place with --desk"
        ) from error
