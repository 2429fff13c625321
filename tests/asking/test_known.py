"""When a question is known: by the likeliest assertion and the likeliest denial together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sayso.api import Desk
from sayso.asking import match as matching
from sayso.asking.match import Thresholds, gather, match
from sayso.asking.relevance import Evidence
from sayso.model.statement import Stance
from sayso.verbs.models import Models
from tests.conftest import EXAMPLE

QUESTION = "Is it true that the port of Lantern Bay will not let seasonal workers in?"


@pytest.fixture(scope="module")
def sides(models: Models) -> dict[Stance, Evidence]:
    """The likeliest assertion and denial of the example's rumour."""
    with Desk(":memory:", models=models) as desk:
        desk.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")
        found, _ = match(evidence := gather(desk.view, QUESTION, models.encoder, models.pairs), Thresholds())
    by_id = {one.kept.statement.id: one for one in evidence}
    return {one.stance: by_id[one.kept.statement.id] for one in reversed(found)}


def known(monkeypatch: pytest.MonkeyPatch, evidence: Sequence[Evidence], score: float) -> bool:
    """Whether a question is known by *evidence*, each as likely to be about it as *score* says."""
    monkeypatch.setattr(matching, "relevance", lambda _: score)
    matches, near = match(evidence, Thresholds())
    # what does not make the question known is shown as a near miss, never lost
    assert len(matches) + len(near) == len(evidence)
    return bool(matches)


@pytest.mark.parametrize(
    ("stances", "score", "expected"),
    [
        ((Stance.ASSERTS, Stance.DENIES), 0.6, True),
        ((Stance.ASSERTS, Stance.DENIES), 0.4, False),
        ((Stance.ASSERTS,), 0.8, True),
        ((Stance.ASSERTS,), 0.6, False),
        ((Stance.DENIES,), 0.8, False),
        ((Stance.DENIES,), 0.98, True),
    ],
)
def test_a_denial_alone_must_be_surer(
    sides: dict[Stance, Evidence],
    monkeypatch: pytest.MonkeyPatch,
    stances: Sequence[Stance],
    score: float,
    expected: bool,
) -> None:
    assert known(monkeypatch, [sides[stance] for stance in stances], score) is expected
