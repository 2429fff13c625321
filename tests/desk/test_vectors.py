"""The vector index of a small desk compares everything, so that an answer does not hang on how threads built a graph."""

from __future__ import annotations

import numpy as np

from sayso.desk.vectors import EXACT, VectorIndex, to_float, to_int8


def test_a_small_index_finds_exactly_the_nearest() -> None:
    rng = np.random.default_rng(3)
    vectors = rng.standard_normal((EXACT // 2, 64)).astype(np.float32)
    held = to_int8(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    index = VectorIndex(None, 64)
    index.add(range(len(held)), held)
    for asked in held[:40]:
        near = np.argsort(-(to_float(held) @ to_float(asked)), kind="stable")[:20]
        assert {number for number, _ in index.find(asked, 20)} == {int(one) for one in near}
