"""The mean of runs' weights (Wortsman et al., Model soups, ICML 2022)."""

from __future__ import annotations

from collections.abc import Sequence

import torch

State = dict[str, torch.Tensor]


def mean_of(states: Sequence[State], shares: Sequence[float]) -> State:
    """The weighted mean; what is no float is taken from the first."""
    total = sum(shares)
    return {
        key: sum(state[key] * share for state, share in zip(states, shares, strict=True)) / total
        if value.is_floating_point()
        else value
        for key, value in states[0].items()
    }
