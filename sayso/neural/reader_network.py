"""The reader network: for every window, where cues are, and what each word is to each cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sayso.neural.lanes import Lanes
from sayso.neural.weights_files import open_session, shared_table

Floats = npt.NDArray[np.float32]


class WindowLike(Protocol):
    """What the network needs of a window: subword ids and the place of each word's first subword."""

    @property
    def ids(self) -> Sequence[int]:
        """Subword ids, marks at both ends included."""

    @property
    def first(self) -> Sequence[int]:
        """For each word, the place of its first subword."""


class ReaderNetwork:
    """Cue-centred labeller, trained by ``training/attribution`` (see the model card ``reader.md``).

    Args:
        threads: processor threads; 0 for as many as there are processors.
        floor: probability from which a word counts as the start of a cue.
    """

    name = "sayso-reader-3"

    def __init__(self, threads: int = 0, floor: float = 0.36) -> None:
        self._words = open_session("reader-words.onnx")
        self._roles = open_session("reader-roles.onnx")
        self._lanes = Lanes(threads)
        self._table = shared_table()
        self._floor = floor

    def score(self, windows: Sequence[WindowLike]) -> Iterator[tuple[int, list[int], Floats, Floats]]:
        """For each window that has cues, in order: its number, anchor words, their probabilities, role logits.

        Anchors are word numbers, likeliest first; role logits are ``float32[anchors, words, 4]`` over the roles of
        sayso.reading.attribution.
        """
        for number, scored in enumerate(self._lanes.each(self._score, windows)):
            if scored is not None:
                yield number, *scored

    def _score(self, window: WindowLike) -> tuple[list[int], Floats, Floats] | None:
        first = np.array([window.first], np.int64)
        logits, words = self._words.run(None, {**self._table.one(window.ids), "first": first})
        chance = 1 / (1 + np.exp(-logits[0]))
        anchors = np.nonzero(chance >= self._floor)[0]
        if not len(anchors):
            return None
        anchors = anchors[np.argsort(-chance[anchors])]
        told = {
            "words": np.repeat(words, len(anchors), axis=0),
            "apart": (np.arange(first.shape[1])[None, :] - anchors[:, None]).astype(np.int64),
        }
        roles = self._roles.run(None, told)[0]
        return [int(word) for word in anchors], chance[anchors], roles
