"""The difference between two versions of a page leads from one text to the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.showing.difference import Change, Piece, difference

TEXT = st.text(alphabet=st.sampled_from("ab \n\u0431é"), max_size=60)


def test_a_changed_number_is_told_by_itself() -> None:
    pieces = difference("Nine boats sank off Brine.", "Two boats sank off Brine.")
    assert pieces[:2] == [Piece(Change.GONE, "Nine"), Piece(Change.NEW, "Two")]
    assert [piece.text for piece in pieces[2:]] == [" boats sank off Brine."]


@given(TEXT, TEXT)
def test_both_texts_are_in_it_whole(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(one.text for one in pieces if one.change is not Change.NEW) == before
    assert "".join(one.text for one in pieces if one.change is not Change.GONE) == after


def test_long_texts_are_compared_by_paragraph() -> None:
    long = "\n".join(f"line {number}" for number in range(30_000))
    pieces = difference(long, long.replace("line 7\n", "line seven\n"))
    assert [one.text for one in pieces if one.change is Change.NEW] == ["line seven\n"]
