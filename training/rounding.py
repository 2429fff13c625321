"""Rounding in the forward pass, so that a network learns to be itself at 8 bits.

A run without it may end in weights that lose what they learned when they are quantised: some values inside are so great that
8 bits leave little for the rest. Here every product is computed nearly as plain 8 bits would have it (a text of the batch, and
an anchor of the second part, has a range of its own), which is harder than what ``export_int8`` makes of it, now that the greatest
values are taken out of the way (training/outliers.py); and gradients pass through as if nothing had been rounded
(straight-through estimation). Reference: Jacob et al., Quantization and Training of Neural Networks for Efficient
Integer-Arithmetic-Only Inference, CVPR 2018.
"""

from __future__ import annotations

import torch
from torch import nn

STEPS = 255
"""Of what goes into a product: unsigned 8 bits over the range of one text, zero included."""
WEIGHT_STEPS = 63
"""Either side of zero: ``reduce_range`` leaves weights 7 bits."""


class RoundedLinear(nn.Linear):
    """A linear layer whose inputs and weights are rounded as the exported one's are."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.linear(_rounded_input(x.float()), _rounded_weight(self.weight), self.bias)


def round_products(module: nn.Module) -> None:
    """Makes every linear layer of *module* round."""
    for part in module.modules():
        if type(part) is nn.Linear:
            part.__class__ = RoundedLinear


def plain_products(module: nn.Module) -> None:
    """Undoes ``round_products``."""
    for part in module.modules():
        if type(part) is RoundedLinear:
            part.__class__ = nn.Linear


def _rounded_input(x: torch.Tensor) -> torch.Tensor:
    inner = tuple(range(1, x.dim()))
    with torch.no_grad():
        low = x.amin(inner, keepdim=True).clamp_max(0)
        scale = ((x.amax(inner, keepdim=True).clamp_min(0) - low) / STEPS).clamp_min(1e-9)
        zero = torch.round(-low / scale)
        off = (torch.round(x / scale + zero).clamp_(0, STEPS) - zero) * scale - x
    return x + off


def _rounded_weight(weight: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        scale = (weight.abs().amax(1, keepdim=True) / WEIGHT_STEPS).clamp_min(1e-12)
        off = torch.round(weight / scale) * scale - weight
    return weight + off
