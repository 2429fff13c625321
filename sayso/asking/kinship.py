"""What candidates tell of one another: which of them lie near those that surely answer.

Statements of one affair share its names and places, so that these do not set a look-alike claim apart; nearness to a clear
answer does, once what all have in common is taken off, and in whatever language the question came. (Tried and of no use: words
of the question weighed by how few candidates have them.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LIKELIEST = 4
"""Candidates toward which the others are measured."""
ALONE = 0.8
"""Kinship where there are too few candidates to tell: that of a right one among many, for it has no rivals to be taken for."""


def kinship(vectors: npt.NDArray[np.float32], scores: Sequence[float]) -> list[float]:
    """For each candidate the cosine to the others that are likeliest to answer, -1 to 1.

    Pseudo-relevance feedback (Rocchio, in Salton, The SMART Retrieval System, 1971): the mean of all candidates is taken
    off first, so that what the affair has in common does not count; the likeliest are weighed by their probability.

    Args:
        vectors: ``float32[candidates, dim]``.
        scores: log-odds of answering the question, one a candidate.
    """
    if len(scores) <= LIKELIEST:
        return [ALONE] * len(scores)
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
