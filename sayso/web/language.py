"""The page's words in the reader's language: gettext catalogues under ``locale/``, English in the code itself."""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).with_name("locale")
ENGLISH = "en"
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ug", "dv")


@cache
def known() -> tuple[str, ...]:
    """The languages that the page speaks."""
    return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.po")))


@cache
def words_in(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English where there is none."""
    path = FOLDER / f"{language}.po"
    if language not in known() or not path.exists():
        return gettext.NullTranslations()
    held = io.BytesIO()
    with path.open("rb") as file:
        write_mo(held, read_po(file, locale=language))
    held.seek(0)
    return gettext.GNUTranslations(held)


def chosen(header: str | None, asked: str | None = None) -> str:
    """The language for a request: the one asked for, else the best of ``Accept-Language`` (RFC 9110, 12.5.4)."""
    if asked in known():
        return str(asked)
    weighed = []
    for part in (header or "").split(",")[:12]:
        tag, _, quality = part.strip().partition(";q=")
        try:
            weighed.append((-float(quality or 1), tag.split("-")[0].casefold()))
        except ValueError:
            continue
    return negotiate_locale([tag for _, tag in sorted(weighed) if tag.isalpha()], known()) or ENGLISH


def direction(language: str | None) -> str:
    """``rtl`` for languages that are written from the right, else ``ltr``."""
    return "rtl" if (language or "").split("-")[0] in RIGHT_TO_LEFT else "ltr"
