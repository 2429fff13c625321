from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.asking.kinship import kinship


def unit(rows: list[list[float]] | np.ndarray) -> np.ndarray:
    vectors = np.asarray(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


ANSWERS = [[1, 0, 0, 0.4], [1, 0.6, 0, 0], [1, 0.1, 0.5, 0]]
OTHERS = [[0, 0.1, 1, 0], [0, 1, 0.1, 0.2], [0.1, 0, 0, 1]]


def test_what_lies_near_the_likeliest_is_their_kin() -> None:
    kin = kinship(unit(ANSWERS + OTHERS), [4.0, 3.0, -2.0, -3.0, -3.0, -4.0])
    assert kin[2] > 0.3 > 0 > kin[3]


def test_what_says_the_same_does_not_vouch_for_itself() -> None:
    apart = kinship(unit([*OTHERS, [0.5, 0.5, 0.5, 0.5], [0.9, 0.1, 0.3, 0]]), [4.0, 3.0, 2.0, -3.0, -3.0])
    thrice = kinship(
        unit([OTHERS[0], OTHERS[0], *OTHERS, [0.5, 0.5, 0.5, 0.5], [0.9, 0.1, 0.3, 0]]),
        [4.0, 4.0, 4.0, 3.0, 2.0, -3.0, -3.0],
    )
    assert thrice[0] == thrice[1] == thrice[2]
    np.testing.assert_allclose(thrice[2:], apart, atol=1e-5)


@given(st.lists(st.floats(-9, 9), max_size=8))
def test_kinship_is_a_cosine(scores: list[float]) -> None:
    vectors = unit(np.random.default_rng(1).standard_normal((len(scores), 5)))
    assert all(-1.001 <= one <= 1.001 for one in kinship(vectors, scores))
