"""Reviews, sources, watched questions, users, tokens and retention rules on a desk. All are logs: rows are only added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sayso.desk.store import Store
from sayso.model.account import Account, Role, Token
from sayso.model.erasure import Retention
from sayso.model.following import FetchState, Watched
from sayso.model.review import Act, Review

ADDED, REMOVED, SEEN = "add", "remove", "seen"


class EventsView:
    """Reading the logs."""

    _db: Store

    def reviews(self) -> list[Review]:
        """The whole log, oldest first."""
        rows = self._db.execute("SELECT number, act, target, value, who, why, at FROM review ORDER BY number")
        return [
            Review(Act(row["act"]), row["target"], row["value"], row["who"], row["why"], row["at"], row["number"])
            for row in rows
        ]

    def sources(self) -> list[FetchState]:
        """The addresses that the desk polls, in the order in which they were added."""
        listed: dict[str, None] = {}
        for row in self._db.execute("SELECT address, act FROM source ORDER BY number"):
            if row["act"] == ADDED:
                listed.setdefault(row["address"])
            else:
                listed.pop(row["address"], None)
        return [self.fetch_state(address) for address in listed]

    def fetch_state(self, address: str) -> FetchState:
        """How the last requests to an address went."""
        state = FetchState(address)
        sql = 'SELECT status, error, etag, modified, next_try, at FROM "fetch" WHERE address = ? ORDER BY number'
        for row in self._db.execute(sql, (address,)):
            failed = row["error"] is not None
            state = FetchState(
                address,
                state.succeeded if failed else row["at"],
                row["error"],
                state.etag if failed else row["etag"],
                state.modified if failed else row["modified"],
                row["next_try"],
                state.failures + 1 if failed else 0,
            )
        return state

    def watched(self) -> list[Watched]:
        """The kept questions, in the order in which they were added."""
        kept: dict[str, Watched] = {}
        for row in self._db.execute("SELECT question, act, seen, at FROM watch ORDER BY number"):
            question = row["question"]
            if row["act"] == REMOVED:
                kept.pop(question, None)
            elif row["act"] == ADDED:
                kept.setdefault(question, Watched(question, row["at"]))
            elif question in kept:
                known = kept[question]
                seen = known.seen | frozenset(json.loads(row["seen"]))
                kept[question] = Watched(question, known.since, seen, row["at"])
        return list(kept.values())

    def accounts(self) -> list[Account]:
        """The users of the web page, by name; disabled ones without a secret."""
        rows = self._db.execute(
            "SELECT name, role, secret FROM account WHERE number IN (SELECT max(number) FROM account GROUP BY name) ORDER BY name"
        )
        return [Account(row["name"], Role(row["role"]), row["secret"]) for row in rows]

    def tokens(self) -> list[Token]:
        """The API tokens that count."""
        rows = self._db.execute(
            "SELECT name, role, digest, act FROM token WHERE number IN (SELECT max(number) FROM token GROUP BY digest) ORDER BY number"
        )
        return [Token(row["name"], Role(row["role"]), row["digest"]) for row in rows if row["act"] == ADDED]

    def retentions(self) -> list[Retention]:
        """The rules that hold, in the order in which they were made; the newest for a source counts."""
        rules: dict[str, Retention] = {}
        for row in self._db.execute("SELECT source, days, act, at FROM retention ORDER BY number"):
            rules.pop(row["source"], None)
            if row["act"] == ADDED:
                rules[row["source"]] = Retention(row["source"], row["days"], row["at"])
        return list(rules.values())


class EventsWriter:
    """Adding to the logs."""

    _db: Store

    def add_review(self, review: Review) -> Review:
        """Keeps a review; returned with its number and time."""
        at = self._db.clock()
        with self._db.transaction():
            row = self._db.execute(
                "INSERT INTO review (act, target, value, who, why, at) VALUES (?, ?, ?, ?, ?, ?) RETURNING number",
                (review.act.value, review.target, review.value, review.who, review.why, at),
            ).fetchone()
        return Review(review.act, review.target, review.value, review.who, review.why, at, row[0])

    def follow(self, address: str) -> None:
        """Adds an address to those that are polled."""
        self._log("source", "address, act", (address, ADDED))

    def unfollow(self, address: str) -> None:
        """Takes an address from those that are polled; its history stays."""
        self._log("source", "address, act", (address, REMOVED))

    def add_fetch(
        self,
        address: str,
        *,
        status: int | None,
        error: str | None,
        etag: str | None,
        modified: str | None,
        next_try: str | None,
    ) -> None:
        """Notes how a request went."""
        columns = "address, status, error, etag, modified, next_try"
        self._log("fetch", columns, (address, status, error, etag, modified, next_try))

    def set_retention(self, source: str, days: int | None) -> None:
        """Makes a rule for what comes from a source; with None takes it back."""
        self._log("retention", "source, days, act", (source, days, ADDED if days is not None else REMOVED))

    def watch(self, question: str) -> None:
        """Keeps a question."""
        self._log("watch", "question, act", (question, ADDED))

    def unwatch(self, question: str) -> None:
        """Lets a question go."""
        self._log("watch", "question, act", (question, REMOVED))

    def add_seen(self, question: str, seen: Iterable[str]) -> None:
        """Notes which statements of a watched question are known now."""
        self._log("watch", "question, act, seen", (question, SEEN, json.dumps(sorted(seen))))

    def set_account(self, account: Account) -> None:
        """Makes or changes a user; without a secret the account is disabled."""
        act = ADDED if account.secret else REMOVED
        self._log("account", "name, role, secret, act", (account.name, account.role.value, account.secret, act))

    def set_token(self, token: Token, *, valid: bool = True) -> None:
        """Makes an API token, or lets it count no more."""
        act = ADDED if valid else REMOVED
        self._log("token", "name, role, digest, act", (token.name, token.role.value, token.digest, act))

    def _log(self, table: str, columns: str, values: tuple[Any, ...]) -> None:
        holes = ", ".join("?" * (len(values) + 1))
        with self._db.transaction():
            self._db.execute(f'INSERT INTO "{table}" ({columns}, at) VALUES ({holes})', (*values, self._db.clock()))
