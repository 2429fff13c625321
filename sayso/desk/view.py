"""Reading from a desk: the part that all engines share. Words and vectors are found by each engine in its own way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sayso.desk.base import Original, Version
from sayso.desk.erasing import ErasureView
from sayso.desk.events import EventsView
from sayso.desk.lists import TRACKED, ListsView
from sayso.desk.rows import DOCUMENT_COLUMNS, STATEMENT_COLUMNS, attributions_from_text, document_of, kept_of
from sayso.desk.store import Store
from sayso.model.document import Document
from sayso.model.dossier import Kept
from sayso.model.registry import Actor, Handle, Outlet, Registry
from sayso.model.statement import Attribution

_JOINED = ", ".join(
    [f"s.{column.strip()} AS {column.strip()}" for column in STATEMENT_COLUMNS.split(",")]
    + [
        f"d.{column.strip()} AS d_{column.strip()}"
        for column in DOCUMENT_COLUMNS.split(",")
        if column.strip() != "lang"
    ]
    + ["coalesce(d.lang, n.lang) AS d_lang"]
)
_NEWEST = (
    f"SELECT s.number AS number, {_JOINED} FROM statement s JOIN document d ON d.hash = s.document_hash "
    "JOIN reading n ON n.number = s.reading_number "
    "WHERE s.reading_number = (SELECT max(r.number) FROM reading r WHERE r.document_hash = s.document_hash)"
)
_ORIGINAL = "SELECT o.hash, o.size, o.packed, l.address, l.at FROM original o JOIN document_original l ON l.original_hash = o.hash"
BAND_MOST = 20
"""Documents that are aligned with a new one; where more share bands with it, the rest are mostly their copies or share a
single one by chance."""
BAND_ROWS = 50
"""Documents of one band that are counted, the earliest: a band that more of them share tells little, as a word does that stands
everywhere, and so a lookup takes about as long on any desk."""
CHUNK = 500
"""Values in one IN list: well under SQLite's limit of 32,766 variables, and enough that the call itself costs little."""
LATE = 2000
"""Statements behind the newest that has a claim among which others may still wait for theirs."""
_PAGE = 500
"""Documents that a walk over all of them holds at a time."""
WORDS_MOST = 40
LONG, LONGER = 5, 7


class SqlView(EventsView, ListsView, ErasureView):
    """Reading; see sayso.desk.base.View."""

    def __init__(self, store: Store) -> None:
        self._db = store

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
        sql = f"SELECT number, {DOCUMENT_COLUMNS} FROM document WHERE number > ? ORDER BY number LIMIT {_PAGE}"
        last = 0
        while rows := self._db.execute(sql, (last,)).fetchall():
            for row in rows:
                yield document_of(row), row["seen"]
            last = rows[-1]["number"]

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
        first = (
            "SELECT f.document_hash FROM document_original f WHERE f.original_hash = o.hash "
            "ORDER BY f.at, f.document_hash LIMIT 1"
        )
        for row in self._db.execute(f"{_ORIGINAL} WHERE l.document_hash = ({first}) ORDER BY l.at, o.hash"):
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
        for at in range(0, len(values), CHUNK):
            some = values[at : at + CHUNK]
            holes = ", ".join("?" * len(some))
            rows = self._db.execute(f"{_NEWEST} AND {column} IN ({holes}) ORDER BY s.number", some)
            out.extend((row["number"], kept_of(row)) for row in rows)
        return out

    def ungrouped(self, limit: int) -> list[tuple[int, Kept]]:
        """Statements that wait for a claim, oldest first."""
        # of two who add at once on a server, the one with the lower numbers may be done later
        sql = (
            f"{_NEWEST} AND s.stance IS NOT NULL AND s.number > ? AND NOT EXISTS "
            "(SELECT 1 FROM cache_claim c WHERE c.statement_number = s.number) ORDER BY s.number LIMIT ?"
        )
        last = self._db.execute("SELECT coalesce(max(statement_number), 0) FROM cache_claim").fetchone()[0]
        return [(row["number"], kept_of(row)) for row in self._db.execute(sql, (last - LATE, limit))]

    def members(self, claim: str, limit: int) -> list[tuple[int, Kept]]:
        """The newest statements of a claim, oldest first."""
        sql = "SELECT statement_number FROM cache_claim WHERE claim = ? ORDER BY statement_number DESC LIMIT ?"
        return self._select("s.number", [row[0] for row in self._db.execute(sql, (claim, limit))])

    def documents_in_bands(self, bands: Sequence[str]) -> list[Document]:
        """Documents that share copy bands, BAND_MOST at most: first those that share many, and bands that few others have."""
        if not bands:
            return []
        of_one = (
            "SELECT document_number, 1.0 / count(*) OVER () AS rarity FROM (SELECT document_number FROM cache_copy_band WHERE band = ? "
            f"ORDER BY document_number LIMIT {BAND_ROWS}) AS of_band"
        )
        sql = (
            f"SELECT {DOCUMENT_COLUMNS} FROM document JOIN "
            f"(SELECT document_number, sum(rarity) AS shared FROM ({' UNION ALL '.join([of_one] * len(bands))}) AS found "
            f"GROUP BY document_number ORDER BY shared DESC, document_number LIMIT {BAND_MOST}) AS near "
            "ON number = near.document_number ORDER BY near.shared DESC, number"
        )
        return [document_of(row) for row in self._db.execute(sql, list(bands))]

    def has_older_bands(self, scheme: str) -> bool:
        """Whether some copy bands were made another way than those that begin with *scheme*."""
        return (
            self._db.execute("SELECT 1 FROM cache_copy_band WHERE band < ? LIMIT 1", (scheme,)).fetchone() is not None
        )

    def copies(self) -> dict[str, str]:
        """For each document that copies another: its hash to the other's."""
        return {row[0]: row[1] for row in self._db.execute("SELECT document_hash, original_hash FROM copy")}

    def size(self) -> int:
        """How many documents there are."""
        return self.count("document")

    def count(self, table: str) -> int:
        """Rows of a table."""
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def word_stems(text: str) -> list[tuple[str, bool]]:
    """The words to look for, and of each whether it is a beginning only.

    A crude stem: long words lose their last letters, so that inflections meet.
    """
    words = [word for word in dict.fromkeys(re.findall(r"\w+", text.casefold())) if len(word) > 2][:WORDS_MOST]
    cut = [word[:-2] if len(word) > LONGER else word[:-1] if len(word) > LONG else word for word in words]
    return [(word, len(word) > LONG) for word in cut]
