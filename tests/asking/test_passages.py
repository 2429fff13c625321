"""What the pair model sees of a statement: its words up to the full stop, after the title and what stands before it."""

from __future__ import annotations

from sayso.api import Desk
from sayso.asking.passages import BEFORE, passage_of
from sayso.model.document import Document
from sayso.neural.pairs import Passage
from sayso.verbs.models import Models

LEAD = "The port of Brine was closed on Monday, the Tidewire agency reported."
BACK = "“That report was wrong, the port was open and ships came and went all day long,” the harbour master Ada Quill said."


def passages(models: Models, text: str, title: str | None) -> list[Passage]:
    with Desk(":memory:", models=models) as desk:
        desk.add(Document(text=text, title=title, outlet="Brine Gazette", channel="news", published="2034-05-02"))
        kept = desk.view.statements_of([Document(text=text, outlet="Brine Gazette").hash])
    return [passage_of(one) for _, one in kept]


def test_title_and_preceding_text_come_along(models: Models) -> None:
    last = passages(models, f"{LEAD}\n\n{BACK}", "Ships at Brine")[-1]
    assert last.text.startswith("“That report was wrong")
    assert last.text.endswith("said.")
    assert last.context == f"Ships at Brine. {LEAD}"


def test_nothing_stands_before_the_first_statement_of_a_post(models: Models) -> None:
    assert passages(models, LEAD, None)[0] == Passage(LEAD)


def test_the_context_is_what_stands_nearest(models: Models) -> None:
    last = passages(models, f"{'The herring season opens on Monday. ' * 30}{LEAD} {BACK}", None)[-1]
    assert last.context.endswith(LEAD)
    assert len(last.context) <= BEFORE
