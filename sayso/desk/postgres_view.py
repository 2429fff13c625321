"""Finding words and vectors on a desk in PostgreSQL, and examining it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sayso.desk.base import Bytes8, Health, Hit
from sayso.desk.postgres_store import PostgresStore
from sayso.desk.vectors import DIM, to_float, to_int8
from sayso.desk.view import CHUNK, SqlView, word_stems


class PostgresView(SqlView):
    """Reading; see sayso.desk.base.View."""

    def __init__(self, store: PostgresStore) -> None:
        super().__init__(store)

    def find_words(self, text: str, most: int) -> list[Hit]:
        """Statements that share words with *text*, best first; scores fall from 1 with the server's rank."""
        terms = word_stems(text)
        if not terms:
            return []
        query = " | ".join(f"'{term}'" + ":*" * beginning for term, beginning in terms)
        # the divisor 1 + log(length) keeps long passages from winning by length alone
        sql = (
            "SELECT statement_number, ts_rank(words, query, 1) AS score FROM cache_words, "
            "to_tsquery('simple', ?) AS query WHERE words @@ query ORDER BY score DESC, statement_number LIMIT ?"
        )
        rows = self._db.execute(sql, (query, most)).fetchall()
        best = max((row[1] for row in rows), default=1.0)
        return [Hit(row[0], row[1] / best if best else 0.0) for row in rows]

    def find_vectors(self, vector: npt.NDArray[np.float32], most: int) -> list[Hit]:
        """Statements whose vectors lie nearest; the score is the cosine."""
        near = to_text(to_int8(vector))
        sql = (
            "SELECT statement_number, 1 - (vector <=> ?::halfvec) AS score FROM cache_vector "
            "ORDER BY vector <=> ?::halfvec LIMIT ?"
        )
        return [Hit(row[0], row[1]) for row in self._db.execute(sql, (near, near, most))]

    def vectors(self, numbers: Sequence[int]) -> npt.NDArray[np.float32]:
        """The kept vectors, in the order asked; zeros where there is none."""
        found: dict[int, list[float]] = {}
        for at in range(0, len(numbers), CHUNK):
            some = list(numbers[at : at + CHUNK])
            holes = ", ".join("?" * len(some))
            sql = f"SELECT statement_number, vector::text FROM cache_vector WHERE statement_number IN ({holes})"
            found.update((row[0], json.loads(row[1])) for row in self._db.execute(sql, some))
        rows = np.zeros((len(numbers), DIM), np.int8)
        for at, number in enumerate(numbers):
            if number in found:
                rows[at] = found[number]
        return to_float(rows)

    def health(self) -> Health:
        """Counts and problems."""
        counts = [self.count(table) for table in ("document", "statement", "copy", "cache_vector", "cache_words")]
        problems = []
        for missing, what in ((counts[1] - counts[3], "vector"), (counts[1] - counts[4], "entry in the word index")):
            if missing:
                problems.append(f"{missing} statements have no {what}; run: sayso doctor --rebuild")
        version = int(self._db.execute("SELECT version FROM sayso_desk").fetchone()[0])
        return Health(self._db.place, version, counts[0], counts[1], counts[2], counts[3], tuple(problems))


def to_text(vector: Bytes8) -> str:
    """A vector as pgvector reads it; whole numbers up to 127 are exact in its half precision."""
    return "[" + ",".join(map(str, vector.tolist())) + "]"
