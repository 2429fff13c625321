"""Averages checkpoints of the reader into another one, for a run to go on from.

    python -m training.attribution.blend reader11=0.4 reader12=0.6 --name reader13-start

The mean of two runs reads better than either (Wortsman et al., Model soups, ICML 2022), but what it has in float it may lose in 8
bits: let a run with ``--rounded`` follow.
"""

from __future__ import annotations

import argparse

import torch

from training.attribution.train import RUNS
from training.averaging import mean_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="+", metavar="NAME=SHARE")
    parser.add_argument("--name", required=True, help="of the checkpoint to write")
    options = parser.parse_args()
    named = [part.partition("=") for part in options.parts]
    states = [torch.load(RUNS / f"{name}.pt")["reader"] for name, _, _ in named]
    reader = mean_of(states, [float(share) for _, _, share in named])
    torch.save({"reader": reader}, RUNS / f"{options.name}.pt")


if __name__ == "__main__":
    main()
