"""The word-embedding table: 4 bits a weight, looked up outside the models, shared by all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sayso.neural.tokens import Ints

BLOCK = 32


class Table:
    """Rows of the table as float32, read from memory-mapped files of packed 4-bit weights.

    A row holds blocks of 32 weights; byte *j* of a block packs weight *j* (low half) and weight *j + 16* (high half),
    each minus 8, times the block's scale. The table comes in parts of equal height, so that no file is unwieldy.

    Args:
        folder: where ``table-weights-*.npy`` and ``table-scales.npy`` lie.
    """

    def __init__(self, folder: Path) -> None:
        self._parts = [np.load(path, mmap_mode="r") for path in sorted(folder.glob("table-weights-*.npy"))]
        self._scales = np.load(folder / "table-scales.npy", mmap_mode="r")
        self._height = len(self._parts[0])
        self.dim = self._scales.shape[1] * BLOCK

    def __call__(self, ids: Ints) -> npt.NDArray[np.float32]:
        """Rows for *ids* of any shape: ``float32[*ids.shape, dim]``."""
        unique, back = np.unique(ids, return_inverse=True)
        packed = np.empty((len(unique), *self._parts[0].shape[1:]), np.uint8)
        for number, part in enumerate(self._parts):
            here = unique // self._height == number
            packed[here] = part[unique[here] - number * self._height]
        weights = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
        weights *= self._scales[unique].astype(np.float32)[..., None]
        return weights.reshape(len(unique), self.dim)[back.reshape(-1)].reshape(*ids.shape, self.dim)

    def one(self, row: Sequence[int]) -> dict[str, npt.NDArray[np.float32]]:
        """What every network takes of one text: ``x``, the rows of its subword ids, ``float32[1, len(row), dim]``."""
        return {"x": self(np.array([row], np.int64))}
