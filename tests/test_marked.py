"""The marked cases that the reader learns from: the texts are those of the cases, and no attribution lacks a part."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from training.attribution.marked import MARKED, read_marked
from training.pairs.cases import FOLDERS

CASES = {path.name[:3]: path for folder in FOLDERS for path in folder.iterdir()}
_MARK = re.compile(r"[{,]([sqc])(\d+)(?=[,:])")


@pytest.mark.parametrize("path", sorted(MARKED.glob("*.txt")), ids=lambda path: path.stem)
def test_marks_leave_the_texts_of_the_case_as_they_are(path: Path) -> None:
    lines = (CASES[path.stem] / "documents.jsonl").read_text("utf-8").splitlines()
    texts = {row["id"]: row["text"].strip() for row in map(json.loads, lines)}
    assert {name: example.text for name, example in read_marked(path).items()} == texts


@pytest.mark.parametrize("path", sorted(MARKED.glob("*.txt")), ids=lambda path: path.stem)
def test_every_attribution_has_cue_and_content(path: Path) -> None:
    for text in path.read_text("utf-8").split("\n=== ")[1:]:
        parts = defaultdict(set)
        for role, number in _MARK.findall(text):
            parts[number].add(role)
        lacking = [number for number, roles in parts.items() if not {"q", "c"} <= roles]
        assert not lacking, f"{path.name}, {text.split()[0]}: {lacking}"


def test_no_two_attributions_of_a_document_begin_their_cues_together() -> None:
    for path in MARKED.glob("*.txt"):
        for name, example in read_marked(path).items():
            starts = [min(start for start, _ in one["cue"]) for one in example.attributions]
            assert len(starts) == len(set(starts)), f"{path.name}, {name}"
