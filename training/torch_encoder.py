"""The encoder in PyTorch, for training and export: multilingual-e5-small's BERT, attention scale folded into the query.

Reference: Wang et al., Multilingual E5 Text Embeddings, arXiv 2402.05672; Devlin et al., BERT, NAACL 2019.
"""

from __future__ import annotations

import torch
from torch import nn


class Layer(nn.Module):
    """One transformer layer, post-norm, GELU."""

    def __init__(self, width: int, heads: int, inner: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.norm_1 = nn.LayerNorm(width, eps)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.norm_2 = nn.LayerNorm(width, eps)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        # PyTorch's fused attention is slower on processors, at these widths by a fifth of a training run
        mixed = torch.softmax(q @ k.transpose(-1, -2) + bias.to(q.dtype), -1) @ v
        x = self.norm_1(x + self.attention_out(mixed.transpose(1, 2).reshape(batch, length, width)))
        return self.norm_2(x + self.outer(nn.functional.gelu(self.inner(x))))


class Encoder(nn.Module):
    """Layers over rows of the embedding table, which is looked up outside: ``[B, L, width] -> [B, L, width]``."""

    def __init__(self, width: int, heads: int, inner: int, layers: int, positions: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.positions = nn.Parameter(torch.zeros(positions, width))
        self.norm = nn.LayerNorm(width, eps)
        self.layers = nn.ModuleList([Layer(width, heads, inner, eps) for _ in range(layers)])

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.norm(x + self.positions[: x.shape[1]])
        bias = (mask.to(torch.float32)[:, None, None, :] - 1) * 1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def freeze(self, lowest: int) -> None:
        """Keeps positions and the lowest layers as they are (they stay multilingual, and training is faster)."""
        frozen = [self.norm, *list(self.layers)[:lowest]] if lowest else []
        self.positions.requires_grad_(False)
        for module in frozen:
            for weight in module.parameters():
                weight.requires_grad_(False)


class Embedder(nn.Module):
    """Mean of the last layer over real tokens, scaled to length one: ``float32[B, width]``."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        real = mask.to(torch.float32)
        mean = (self.encoder(x, mask) * real[:, :, None]).sum(1) / real.sum(1, keepdim=True)
        return mean / mean.norm(dim=1, keepdim=True).clamp_min(1e-12)
