"""Texts by which it is measured how far the values inside a network reach."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from sayso.neural.table import Table
from sayso.neural.tokens import Subwords
from sayso.reading.windows import iter_windows
from training.outliers import Inputs

CASES = Path(__file__).parent / "cases"
DOCUMENTS, WINDOWS = 60, 100
"""As many change nothing any more: the channels that stand out are the same in every text."""


def iter_samples(weights: Path, *, words: bool = False) -> Iterator[Inputs]:
    """The inputs of a network for some windows of our own cases' documents, in several languages.

    Args:
        weights: the folder that holds vocabulary and table.
        words: with the place of each word's first subword, which the reader takes.
    """
    subwords, table = Subwords(weights / "vocabulary.npz"), Table(weights)
    documents = [
        json.loads(line)["text"]
        for case in sorted(CASES.iterdir())
        for line in (case / "documents.jsonl").read_text("utf-8").splitlines()
    ]
    some = random.Random(1).sample(documents, DOCUMENTS)
    windows = (window for text in some for window in iter_windows(text, subwords))
    for window in islice(windows, WINDOWS):
        first = {"first": np.array([window.first], np.int64)} if words else {}
        yield {**table.one(window.ids), **first}
