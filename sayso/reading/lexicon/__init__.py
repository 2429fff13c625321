"""Words that decide stance, kinds and dates, by language, as data (one TOML file a language)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FALLBACK = "en"
_TWO_LETTERS = {
    "ara": "ar", "deu": "de", "ger": "de", "eng": "en", "fra": "fr", "fre": "fr", "kaz": "kk", "kir": "ky", "rus": "ru", "spa": "es",
    "tgk": "tg", "tuk": "tk", "tur": "tr", "ukr": "uk", "uzb": "uz",
}  # fmt: skip
"""ISO 639-2 codes of the languages that have a file, bibliographic ones too."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's patterns. ``of(section, key)`` is one compiled expression over all entries of that key."""

    language: str
    raw: dict[str, dict[str, Any]]
    _compiled: dict[tuple[str, str], re.Pattern[str]]

    def of(self, section: str, key: str) -> re.Pattern[str]:
        """The expression of one key; it matches nothing where the file has no entries."""
        known = self._compiled.get((section, key))
        if known is None:
            entries = self.raw.get(section, {}).get(key, [])
            entries = [entries] if isinstance(entries, str) else entries
            body = "|".join(entry for entry in entries if entry)
            known = re.compile(rf"(?<!\w)(?:{body})(?!\w)" if body else r"(?!)", re.IGNORECASE)
            self._compiled[section, key] = known
        return known

    def has(self, section: str, key: str, text: str) -> bool:
        """Whether *text* holds a word of that key."""
        return bool(self.of(section, key).search(text))

    def ending(self, section: str, key: str, text: str) -> re.Match[str] | None:
        """The word of that key in which *text* ends; None where it ends in another."""
        return next((one for one in self.of(section, key).finditer(text) if one.end() == len(text)), None)

    def plain(self, section: str, key: str) -> list[str]:
        """A key that is a list of plain words, not of expressions; empty where the file has none."""
        return list(self.raw.get(section, {}).get(key, []))

    def table(self, section: str, key: str) -> dict[str, Any]:
        """A key that is a table of words to values."""
        found = self.raw.get(section, {}).get(key, {})
        return found if isinstance(found, dict) else {}


def main_language(tag: str) -> str:
    """The language that a tag names, without region and script (BCP 47): "ru" of "ru-RU", also of "rus"."""
    known = tag.strip().replace("_", "-").partition("-")[0].lower()
    return _TWO_LETTERS.get(known, known)


@cache
def languages() -> tuple[str, ...]:
    """Languages that have a lexicon."""
    folder = files("sayso.reading.lexicon")
    return tuple(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")))


def lexicon(language: str) -> Lexicon:
    """The lexicon of *language* (of "ru-RU" that of "ru"), or the English one where there is none (its cues then rarely match)."""
    known = main_language(language)
    return _read(known if known in languages() else FALLBACK)


@cache
def _read(known: str) -> Lexicon:
    raw = tomllib.loads((files("sayso.reading.lexicon") / f"{known}.toml").read_text(encoding="utf-8"))
    return Lexicon(known, raw, {})
