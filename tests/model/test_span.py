"""Places beside one another in a text."""

from __future__ import annotations

import pytest

from sayso.model.span import Span, word_before


@pytest.mark.parametrize(
    ("text", "word"), [("On Monday we wrote", "we"), ("If wrote", "If"), ("wrote", None), ("“we” wrote", None)]
)
def test_the_word_before_a_place_is_none_behind_a_mark(text: str, word: str | None) -> None:
    found = word_before(text, text.index("wrote"))
    assert (found.quote(text) if found else None) == word


@pytest.mark.parametrize(("start", "follows"), [(5, False), (6, True), (8, True), (9, False), (2, False)])
def test_what_follows_begins_behind_with_something_between(start: int, follows: bool) -> None:
    assert Span(start, 12).follows(Span(0, 5), 3) is follows
