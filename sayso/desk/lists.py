"""Lists of documents, speakers and circulating claims, from a desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sayso.desk.base import Group, Listed, Speaker, Wanted
from sayso.desk.rows import DOCUMENT_COLUMNS, document_of
from sayso.desk.store import Row, Store

TRACKED = "('office', 'organisation', 'outlet', 'document')"
ESCAPED = "ESCAPE '\\'"


_LISTED = (
    f"SELECT d.number AS number, {', '.join(f'd.{column.strip()}' for column in DOCUMENT_COLUMNS.split(','))}, "
    "r.lang AS read_lang FROM document d "
    "JOIN reading r ON r.number = (SELECT max(number) FROM reading WHERE document_hash = d.hash)"
)


def like(text: str) -> str:
    """*text* as LIKE takes it literally, with ESCAPED."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _listed(row: Row) -> Listed:
    return Listed(row["number"], document_of(row), row["lang"] or row["read_lang"], row["seen"])


class ListsView:
    """Reading lists."""

    _db: Store

    def find_documents(self, wanted: Wanted) -> list[Listed]:
        """Documents, the newest on the desk first."""
        tests: list[str] = []
        values: list[Any] = []
        for column, value in (("outlet", wanted.outlet), ("channel", wanted.channel)):
            if value:
                tests.append(f"d.{column} = ?")
                values.append(value)
        if wanted.lang:
            tests.append("coalesce(d.lang, r.lang) = ?")
            values.append(wanted.lang)
        if wanted.since:
            tests.append("substr(d.published, 1, 10) >= ?")
            values.append(wanted.since)
        if wanted.until:
            tests.append("substr(d.published, 1, 10) <= ?")
            values.append(wanted.until)
        if wanted.before is not None:
            tests.append("d.number < ?")
            values.append(wanted.before)
        for word in (wanted.words or "").split()[:8]:
            tests.append(f"(lower(d.text) LIKE lower(?) {ESCAPED} OR lower(d.title) LIKE lower(?) {ESCAPED})")
            values.extend([f"%{like(word)}%"] * 2)
        sql = f"{_LISTED} WHERE {' AND '.join(tests) or 'TRUE'} ORDER BY d.number DESC LIMIT ?"
        return [_listed(row) for row in self._db.execute(sql, (*values, wanted.limit)).fetchall()]

    def listed(self, document: str) -> Listed:
        """The document of that hash, which the desk holds."""
        return _listed(self._db.execute(f"{_LISTED} WHERE d.hash = ?", (document,)).fetchone())

    def speakers(self, limit: int) -> list[Speaker]:
        """Actors that the desk tracks, most documents first."""
        sql = (
            "SELECT source_name, min(source_kind) AS kind, count(*) AS statements, count(DISTINCT document_hash) AS documents "
            f"FROM statement WHERE source_kind IN {TRACKED} OR source_name IN "
            "(SELECT name FROM registry WHERE kind = 'actor') "
            "GROUP BY source_name ORDER BY documents DESC, statements DESC, source_name LIMIT ?"
        )
        return [Speaker(row[0], row[1], row[2], row[3]) for row in self._db.execute(sql, (limit,))]

    def claims_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """The circulating claims of statements."""
        if not numbers:
            return {}
        holes = ", ".join("?" * len(numbers))
        sql = f"SELECT statement_number, claim FROM cache_claim WHERE statement_number IN ({holes})"
        return {row[0]: row[1] for row in self._db.execute(sql, list(numbers))}

    def groups(self, smallest: int, limit: int, days: int) -> list[Group]:
        """Claims, those first that grew most lately."""
        newest = self._db.execute("SELECT max(seen) FROM document").fetchone()[0]
        if newest is None:
            return []
        since = (datetime.fromisoformat(newest) - timedelta(days=days)).isoformat(timespec="seconds")
        sql = (
            "SELECT c.claim, count(*) AS statements, count(DISTINCT s.document_hash) AS documents, "
            "sum(CASE WHEN d.seen > ? THEN 1 ELSE 0 END) AS recent, min(d.seen) AS first_seen, max(d.seen) AS last_seen "
            "FROM cache_claim c JOIN statement s ON s.number = c.statement_number "
            "JOIN document d ON d.hash = s.document_hash GROUP BY c.claim HAVING count(DISTINCT s.document_hash) >= ? "
            "ORDER BY recent DESC, documents DESC, statements DESC, c.claim LIMIT ?"
        )
        return [Group(**dict(row)) for row in self._db.execute(sql, (since, smallest, limit))]
