"""Quotations of which the network took a part."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model.span import Span, united
from sayso.reading.attribution import Found
from sayso.reading.whole import with_whole_quotations


def parts_of(text: str, cue: str, *content: str) -> list[str]:
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (cue, *content)]
    (whole,) = with_whole_quotations([Found((), (spans[0],), tuple(spans[1:]), 0.9)], text)
    return [span.quote(text) for span in whole.content]


@pytest.mark.parametrize(
    ("text", "cue", "content", "whole"),
    [
        (
            "“The quay is open. Nobody shut it,” said Odo Lenk.",
            "said",
            ["Nobody shut it,”"],
            ["“The quay is open. Nobody shut it,”"],
        ),
        (  # what somebody else is made to say within it is a part of what the speaker says
            "«Я писал, что причал закрыт. Беру свои слова назад», — заявил Ленк.",
            "заявил",
            ["«Я писал,", "Беру свои слова назад»"],
            ["«Я писал, что причал закрыт. Беру свои слова назад»"],
        ),
        (  # the cue stands within the marks: so does another, outer, attribution
            "“The guard said nobody shut it.”",
            "said",
            ["nobody shut it"],
            ["nobody shut it"],
        ),
        (
            "He said that the “Brine” is shut for good.",
            "said",
            ["that the “Brine” is shut"],
            ["that the “Brine” is shut"],
        ),
    ],
)
def test_a_quotation_is_whole(text: str, cue: str, content: list[str], whole: list[str]) -> None:
    assert parts_of(text, cue, *content) == whole


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: Span(pair[0], sum(pair)))))
def test_united_spans_hold_the_same_places_and_stand_apart(spans: list[Span]) -> None:
    out = united(spans)
    assert {at for span in out for at in range(*span)} == {at for span in spans for at in range(*span)}
    assert all(one.end < other.start for one, other in itertools.pairwise(out))
