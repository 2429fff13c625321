"""Networks run on one text at a time: what stands beside a text, and how many threads there are, change nothing."""

from __future__ import annotations

import numpy as np
import pytest

from sayso.neural.encoder import E5Encoder
from sayso.neural.lanes import Lanes
from sayso.neural.pairs import CrossEncoder, Passage
from sayso.neural.reader_network import ReaderNetwork
from sayso.neural.weights_files import shared_subwords
from sayso.reading.attribution import find_attributions

TEXTS = [
    "The ferry will not stop, the harbour office said.",
    "«Паром отменён», — сообщили в порту Брайна, где о приказе узнали из чата, а не от министерства.",
    "Rye bread is cheaper on Mondays.",
]


@pytest.mark.parametrize("threads", [1, 3])
def test_work_comes_back_in_order(threads: int) -> None:
    assert list(Lanes(threads).each(lambda number: number * number, range(40))) == [n * n for n in range(40)]


def test_a_failure_in_a_lane_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        list(Lanes(2).each(lambda number: 1 // number, [1, 0, 2]))


@pytest.mark.parametrize("threads", [1, 2])
def test_a_vector_does_not_depend_on_what_is_encoded_beside_it(threads: int) -> None:
    alone = E5Encoder(threads=1).encode(TEXTS[:1])
    assert np.array_equal(E5Encoder(threads).encode(TEXTS)[:1], alone)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_relation_does_not_depend_on_what_is_related_beside_it(threads: int) -> None:
    passages = [Passage(text) for text in TEXTS]
    alone = [CrossEncoder(threads=1).relate("Has the ferry stopped?", [one])[0] for one in passages]
    assert CrossEncoder(threads).relate("Has the ferry stopped?", passages) == alone


@pytest.mark.parametrize("threads", [1, 2])
def test_a_reading_does_not_depend_on_what_is_read_beside_it(threads: int) -> None:
    network = ReaderNetwork(threads)
    alone = [find_attributions([text], shared_subwords(), network)[0] for text in TEXTS]
    assert find_attributions(TEXTS, shared_subwords(), network) == alone
    assert len(alone[0]) == 1
