"""How often a sentence's translation lies nearest, by language pair (Tatoeba files: n, XXX, eng).

    python bench/crosslingual.py --folder FOLDER [--json] [--float]

--float takes the same network in 32-bit floating point, the ceiling for what ships (needs training/requirements.txt).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.neural.encoder import E5Encoder, Vectors


class FloatEncoder(E5Encoder):
    """The encoder as it was before quantisation."""

    def __init__(self) -> None:
        from training.encoder.build import make_encoder, read_source
        from training.torch_encoder import Embedder

        super().__init__()
        self._network = Embedder(make_encoder(read_source())).eval()

    def _embed(self, inputs: Mapping[str, npt.NDArray[Any]]) -> Vectors:
        import torch

        x = torch.from_numpy(inputs["x"])
        with torch.inference_mode():
            embedded: Vectors = self._network(x, torch.ones(x.shape[:2], dtype=torch.long))[0].numpy()
        return embedded


def accuracy(encoder: E5Encoder, path: Path) -> tuple[float, float, int]:
    """Share of right nearest neighbours into English and out of it, and how many pairs there are."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
    other = encoder.encode([row[1] for row in rows])
    english = encoder.encode([row[2] for row in rows])
    near = other @ english.T
    truth = np.arange(len(rows))
    return float((near.argmax(1) == truth).mean()), float((near.argmax(0) == truth).mean()), len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--float", action="store_true")
    options = parser.parse_args()
    encoder = FloatEncoder() if options.float else E5Encoder()
    for path in sorted(options.folder.glob("*-eng.tsv")):
        into, out_of, pairs = accuracy(encoder, path)
        if options.json:
            print(json.dumps({"pair": path.stem, "into_english": into, "out_of_english": out_of, "pairs": pairs}))
        else:
            print(f"{path.stem}: into English {into:.3f}, out of English {out_of:.3f} ({pairs} pairs)")


if __name__ == "__main__":
    main()
