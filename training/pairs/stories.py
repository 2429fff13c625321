"""Pairs from our own stories (training/stories): affairs with several look-alike claims, and statements labelled by claim.

A topic teaches what a rumour's statements look like; a story teaches to tell its claims apart: the same people and
places, another act, number, stage or document.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from training.pairs.topics import LABELS, Pair

STORIES = Path(__file__).parents[1] / "stories"
HELD_OUT_FILE = "dev.yaml"
UNRELATED = LABELS.index("unrelated")
OPPOSITE = {"supports": "refutes", "refutes": "supports", "discusses": "discusses"}
"""What a statement does to the contrary of a claim."""


def load_stories(*, held_out: bool = False) -> list[dict[str, Any]]:
    """The stories to train on, or the held-out ones."""
    paths = [path for path in sorted(STORIES.glob("*.yaml")) if (path.name == HELD_OUT_FILE) == held_out]
    stories: list[dict[str, Any]] = [story for path in paths for story in yaml.safe_load(path.read_text("utf-8"))]
    by_id = {story["id"]: story for story in stories}
    for path in sorted((STORIES / "unknown").glob("*.yaml")):
        for name, questions in yaml.safe_load(path.read_text("utf-8")).items():
            if name in by_id:
                known = by_id[name].setdefault("unknown", {})
                for lang, texts in questions.items():
                    known[lang] = [*known.get(lang, []), *texts]
    for path in sorted((STORIES / "contrasts").glob("*.yaml")):
        for name, contrasts in yaml.safe_load(path.read_text("utf-8")).items():
            if name in by_id:
                by_id[name]["contrasts"] = contrasts
    return stories


def _phrasings(claim: dict[str, list[str]]) -> list[str]:
    return [text for texts in claim.values() for text in texts]


def iter_story_pairs(
    stories: list[dict[str, Any]], rng: random.Random, *, others: int = 2, unknown: float = 0.7, contrast: float = 0.6
) -> Iterator[Pair]:
    """Every statement against each claim that it bears on, and against *others* claims of its story that it does not.

    Args:
        others: look-alike claims for each statement.
        unknown: share of statements that also meet a rumour about which the story says nothing; half of it for those
            that bear on no claim.
        contrast: share of the claims of each statement that also come with one detail changed, which makes the statement say nothing
            about them, and of those that also come turned into their contrary.
    """
    for story in stories:
        claims = story["claims"]
        nothing = _phrasings(story.get("unknown") or {})
        texts = [row["text"] for row in story["statements"]]
        for row in story["statements"]:
            before = row.get("before") or (rng.choice(texts) if rng.random() < 0.25 else "")
            before = "" if before == row["text"] else before
            for name, claim in claims.items():
                if name in row:
                    # the two sides are what an answer rests on: they are seen twice, in two phrasings
                    again = 2 if row[name] != "discusses" else 1
                    for question in rng.sample(_phrasings(claim), again):
                        yield Pair(question, before, row["text"], LABELS.index(row[name]))
                    changed = (story.get("contrasts") or {}).get(name) or {}
                    other, opposite = (_phrasings(changed.get(kind) or {}) for kind in ("other", "opposite"))
                    if other and rng.random() < contrast:
                        yield Pair(rng.choice(other), before, row["text"], UNRELATED)
                    if opposite and rng.random() < contrast:
                        yield Pair(rng.choice(opposite), before, row["text"], LABELS.index(OPPOSITE[row[name]]))
            rest = [name for name in claims if name not in row]
            for name in rng.sample(rest, min(others, len(rest))):
                yield Pair(rng.choice(_phrasings(claims[name])), before, row["text"], UNRELATED)
            bears = any(name in row for name in claims)
            if nothing and rng.random() < (unknown if bears else unknown / 2):
                yield Pair(rng.choice(nothing), before, row["text"], UNRELATED)
