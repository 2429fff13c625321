"""Passages with nested attributions in many languages, made from the written patterns in training/patterns.

A pattern file holds fillers by slot and templates with marked spans (see training/README.md). Every passage is
our own writing, so a model trained on these alone carries no foreign licence.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PATTERNS = Path(__file__).parents[1] / "patterns"
ROLES = {"s": "source", "q": "cue", "c": "content"}
_SLOT = re.compile(r"<([A-Z][A-Z0-9_]*)>")
_OPEN = re.compile(r"\{((?:[sqc]\d+)(?:,[sqc]\d+)*):")


@dataclass(frozen=True)
class Example:
    """A text and its attributions: a list of ``{"source" | "cue" | "content": [(start, end), …]}``.

    ``nested_known`` tells whether attributions inside a content are marked (in PolNeAR they are not).
    """

    text: str
    attributions: list[dict[str, list[tuple[int, int]]]] = field(default_factory=list)
    nested_known: bool = True


def parse_marked(marked: str) -> Example:
    """Text with ``{s1:…}`` marks to an example; several keys may share a span: ``{s1,s2:…}``."""
    text: list[str] = []
    length = 0
    stack: list[tuple[list[str], int]] = []
    spans: dict[str, dict[str, list[tuple[int, int]]]] = {}
    at = 0
    while at < len(marked):
        opening = _OPEN.match(marked, at)
        if opening:
            stack.append((opening.group(1).split(","), length))
            at = opening.end()
        elif marked[at] == "}":
            keys, start = stack.pop()
            for key in keys:
                if length > start:
                    one = spans.setdefault(key[1:], {role: [] for role in ROLES.values()})
                    one[ROLES[key[0]]].append((start, length))
            at += 1
        else:
            text.append(marked[at])
            length += 1
            at += 1
    if stack:
        raise ValueError(f"a brace is not closed in: {marked}")
    good = [one for one in spans.values() if one["cue"] and one["content"]]
    return Example("".join(text), good)


class Patterns:
    """One language's patterns, filled at random."""

    def __init__(self, path: Path) -> None:
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        self.language: str = content["language"]
        self._slots: dict[str, list[str]] = content["slots"]
        self._templates: list[str] = content["templates"]

    def __len__(self) -> int:
        return len(self._templates)

    def _fill(self, template: str, rng: random.Random) -> str:
        for _ in range(4):
            filled = _SLOT.sub(lambda match: rng.choice(self._slots[match.group(1)]), template)
            if filled == template:
                break
            template = filled
        return template

    def make(self, rng: random.Random) -> Example:
        """A passage of one to four templates and plain sentences, in paragraphs as news has them."""
        texts: list[str] = []
        attributions: list[dict[str, list[tuple[int, int]]]] = []
        length = 0
        for number in range(rng.choice((1, 1, 2, 2, 3, 4))):
            plain = number and rng.random() < 0.25 and "PLAIN" in self._slots
            marked = rng.choice(self._slots["PLAIN"]) if plain else rng.choice(self._templates)
            example = parse_marked(self._fill(marked, rng))
            gap = "" if not number else rng.choice((" ", " ", "\n\n"))
            texts.extend((gap, example.text))
            shift = length + len(gap)
            for one in example.attributions:
                attributions.append({r: [(a + shift, b + shift) for a, b in spans] for r, spans in one.items()})
            length = shift + len(example.text)
        return Example("".join(texts), attributions)


def iter_examples(amounts: dict[str, int], seed: int) -> Iterator[Example]:
    """As many passages of each language as *amounts* says, the same for the same seed."""
    for language, amount in amounts.items():
        path = PATTERNS / f"{language}.yaml"
        if path.exists():
            patterns = Patterns(path)
            rng = random.Random(f"{seed}-{language}")
            for _ in range(amount):
                yield patterns.make(rng)
