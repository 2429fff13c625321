"""Erasing from a desk that is a SQLite file: the one act that takes rows away, and it leaves a record of itself.

Words, index, vectors and archived bytes go too. ``secure_delete`` overwrites freed pages, and the file is packed and its
write-ahead log emptied afterwards, so that the erased words stand nowhere in the desk's files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sayso.desk.sqlite_transactions import Transactions, translated
from sayso.model.erasure import Erasure

if TYPE_CHECKING:
    from sayso.desk.sqlite import SqliteDesk


class ErasureView:
    """Reading what was erased."""

    _db: sqlite3.Connection

    def erasures(self) -> list[Erasure]:
        """The log of erasures, oldest first."""
        rows = self._db.execute("SELECT number, kind, documents, statements, who, why, at FROM erasure ORDER BY number")
        return [Erasure(**dict(row)) for row in rows]

    def documents_of(self, actor: str) -> list[str]:
        """Hashes of the documents in which *actor* is the source of a statement, relays one, or is the outlet."""
        sql = (
            "SELECT DISTINCT document_hash FROM statement s WHERE source_name = ?1 OR EXISTS "
            "(SELECT 1 FROM json_each(s.via) WHERE json_extract(value, '$[0]') = ?1) "
            "UNION SELECT hash FROM document WHERE outlet = ?1 OR author = ?1"
        )
        return [row[0] for row in self._db.execute(sql, (actor,))]


class ErasureWriter(Transactions):
    """Erasing."""

    _desk: SqliteDesk

    def erase(self, kind: str, hashes: Sequence[str], *, who: str, why: str, actor: str | None = None) -> Erasure:
        """Takes documents away with everything made from them, and an actor's registry entries; see Writer.erase.

        Raises:
            DeskError: the desk cannot be written.
        """
        self._db.execute("PRAGMA secure_delete = ON")
        with self._transaction():
            statements = sum(self._erase_document(name) for name in hashes)
            if actor is not None:
                self._db.execute("DELETE FROM registry WHERE name = ?", (actor,))
            self._db.execute("INSERT INTO statement_words (statement_words) VALUES ('optimize')")
            stamp = self._clock()
            row = self._db.execute(
                "INSERT INTO erasure (kind, documents, statements, who, why, at) VALUES (?, ?, ?, ?, ?, ?)",
                (kind, len(hashes), statements, who, why, stamp),
            )
            number = row.lastrowid or 0
            self._db.executemany(
                "INSERT OR IGNORE INTO erased_document VALUES (?, ?)", [(name, number) for name in hashes]
            )
        self._pack()
        return Erasure(kind, len(hashes), statements, who, why, stamp, number)

    def is_erased(self, document: str) -> bool:
        """Whether a document with this hash was erased: it does not come back by being added again."""
        found = self._db.execute("SELECT 1 FROM erased_document WHERE hash = ?", (document,)).fetchone()
        return found is not None

    def _erase_document(self, name: str) -> int:
        rows = self._db.execute(
            "SELECT s.number, substr(d.text, s.quote_start + 1, s.quote_end - s.quote_start) AS passage "
            "FROM statement s JOIN document d ON d.hash = s.document_hash WHERE s.document_hash = ?",
            (name,),
        ).fetchall()
        for number, passage in rows:
            self._db.execute(
                "INSERT INTO statement_words (statement_words, rowid, passage) VALUES ('delete', ?, ?)",
                (number, passage),
            )
        numbers = [(row["number"],) for row in rows]
        for table in ("cache_vector", "cache_claim"):
            self._db.executemany(f"DELETE FROM {table} WHERE statement_number = ?", numbers)
        bytes_of = self._db.execute("SELECT original_hash FROM document_original WHERE document_hash = ?", (name,))
        originals = [row[0] for row in bytes_of]
        for sql in (
            "DELETE FROM statement WHERE document_hash = ?",
            "DELETE FROM reading WHERE document_hash = ?",
            "DELETE FROM copy WHERE ? IN (document_hash, original_hash)",
            "DELETE FROM document_original WHERE document_hash = ?",
            "DELETE FROM cache_copy_band WHERE document_number = (SELECT number FROM document WHERE hash = ?)",
            "DELETE FROM document WHERE hash = ?",
        ):
            self._db.execute(sql, (name,))
        self._erase_originals(originals)
        return len(rows)

    def _erase_originals(self, hashes: Iterable[str]) -> None:
        """Archived bytes hold other documents too, in feeds and archives; those go with them, since one cannot be cut out."""
        for one in hashes:
            self._db.execute("DELETE FROM document_original WHERE original_hash = ?", (one,))
            self._db.execute("DELETE FROM original WHERE hash = ?", (one,))

    def _pack(self) -> None:
        try:
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise translated(error, self._place) from error
        self._desk.reindex()
