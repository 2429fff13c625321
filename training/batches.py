"""Rows of unequal length as arrays, for networks that learn from many at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.neural.tokens import PAD, Ints


def pad(rows: Sequence[Sequence[int]], fill: int = PAD) -> tuple[Ints, Ints]:
    """Rows of unequal length as one array and its mask (1 where a value stands), both ``int64[rows, longest]``."""
    longest = max(map(len, rows))
    ids = np.full((len(rows), longest), fill, np.int64)
    mask = np.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask
