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
SAME = 0.985
"""Cosine from which two candidates say the same in the same words: copies, or one sentence with several sources. They tell nothing of
one another, or three offices under one notice would vouch for each other whatever was asked."""
ALONE = 0.8
"""Kinship where there are too few candidates to tell: that of a right one among many, for it has no rivals to be taken for."""


def kinship(vectors: npt.NDArray[np.float32], scores: Sequence[float]) -> list[float]:
    """For each candidate the cosine to the others that are likeliest to answer, -1 to 1; those that say the same (SAME) are one.

    Pseudo-relevance feedback (Rocchio, in Salton, The SMART Retrieval System, 1971): the mean of all candidates is taken
    off first, so that what the affair has in common does not count; the likeliest are weighed by their probability.

    Args:
        vectors: ``float32[candidates, dim]``, each of length one.
        scores: log-odds of answering the question, one a candidate.
    """
    odds = np.asarray(scores)
    order = np.argsort(-odds, kind="stable")
    first_like = _first_like(vectors, order)
    distinct = [int(number) for number in order if first_like[number] == number]
    if len(distinct) <= LIKELIEST:
        return [ALONE] * len(odds)
    apart = vectors - vectors[distinct].mean(0)
    apart /= np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)
    likeliest = distinct[:LIKELIEST]
    weights = np.zeros(len(odds))
    weights[likeliest] = 1 / (1 + np.exp(-odds[likeliest]))
    others = (weights @ apart)[None, :] - weights[first_like][:, None] * apart[first_like]
    cosines = (apart * others).sum(1) / np.maximum(np.linalg.norm(others, axis=1), 1e-9)
    return [float(one) for one in cosines]


def _first_like(vectors: npt.NDArray[np.float32], order: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """For each candidate the first of *order* that says the same: most often itself."""
    alike = vectors @ vectors.T
    out = np.empty(len(order), np.int64)
    distinct: list[int] = []
    for number in order:
        out[number] = next((one for one in distinct if alike[number, one] >= SAME), number)
        if out[number] == number:
            distinct.append(int(number))
    return out
