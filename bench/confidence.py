"""How far the reader's confidence can be trusted: expected calibration error, and the two numbers that mend it.

    python bench/confidence.py DEV.jsonl [DEV_RU.jsonl …]        files as in the attribution benchmark

An attribution is right when its content and its source each share at least half of their characters with those of one gold
attribution (a missing source matches a missing one). The numbers (slope and shift of the log-odds: Platt, 1999) are fitted
on every other article and tried on the rest, then on all; put the last line into sayso/reading/attribution.py. The error is
that of Guo et al. (ICML 2017) over ten bins of equal count.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from logistic import fit

from sayso.neural.reader_network import ReaderNetwork
from sayso.neural.weights_files import shared_subwords
from sayso.reading.attribution import certainty_of, find_attributions

HALF = 0.5
BINS = 10
RIDGE = 1e-6


def covered(spans: Any) -> set[int]:
    """The characters under spans."""
    return {at for start, end in spans for at in range(start, end)}


def jaccard(one: set[int], other: set[int]) -> float:
    """Shared of all characters; two empty sets agree."""
    return len(one & other) / len(one | other) if one | other else 1.0


def rows_of(path: Path) -> list[tuple[int, float, float]]:
    """(article, raw confidence, whether right) of every attribution found in a file's articles."""
    articles = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    found = find_attributions([article["text"] for article in articles], shared_subwords(), ReaderNetwork(), raw=True)
    out = []
    for number, (article, some) in enumerate(zip(articles, found, strict=True)):
        gold = [(covered(one["source"]), covered(one["content"])) for one in article["attributions"]]
        for one in some:
            source, content = covered(one.source), covered(one.content)
            right = any(
                jaccard(content, theirs) >= HALF and jaccard(source, named) >= HALF and bool(source) == bool(named)
                for named, theirs in gold
            )
            out.append((number, one.confidence, float(right)))
    return out


def line_of(raw: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and shift of the log-odds."""
    held = np.clip(raw, 1e-4, 1 - 1e-4)
    slope, shift = fit(np.column_stack([np.log(held / (1 - held)), np.ones(len(held))]), right, RIDGE)
    return float(slope), float(shift)


def error(chance: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error."""
    order = np.argsort(chance)
    bins = [one for one in np.array_split(order, BINS) if len(one)]
    return float(sum(abs(chance[one].mean() - right[one].mean()) * len(one) for one in bins) / len(order))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    rows = np.array([row for path in parser.parse_args().files for row in rows_of(path)])
    raw, right = rows[:, 1], rows[:, 2]
    print(
        f"{len(rows)} attributions, {right.mean():.3f} right, mean confidence as the network gives it {raw.mean():.3f}"
    )
    fitted, tried = rows[:, 0] % 2 == 0, rows[:, 0] % 2 == 1
    slope, shift = line_of(raw[fitted], right[fitted])
    mended = np.array([certainty_of(one, (slope, shift)) for one in raw[tried]])
    print(
        f"expected calibration error on the other half: {error(raw[tried], right[tried]):.3f} as it is, {error(mended, right[tried]):.3f} mended"
    )
    print("CALIBRATION =", tuple(round(one, 3) for one in line_of(raw, right)))


if __name__ == "__main__":
    main()
