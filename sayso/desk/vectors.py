"""The approximate vector index beside a desk: a cache, rebuilt from the desk's rows whenever it lags or is damaged.

HNSW (Malkov and Yashunin, IEEE TPAMI 2020) by usearch, int8, cosine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

EXPANSION = 128
EXACT = 4096
"""Vectors up to which all are compared: as quick as the graph, which depends on the order in which threads built it."""
DIM = 384
"""Length of a vector of the packaged encoder."""


class VectorIndex:
    """Vectors by statement number.

    Args:
        path: file of the index; None keeps it in memory only.
        dim: length of a vector.
    """

    def __init__(self, path: Path | None, dim: int) -> None:
        # loaded first, since onnxruntime 1.32 crashes at import in a process that has usearch's numkong already
        import onnxruntime  # noqa: F401
        from usearch.index import Index

        self._path = path
        self._changed = False
        self._index: Any = Index(ndim=dim, metric="cos", dtype="i8", expansion_search=EXPANSION)
        if path is not None and path.exists():
            try:
                self._index.load(str(path))
            except (RuntimeError, ValueError, OSError):
                self._index = Index(ndim=dim, metric="cos", dtype="i8", expansion_search=EXPANSION)
            if self._index.ndim != dim:
                self._index = Index(ndim=dim, metric="cos", dtype="i8", expansion_search=EXPANSION)

    def __len__(self) -> int:
        return len(self._index)

    @property
    def newest(self) -> int:
        """The greatest statement number in it, 0 where it is empty."""
        keys = self._index.keys[:] if len(self._index) else np.zeros(1, np.int64)
        return int(keys.max())

    def add(self, numbers: Iterable[int], vectors: npt.NDArray[np.int8]) -> None:
        """Adds vectors ``int8[n, dim]``."""
        keys = np.array(list(numbers), np.int64)
        if len(keys):
            self._index.add(keys, vectors)
            self._changed = True

    def find(self, vector: npt.NDArray[np.int8], most: int) -> list[tuple[int, float]]:
        """Numbers and cosines of the nearest, best first."""
        held = len(self._index)
        if not held:
            return []
        found = self._index.search(vector, min(most, held), exact=held <= EXACT)
        return [(int(key), 1.0 - float(distance)) for key, distance in zip(found.keys, found.distances, strict=True)]

    def clear(self) -> None:
        """Forgets everything."""
        self._index.clear()
        self._changed = True

    def save(self) -> None:
        """Writes the file whole, then puts it in the place of the old one."""
        if self._path is None or not self._changed:
            return
        beside = self._path.with_name(self._path.name + ".new")
        self._index.save(str(beside))
        os.replace(beside, self._path)
        self._changed = False


def to_int8(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """Unit vectors as int8, 127 for one."""
    quantised: npt.NDArray[np.int8] = np.clip(np.rint(vectors * 127), -127, 127).astype(np.int8)
    return quantised


def to_float(vectors: npt.NDArray[np.int8]) -> npt.NDArray[np.float32]:
    """Back to vectors of unit length."""
    floats = vectors.astype(np.float32)
    length = np.linalg.norm(floats, axis=-1, keepdims=True)
    scaled: npt.NDArray[np.float32] = floats / np.maximum(length, 1e-9)
    return scaled
