"""Examples to tensors: windows, cue anchors, and for each anchor the role of every word."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from sayso.neural.table import Table
from sayso.neural.tokens import Subwords
from sayso.reading.attribution import ROLE_NAMES
from sayso.reading.windows import iter_windows
from training.attribution.synthetic import Example
from training.batches import pad

NEUTRAL = 0.2
"""Weight of "no cue here" inside a content whose nested attributions nobody marked."""


@dataclass(frozen=True)
class Sample:
    """One window: ids, first subwords, weight and label of each word as an anchor, role rows by anchor."""

    ids: tuple[int, ...]
    first: tuple[int, ...]
    weights: np.ndarray
    anchors: list[int]
    roles: np.ndarray


def read_corpus(path: Path) -> Iterator[Example]:
    """Articles in the format of shared/data/attribution."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            attributions = [
                {role: [(a, b) for a, b in one[role]] for role in ("source", "cue", "content")}
                for one in row["attributions"]
            ]
            yield Example(row["text"], attributions, nested_known=False)


def make_samples(examples: Iterable[Example], subwords: Subwords) -> list[Sample]:
    """Every window of every example; an attribution whose cue lies in the window counts there."""
    samples = []
    for example in examples:
        for window in iter_windows(example.text, subwords):
            starts = np.array([a for a, _ in window.words])
            ends = np.array([b for _, b in window.words])

            def covered(span: tuple[int, int], starts: np.ndarray = starts, ends: np.ndarray = ends) -> np.ndarray:
                return (starts < span[1]) & (ends > span[0])

            weights = np.ones(len(starts), np.float32)
            anchors, rows = [], []
            for one in example.attributions:
                if not example.nested_known:
                    for span in one["content"]:
                        weights[covered(span)] = NEUTRAL
            for one in example.attributions:
                cue = np.zeros(len(starts), bool)
                for span in one["cue"]:
                    cue |= covered(span)
                where = np.nonzero(cue)[0]
                first = min((a for a, _ in one["cue"]), default=0)
                if not len(where) or not covered((first, first + 1)).any():
                    continue
                row = np.zeros(len(starts), np.int64)
                for role in ("content", "source"):
                    for span in one[role]:
                        row[covered(span)] = ROLE_NAMES.index(role)
                row[cue] = ROLE_NAMES.index("cue")
                anchor = int(where[0])
                if anchor in anchors:
                    continue
                anchors.append(anchor)
                rows.append(row)
                weights[anchor] = 1
            roles = np.stack(rows) if rows else np.zeros((0, len(starts)), np.int64)
            samples.append(Sample(window.ids, window.first, weights, anchors, roles))
    return samples


@dataclass(frozen=True)
class Batch:
    """Tensors of a batch; ``rows`` are (sample, anchor) pairs and ``roles`` their labels, -100 where no word stands."""

    x: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    present: torch.Tensor
    anchor: torch.Tensor
    weight: torch.Tensor
    rows: torch.Tensor
    roles: torch.Tensor
    tokens: int


def make_batch(samples: list[Sample], table: Table) -> Batch:
    ids, mask = pad([one.ids for one in samples])
    first, present = pad([one.first for one in samples], 0)
    anchor = np.zeros(first.shape, np.float32)
    weight = np.zeros(first.shape, np.float32)
    rows, roles = [], []
    for number, one in enumerate(samples):
        weight[number, : len(one.weights)] = one.weights
        for at, row in zip(one.anchors, one.roles, strict=True):
            anchor[number, at] = 1
            rows.append((number, at))
            label = np.full(first.shape[1], -100, np.int64)
            label[: len(row)] = row
            roles.append(label)
    return Batch(
        torch.from_numpy(table(ids)),
        torch.from_numpy(mask),
        torch.from_numpy(first),
        torch.from_numpy(present),
        torch.from_numpy(anchor),
        torch.from_numpy(weight),
        torch.tensor(rows, dtype=torch.long).reshape(-1, 2),
        torch.from_numpy(np.stack(roles)) if roles else torch.zeros((0, first.shape[1]), dtype=torch.long),
        int(mask.sum()),
    )


def iter_batches(samples: list[Sample], tokens: int, rng: random.Random, table: Table) -> Iterator[Batch]:
    """Batches of about *tokens* subwords each, of like length, in random order."""
    order = list(range(len(samples)))
    rng.shuffle(order)
    order.sort(key=lambda number: len(samples[number].ids) // 24)
    groups: list[list[int]] = [[]]
    longest = 0
    for number in order:
        longest = max(longest, len(samples[number].ids))
        if groups[-1] and longest * (len(groups[-1]) + 1) > tokens:
            groups.append([])
            longest = len(samples[number].ids)
        groups[-1].append(number)
    rng.shuffle(groups)
    for group in groups:
        yield make_batch([samples[number] for number in group], table)
