from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.neural.encoder import E5Encoder
from sayso.neural.tokens import iter_words
from sayso.neural.weights_files import shared_subwords, shared_table
from sayso.reading.windows import iter_windows
from training.batches import pad


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_windows_cover_every_word_once_at_exact_offsets(text: str) -> None:
    windows = list(iter_windows(text, shared_subwords(), 32))
    assert [word for window in windows for word in window.words] == iter_words(text)
    for window in windows:
        assert len(window.ids) <= 32
        assert all(0 < place < len(window.ids) for place in window.first)
        assert list(window.first) == sorted(window.first)


@given(st.lists(st.lists(st.integers(4, 9), min_size=1, max_size=6), min_size=1, max_size=9))
def test_padding_marks_what_is_real(rows: list[list[int]]) -> None:
    ids, mask = pad(rows)
    assert [list(row[: int(real.sum())]) for row, real in zip(ids, mask, strict=True)] == rows


def test_table_rows_are_looked_up_across_its_parts() -> None:
    table = shared_table()
    ids = np.array([[5, 130_000], [249_000, 5]])
    rows = table(ids)
    assert rows.shape == (2, 2, 384)
    assert np.array_equal(rows[0, 0], rows[1, 1])
    assert not np.array_equal(rows[0, 0], rows[0, 1])


def test_same_meaning_lies_closer_than_another_across_languages() -> None:
    encoder = E5Encoder(threads=1)
    vectors = encoder.encode(
        [
            "The ferry to the island is cancelled",
            "Паром на остров отменён",
            "Adaya giden feribot iptal edildi",
            "The bakery sells rye bread",
        ]
    )
    near = vectors @ vectors.T
    assert near[0, 1] > near[0, 3]
    assert near[0, 2] > near[0, 3]
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
