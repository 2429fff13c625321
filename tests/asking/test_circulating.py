"""Circulating claims: names that stay, growth that is counted, groups that a rebuild makes again."""

from __future__ import annotations

from pathlib import Path

from sayso.api import Desk
from sayso.asking.circulating import circulating, regroup
from sayso.desk.sqlite import SqliteDesk
from sayso.model.document import Document
from sayso.verbs.add import add_documents
from sayso.verbs.arrivals import Arrived
from sayso.verbs.doctor import rebuild
from sayso.verbs.models import Models

WORDS = (
    "The quay of Brine will be closed in September for good, the Harbour Office said.",
    "In September the quay of Brine will be closed for good, the Harbour Office has said.",
    "The Harbour Office said that the quay of Brine would be closed for good in September.",
)
OTHER = "A whale was seen off Tarvik on Sunday, fishermen said."


def post(number: int, text: str) -> Document:
    return Document(text=text, url=f"https://t.example/{number}", outlet=f"Account {number}", channel="news", lang="en")


def add(desk: SqliteDesk, models: Models, *documents: Document) -> None:
    add_documents([Arrived(one) for one in documents], desk, models)


def test_a_claim_keeps_its_name_while_it_grows(tmp_path: Path, models: Models) -> None:
    days = iter(["2034-08-01", "2034-08-20"])
    at = next(days)
    with SqliteDesk(str(tmp_path / "desk.db"), clock=lambda: f"{at}T09:00:00+00:00") as desk:
        add(desk, models, post(1, WORDS[0]), post(2, WORDS[1]), post(9, OTHER))
        (before,) = circulating(desk.view())
        at = next(days)
        add(desk, models, post(3, WORDS[2]))
        (after,) = circulating(desk.view())
    assert (after.id, before.documents, after.documents) == (before.id, 2, 3)
    assert (before.recent, after.recent) == (before.statements, after.statements - before.statements)
    assert (after.first_seen[:10], after.last_seen[:10]) == ("2034-08-01", "2034-08-20")


def test_a_rebuild_makes_the_same_groups(tmp_path: Path, models: Models) -> None:
    with SqliteDesk(str(tmp_path / "desk.db")) as desk:
        add(desk, models, *(post(number, text) for number, text in enumerate((*WORDS, OTHER))))
        before = circulating(desk.view(), 1)
        rebuild(desk, models)
        assert circulating(desk.view(), 1) == before
        assert regroup(desk) == 0


def test_a_claim_leads_to_its_dossier(tmp_path: Path, models: Models) -> None:
    from sayso.verbs.show import claim_text

    with Desk(tmp_path / "desk.db", models=models) as desk:
        desk.add(*(post(number, text) for number, text in enumerate(WORDS)))
        (claim,) = desk.claims()
        assert claim_text(claim.id, desk.view) == claim.text
        assert claim_text("no-such-claim", desk.view) is None
