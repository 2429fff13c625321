from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.asking.parts import parts_of
from sayso.asking.pasted import without_trimmings


@pytest.mark.parametrize(
    ("pasted", "bare"),
    [
        ("The quay closes! https://t.co/x1 pic.twitter.com/ab — Quay Watch (@quay_watch) August 7, 2034", "The quay closes!"),
        ("RT @quay: #BrineQuay closes, says @HarbourOffice", "Brine Quay closes, says Harbour Office"),
        ("Причал закроют #причал", "Причал закроют причал"),
        ("The quay – so they say – closes", "The quay – so they say – closes"),
        ("https://t.co/x1", "https://t.co/x1"),
    ],
)  # fmt: skip
def test_trimmings_are_taken_off(pasted: str, bare: str) -> None:
    assert without_trimmings(pasted) == bare


@given(st.text())
def test_something_always_stays_of_something(text: str) -> None:
    assert bool(without_trimmings(text).strip()) == bool(text.strip()) or not text.strip()


def test_a_forwarded_post_of_several_claims_is_taken_apart() -> None:
    post = "The quay will close for good in September! All foreign pickers will be sent home in August. Share it."
    assert parts_of(post) == [
        "The quay will close for good in September!",
        "All foreign pickers will be sent home in August.",
    ]
    assert parts_of("Will the quay close in September? Really?") == []
