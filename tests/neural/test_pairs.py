from __future__ import annotations

from collections.abc import Sequence

from sayso.neural.pairs import Passage, Related, Remembering
from sayso.verbs.models import Models


def test_equal_passages_are_related_alike_and_each_in_its_place(models: Models) -> None:
    denied = Passage("The harbour office denied that the port was closed.")
    other = Passage("The herring season opens on Monday, the guild said.")
    found = models.pairs.relate(
        "Is the port closed?", [denied, other, denied, Passage(denied.text, "Fish rots."), other]
    )
    assert found[0] == found[2]
    assert found[1] == found[4]
    assert len(found) == 5
    assert found[0].about > found[1].about


class Counting:
    """Counts what it is asked to look at."""

    name = "counting"

    def __init__(self) -> None:
        self.looked: list[tuple[str, Passage]] = []

    def relate(self, question: str, passages: Sequence[Passage]) -> list[Related]:
        self.looked += [(question, one) for one in passages]
        return [Related(len(one.text) / 100, 0.0, 0.0, 1 - len(one.text) / 100) for one in passages]


def test_what_was_asked_before_is_remembered_and_the_longest_unused_forgotten() -> None:
    counting = Counting()
    pairs = Remembering(counting, most=3)
    one, two, three = Passage("a"), Passage("bb"), Passage("ccc")
    assert [found.supports for found in pairs.relate("q", [one, two, one])] == [0.01, 0.02, 0.01]
    assert counting.looked == [("q", one), ("q", two)]
    pairs.relate("q", [one])
    assert len(counting.looked) == 2
    # another context, or another question, is another pair
    pairs.relate("q", [Passage("a", "before it")])
    pairs.relate("r", [one])
    assert len(counting.looked) == 4
    # more at once than are remembered come out all the same; "two" was the longest unused
    assert [found.supports for found in pairs.relate("q", [three, one, two, Passage("dddd")])] == [
        0.03,
        0.01,
        0.02,
        0.04,
    ]
    assert ("q", one) not in counting.looked[4:]
    assert ("q", two) in counting.looked[4:]
