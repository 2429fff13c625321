"""What every training run shares: two rates, their schedule, and a checkpoint after each epoch."""

from __future__ import annotations

import time
from pathlib import Path

import torch
from torch import nn

WARM_UP = 0.06
"""Share of the run over which rates rise; then they fall in a line."""
LEAST = 0.02


class Course:
    """The optimiser of one network, whose head learns faster than the encoder below it.

    Args:
        network: what is trained.
        encoder: the prefix of its encoder's parameter names; frozen ones are left out.
        rate: of the encoder.
        head: how many times faster everything else learns.
        epochs: length of the schedule.
        checkpoint: the file that is kept after each epoch.
        name: under which the network's weights stand in it.
    """

    def __init__(
        self, network: nn.Module, *, encoder: str, rate: float, head: int, epochs: int, checkpoint: Path, name: str
    ) -> None:
        named = list(network.named_parameters())
        body = [p for n, p in named if n.startswith(encoder) and p.requires_grad]
        other = [p for n, p in named if not n.startswith(encoder)]
        self._network = network
        self._trained = [*body, *other]
        self._rates = (rate, rate * head)
        self._epochs = epochs
        self._checkpoint, self._name = checkpoint, name
        groups = [{"params": body, "lr": rate}, {"params": other, "lr": rate * head}]
        self._optimiser = torch.optim.AdamW(groups, weight_decay=0.01)

    def resume(self) -> int:
        """Takes up the checkpoint, if there is one; how many epochs are done."""
        if not self._checkpoint.exists():
            return 0
        kept = torch.load(self._checkpoint)
        self._network.load_state_dict(kept[self._name])
        self._optimiser.load_state_dict(kept["optimiser"])
        return int(kept["epochs"])

    def step(self, loss: torch.Tensor, epoch: float) -> None:
        """Learns from one batch; *epoch* counts what has been seen, parts of an epoch included."""
        at = epoch / self._epochs
        scale = min(1.0, at / WARM_UP + 0.01) * max(LEAST, 1 - at)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * scale
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._trained, 1.0)
        self._optimiser.step()

    def keep(self, epochs: int) -> None:
        """Writes the checkpoint after so many epochs."""
        state = {
            self._name: self._network.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "epochs": epochs,
        }
        torch.save(state, self._checkpoint)


class Progress:
    """What has been seen of one epoch, and how the loss goes; told every fifty batches.

    Args:
        epoch: which, from 0.
        total: subwords of the epoch.
    """

    def __init__(self, epoch: int, total: int) -> None:
        self._epoch, self._total = epoch, total
        self._seen, self._steps, self._running = 0, 0, 0.0
        self._began = time.monotonic()

    @property
    def epoch(self) -> float:
        """Epochs seen so far, the part of this one included."""
        return self._epoch + self._seen / self._total

    def note(self, tokens: int, loss: float) -> None:
        """One more batch."""
        self._seen += tokens
        self._running = loss if not self._steps else 0.98 * self._running + 0.02 * loss
        if self._steps % 50 == 0:
            rate = self._seen / (time.monotonic() - self._began)
            told = f"{self._seen}/{self._total} subwords, {rate:.0f}/s, loss {self._running:.3f}"
            print(f"epoch {self._epoch} {told}", flush=True)
        self._steps += 1
