"""Logistic regression, as the fitting scripts here need it."""

from __future__ import annotations

import numpy as np

STEPS = 60


def fit(table: np.ndarray, labels: np.ndarray, ridge: float) -> np.ndarray:
    """Weights by Newton's method.

    Args:
        table: ``float[rows, features]``; put a column of ones in it for an intercept.
        labels: ``float[rows]``, 0 or 1.
        ridge: penalty on the squared weights.
    """
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        curvature = table.T @ (table * (chance * (1 - chance))[:, None]) + ridge * np.eye(len(weights))
        weights += np.linalg.solve(curvature, table.T @ (labels - chance) - ridge * weights)
    return weights
