"""What candidates tell of one another: which words of the question tell them apart, and which lie near the likeliest.

Statements of one affair share its names and places, so that neither sets a look-alike claim apart; the words that only some
of them have do, and so does nearness to those that surely answer, in whatever language the question came.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LIKELIEST = 4
"""Candidates toward which the others are measured."""


def distinctive_shares(asked: frozenset[str], told: Sequence[frozenset[str]]) -> list[float]:
    """For each candidate's stems the share of the question's that they hold, rare ones counting more.

    Weighted by inverse document frequency among the candidates (Spärck Jones, Journal of Documentation 1972); stems that
    no candidate has, as those of another language, count nowhere. 0 to 1.
    """
    counts = Counter(stem for stems in told for stem in asked & stems)
    weights = {stem: math.log((len(told) + 1) / (count + 0.5)) for stem, count in counts.items()}
    whole = sum(weights.values())
    if len(weights) < 2 or whole <= 0:
        return [0.0] * len(told)
    return [sum(weights[stem] for stem in asked & stems) / whole for stems in told]


def kinship(vectors: npt.NDArray[np.float32], scores: Sequence[float]) -> list[float]:
    """For each candidate the cosine to the others that are likeliest to answer, -1 to 1.

    Pseudo-relevance feedback (Rocchio, in Salton, The SMART Retrieval System, 1971): the mean of all candidates is taken
    off first, so that what the affair has in common does not count; the likeliest are weighed by their probability.

    Args:
        vectors: ``float32[candidates, dim]``.
        scores: log-odds of answering the question, one a candidate.
    """
    if len(scores) < 2:
        return [0.0] * len(scores)
    apart = vectors - vectors.mean(0)
    apart /= np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)
    odds = np.asarray(scores)
    first = np.argsort(-odds, kind="stable")[:LIKELIEST]
    weights = np.zeros(len(odds))
    weights[first] = 1 / (1 + np.exp(-odds[first]))
    middle = weights @ apart
    others = middle[None, :] - weights[:, None] * apart
    cosines = (apart * others).sum(1) / np.maximum(np.linalg.norm(others, axis=1), 1e-9)
    return [float(one) for one in cosines]
