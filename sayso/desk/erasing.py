"""Erasing from a desk: the one act that takes rows away, and it leaves a record of itself.

Words, index, vectors and archived bytes go too; each engine then packs its files, so that the erased words stand nowhere
in them.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from sayso.desk.lists import ESCAPED, like
from sayso.desk.rows import dump, mention_from_list
from sayso.desk.store import Store
from sayso.model.erasure import Erasure


class ErasureView:
    """Reading what was erased."""

    _db: Store

    def erasures(self) -> list[Erasure]:
        """The log of erasures, oldest first."""
        rows = self._db.execute("SELECT number, kind, documents, statements, who, why, at FROM erasure ORDER BY number")
        return [Erasure(**dict(row)) for row in rows]

    def documents_before(self, source: str, seen: str) -> list[str]:
        """Hashes of the documents of an outlet or channel that the desk got before *seen*."""
        sql = "SELECT hash FROM document WHERE seen < ? AND (outlet = ? OR channel = ?) ORDER BY number"
        return [row[0] for row in self._db.execute(sql, (seen, source, source))]

    def documents_of(self, actor: str) -> list[str]:
        """Hashes of the documents in which *actor* is the source of a statement, relays one, or is the outlet."""
        sql = (
            f"SELECT document_hash, source_name, via FROM statement WHERE source_name = ? OR via LIKE ? {ESCAPED} "
            "ORDER BY number"
        )
        found: dict[str, None] = {}
        for row in self._db.execute(sql, (actor, f"%{like(dump(actor))}%")):
            relayed = (mention_from_list(one).name for one in json.loads(row["via"]))
            if row["source_name"] == actor or actor in relayed:
                found.setdefault(row["document_hash"])
        sql = "SELECT hash FROM document WHERE outlet = ? OR author = ? ORDER BY number"
        found.update(dict.fromkeys(row[0] for row in self._db.execute(sql, (actor, actor))))
        return list(found)


class ErasureWriter(ABC):
    """Erasing."""

    _db: Store

    def erase(self, kind: str, hashes: Sequence[str], *, who: str, why: str, actor: str | None = None) -> Erasure:
        """Takes documents away with everything made from them, and an actor's registry entries; see Writer.erase.

        Raises:
            DeskError: the desk cannot be written.
        """
        with self._db.transaction():
            statements = sum(self._erase_document(name) for name in hashes)
            if actor is not None:
                self._db.execute("DELETE FROM registry WHERE name = ?", (actor,))
            stamp = self._db.clock()
            row = self._db.execute(
                "INSERT INTO erasure (kind, documents, statements, who, why, at) VALUES (?, ?, ?, ?, ?, ?) "
                "RETURNING number",
                (kind, len(hashes), statements, who, why, stamp),
            ).fetchone()
            number = row[0]
            self._db.many(
                "INSERT INTO erased_document VALUES (?, ?) ON CONFLICT DO NOTHING", [(name, number) for name in hashes]
            )
        self._pack()
        return Erasure(kind, len(hashes), statements, who, why, stamp, number)

    def is_erased(self, document: str) -> bool:
        """Whether a document with this hash was erased: it does not come back by being added again."""
        found = self._db.execute("SELECT 1 FROM erased_document WHERE hash = ?", (document,)).fetchone()
        return found is not None

    @abstractmethod
    def _forget_words(self, rows: Sequence[tuple[int, str]]) -> None:
        """Takes statements, by number and passage, out of the word index."""

    @abstractmethod
    def _pack(self) -> None:
        """Writes the store anew without what was erased."""

    def _erase_document(self, name: str) -> int:
        rows = self._db.execute(
            "SELECT s.number, substr(d.text, s.quote_start + 1, s.quote_end - s.quote_start) AS passage "
            "FROM statement s JOIN document d ON d.hash = s.document_hash WHERE s.document_hash = ?",
            (name,),
        ).fetchall()
        self._forget_words([(row[0], row[1]) for row in rows])
        numbers = [(row["number"],) for row in rows]
        for table in ("cache_vector", "cache_claim"):
            self._db.many(f"DELETE FROM {table} WHERE statement_number = ?", numbers)
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
