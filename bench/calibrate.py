"""Fits the weights of sayso/asking/relevance.py on case folders, and shows where the thresholds of matching lie.

    python bench/calibrate.py [CASE_DIR …]          without any: our own cases that the pair model was not trained on

A candidate counts as about the question when a gold statement of the asked claim stands in its document with at least half
of its words in common; one of the same document and source that is not that passage counts neither way. Prints the weights
(those before kinship, all, those of knowing the question at all), and for thresholds of a statement (about) and of the whole
question (sure, in log-odds) the mean F1 of the statements listed, the share of known questions found and of unknown ones
abstained from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from logistic import fit

from sayso.api import Desk
from sayso.asking.kinship import kinship
from sayso.asking.match import Thresholds, gather, knowing, likeliest, stance_of
from sayso.asking.pasted import without_trimmings
from sayso.asking.relevance import Evidence, features
from sayso.model.statement import Stance
from sayso.verbs.models import Models
from training.pairs.cases import FOLDERS, HALF, UNSEEN, overlap

RIDGE = 0.5
OPEN = -1
"""Label of a candidate that counts neither way."""


@dataclass(slots=True)
class Asked:
    """A question of a case: whether the case knows it, how many statements answer it, its candidates, their labels and stances."""

    known: bool
    wanted: int
    evidence: list[Evidence]
    labels: np.ndarray
    stances: list[Stance | None]


def label(one: Evidence, gold: Sequence[dict[str, Any]]) -> int:
    """1 for about the question, 0 for not, OPEN for neither."""
    document = one.kept.document
    quote = one.kept.statement.extent.quote(document.text)
    mine = [row for row in gold if row["doc"] == document.id]
    if any(overlap(row["quote"], quote) >= HALF for row in mine):
        return 1
    sources = [name for row in mine for name in (row["source"], *row.get("also", ()))]
    return OPEN if any(overlap(source, one.kept.statement.source.name) >= HALF for source in sources) else 0


def iter_asked(case: Path, models: Models) -> Iterator[Asked]:
    """Every question of a case with its candidates."""
    gold = json.loads((case / "gold.json").read_text("utf-8"))
    asks = [(ask["text"], claim["statements"]) for claim in gold["claims"] for ask in claim["ask"]]
    asks += [(ask["text"], []) for ask in gold.get("unknown", [])]
    with Desk(":memory:", models=models) as desk:
        desk.add(case / "documents.jsonl", registry=case / "registry.yaml")
        for text, statements in asks:
            found = gather(desk.view, without_trimmings(" ".join(text.split())), models.encoder, models.pairs)
            if found:
                labels = np.array([label(one, statements) for one in found])
                stances = [stance_of(one.kept, one.related, Thresholds()) for one in found]
                yield Asked(bool(statements), len(statements), found, labels, stances)


def fit_all(asked: Sequence[Asked], tables: Sequence[np.ndarray]) -> np.ndarray:
    """Weights over the candidates that count."""
    table, labels = np.vstack(tables), np.concatenate([one.labels for one in asked])
    return fit(table[labels != OPEN], labels[labels != OPEN].astype(float), RIDGE)


def with_kinship(asked: Sequence[Asked], tables: Sequence[np.ndarray], first: np.ndarray) -> list[np.ndarray]:
    """The tables with kinship, by these first weights, as their last column."""
    out = []
    for one, table in zip(asked, tables, strict=True):
        vectors = np.stack([evidence.vector for evidence in one.evidence])
        out.append(np.column_stack([table, kinship(vectors, list(table @ first))]))
    return out


def counted_of(one: Asked, chance: np.ndarray) -> np.ndarray:
    """The chances, none for what is ruled out."""
    return np.where([evidence.vetoed for evidence in one.evidence], 0.0, chance)


def listed_of(one: Asked, counted: np.ndarray, about: float) -> list[tuple[Stance | None, float]]:
    """Stance and chance of the candidates that count as about the question."""
    return [(stance, chance) for stance, chance in zip(one.stances, counted, strict=True) if chance >= about]


def fit_known(asked: Sequence[Asked], chances: Sequence[np.ndarray]) -> np.ndarray:
    """Weights of the likeliest assertion and denial, and what is added, for telling whether a question is known."""
    table = [
        (*likeliest(listed_of(one, counted_of(one, chance), 0.0)), 1.0)
        for one, chance in zip(asked, chances, strict=True)
    ]
    return fit(np.array(table), np.array([float(one.known) for one in asked]), RIDGE)


def outcome(
    asked: Sequence[Asked], chances: Sequence[np.ndarray], about: float, sure: float
) -> tuple[float, float, float]:
    """Mean F1 of the statements listed, share of known questions found, of unknown ones abstained from."""
    scores, found, abstained = [], [], []
    for one, chance in zip(asked, chances, strict=True):
        counted = counted_of(one, chance)
        known = knowing(listed_of(one, counted, about)) >= sure
        if not one.known:
            abstained.append(not known)
            continue
        listed = (counted >= about) & known & (one.labels != OPEN)
        hit = int((listed & (one.labels == 1)).sum())
        wanted = max(one.wanted, int((one.labels == 1).sum()))
        scores.append(2 * hit / (int(listed.sum()) + wanted))
        found.append(hit > 0)
    return float(np.mean(scores)), float(np.mean(found)), float(np.mean(abstained))


def show(name: str, weights: np.ndarray) -> None:
    """A line to paste."""
    print(f"{name} =", tuple(round(float(weight), 2) for weight in weights))


def main() -> None:
    # on those that the pair model was trained on it is too sure of itself
    usual = [one for folder in FOLDERS for one in sorted(folder.iterdir()) if one.name[:3] in UNSEEN]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", type=Path, default=usual)
    models = Models()
    asked = [one for case in parser.parse_args().cases for one in iter_asked(case, models)]
    tables = [np.array([features(evidence) for evidence in one.evidence]) for one in asked]
    first = fit_all(asked, tables)
    show("FIRST", first)
    tables = with_kinship(asked, tables, first)
    weights = fit_all(asked, tables)
    show("WEIGHTS", weights)
    chances = [1 / (1 + np.exp(-table @ weights)) for table in tables]
    show("ASSERTED, DENIED, KNOWN", fit_known(asked, chances))
    for about in np.arange(0.2, 0.6, 0.05):
        for sure in np.arange(0, 1, 0.15):
            f1, found, abstained = outcome(asked, chances, about, sure)
            print(
                f"about {about:.2f} sure {sure:.2f}: statements {f1:.3f}, found {found:.3f}, abstained {abstained:.3f}"
            )


if __name__ == "__main__":
    main()
