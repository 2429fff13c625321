"""Embedding throughput on one core and two, and the time of ``add`` and ``ask`` on case folders.

    python bench/throughput.py [CASE_DIR …]        the example case where none is named

Prints ratios: two cores to one, and one core's subwords a second to a floor measured in the same run (one matrix product of
the encoder's size in int8 by numpy's float32 BLAS, the fastest plain thing this machine does).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np

from sayso.api import Desk
from sayso.neural.encoder import E5Encoder
from sayso.neural.weights_files import shared_subwords
from sayso.verbs.models import Models

ROOT = Path(__file__).parents[1]
PARAMETERS = 21_300_000
"""Weights of the encoder's twelve layers: two operations each a subword."""


def passages(case: Path) -> list[str]:
    """Sentences to embed: the paragraphs of a case's documents."""
    rows = [json.loads(line) for line in (case / "documents.jsonl").read_text("utf-8").splitlines()]
    return [part for row in rows for part in row["text"].split("\n") if part.strip()]


def best(call: object, repeats: int = 3) -> float:
    """The shortest of some runs, in seconds."""
    assert callable(call)
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return min(times)


def float_rate() -> float:
    """Multiply-adds a second of a float32 matrix product, one thread or as BLAS is set."""
    a, b = (np.random.default_rng(0).random((1024, 1024), np.float32) for _ in range(2))
    return 1024**3 / best(lambda: a @ b, 5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", type=Path, default=[ROOT / "examples" / "lantern-bay"])
    cases = parser.parse_args().cases
    texts = [text for case in cases for text in passages(case)] * 4
    subwords = sum(len(row) for row in shared_subwords().text(texts, 192))
    rates = {}
    for threads in (1, 2):
        encoder = E5Encoder(threads)
        encoder.encode(texts[:32])
        seconds = best(lambda encoder=encoder: encoder.encode(texts))
        rates[threads] = subwords / seconds
        print(f"embed, {threads} core(s): {len(texts) / seconds:7.1f} texts/s, {rates[threads]:7.0f} subwords/s")
    print(f"two cores to one: {rates[2] / rates[1]:.2f}")
    print(f"one core to the float32 floor (two threads): {rates[1] * PARAMETERS / float_rate():.2f}")
    models = Models()
    for case in cases:
        gold = json.loads((case / "gold.json").read_text("utf-8"))
        asks = [ask["text"] for claim in gold["claims"] for ask in claim["ask"]]
        with tempfile.TemporaryDirectory() as folder, Desk(Path(folder) / "desk.db", models=models) as desk:
            began = time.perf_counter()
            added = desk.add(case / "documents.jsonl", registry=case / "registry.yaml")
            adding = time.perf_counter() - began
            times = []
            for text in asks:
                began = time.perf_counter()
                desk.ask(text)
                times.append(time.perf_counter() - began)
        print(
            f"{case.name:24} add {added.kept / adding:6.2f} documents/s ({added.statements} statements), "
            f"ask median {np.median(times) * 1000:6.0f} ms, slowest {max(times) * 1000:6.0f} ms"
        )


if __name__ == "__main__":
    main()
