"""Fits the weights of sayso/asking/relevance.py on case folders, and shows where the thresholds lie.

    python bench/calibrate.py [CASE_DIR …]          without any: our own cases that the pair model was not trained on

A candidate counts as about the question when a gold statement of the asked claim stands in its document with at least half
of its words in common; one of the same document and source that is not that passage counts neither way. Prints the weights, and for a range of thresholds the share of known questions found and of unknown
ones abstained from.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sayso.api import Desk
from sayso.asking.match import gather
from sayso.asking.relevance import features
from sayso.verbs.models import Models

ROOT = Path(__file__).parents[1]
TRAINED = ("101", "102", "103", "104", "105", "106", "108")
"""Cases from which the pair model learned (training/pairs/cases.py): on these it is too sure of itself."""


HALF = 0.5


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's word beginnings that the other has."""
    a, b = ({word[:5] for word in re.findall(r"\w+", text.casefold())} for text in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))


def iter_rows(case: Path, models: Models) -> Iterator[tuple[str, bool, bool, tuple[float, ...]]]:
    """(question, whether the case knows it, whether the candidate is about it, its features)."""
    gold = json.loads((case / "gold.json").read_text("utf-8"))
    asks = [(ask["text"], claim["statements"]) for claim in gold["claims"] for ask in claim["ask"]]
    asks += [(ask["text"], None) for ask in gold.get("unknown", [])]
    with Desk(":memory:", models=models) as desk:
        desk.add(case / "documents.jsonl", registry=case / "registry.yaml")
        for text, statements in asks:
            for evidence in gather(desk.view, text, models.encoder, models.pairs):
                document = evidence.kept.document
                quote = evidence.kept.statement.extent.quote(document.text)
                mine = [one for one in statements or () if one["doc"] == document.id]
                about = any(overlap(one["quote"], quote) >= HALF for one in mine)
                sources = [name for one in mine for name in (one["source"], *one.get("also", ()))]
                name = evidence.kept.statement.source.name
                if about or not any(overlap(source, name) >= HALF for source in sources):
                    yield text, statements is not None, about, features(evidence)


def fit(table: np.ndarray, labels: np.ndarray, ridge: float = 0.5) -> np.ndarray:
    """Weights of a logistic regression, by Newton's method."""
    weights = np.zeros(table.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-table @ weights))
        curvature = table.T @ (table * (chance * (1 - chance))[:, None]) + ridge * np.eye(len(weights))
        weights += np.linalg.solve(curvature, table.T @ (labels - chance) - ridge * weights)
    return weights


def main() -> None:
    usual = [one for one in sorted((ROOT / "tests" / "cases").iterdir()) if one.name[:3] not in TRAINED]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", type=Path, default=usual)
    models = Models()
    rows = [row for case in parser.parse_args().cases for row in iter_rows(case, models)]
    table = np.array([row[3] for row in rows])
    labels = np.array([row[2] for row in rows], float)
    weights = fit(table, labels)
    print("WEIGHTS =", tuple(round(float(weight), 2) for weight in weights))
    chance = 1 / (1 + np.exp(-table @ weights))
    best: dict[tuple[str, bool], float] = {}
    for (text, known, _, _), value in zip(rows, chance, strict=True):
        best[text, known] = max(best.get((text, known), 0.0), float(value))
    for threshold in np.arange(0.3, 0.8, 0.05):
        found = np.mean([value >= threshold for (_, known), value in best.items() if known])
        held = np.mean([value < threshold for (_, known), value in best.items() if not known])
        picked = chance >= threshold
        precision = labels[picked].mean() if picked.any() else 0.0
        print(
            f"{threshold:.2f}: found {found:.2f}, abstained {held:.2f}, precision {precision:.2f}, recall {labels[picked].sum() / labels.sum():.2f}"
        )


if __name__ == "__main__":
    main()
