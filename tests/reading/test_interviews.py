"""Interviews set with dashes: who asks says nothing, and who answers is the one named before."""

from __future__ import annotations

from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.reading.reader import Reader
from sayso.verbs.models import Models

TALK = """Ivo Brandt, the harbour master of Brine, was our guest on Monday.

— Will the quay be closed?

— The quay stays open all summer. Every berth is let.

— And the ferry to Lisk?

— The ferry sails on Fridays."""


def read(models: Models, text: str, channel: str = "news") -> list[tuple[str, str | None, str]]:
    reader: Reader = models.reader(Registry())
    (reading,) = reader.read([Document(text=text, outlet="Tide Daily", channel=channel, lang="en")])
    return [(one.source.name, one.stance, one.extent.quote(text)) for one in reading.statements]


def test_answers_are_those_of_the_guest_and_questions_take_no_stance(models: Models) -> None:
    told = read(models, TALK)
    assert ("Ivo Brandt", "asserts", "— The quay stays open all summer.") in told
    assert ("Ivo Brandt", "asserts", "— The ferry sails on Fridays.") in told
    assert all(stance is None for _, stance, quote in told if quote.endswith("?"))


def test_a_list_with_dashes_is_no_interview(models: Models) -> None:
    text = "Ivo Brandt was our guest.\n\n— The quay stays open all summer.\n\n— The ferry sails on Fridays."
    assert all(name == "Tide Daily" for name, _, _ in read(models, text))


def test_dashes_in_a_post_are_the_posters(models: Models) -> None:
    assert all(name == "Tide Daily" for name, _, quote in read(models, TALK, "telegram") if quote.startswith("—"))
