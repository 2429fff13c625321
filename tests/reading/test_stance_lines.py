"""Accuracy of the stance rules on our own lines, twelve languages (expected, source, cue, content; a post has content alone).

The rules were written with these lines in view; on lines never seen before they settle about six in ten of the harder withdrawals and doubts (docs/attribution.md).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from sayso.reading.lexicon import languages, lexicon
from sayso.reading.stance import judge

LINES = sorted((Path(__file__).parent / "stances").glob("*.tsv"))
FLOOR = 0.95
"""For every language and every stance; measured: .96 to 1."""


@pytest.mark.parametrize("place", LINES, ids=lambda place: place.stem)
def test_each_stance_is_told_by_its_words(place: Path) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for line in place.read_text("utf-8").splitlines():
        expected, source, cue, content = line.split("\t")
        found = judge(source, cue, content, lexicon(place.stem)).stance
        right[expected].append((found.value if found else "none") == expected)
    shares = {stance: sum(some) / len(some) for stance, some in right.items()}
    assert min(shares.values()) >= (0.94 if place.stem == "ar" else FLOOR), shares


def test_there_are_lines_for_most_languages() -> None:
    assert {place.stem for place in LINES} >= set(languages()) - {"tk"}


@pytest.mark.parametrize(
    ("lang", "cue", "content"),
    [
        ("en", "denied", "its own report about the quay"),
        ("ru", "опровергла", "собственное сообщение о пристани"),
        ("es", "desmintió", "su propia información sobre el muelle"),
    ],
)
def test_to_deny_ones_own_words_takes_them_back(lang: str, cue: str, content: str) -> None:
    assert judge("the Post", cue, content, lexicon(lang)).stance == "withdraws"
