"""The reader network: for every window, where cues are, and what each word is to each cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sayso.neural.tokens import by_length, pad
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
        threads: processor threads; 0 lets the runtime choose.
        floor: probability from which a word counts as the start of a cue.
    """

    name = "sayso-reader-2"

    def __init__(self, threads: int = 0, floor: float = 0.36, batch: int = 16) -> None:
        self._words = open_session("reader-words.onnx", threads)
        self._roles = open_session("reader-roles.onnx", threads)
        self._table = shared_table()
        self._batch = batch
        self._floor = floor

    def score(self, windows: Sequence[WindowLike]) -> Iterator[tuple[int, list[int], Floats, Floats]]:
        """For each window, in no set order: its number, anchor words, their probabilities, role logits.

        Anchors are word numbers, likeliest first; role logits are ``float32[anchors, words, 4]`` over the roles of
        sayso.reading.attribution.
        """
        rows = [window.ids for window in windows]
        for numbers in by_length(rows, self._batch):
            ids, mask = pad([rows[number] for number in numbers])
            first, present = pad([windows[number].first for number in numbers], 0)
            logits, words = self._words.run(None, {"x": self._table(ids), "mask": mask, "first": first})
            chance = np.where(present > 0, 1 / (1 + np.exp(-logits)), 0.0)
            sample, anchor = np.nonzero(chance >= self._floor)
            if len(sample):
                apart = np.arange(first.shape[1])[None, :] - anchor[:, None]
                told = {"words": words[sample], "apart": apart.astype(np.int64), "present": present[sample]}
                roles = self._roles.run(None, told)[0]
            for at, number in enumerate(numbers):
                mine = np.nonzero(sample == at)[0]
                mine = mine[np.argsort(-chance[at, anchor[mine]])]
                if not len(mine):
                    continue
                width = len(windows[number].first)
                anchors = [int(word) for word in anchor[mine]]
                yield number, anchors, chance[at, anchors], roles[mine, :width]
