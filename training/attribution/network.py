"""The reader network: cue anchors by word, then for each anchor the role of every word around it.

One pass of the encoder over a window gives word vectors and finds cues. For each cue a small transformer, told by an
indicator which cue is asked about, labels the words (as predicate-aware semantic role labelling does: Shi and Lin,
arXiv 1904.05255). So attributions may overlap and nest freely, and the costly part runs once.
"""

from __future__ import annotations

import torch
from torch import nn

from sayso.reading.attribution import ROLE_NAMES
from training.torch_encoder import Encoder, Layer

REACH = 64
"""Word distances from the anchor beyond this share one embedding."""


class Words(nn.Module):
    """``x, mask, first -> anchor logits [B, W], word vectors [B, W, inner]``."""

    def __init__(self, encoder: Encoder, width: int = 384, inner: int = 192, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.anchor = nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Linear(128, 1))
        self.project = nn.Linear(width, inner)
        self.flat = nn.Linear(width, len(ROLE_NAMES) - 1)

    def vectors(self, x: torch.Tensor, mask: torch.Tensor, first: torch.Tensor) -> torch.Tensor:
        """The last layer at the first subword of each word: ``[B, W, width]``."""
        hidden = self.encoder(x, mask)
        return self.dropout(torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, hidden.shape[-1])))

    def forward(self, x: torch.Tensor, mask: torch.Tensor, first: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        words = self.vectors(x, mask, first)
        return self.anchor(words)[:, :, 0], self.project(words)


class Roles(nn.Module):
    """``words [N, W, inner], apart [N, W], present [N, W] -> role logits [N, W, 4]``, a row for each anchor.

    ``apart`` is each word's place minus the anchor's.
    """

    def __init__(self, inner: int = 192, heads: int = 6, layers: int = 2) -> None:
        super().__init__()
        self.heads = heads
        self.distance = nn.Embedding(2 * REACH + 1, inner)
        self.norm = nn.LayerNorm(inner)
        self.layers = nn.ModuleList([Layer(inner, heads, inner * 3, 1e-6) for _ in range(layers)])
        self.out = nn.Linear(inner, len(ROLE_NAMES))
        self.scale = (inner // heads) ** -0.5
        nn.init.normal_(self.distance.weight, std=0.1)
        with torch.no_grad():
            for layer in self.layers:
                layer.qkv.weight[:inner] *= self.scale

    def forward(self, words: torch.Tensor, apart: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        x = self.norm(words + self.distance(apart.clamp(-REACH, REACH) + REACH))
        bias = (present.to(torch.float32)[:, None, None, :] - 1) * 1e4
        for layer in self.layers:
            x = layer(x, bias)
        return self.out(x)


class Reader(nn.Module):
    """Both parts together, for training."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.words = Words(encoder)
        self.roles = Roles()

    def score(
        self, x: torch.Tensor, mask: torch.Tensor, first: torch.Tensor, present: torch.Tensor, rows: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Anchor logits ``[B, W]``, flat role logits ``[B, W, 3]`` (whether a word has that role in any attribution:
        a help in training), and role logits ``[N, W, 4]`` of the (sample, anchor) pairs in *rows*."""
        vectors = self.words.vectors(x, mask, first)
        words = self.words.project(vectors)
        place = torch.arange(first.shape[1])
        apart = place[None, :] - rows[:, 1:2]
        roles = self.roles(words[rows[:, 0]], apart, present[rows[:, 0]])
        return self.words.anchor(vectors)[:, :, 0], self.words.flat(vectors), roles
