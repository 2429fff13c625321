"""Countries that a text names, by their CLDR names in its language."""

from __future__ import annotations

import re
from functools import cache


def last_country(text: str, language: str) -> str | None:
    """The country that *text* names last, by its CLDR name in *language*."""
    best: tuple[int, str] | None = None
    for country, pattern in _countries(language):
        for match in pattern.finditer(text):
            if best is None or match.start() > best[0]:
                best = (match.start(), country)
    return best[1] if best else None


@cache
def _countries(language: str) -> list[tuple[str, re.Pattern[str]]]:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    rows = []
    for code, country in locale.territories.items():
        if len(code) == 2 and code.isalpha():
            stem = country if len(country) < 6 else country[:-1]
            rows.append((country, re.compile(rf"(?<!\w){re.escape(stem)}\w{{0,3}}(?!\w)")))
    return rows
