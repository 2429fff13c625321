"""Adding to a desk: the part that all engines share. Each document is one transaction: all of it is kept, or nothing."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from sayso.desk.base import Bytes8, Entry, Original
from sayso.desk.erasing import ErasureWriter
from sayso.desk.events import EventsWriter
from sayso.desk.rows import DOCUMENT_COLUMNS, STATEMENT_COLUMNS, attributions_to_text, document_row, dump, statement_row
from sayso.desk.store import Store
from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.model.statement import Statement


class SqlWriter(EventsWriter, ErasureWriter):
    """Writing; see sayso.desk.base.Writer. An engine says how words and vectors are kept."""

    def __init__(self, store: Store) -> None:
        self._db = store

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
        with self._db.transaction():
            if self.is_erased(document.hash):
                return False
            stamp = self._db.clock()
            added = self._db.execute(
                f"INSERT INTO document ({DOCUMENT_COLUMNS}) VALUES ({_holes(12)}) "
                "ON CONFLICT (hash) DO NOTHING RETURNING number",
                document_row(document, stamp),
            ).fetchone()
            # of two writers that read the same document the second finds the first one's reading here
            kept = self._db.execute(
                "INSERT INTO reading (document_hash, reader, lang, attributions, at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (document_hash, reader) DO NOTHING RETURNING number",
                (document.hash, reading.reader, reading.lang, attributions_to_text(reading.attributions), stamp),
            ).fetchone()
            if kept is None:
                return False
            if added is not None:
                self._keep_bands([(band, added[0]) for band in entry.bands])
                if entry.copy_of is not None:
                    self._db.execute("INSERT INTO copy VALUES (?, ?, ?)", (document.hash, *entry.copy_of))
            if entry.original is not None:
                self._keep_original(document.hash, entry.original, stamp)
            for statement, vector in zip(reading.statements, entry.vectors, strict=True):
                number = self._keep_statement(document, statement, kept[0])
                self._keep_vector(number, entry.encoder, vector)
                self._keep_words(number, statement.extent.quote(document.text))
        return True

    def _keep_statement(self, document: Document, statement: Statement, reading: int) -> int:
        row = statement_row(statement, reading)
        sql = f"INSERT INTO statement ({STATEMENT_COLUMNS}) VALUES ({_holes(len(row))}) RETURNING number"
        return int(self._db.execute(sql, row).fetchone()[0])

    @abstractmethod
    def _keep_vector(self, number: int, encoder: str, vector: Bytes8) -> None:
        """Puts a statement's vector into the cache."""

    @abstractmethod
    def _keep_words(self, number: int, passage: str) -> None:
        """Puts a statement's passage into the word index."""

    @abstractmethod
    def _forget_all_words(self) -> None:
        """Empties the word index."""

    def _keep_bands(self, rows: Sequence[tuple[str, int]]) -> None:
        self._db.many("INSERT INTO cache_copy_band VALUES (?, ?) ON CONFLICT DO NOTHING", rows)

    def _keep_original(self, document: str, original: Original, stamp: str) -> None:
        held = self._db.execute("SELECT 1 FROM original WHERE hash = ?", (original.hash,)).fetchone()
        if held is None:
            row = (original.hash, original.size, original.packed)
            self._db.execute("INSERT INTO original VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row)
        link = (document, original.hash, original.address, stamp)
        self._db.execute("INSERT INTO document_original VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", link)

    def add_to_claims(self, rows: Iterable[tuple[int, str]]) -> None:
        """Puts statements to circulating claims."""
        sql = (
            "INSERT INTO cache_claim VALUES (?, ?) ON CONFLICT (statement_number) DO UPDATE SET claim = excluded.claim"
        )
        with self._db.transaction():
            self._db.many(sql, rows)

    def add_registry(self, registry: Registry) -> None:
        """Keeps the entries that the desk does not hold already in the same words."""
        rows = [
            *(("outlet", one.name, dump([one.aliases, one.domain, one.owner])) for one in registry.outlets),
            *(("handle", f"{one.channel}:{one.handle}", dump([one.actor])) for one in registry.handles),
            *(("actor", one.name, dump([one.aliases, one.parent])) for one in registry.actors),
        ]
        with self._db.transaction():
            for kind, name, entry in rows:
                newest = self._db.execute(
                    "SELECT entry FROM registry WHERE kind = ? AND name = ? ORDER BY number DESC LIMIT 1", (kind, name)
                ).fetchone()
                if newest is None or newest["entry"] != entry:
                    self._db.execute(
                        "INSERT INTO registry (kind, name, entry, at) VALUES (?, ?, ?, ?)",
                        (kind, name, entry, self._db.clock()),
                    )

    def rebuild(self, vectors: Iterable[tuple[int, str, Bytes8]], bands: Iterable[tuple[str, Sequence[str]]]) -> int:
        """Replaces word index, copy bands, vectors and claims by what the ledger and the arguments give."""
        count = 0
        with self._db.transaction():
            for table in ("cache_vector", "cache_claim"):
                self._db.execute(f"DELETE FROM {table}")
            for number, encoder, vector in vectors:
                self._keep_vector(number, encoder, vector)
                count += 1
            self._replace_bands(bands)
            self._forget_all_words()
            self._keep_all_words()
        return count

    def replace_bands(self, bands: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Replaces the copy bands by these (document hash, bands) rows."""
        with self._db.transaction():
            self._replace_bands(bands)

    def _replace_bands(self, bands: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._db.execute("DELETE FROM cache_copy_band")
        for document, some in bands:
            number = self._db.execute("SELECT number FROM document WHERE hash = ?", (document,)).fetchone()[0]
            self._keep_bands([(band, number) for band in some])

    @abstractmethod
    def _keep_all_words(self) -> None:
        """Puts the passages of all statements into the word index."""


def _holes(count: int) -> str:
    return ", ".join("?" * count)
