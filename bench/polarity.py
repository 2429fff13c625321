"""The product's pair model over claims and texts, for a scorer outside.

    python bench/polarity.py --pairs PAIRS.jsonl --out PRED.jsonl

PAIRS.jsonl has ``{"claim", "text"}`` a line; PRED.jsonl gets ``{"id": line number from 0, "label"}`` with the likeliest of
supports, refutes, discusses and unrelated.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path

from tqdm import tqdm

from sayso.neural.pairs import Passage, Relation
from sayso.verbs.models import Models


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    opener = gzip.open if options.pairs.suffix == ".gz" else open
    with opener(options.pairs, "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines if line.strip()]
    by_claim: dict[str, list[int]] = {}
    for number, pair in enumerate(pairs):
        by_claim.setdefault(pair["claim"], []).append(number)
    models = Models()
    labels: dict[int, str] = {}
    with tqdm(total=len(pairs), unit=" pairs", file=sys.stderr) as bar:
        for claim, numbers in by_claim.items():
            related = models.pairs.relate(claim, [Passage(pairs[number]["text"]) for number in numbers])
            for number, one in zip(numbers, related, strict=True):
                labels[number] = max(Relation, key=lambda relation: getattr(one, relation.value)).value
            bar.update(len(numbers))
    with options.out.open("w", encoding="utf-8") as out:
        for number in range(len(pairs)):
            out.write(json.dumps({"id": number, "label": labels[number]}) + "\n")


if __name__ == "__main__":
    main()
