from __future__ import annotations

from sayso.neural.pairs import Passage
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
