"""Our own casebook: what the desk finds, abstains from and counts may not fall below what it reached before.

The floors are sums over all cases, a little under the last measured figures, so that a change that helps one case and
hurts another a bit still passes; ``python bench/casebook.py`` prints the figures case by case.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from sayso.api import Desk
from sayso.verbs.models import Models

CASES = sorted((Path(__file__).parents[1] / "cases").iterdir())[::3]
"""Every third case, for the time that they take; bench/casebook.py goes over all."""
FLOORS = {"found": 0.6, "abstained": 0.5, "sided": 0.5}


@pytest.fixture(scope="module")
def figures(models: Models) -> Counter[str]:
    out: Counter[str] = Counter()
    for case in CASES:
        gold = json.loads((case / "gold.json").read_text("utf-8"))
        with Desk(":memory:", models=models) as desk:
            desk.add(case / "documents.jsonl", registry=case / "registry.yaml")
            for claim in gold["claims"]:
                for ask in claim["ask"]:
                    answer = desk.ask(ask["text"])
                    out["asks"] += 1
                    out["found"] += answer.found
                    for dossier in answer.dossiers[:1]:
                        out["sides"] += len(claim["sides"])
                        out["sided"] += len({side.value for side in dossier.sides} & set(claim["sides"]))
                        for line in dossier.lines:
                            document, extent = line.kept.document, line.kept.statement.extent
                            out["lines"] += 1
                            out["exact"] += bool(document.text[extent.start : extent.end].strip())
            for ask in gold["unknown"]:
                out["unknown"] += 1
                out["abstained"] += not desk.ask(ask["text"]).found
    return out


def test_known_rumours_are_found(figures: Counter[str]) -> None:
    assert figures["found"] / figures["asks"] >= FLOORS["found"]


def test_unknown_ones_are_not(figures: Counter[str]) -> None:
    assert figures["abstained"] / figures["unknown"] >= FLOORS["abstained"]


def test_sides_that_somebody_takes_are_in_the_dossier(figures: Counter[str]) -> None:
    assert figures["sided"] / figures["sides"] >= FLOORS["sided"]


def test_every_line_has_its_characters(figures: Counter[str]) -> None:
    assert figures["exact"] == figures["lines"] > 0
