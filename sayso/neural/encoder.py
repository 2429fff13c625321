"""Sentence embeddings behind one small interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from sayso.neural.lanes import Lanes
from sayso.neural.weights_files import open_session, shared_subwords, shared_table

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Texts to unit vectors. A desk may plug in its own; ``name`` is kept beside every vector."""

    name: str
    dim: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors ``float32[len(texts), dim]``; texts that mean the same in any language lie close."""


class E5Encoder:
    """multilingual-e5-small, int8 (Wang et al., arXiv 2402.05672), run by onnxruntime.

    Both questions and statements are encoded with the model's ``query: `` prefix, as its authors advise for symmetric
    tasks; ``passage: `` is for long texts that short ones ask for. (On our own and the public cases neither finds a
    question's statements better than the other.)
    """

    name = "multilingual-e5-small-int8-2"
    limit = 192
    """Subwords of a text that count."""

    def __init__(self, threads: int = 0, prefix: str = "query: ") -> None:
        self._session = open_session("embedder.onnx")
        self._lanes = Lanes(threads)
        self._subwords = shared_subwords()
        self._table = shared_table()
        self._prefix = prefix
        self.dim = self._table.dim

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors ``float32[len(texts), dim]``. Equal texts, as people who speak together leave them, are encoded once."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        vectors = np.empty((len(places), self.dim), np.float32)
        rows = self._subwords.text([self._prefix + text for text in places], self.limit)
        for place, vector in enumerate(self._lanes.each(self._vector, rows)):
            vectors[place] = vector
        return vectors[[places[text] for text in texts]]

    def _vector(self, row: list[int]) -> Vectors:
        return self._embed(self._table.one(row))

    def _embed(self, inputs: Mapping[str, npt.NDArray[Any]]) -> Vectors:
        """The unit vector of one text, from its inputs by name."""
        embedded: Vectors = self._session.run(None, dict(inputs))[0][0]
        return embedded
