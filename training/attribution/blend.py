"""Averages checkpoints of the reader into another one, for a run to go on from, and writes the model files.

    python -m training.attribution.blend reader11=0.4 reader12=0.6 --name reader15 --out sayso/neural/weights

The mean of two runs reads better than either (Wortsman et al., Model soups, ICML 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.attribution.network import Reader
from training.attribution.train import RUNS, export
from training.averaging import mean_of
from training.encoder.build import make_encoder, read_source


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="+", metavar="NAME=SHARE")
    parser.add_argument("--name", required=True, help="of the checkpoint to write")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="write the model files there too")
    options = parser.parse_args()
    named = [part.partition("=") for part in options.parts]
    states = [torch.load(RUNS / f"{name}.pt")["reader"] for name, _, _ in named]
    mean = mean_of(states, [float(share) for _, _, share in named])
    torch.save({"reader": mean}, RUNS / f"{options.name}.pt")
    if options.out:
        reader = Reader(make_encoder(read_source()))
        reader.load_state_dict(mean)
        export(reader, options.out)


if __name__ == "__main__":
    main()
