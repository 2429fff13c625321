"""Dates with unknown parts: the profile of EDTF (ISO 8601-2:2019) that sayso writes.

``2022-10-04``, ``2022-10``, ``2022``, ``XXXX-10-04`` where the year cannot be known, and intervals such as
``2022-09-21T18/2022-09-21T24`` for a part of a day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_COARSE = re.compile(r"\d{4}(?:-\d\d)?")
_POINT = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?:T(?P<hour>\d\d))?")


def is_valid(value: str) -> bool:
    """Whether *value* is a date of this profile."""
    parts = value.split("/")
    return len(parts) <= 2 and all(_valid_point(part) for part in parts)


def _valid_point(part: str) -> bool:
    match = _POINT.fullmatch(part)
    if not match:
        return False
    month, day, hour = match.group("month"), match.group("day"), match.group("hour")
    if hour and (int(hour) > 24 or not day):
        return False
    if month and month.isdigit() and not 1 <= int(month) <= 12:
        return False
    if not (day and day.isdigit() and month and month.isdigit()):
        return True
    year = match.group("year")
    try:
        date(int(year) if year.isdigit() else 2000, int(month), int(day))
    except ValueError:
        return False
    return True


def is_coarse(value: str) -> bool:
    """Whether *value* is a month or a year, without a day."""
    return _COARSE.fullmatch(value) is not None


def day_of(value: str | None) -> str | None:
    """The calendar day on which an EDTF date starts, ``YYYY-MM-DD``; None where year, month or day is not known."""
    if value is None:
        return None
    start = value.split("/")[0][:10]
    return start if re.fullmatch(r"\d{4}-\d\d-\d\d", start) else None


def days_between(one: str | None, other: str | None) -> int | None:
    """Days from *one* to *other* (both ``YYYY-MM-DD``); None where either is not known."""
    if one is None or other is None:
        return None
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def instant(published: str | None) -> str:
    """A time of publication as text that sorts by the moment it names, whatever its offset from UTC; after all others where it is not
    known. Without an offset it is taken as UTC."""
    if published is None:
        return "9999"
    try:
        moment = datetime.fromisoformat(published)
        return moment.astimezone(UTC).isoformat() if moment.tzinfo else published
    except (ValueError, OverflowError):
        return published


def order_key(value: str | None, otherwise: str | None = None) -> tuple[str, str]:
    """Sorts dates by their earliest moment; a date without a year stands by *otherwise* (when it was published)."""
    if value is None or value.startswith("XXXX"):
        known = otherwise or "9999"
        return (known[:4] + value[4:] if value and known[:4].isdigit() else known, value or "")
    return (value, value)
