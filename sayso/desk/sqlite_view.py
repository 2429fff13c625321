"""Finding words and vectors on a desk that is a SQLite file, and examining it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

import numpy as np
import numpy.typing as npt

from sayso.desk.base import Health, Hit
from sayso.desk.vectors import DIM, VectorIndex, to_float, to_int8
from sayso.desk.view import CHUNK, SqlView, word_stems
from sayso.errors import DeskError

if TYPE_CHECKING:
    from sayso.desk.sqlite import SqliteDesk

LARGE = 5000
"""Statements from which it pays to leave out common words."""
COMMON = 0.02
"""Share of the statements from which a word is common."""
FEW = 2
"""The rarest words that are looked for however common they are."""


class SqliteView(SqlView):
    """Reading; see sayso.desk.base.View."""

    def __init__(self, desk: SqliteDesk) -> None:
        super().__init__(desk.store)
        self._desk = desk

    def find_words(self, text: str, most: int) -> list[Hit]:
        """Statements that share words with *text*, best first; scores fall from 1 with BM25."""
        terms = self._telling(word_stems(text))
        if not terms:
            return []
        query = " OR ".join(f'"{term}"' + "*" * beginning for term, beginning in terms)
        sql = "SELECT rowid, bm25(statement_words) AS score FROM statement_words WHERE statement_words MATCH ? ORDER BY score LIMIT ?"
        rows = self._db.execute(sql, (query, most)).fetchall()
        best = min((row["score"] for row in rows), default=-1.0)
        return [Hit(row["rowid"], row["score"] / best if best else 0.0) for row in rows]

    def _telling(self, terms: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
        """The terms that tell statements apart: on a large desk, words that stand in many of them ("is it true that") cost
        much and rank little."""
        statements = self._db.execute("SELECT coalesce(max(number), 0) FROM statement").fetchone()[0]
        if statements < LARGE:
            return terms
        self._db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_count USING fts5vocab(main, statement_words, row)"
        )
        sql = "SELECT coalesce(sum(doc), 0) FROM temp.word_count WHERE term >= ? AND term < ?"
        counts = {}
        for term, beginning in terms:
            bare = "".join(letter for letter in normalize("NFD", term) if not combining(letter))
            counts[term] = self._db.execute(sql, (bare, bare + ("\U0010ffff" if beginning else "\x00"))).fetchone()[0]
        rare = sorted(terms, key=lambda one: counts[one[0]])
        return [one for at, one in enumerate(rare) if at < FEW or counts[one[0]] < statements * COMMON]

    def find_vectors(self, vector: npt.NDArray[np.float32], most: int) -> list[Hit]:
        """Statements whose vectors lie nearest; the score is the cosine."""
        return [Hit(number, score) for number, score in self._desk.index.find(to_int8(vector), most)]

    def vectors(self, numbers: Sequence[int]) -> npt.NDArray[np.float32]:
        """The kept vectors, in the order asked; zeros where there is none."""
        found: dict[int, bytes] = {}
        for at in range(0, len(numbers), CHUNK):
            some = list(numbers[at : at + CHUNK])
            sql = f"SELECT statement_number, vector FROM cache_vector WHERE statement_number IN ({', '.join('?' * len(some))})"
            found.update((row[0], row[1]) for row in self._db.execute(sql, some))
        rows = np.zeros((len(numbers), DIM), np.int8)
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
        sql = "SELECT statement_number, vector FROM cache_vector WHERE statement_number > ? ORDER BY 1 LIMIT 4096"
        while rows := self._db.execute(sql, (behind,)).fetchall():
            index.add([row[0] for row in rows], np.stack([np.frombuffer(row[1], np.int8) for row in rows]))
            behind = rows[-1][0]

    def health(self) -> Health:
        """Counts and problems."""
        counts = [self.count(table) for table in ("document", "statement", "copy", "cache_vector")]
        problems = []
        try:
            checked = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        except DeskError as error:
            checked = str(error)
        if checked != "ok":
            problems.append(f"the file is damaged: {checked}")
        if counts[3] != counts[1]:
            problems.append(f"{counts[1] - counts[3]} statements have no vector; run: sayso doctor --rebuild")
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        return Health(
            self._desk.place, version, counts[0], counts[1], counts[2], len(self._desk.index), tuple(problems)
        )
