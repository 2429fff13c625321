"""Relates a question to statements: one small interface, and the packaged cross-encoder behind it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np

from sayso.neural.lanes import Lanes
from sayso.neural.tokens import START, STOP, Subwords
from sayso.neural.weights_files import open_session, shared_subwords, shared_table

QUESTION, CONTEXT, STATEMENT = 56, 56, 112
"""Most subwords of each part."""


class Relation(StrEnum):
    """What a statement does to a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    DISCUSSES = "discusses"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Related:
    """Probabilities of the four relations; they add up to 1."""

    supports: float
    refutes: float
    discusses: float
    unrelated: float

    @property
    def about(self) -> float:
        """Probability that the statement is about the claim at all."""
        return 1.0 - self.unrelated


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement as the pair model sees it: its words, and what stands before them in the document."""

    text: str
    context: str = ""


class PairModel(Protocol):
    """Question and passages to relations. A desk may plug in its own."""

    name: str

    def relate(self, question: str, passages: Sequence[Passage]) -> list[Related]:
        """One Related for each passage, in order."""


def pair_ids(question: Sequence[int], context: Sequence[int], statement: Sequence[int]) -> list[int]:
    """``<s> question </s></s> context </s> statement </s>``, each part cut to its length."""
    return [
        START,
        *question[:QUESTION],
        STOP,
        STOP,
        *context[-CONTEXT:],
        STOP,
        *statement[:STATEMENT],
        STOP,
    ]


def bare_ids(texts: Sequence[str], subwords: Subwords) -> list[list[int]]:
    """Subword ids of each text without marks around them."""
    return [ids[1:-1] for ids in subwords.text(texts, 512)]


class CrossEncoder:
    """The packaged pair model, trained by ``training/pairs`` (see the model card ``pairs.md``)."""

    name = "sayso-pairs-5"

    def __init__(self, threads: int = 0) -> None:
        self._session = open_session("pairs.onnx")
        self._lanes = Lanes(threads)
        self._subwords = shared_subwords()
        self._table = shared_table()

    def relate(self, question: str, passages: Sequence[Passage]) -> list[Related]:
        """One Related for each passage, in order."""
        asked = bare_ids([question], self._subwords)[0]
        contexts = bare_ids([passage.context for passage in passages], self._subwords)
        texts = bare_ids([passage.text for passage in passages], self._subwords)
        rows = [pair_ids(asked, context, text) for context, text in zip(contexts, texts, strict=True)]
        return list(self._lanes.each(self._related, rows))

    def _related(self, row: list[int]) -> Related:
        logits = self._session.run(None, self._table.one(row))[0][0]
        exp = np.exp(logits - logits.max())
        return Related(*(float(value) for value in exp / exp.sum()))


class Remembering:
    """A pair model that looks at a question and a passage once: copies have equal passages, and the same rumour is asked
    again and again, of a desk that has changed little since.

    Args:
        model: what looks at those not seen yet.
        most: pairs that are remembered; the ones longest unused are forgotten first.
    """

    def __init__(self, model: PairModel, most: int = 20_000) -> None:
        self.name = model.name
        self._model = model
        self._most = most
        self._known: OrderedDict[tuple[str, Passage], Related] = OrderedDict()

    def relate(self, question: str, passages: Sequence[Passage]) -> list[Related]:
        """One Related for each passage, in order."""
        fresh = [one for one in dict.fromkeys(passages) if (question, one) not in self._known]
        if fresh:
            told = self._model.relate(question, fresh)
            self._known.update(zip(((question, one) for one in fresh), told, strict=True))
        out = []
        for passage in passages:
            self._known.move_to_end((question, passage))
            out.append(self._known[question, passage])
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return out
