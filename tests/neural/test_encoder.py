"""Texts to vectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.neural.encoder import E5Encoder, Vectors


class Counting(E5Encoder):
    """The encoder, with a count of the texts that it looked at."""

    looked = 0

    def _embed(self, inputs: Mapping[str, npt.NDArray[Any]]) -> Vectors:
        self.looked += 1
        return super()._embed(inputs)


def test_equal_texts_are_encoded_once_and_come_back_each_in_its_place() -> None:
    encoder = Counting(threads=1)
    shut, open_ = "The quay is shut.", "Причал открыт."
    vectors = encoder.encode([shut, open_, shut])
    assert encoder.looked == 2
    assert np.array_equal(vectors[0], vectors[2])
    assert float(vectors[0] @ vectors[1]) < 0.95
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_text_has_no_vector() -> None:
    assert E5Encoder(threads=1).encode([]).shape == (0, 384)
