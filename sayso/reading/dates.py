"""When something was said: expressions found in the text, anchored in its own time line, as EDTF.

Month and weekday names of every language come from CLDR (through Babel); other words from the lexicon. EDTF is
ISO 8601-2:2019 with ``X`` for unknown digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sayso.model.edtf import is_coarse
from sayso.reading.lexicon import Lexicon

_DASHED = re.compile(r"\d{4}-\d\d-\d\d")
SHORT = 3
"""Letters of a month's short name."""
_NOTHING = re.compile(r"(?!)")
LATELY = 60
"""Days before publication around which a date without a year is looked for."""
YEAR = r"(?P<year>(?:19|20|21)\d\d)"


@dataclass(frozen=True, slots=True)
class When:
    """A date expression: its characters, and its EDTF value.

    Attributes:
        loose: whether the value stands for want of another, and carries no time line on: "that day" in a text without a day.
    """

    start: int
    end: int
    value: str
    loose: bool = False


@cache
def _names(language: str, widths: tuple[str, ...] = ("wide", "abbreviated")) -> tuple[dict[str, int], dict[str, int]]:
    """Month names (1 to 12) and weekday names (0 is Monday) of a language, all forms that CLDR has, lower case."""
    from babel import Locale, UnknownLocaleError

    months: dict[str, int] = {}
    days: dict[str, int] = {}
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    for context in ("format", "stand-alone"):
        for width in widths:
            for number, name in locale.months[context][width].items():
                months.setdefault(_plain(str(name)), int(number))
        for number, name in locale.days[context]["wide"].items():
            days.setdefault(_plain(str(name)), int(number))
    return months, days


@cache
def _patterns(language: str) -> dict[str, Any]:
    from sayso.reading.lexicon import lexicon

    words = lexicon(language)
    months, days = _names(language)
    extra = _plain_keys(words.table("dates", "month_extra"))
    # a soft sign goes where an ending comes: "апрель", "апрелдеги"
    whole = {name.rstrip("ь"): month for name, month in _names(language, ("wide",))[0].items()}
    whole |= {name: month for name, month in extra.items() if len(name) > SHORT}
    months = {**whole, **months, **extra}
    days = {**days, **_plain_keys(words.table("dates", "weekday_extra"))}

    def any_of(names: dict[str, int]) -> str:
        return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 2)

    ending = "|".join(words.plain("dates", "month_ending"))
    month = rf"(?P<month>{any_of(months)})"
    number = r"(?P<day>[0-3]?\d)"
    flags = re.IGNORECASE
    return {
        "months": months,
        "days": days,
        "day_month": re.compile(
            rf"(?<![\w.]){number}(?:st|nd|rd|th|\.|-?\w{{1,2}})?\s+(?:de\s+|of\s+)?{month}\.?(?:(?:\s+de)?,?\s+{YEAR})?(?!\w)",
            flags,
        ),
        "month_day": re.compile(rf"(?<!\w){month}\.?\s+{number}(?:st|nd|rd|th)?(?:,?\s+{YEAR})?(?!\w)", flags),
        # "7-martdagi": a month's whole name in a case; short ones with letters behind them are other words
        "day_month_case": re.compile(rf"(?<![\w.]){number}(?:-|\s+)(?P<month>{any_of(whole)})(?:{ending})(?!\w)", flags)
        if ending
        else _NOTHING,
        "iso": re.compile(rf"(?<!\d){YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
        "dotted": re.compile(rf"(?<!\d){number}\.(?P<month>[01]?\d)\.{YEAR}(?!\d)"),
        "weekday": re.compile(rf"(?<!\w)(?P<weekday>{any_of(days)})(?!\w)", flags),
    }


def is_weekday(name: str, words: Lexicon) -> bool:
    """Whether *name* is a day of the week and no more than a word beside it ("martes", "perşembe günü")."""
    days = _patterns(words.language)["days"]
    parts = _plain(name).split()
    return 0 < len(parts) <= 2 and parts[0] in days


def day_of(published: str | None) -> date | None:
    """The calendar day of an ISO 8601 time in any of its forms, None where there is none or it is no day."""
    if not published or is_coarse(published):
        return None
    try:
        # the start of an interval is no time that the library reads
        return datetime.fromisoformat(published[:10] if _DASHED.match(published) else published).date()
    except ValueError:
        return None


def find_dates(text: str, base: date | None, words: Lexicon, previous: date | None = None) -> list[When]:
    """Date expressions of *text* in order.

    Args:
        text: a sentence or a few.
        base: the day of publication, against which "on Sunday" and dates without a year are resolved.
        previous: the last date of the text's own time line, for "the next day" and "that evening".
    """
    patterns = _patterns(words.language)
    found: list[When] = []
    for key in ("iso", "dotted", "day_month", "day_month_case", "month_day"):
        for match in patterns[key].finditer(text):
            value = _calendar(match, patterns, base)
            if value and not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(When(match.start(), match.end(), value))
    if base:
        for match in patterns["weekday"].finditer(text):
            if not any(one.start - 16 < match.end() and match.start() < one.end for one in found):
                number = patterns["days"].get(_plain(match.group("weekday")))
                said = None if number is None else _shifted(base, -((base.weekday() - number) % 7))
                if said:
                    found.append(When(match.start(), match.end(), said))
    found.extend(_relative(text, base, words, previous))
    return sorted(found, key=lambda one: one.start)


def _calendar(match: re.Match[str], patterns: dict[str, Any], base: date | None) -> str | None:
    raw = match.group("month")
    month = int(raw) if raw.isdigit() else patterns["months"].get(_plain(raw), 0)
    day = int(match.group("day"))
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    year: str | None = match.groupdict().get("year")
    if year is None and base is None:
        return f"XXXX-{month:02}-{day:02}"
    years = [int(year)] if year else [base.year, base.year - 1] if base else []
    known = [one for one in (_date(number, month, day) for number in years) if one is not None]
    # what is told without a year lies rather behind than ahead
    best = min(known, key=lambda one: abs((base - one).days + LATELY) if base else 0, default=None)
    return best.isoformat() if best else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(day: date, by: int) -> str | None:
    """The day so many days later, None where no calendar has it."""
    try:
        return (day + timedelta(by)).isoformat()
    except OverflowError:
        return None


def _plain_keys(table: dict[str, Any]) -> dict[str, int]:
    return {_plain(name): int(number) for name, number in table.items()}


def _plain(name: str) -> str:
    """The name of a month or day as the tables have it: Turkish letters that only case tells apart are one."""
    return name.replace("İ", "i").replace("ı", "i").casefold().strip(".")


def _relative(text: str, base: date | None, words: Lexicon, previous: date | None) -> list[When]:
    out: list[When] = []
    for key, anchor, shift in (
        ("yesterday", base, -1),
        ("today", base, 0),
        ("that_day", previous or base, 0),
        ("next_day", previous, 1),
        ("day_before", previous or base, -1),
    ):
        match = words.of("dates", key).search(text)
        said = _shifted(anchor, shift) if match and anchor else None
        if match and said:
            out.append(When(match.start(), match.end(), said, loose=key == "that_day" and previous is None))
    ago = words.of("dates", "ago").search(text)
    if ago and base:
        raw = ago.group("count").casefold()
        count = int(raw) if raw.isdigit() else int(words.table("dates", "numbers").get(raw, 1))
        weeks = str(ago.groupdict().get("unit") or "").casefold()[:3] in (
            "wee",
            "нед",
            "тиж",
            "hаф",
            "haf",
            "апт",
            "sem",
        )
        said = _shifted(base, -count * (7 if weeks else 1))
        if said:
            out.append(When(ago.start(), ago.end(), said))
    return [one for one in out if not any(_swallows(other, one) for other in out)]


def _swallows(one: When, other: When) -> bool:
    """Whether an expression is the longer of two that share characters: "ce soir-là" is no "ce soir"."""
    return one.start < other.end and other.start < one.end and one.end - one.start > other.end - other.start


def part_of_day(text: str, when: When, words: Lexicon) -> tuple[int, int] | None:
    """The hours that a part of the day beside *when* names ("evening": 18 to 24)."""
    near = text[max(0, when.start - 24) : when.end + 24].casefold()
    for word, hours in words.table("dates", "parts").items():
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", near):
            return int(hours[0]), int(hours[1])
    return None
