"""Averages checkpoints of the pair model and writes sayso/neural/weights/pairs.onnx.

    python -m training.pairs.blend pairs2 pairs3
    python -m training.pairs.blend shipped pairs8     the weights that the package holds count as a checkpoint

A run over fresh stories gains there and forgets a little elsewhere; the mean of the weights before and after keeps most of
both (Wortsman and others, "Robust fine-tuning of zero-shot models", CVPR 2022).
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch

from sayso.neural.table import Table
from sayso.neural.tokens import Subwords
from training.averaging import mean_of
from training.encoder.build import WEIGHTS, make_encoder, read_source
from training.pairs.stories import iter_story_pairs, load_stories
from training.pairs.train import (
    RUNS,
    SHIPPED,
    PairNetwork,
    best_temperature,
    encode,
    export_pairs,
    predict,
    scores_of,
    take_up,
)


def state_of(name: str) -> dict[str, torch.Tensor]:
    """The weights of a run's checkpoint, or those that the package holds."""
    network = PairNetwork(make_encoder(read_source()))
    take_up(network, name)
    return dict(network.state_dict())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", help=f"checkpoints in training/runs, or {SHIPPED}")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=WEIGHTS / "pairs.onnx")
    parser.add_argument("--name", help="keep the mean as a checkpoint too, for a run to go on from")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    states = [state_of(name) for name in options.names]
    network = PairNetwork(make_encoder(read_source()))
    network.load_state_dict(mean_of(states, [1.0] * len(states)))
    network.temperature.fill_(1.0)
    held_out = list(iter_story_pairs(load_stories(held_out=True), random.Random(7), others=5))
    told, meant = predict(network, encode(held_out, Subwords(WEIGHTS / "vocabulary.npz")), Table(WEIGHTS))
    temperature = best_temperature(told, meant)
    print(json.dumps({"stories": scores_of(told, meant), "temperature": temperature}), flush=True)
    network.temperature.fill_(temperature)
    if options.name:
        torch.save({"network": network.state_dict()}, RUNS / f"{options.name}.pt")
    export_pairs(network, options.out)


if __name__ == "__main__":
    main()
