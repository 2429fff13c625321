"""Trains the reader and writes sayso/neural/weights/reader-*.onnx.

    python -m training.attribution.train --corpus ../shared/data/attribution [--epochs 4] [--resume]
    python -m training.attribution.train --own-only          without the English corpus, which states no licence

Seeded; a checkpoint is kept after every epoch in training/runs and taken up again by ``--resume``.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch

from sayso.neural.table import Table
from sayso.neural.tokens import Subwords
from training.attribution.dataset import Batch, Sample, iter_batches, make_samples, read_corpus
from training.attribution.marked import iter_marked
from training.attribution.network import Reader
from training.attribution.synthetic import iter_examples
from training.course import Course, Progress
from training.encoder.build import WEIGHTS, make_encoder, read_source
from training.export import Signature, export_int8
from training.precision import mixed_precision
from training.rounding import plain_products, round_products
from training.samples import iter_samples
from training.shipped import load_shipped

RUNS = Path(__file__).parents[1] / "runs"
AMOUNTS = {
    "ru": 2000,
    "en": 1000,
    **dict.fromkeys(("uk", "kk", "ky", "uz", "tg", "tk", "tr", "ar", "es", "fr", "de"), 330),
}
"""Synthetic passages an epoch, drawn anew each epoch."""


def loss_of(reader: Reader, batch: Batch) -> torch.Tensor:
    """Binary cross-entropy of the anchors plus cross-entropy of the roles at the true anchors."""
    with mixed_precision():
        anchor, flat, roles = reader.score(batch.x, batch.mask, batch.first, batch.present, batch.rows)
    each = torch.nn.functional.binary_cross_entropy_with_logits(anchor.float(), batch.anchor, reduction="none")
    loss = (each * batch.weight).sum() / batch.weight.sum() * 8
    union = torch.zeros_like(flat, dtype=torch.float32)
    for row, labels in zip(batch.rows[:, 0], batch.roles, strict=True):
        union[row] = torch.maximum(union[row], torch.nn.functional.one_hot(labels.clamp_min(0), 4)[:, 1:].float())
    flat_loss = torch.nn.functional.binary_cross_entropy_with_logits(flat.float(), union, reduction="none")
    loss = loss + 4 * (flat_loss.mean(-1) * batch.present).sum() / batch.present.sum()
    if len(batch.rows):
        told = roles.float().flatten(0, 1)
        loss = loss + 4 * torch.nn.functional.cross_entropy(told, batch.roles.flatten(), ignore_index=-100)
    return loss


def evaluate(reader: Reader, samples: list[Sample], table: Table) -> dict[str, float]:
    """F1 of anchors, and of word roles at the true anchors (a quick figure; bench/attribution is the real one)."""
    reader.eval()
    hit = predicted = gold = right = told = meant = 0.0
    with torch.inference_mode():
        for batch in iter_batches(samples, 4096, random.Random(0), table):
            anchor, _, roles = reader.score(batch.x, batch.mask, batch.first, batch.present, batch.rows)
            found = (anchor > 0) & (batch.present > 0)
            hit += float((found & (batch.anchor > 0)).sum())
            predicted += float(found.sum())
            gold += float(batch.anchor.sum())
            if len(batch.rows):
                best = roles.argmax(-1)
                known = batch.roles >= 0
                right += float(((best == batch.roles) & (batch.roles > 0)).sum())
                told += float(((best > 0) & known).sum())
                meant += float((batch.roles > 0).sum())
    reader.train()
    return {"anchor_f1": 2 * hit / max(1, predicted + gold), "role_f1": 2 * right / max(1, told + meant)}


def export(reader: Reader, folder: Path) -> None:
    """Writes the quantised network in its two parts."""
    folder.mkdir(parents=True, exist_ok=True)
    words = Signature(
        {
            "x": torch.randn(2, 12, 384),
            "mask": torch.ones(2, 12, dtype=torch.long),
            "first": torch.arange(1, 11).repeat(2, 1),
        },
        ["anchor", "words"],
        {
            "x": {0: "B", 1: "L"},
            "mask": {0: "B", 1: "L"},
            "first": {0: "B", 1: "W"},
            "anchor": {0: "B", 1: "W"},
            "words": {0: "B", 1: "W"},
        },
        "mask",
        heads=reader.words.encoder.heads,
    )
    export_int8(reader.words, words, folder / "reader-words.onnx", iter_samples(WEIGHTS, words=True))
    roles = Signature(
        {
            "words": torch.randn(3, 10, 192),
            "apart": torch.zeros(3, 10, dtype=torch.long),
            "present": torch.ones(3, 10, dtype=torch.long),
        },
        ["roles"],
        {
            "words": {0: "N", 1: "W"},
            "apart": {0: "N", 1: "W"},
            "present": {0: "N", 1: "W"},
            "roles": {0: "N", 1: "W"},
        },
        "present",
        heads=reader.roles.heads,
    )
    export_int8(reader.roles, roles, folder / "reader-roles.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="folder with train.jsonl.gz and dev.jsonl in the PolNeAR form")
    parser.add_argument("--own-only", action="store_true", help="train on our own patterns alone")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--freeze", type=int, default=6, help="lowest layers that stay as they are")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--tokens", type=int, default=2048, help="subwords in a batch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--name", default="reader")
    parser.add_argument("--limit", type=int, help="articles of the corpus, for a trial")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--from-shipped", action="store_true", help="begin with the weights that the package holds")
    parser.add_argument("--start", metavar="NAME", help="begin with the last checkpoint of that run")
    parser.add_argument("--rounded", action="store_true", help="compute products in training as 8 bits will have them")
    parser.add_argument("--patterns", type=float, default=1.0, help="how many of the usual synthetic passages")
    parser.add_argument(
        "--stop-after", type=int, help="epochs after which to stop and export, the schedule being that of --epochs"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the model files")
    options = parser.parse_args()
    if not options.own_only and options.corpus is None:
        parser.error("--corpus FOLDER or --own-only is needed")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    RUNS.mkdir(exist_ok=True)

    subwords, table = Subwords(WEIGHTS / "vocabulary.npz"), Table(WEIGHTS)
    corpus: list[Sample] = []
    dev: list[Sample] = []
    if not options.own_only:
        examples = list(read_corpus(options.corpus / "train.jsonl.gz"))[: options.limit]
        corpus = make_samples(examples, subwords)
        dev = make_samples(read_corpus(options.corpus / "dev.jsonl"), subwords)
    corpus += make_samples(iter_marked(), subwords)
    own_dev = make_samples(iter_marked(unseen=True), subwords)
    amounts = {language: round(amount * options.patterns) for language, amount in AMOUNTS.items()}

    reader = Reader(make_encoder(read_source()))
    if options.from_shipped:
        load_shipped(reader.words, WEIGHTS / "reader-words.onnx")
        load_shipped(reader.roles, WEIGHTS / "reader-roles.onnx")
    if options.start:
        reader.load_state_dict(torch.load(RUNS / f"{options.start}.pt")["reader"])
    reader.words.encoder.freeze(options.freeze)
    if options.rounded:
        round_products(reader)
    course = Course(
        reader,
        encoder="words.encoder.",
        rate=options.rate,
        head=5,
        epochs=options.epochs,
        checkpoint=RUNS / f"{options.name}.pt",
        name="reader",
    )
    done = course.resume() if options.resume else 0

    reader.train()
    for epoch in range(done, min(options.epochs, options.stop_after or options.epochs)):
        samples = corpus + make_samples(iter_examples(amounts, options.seed * 100 + epoch), subwords)
        batches = iter_batches(samples, options.tokens, random.Random(options.seed * 100 + epoch), table)
        total = sum(len(one.ids) for one in samples)
        progress = Progress(epoch, total)
        for batch in batches:
            loss = loss_of(reader, batch)
            course.step(loss, progress.epoch)
            progress.note(batch.tokens, loss.item())
        course.keep(epoch + 1)
        scores = {"epoch": epoch + 1, "own": evaluate(reader, own_dev, table)}
        if dev:
            scores["dev"] = evaluate(reader, dev, table)
        print(json.dumps(scores), flush=True)
    plain_products(reader)
    export(reader, options.out)


if __name__ == "__main__":
    main()
