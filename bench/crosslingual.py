"""How often a sentence's translation lies nearest, by language pair (Tatoeba files: n, XXX, eng).

python bench/crosslingual.py --folder FOLDER [--json]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from sayso.neural.encoder import E5Encoder


def accuracy(encoder: E5Encoder, path: Path) -> tuple[float, float, int]:
    """Share of right nearest neighbours into English and out of it, and how many pairs there are."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    other = encoder.encode([row[1] for row in rows])
    english = encoder.encode([row[2] for row in rows])
    near = other @ english.T
    truth = np.arange(len(rows))
    return float((near.argmax(1) == truth).mean()), float((near.argmax(0) == truth).mean()), len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    encoder = E5Encoder()
    for path in sorted(options.folder.glob("*-eng.tsv")):
        into, out_of, pairs = accuracy(encoder, path)
        if options.json:
            print(json.dumps({"pair": path.stem, "into_english": into, "out_of_english": out_of, "pairs": pairs}))
        else:
            print(f"{path.stem}: into English {into:.3f}, out of English {out_of:.3f} ({pairs} pairs)")


if __name__ == "__main__":
    main()
