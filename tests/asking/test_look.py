"""How many candidates the pair model looks at: as long as it finds something."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.api import Desk
from sayso.asking.match import HOPE, STEP, gather
from sayso.neural.pairs import Passage, Related
from sayso.verbs.models import Models
from tests.conftest import EXAMPLE

QUESTION = "Is it true that the port of Lantern Bay will not let seasonal workers in?"


class Seeing:
    """A pair model that sees something in the first *many* passages of every question."""

    name = "seeing"

    def __init__(self, many: int) -> None:
        self.many = many
        self.looked: list[Passage] = []

    def relate(self, question: str, passages: Sequence[Passage]) -> list[Related]:
        start = len(self.looked)
        self.looked += passages
        chances = [HOPE if start + number < self.many else 0.1 for number in range(len(passages))]
        return [Related(chance, 0.0, 0.0, 1 - chance) for chance in chances]


def test_looks_on_only_while_something_is_found(models: Models) -> None:
    with Desk(":memory:", models=models) as desk:
        desk.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")

        def looked(many: int) -> tuple[int, list[str]]:
            pairs = Seeing(many)
            found = gather(desk.view, QUESTION, models.encoder, pairs)
            assert len(found) == len(pairs.looked)
            return len(found), [one.kept.statement.stance for one in found[STEP:]]

        nothing, _ = looked(0)
        some, later = looked(3)
        more, _ = looked(STEP + 1)
        everything, _ = looked(1000)
    assert nothing == STEP
    # what takes something back is looked at all the same, once there is something that it may take back
    assert STEP * 2 <= some < more <= everything
    assert "withdraws" in later
