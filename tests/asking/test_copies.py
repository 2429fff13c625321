from __future__ import annotations

import random

import pytest

from sayso.asking.copies import bands_of, groups_of, original_of
from sayso.model.document import Document

POST = (
    "Urgent, tell everybody: from the first of September the port of Brine will turn away every seasonal worker who has "
    "no contract stamped by the harbour office. They are already turning people back at the eastern gate. Share this."
)
OTHER = (
    "The harbour office denied on Monday that seasonal workers were being turned away at the eastern gate and said that "
    "contracts need no stamp. The quay stays open every day until the end of the picking season."
)


def overlap_of(one: str, other: str) -> float:
    """How far one text is a copy of another, by what the product finds; 0 where it finds none."""
    found = original_of(Document(text=one, url="1"), [Document(text=other, url="2")])
    return found[1] if found else 0.0


def test_small_edits_leave_a_copy() -> None:
    edited = POST.replace("Urgent, tell everybody", "URGENT!!").replace("Share this.", "Pass it on")
    assert overlap_of(POST, edited) > 0.85
    assert set(bands_of(POST)) & set(bands_of(edited))


def test_another_text_about_the_same_thing_is_none() -> None:
    assert overlap_of(POST, OTHER) == 0


def test_a_short_quotation_is_no_copy_of_the_whole() -> None:
    assert overlap_of(" ".join(POST.split()[:14]), f"{POST} {OTHER} {OTHER}") == 0


def test_short_texts_have_no_copies() -> None:
    assert bands_of("The quay is open.") == []


def test_the_closest_is_taken() -> None:
    documents = [Document(text=POST, url="a"), Document(text=POST + " Now!", url="b"), Document(text=OTHER, url="c")]
    found = original_of(Document(text=POST, url="d"), documents)
    assert found == (documents[0].hash, 1.0)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2])
def test_dropped_words_are_found_by_the_bands(share: float) -> None:
    rng = random.Random(3)
    found = 0
    for _ in range(40):
        kept = " ".join(word for word in POST.split() if rng.random() > share)
        found += bool(set(bands_of(POST)) & set(bands_of(kept)))
    assert found >= 36


def test_groups_join_chains_of_copies() -> None:
    groups = groups_of({"b": "a", "c": "b", "z": "y"})
    assert groups["a"] == groups["b"] == groups["c"] != groups["z"]
