from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.asking.kinship import kinship


def test_what_lies_near_the_likeliest_is_their_kin() -> None:
    vectors = np.array([[1, 0.1, 0], [1, 0.2, 0], [1, 0.15, 0], [0, 0.1, 1], [0, 0.2, 1]], np.float32)
    kin = kinship(vectors, [4.0, 3.0, -2.0, -3.0, -3.0])
    assert kin[2] > 0.5 > kin[3]


@given(st.lists(st.floats(-9, 9), max_size=8))
def test_kinship_is_a_cosine(scores: list[float]) -> None:
    vectors = np.random.default_rng(1).standard_normal((len(scores), 5)).astype(np.float32)
    assert all(-1.001 <= one <= 1.001 for one in kinship(vectors, scores))
