"""Reading from a desk that is a SQLite file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sayso.desk.base import Health, Hit, Original, Version
from sayso.desk.rows import DOCUMENT_COLUMNS, STATEMENT_COLUMNS, attributions_from_text, document_of, kept_of
from sayso.desk.sqlite_erasure import ErasureView
from sayso.desk.sqlite_events import EventsView
from sayso.desk.sqlite_lists import TRACKED, ListsView
from sayso.desk.vectors import VectorIndex, to_float, to_int8
from sayso.model.document import Document
from sayso.model.dossier import Kept
from sayso.model.registry import Actor, Handle, Outlet, Registry
from sayso.model.statement import Attribution

if TYPE_CHECKING:
    from sayso.desk.sqlite import SqliteDesk

_JOINED = ", ".join(
    [f"s.{column.strip()} AS {column.strip()}" for column in STATEMENT_COLUMNS.split(",")]
    + [f"d.{column.strip()} AS d_{column.strip()}" for column in DOCUMENT_COLUMNS.split(",")]
)
_NEWEST = (
    f"SELECT s.number AS number, {_JOINED} FROM statement s JOIN document d ON d.hash = s.document_hash "
    "WHERE s.reading_number = (SELECT max(r.number) FROM reading r WHERE r.document_hash = s.document_hash)"
)
_ORIGINAL = "SELECT o.hash, o.size, o.packed, l.address, l.at FROM original o JOIN document_original l ON l.original_hash = o.hash"
BAND_MOST = 20
"""Documents that are aligned with a new one: the earliest that share a band; more would only be their copies."""
_CHUNK = 500
"""Values in one IN list: well under SQLite's limit of 32,766 variables, and enough that the call itself costs little."""


class SqliteView(EventsView, ListsView, ErasureView):
    """Reading; see sayso.desk.base.View."""

    def __init__(self, desk: SqliteDesk) -> None:
        self._desk = desk
        self._db = desk.connection

    def registry(self) -> Registry:
        """The newest entry of every name."""
        sql = "SELECT kind, name, entry FROM registry WHERE number IN (SELECT max(number) FROM registry GROUP BY kind, name) ORDER BY number"
        outlets, handles, actors = [], [], []
        for row in self._db.execute(sql):
            entry = json.loads(row["entry"])
            if row["kind"] == "outlet":
                outlets.append(Outlet(row["name"], tuple(entry[0]), entry[1], entry[2]))
            elif row["kind"] == "handle":
                channel, handle = row["name"].split(":", 1)
                handles.append(Handle(handle, channel, entry[0]))
            else:
                actors.append(Actor(row["name"], tuple(entry[0]), entry[1]))
        return Registry(tuple(outlets), tuple(handles), tuple(actors))

    def document(self, name: str) -> Document | None:
        """A document by its hash, or the latest one with that given id."""
        sql = f"SELECT {DOCUMENT_COLUMNS} FROM document WHERE hash = ? OR given_id = ? ORDER BY hash = ? DESC, number DESC LIMIT 1"
        row = self._db.execute(sql, (name, name, name)).fetchone()
        return document_of(row) if row else None

    def documents(self) -> Iterator[tuple[Document, str]]:
        """All documents with the time at which the desk got them, oldest first."""
        for row in self._db.execute(f"SELECT {DOCUMENT_COLUMNS} FROM document ORDER BY number"):
            yield document_of(row), row["seen"]

    def versions(self, url: str) -> list[Version]:
        """The texts that stood at an address, oldest first."""
        rows = self._db.execute("SELECT hash, seen FROM document WHERE url = ? ORDER BY number", (url,))
        return [Version(row[0], row[1]) for row in rows]

    def original(self, document: str) -> Original | None:
        """The bytes in which a document came."""
        row = self._db.execute(f"{_ORIGINAL} WHERE l.document_hash = ? ORDER BY l.at LIMIT 1", (document,)).fetchone()
        return Original(row[0], row[1], row[2], row[3]) if row else None

    def originals(self) -> Iterator[tuple[Original, str]]:
        """Everything archived, oldest first."""
        for row in self._db.execute(f"{_ORIGINAL} GROUP BY o.hash ORDER BY min(l.at), o.hash"):
            yield Original(row[0], row[1], row[2], row[3]), row[4]

    def attributions(self, document: str) -> tuple[Attribution, ...]:
        """The attributions of a document's newest reading."""
        sql = "SELECT attributions FROM reading WHERE document_hash = ? ORDER BY number DESC LIMIT 1"
        row = self._db.execute(sql, (document,)).fetchone()
        return attributions_from_text(row["attributions"]) if row else ()

    def statement(self, identifier: str) -> Kept | None:
        """A statement by its id."""
        row = self._db.execute(f"{_NEWEST} AND s.id = ?", (identifier,)).fetchone()
        return kept_of(row) if row else None

    def said_by(self, name: str, limit: int) -> list[Kept]:
        """Statements of a tracked actor, the newest first."""
        sql = (
            f"SELECT number FROM statement WHERE source_name = ? AND (source_kind IN {TRACKED} OR source_name IN "
            "(SELECT name FROM registry WHERE kind = 'actor')) ORDER BY number DESC LIMIT ?"
        )
        numbers = [row[0] for row in self._db.execute(sql, (name, limit))]
        return [kept for _, kept in reversed(self.kept(numbers))]

    def statements_named(self, identifiers: Iterable[str]) -> list[Kept]:
        """Statements by their ids."""
        return [kept for _, kept in self._select("s.id", list(identifiers))]

    def statements_of(self, documents: Iterable[str]) -> list[tuple[int, Kept]]:
        """Statements of these documents, with their numbers."""
        return self._select("s.document_hash", list(documents))

    def kept(self, numbers: Iterable[int]) -> list[tuple[int, Kept]]:
        """Statements by number; those of superseded readings are left out."""
        return self._select("s.number", list(numbers))

    def _select(self, column: str, values: Sequence[Any]) -> list[tuple[int, Kept]]:
        out: list[tuple[int, Kept]] = []
        for at in range(0, len(values), _CHUNK):
            some = values[at : at + _CHUNK]
            holes = ", ".join("?" * len(some))
            rows = self._db.execute(f"{_NEWEST} AND {column} IN ({holes}) ORDER BY s.number", some)
            out.extend((row["number"], kept_of(row)) for row in rows)
        return out

    def ungrouped(self, limit: int) -> list[tuple[int, Kept]]:
        """Statements that wait for a claim, oldest first."""
        sql = f"{_NEWEST} AND s.stance IS NOT NULL AND s.number > ? ORDER BY s.number LIMIT ?"
        last = self._db.execute("SELECT coalesce(max(statement_number), 0) FROM cache_claim").fetchone()[0]
        return [(row["number"], kept_of(row)) for row in self._db.execute(sql, (last, limit))]

    def members(self, claim: str, limit: int) -> list[tuple[int, Kept]]:
        """The newest statements of a claim, oldest first."""
        sql = "SELECT statement_number FROM cache_claim WHERE claim = ? ORDER BY statement_number DESC LIMIT ?"
        return self._select("s.number", [row[0] for row in self._db.execute(sql, (claim, limit))])

    def find_words(self, text: str, most: int) -> list[Hit]:
        """Statements that share words with *text*, best first; scores fall from 1 with BM25."""
        terms = [word for word in dict.fromkeys(re.findall(r"\w+", text.casefold())) if len(word) > 2][:40]
        if not terms:
            return []
        query = " OR ".join(f'"{term}"' + ("*" if len(term) > 5 else "") for term in (_stem(term) for term in terms))
        sql = "SELECT rowid, bm25(statement_words) AS score FROM statement_words WHERE statement_words MATCH ? ORDER BY score LIMIT ?"
        rows = self._db.execute(sql, (query, most)).fetchall()
        best = min((row["score"] for row in rows), default=-1.0)
        return [Hit(row["rowid"], row["score"] / best if best else 0.0) for row in rows]

    def find_vectors(self, vector: npt.NDArray[np.float32], most: int) -> list[Hit]:
        """Statements whose vectors lie nearest; the score is the cosine."""
        return [Hit(number, score) for number, score in self._desk.index.find(to_int8(vector), most)]

    def vectors(self, numbers: Sequence[int]) -> npt.NDArray[np.float32]:
        """The kept vectors, in the order asked; zeros where there is none."""
        found: dict[int, bytes] = {}
        for at in range(0, len(numbers), _CHUNK):
            some = list(numbers[at : at + _CHUNK])
            sql = f"SELECT statement_number, vector FROM cache_vector WHERE statement_number IN ({', '.join('?' * len(some))})"
            found.update((row[0], row[1]) for row in self._db.execute(sql, some))
        rows = np.zeros((len(numbers), 384), np.int8)
        for at, number in enumerate(numbers):
            if number in found:
                rows[at] = np.frombuffer(found[number], np.int8)
        return to_float(rows)

    def catch_up(self, index: VectorIndex) -> None:
        """Adds to *index* what it lacks of the desk's vectors, all of them where its count does not fit."""
        count, newest = self._db.execute(
            "SELECT count(*), coalesce(max(statement_number), 0) FROM cache_vector"
        ).fetchone()
        if len(index) == count and index.newest == newest:
            return
        behind = index.newest
        known = self._db.execute("SELECT count(*) FROM cache_vector WHERE statement_number <= ?", (behind,)).fetchone()[
            0
        ]
        if known != len(index):
            index.clear()
            behind = 0
        rows = self._db.execute(
            "SELECT statement_number, vector FROM cache_vector WHERE statement_number > ? ORDER BY 1", (behind,)
        )
        while some := rows.fetchmany(4096):
            packed = np.stack([np.frombuffer(row[1], np.int8) for row in some])
            index.add([row[0] for row in some], packed)

    def documents_in_bands(self, bands: Sequence[str]) -> list[Document]:
        """Documents that share a copy band."""
        if not bands:
            return []
        holes = ", ".join("?" * len(bands))
        sql = (
            f"SELECT {DOCUMENT_COLUMNS} FROM document WHERE number IN "
            f"(SELECT document_number FROM cache_copy_band WHERE band IN ({holes})) ORDER BY number LIMIT {BAND_MOST}"
        )
        return [document_of(row) for row in self._db.execute(sql, list(bands))]

    def copies(self) -> dict[str, str]:
        """For each document that copies another: its hash to the other's."""
        return {row[0]: row[1] for row in self._db.execute("SELECT document_hash, original_hash FROM copy")}

    def size(self) -> int:
        """How many documents there are."""
        return self._count("document")

    def health(self) -> Health:
        """Counts and problems."""
        counts = [self._count(table) for table in ("document", "statement", "copy", "cache_vector")]
        problems = []
        try:
            checked = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            checked = str(error)
        if checked != "ok":
            problems.append(f"the file is damaged: {checked}")
        if counts[3] != counts[1]:
            problems.append(f"{counts[1] - counts[3]} statements have no vector; run: sayso doctor --rebuild")
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        return Health(
            self._desk.place, version, counts[0], counts[1], counts[2], len(self._desk.index), tuple(problems)
        )

    def _count(self, table: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _stem(word: str) -> str:
    """A crude stem for prefix search: long words lose their last letters, so that inflections meet."""
    return word[:-2] if len(word) > 7 else word[:-1] if len(word) > 5 else word
