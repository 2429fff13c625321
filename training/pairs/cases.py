"""Pairs from our own casebook (tests/cases, training/cases), cut out by the product's own reading and retrieval.

Topics and stories are written as single statements; here the statement, its context and its rivals are exactly what the
pair model meets at ask time. All cases are used but those in UNSEEN, on which bench/calibrate.py fits.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.api import Desk
from sayso.asking.passages import passage_of
from sayso.asking.pasted import without_trimmings
from sayso.asking.retrieve import retrieve
from sayso.model.dossier import Kept
from sayso.verbs.models import Models
from training.pairs.topics import LABELS, Pair

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "tests" / "cases", ROOT / "training" / "cases")
UNSEEN = (
    "107", "112", "204", "205", "213", "224", "225", "234", "236", "237", "238", "240", *map(str, range(271, 277)), "310",
    "312", "346", "356", *map(str, range(401, 417)),
)  # fmt: skip
"""Cases that no run trains on, by number: the weights of matching are fitted on these."""
RIVALS = 8
"""Statements about something else that each question meets in an epoch."""
STANCES = {"asserts": "supports", "denies": "refutes", "questions": "discusses", "withdraws": "refutes"}
HALF = 0.5
UNRELATED = LABELS.index("unrelated")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a case with the candidates that are about it, and those that are not, nearest first."""

    case: str
    about: tuple[Pair, ...]
    rivals: tuple[Pair, ...]


def read_cases() -> list[Asked]:
    """Every question of the cases to train on."""
    models = Models()
    folders = [path for folder in FOLDERS for path in sorted(folder.iterdir()) if path.name[:3] not in UNSEEN]
    return [one for folder in folders for one in _iter_asked(folder, models)]


def _iter_asked(folder: Path, models: Models) -> Iterator[Asked]:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    asks = [(ask["text"], claim["statements"]) for claim in gold["claims"] for ask in claim["ask"]]
    asks += [(ask["text"], []) for ask in gold["unknown"]]
    with Desk(":memory:", models=models) as desk:
        desk.add(folder / "documents.jsonl", registry=folder / "registry.yaml")
        for text, statements in asks:
            question = without_trimmings(" ".join(text.split()))
            about, rivals = [], []
            for one in retrieve(desk.view, question, models.encoder.encode([question])[0]):
                label = _label(one.kept, statements)
                passage = passage_of(one.kept)
                if label is not None:
                    pair = Pair(question, passage.context, passage.text, label)
                    (rivals if label == UNRELATED else about).append(pair)
            yield Asked(folder.name[:3], tuple(about), tuple(rivals))


def _label(kept: Kept, statements: list[dict[str, Any]]) -> int | None:
    """The label of a candidate; None where it comes from a document and source of the claim but is not the passage that
    the gold names, so that it may be about the claim or not."""
    quote = kept.statement.extent.quote(kept.document.text)
    mine = [row for row in statements if row["doc"] == kept.document.id]
    for row in mine:
        if overlap(row["quote"], quote) >= HALF:
            return LABELS.index(STANCES[row["stance"]])
    sources = [name for row in mine for name in (row["source"], *row.get("also", ()))]
    return None if any(overlap(name, kept.statement.source.name) >= HALF for name in sources) else UNRELATED


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's word beginnings that the other has."""
    a, b = ({word[:5] for word in re.findall(r"\w+", text.casefold())} for text in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))


def iter_case_pairs(
    asked: list[Asked], rng: random.Random, *, fresh: Container[str] = (), share: float = 1.0
) -> Iterator[Pair]:
    """Each question with all that is about it, and with some of its rivals, near ones rather than far.

    Args:
        fresh: cases, by number, whose questions are all drawn.
        share: of the questions of the others.
    """
    for one in asked:
        if one.case in fresh or rng.random() < share:
            yield from one.about
            near = one.rivals[: 2 * RIVALS]
            yield from rng.sample(near, min(RIVALS, len(near)))
