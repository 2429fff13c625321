"""Stances of the posts of a thread toward the rumour that began it: support, deny, query or comment.

    python bench/rumour_stance.py --threads THREADS.jsonl --out PRED.jsonl
    python bench/rumour_stance.py --fit TRAIN.jsonl            writes bench/rumour_stance.npz (seeded by nothing: it is convex)

THREADS.jsonl has ``{"id", "thread", "text", "parent_text", "root_text"}`` a line; PRED.jsonl gets ``{"id", "label"}``. A
multinomial logistic regression over what the product's models say of a post (the pair model on root and parent, nearness to
the parent) and a few marks on its surface. Most posts of a thread only comment, so classes are weighted by a power of their
rarity. Power and ridge were chosen on the training events, each predicted from the others; the encoder's vector as a
feature only learns the events by heart (mean F1 .43 with it, .52 without).
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from sayso.asking.relevance import log_odds
from sayso.neural.pairs import Passage
from sayso.verbs.models import Models

LABELS = ("support", "deny", "query", "comment")
RARITY = 0.75
"""Power of a class's rarity by which its posts are weighted."""
KEPT = Path(__file__).with_suffix(".npz")
MARKS = (
    r"\?", r"!", r"https?://", r"\bRT\b|\bvia\b", r"\b(?:not|no|never|isn['’]t|wasn['’]t|aren['’]t|didn['’]t|don['’]t|nope)\b",
    r"\b(?:false|fake|hoax|wrong|lie|lies|lying|untrue|rumou?rs?|bullshit|bs|debunk\w*|incorrect)\b",
    r"\b(?:true|confirm\w*|yes|indeed|exactly|agree|sadly|breaking|update|reports?|police|official\w*)\b",
    r"^\W*(?:@\w+\W+)*(?:who|what|when|where|why|how|is|are|was|were|did|does|do|can|could|has|have|really|source)\b",
    r"\b(?:source|proof|evidence|link|verify|verified|unconfirmed|sure)\b", r"#\w+", r"…|\.\.\.",
)  # fmt: skip
_COMPILED = [re.compile(mark, re.IGNORECASE) for mark in MARKS]


def read(path: Path) -> list[dict[str, Any]]:
    """The posts, with HTML entities undone."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    for row in rows:
        for key in ("text", "parent_text", "root_text"):
            row[key] = html.unescape(row[key] or "")
    return rows


def features(rows: list[dict[str, Any]], models: Models) -> np.ndarray:
    """``float[posts, features]``."""
    vectors = models.encoder.encode([row["text"] for row in rows])
    parents = models.encoder.encode([row["parent_text"] or row["root_text"] for row in rows])
    by_root: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows):
        by_root.setdefault(("root", row["root_text"]), []).append(number)
        by_root.setdefault(("parent", row["parent_text"] or row["root_text"]), []).append(number)
    told: dict[tuple[str, int], list[float]] = {}
    for (role, asked), numbers in tqdm(by_root.items(), unit=" texts", file=sys.stderr):
        passages = [
            Passage(rows[number]["text"], rows[number]["parent_text"] if role == "root" else "") for number in numbers
        ]
        for number, one in zip(numbers, models.pairs.relate(asked, passages), strict=True):
            told[role, number] = [
                log_odds(one.supports),
                log_odds(one.refutes),
                log_odds(one.discusses),
                log_odds(one.unrelated),
            ]
    out = []
    for number, row in enumerate(rows):
        text = row["text"]
        marks = [float(min(2, len(mark.findall(text)))) for mark in _COMPILED]
        first = float(not row["parent_text"])
        direct = float(row["parent_text"] == row["root_text"])
        surface = [*marks, first, direct, np.log1p(len(text.split())), float(vectors[number] @ parents[number]) * 5]
        crossed = [first * mark for mark in marks[:2]]
        out.append([*told["root", number], *told["parent", number], *surface, *crossed])
    return np.array(out)


def fit(table: np.ndarray, labels: np.ndarray, ridge: float = 30.0, steps: int = 300) -> tuple[np.ndarray, ...]:
    """Means, scales and weights of a multinomial logistic regression, by accelerated gradient descent."""
    mean, scale = table.mean(0), table.std(0) + 1e-6
    x = np.column_stack([(table - mean) / scale, np.ones(len(table))])
    wanted = np.eye(len(LABELS))[labels]
    rarity = ((len(labels) / (len(LABELS) * wanted.sum(0))) ** RARITY)[labels][:, None]
    weights = np.zeros((x.shape[1], len(LABELS)))
    moved = weights.copy()
    rate = 1.0 / (0.5 * np.linalg.norm(x * np.sqrt(rarity), 2) ** 2 + ridge)
    for step in range(steps):
        logits = x @ moved
        chance = np.exp(logits - logits.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        slope = x.T @ ((chance - wanted) * rarity) + ridge * moved
        after = moved - rate * slope
        moved, weights = after + step / (step + 3) * (after - weights), after
    return mean, scale, weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--fit", type=Path, metavar="TRAIN")
    options = parser.parse_args()
    if not options.fit and not (options.threads and options.out):
        parser.error("--threads FILE with --out FILE, or --fit FILE, is needed")
    models = Models()
    if options.fit:
        rows = read(options.fit)
        labels = np.array([LABELS.index(row["label"]) for row in rows])
        mean, scale, weights = fit(features(rows, models), labels)
        np.savez_compressed(KEPT, mean=np.float32(mean), scale=np.float32(scale), weights=np.float32(weights))
        print(f"{KEPT.name}: {weights.size} weights from {len(rows)} posts")
    if options.threads and options.out:
        kept = np.load(KEPT)
        rows = read(options.threads)
        table = (features(rows, models) - kept["mean"]) / kept["scale"]
        best = (np.column_stack([table, np.ones(len(table))]) @ kept["weights"]).argmax(1)
        with options.out.open("w", encoding="utf-8") as out:
            for row, label in zip(rows, best, strict=True):
                out.write(json.dumps({"id": row["id"], "label": LABELS[label]}) + "\n")


if __name__ == "__main__":
    main()
