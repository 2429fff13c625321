from __future__ import annotations

from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model.edtf import day_of, days_between, is_valid, order_key


@pytest.mark.parametrize(
    "value",
    ["2034", "2034-08", "2034-08-07", "XXXX-10-04", "2034-XX", "2034-08-07T18/2034-08-07T24", "2034-08-01/2034-08-07"],
)
def test_accepts_the_profile(value: str) -> None:
    assert is_valid(value)


@pytest.mark.parametrize(
    "value", ["", "4 October", "2034-13-01", "2034-02-30", "2034-08-07T25", "XXXX", "a/b/c", "34-08-07"]
)
def test_refuses_what_is_no_date(value: str) -> None:
    assert is_valid(value) is (value == "XXXX")


@given(st.dates())
def test_every_calendar_day_is_valid_and_is_its_own_day(day: date) -> None:
    assert is_valid(day.isoformat())
    assert day_of(day.isoformat()) == day.isoformat()


@given(st.dates(min_value=date(1000, 1, 1)))
def test_agrees_with_the_edtf_library(day: date) -> None:
    for value in (day.isoformat(), day.isoformat()[:7], f"XXXX-{day.month:02}-{day.day:02}"):
        edtf.parse_edtf(value)
        assert is_valid(value)


@given(st.dates(), st.dates())
def test_order_is_that_of_the_calendar(one: date, other: date) -> None:
    assert (order_key(one.isoformat()) < order_key(other.isoformat())) is (one < other)
    assert days_between(one.isoformat(), other.isoformat()) == (other - one).days


def test_a_date_without_a_year_stands_by_the_publication() -> None:
    assert order_key("XXXX-10-04", "2034-11-01") < order_key("2034-10-05", None)


def test_a_part_of_a_day_starts_on_that_day() -> None:
    assert day_of("2034-08-07T18/2034-08-07T24") == "2034-08-07"
