"""Trains the pair model and writes sayso/neural/weights/pairs.onnx.

    python -m training.pairs.train --polarity ../shared/data/polarity --posts ../shared/data/rumour_stance \
        --retrieval ../shared/data/claim_retrieval
    python -m training.pairs.train --own-only

The shipped weights come from several runs, each starting from the one before; training/README.md has the commands. Seeded; a checkpoint is kept after every epoch in training/runs and taken up again by ``--resume``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from sayso.neural.encoder import E5Encoder
from sayso.neural.pairs import bare_ids, pair_ids
from sayso.neural.table import Table
from sayso.neural.tokens import Subwords
from training.attribution.train import RUNS
from training.batches import pad
from training.course import Course, Progress
from training.encoder.build import WEIGHTS, make_encoder, read_source
from training.export import export_int8, signature_of_text
from training.pairs.cases import iter_case_pairs, read_cases
from training.pairs.corpora import RELATED, draw, iter_retrieval_pairs, read_polarity, read_posts, read_retrieval
from training.pairs.stories import iter_story_pairs, load_stories
from training.pairs.topics import HELD_OUT, LABELS, Nearest, Pair, claims_of, iter_topic_pairs, load_topics
from training.precision import mixed_precision
from training.samples import iter_samples
from training.shipped import load_shipped
from training.torch_encoder import Encoder

SHIPPED = "shipped"
"""As the name of a run to start from: the weights that the package holds."""


class PairNetwork(nn.Module):
    """``x, mask -> logits [B, 4]`` from the first position and the mean of all."""

    def __init__(self, encoder: Encoder, width: int = 384) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.inner = nn.Linear(2 * width, width)
        self.out = nn.Linear(width, len(LABELS))
        self.register_buffer("temperature", torch.ones(()))

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(x, mask)
        real = mask.to(hidden.dtype)[:, :, None]
        pooled = torch.cat([hidden[:, 0], (hidden * real).sum(1) / real.sum(1)], -1)
        return self.out(self.dropout(torch.tanh(self.inner(self.dropout(pooled))))) / self.temperature


def take_up(network: PairNetwork, name: str) -> None:
    """Puts in the weights of an earlier run's checkpoint, or those that the package holds (SHIPPED)."""
    if name == SHIPPED:
        load_shipped(network, WEIGHTS / "pairs.onnx")
    else:
        network.load_state_dict(torch.load(RUNS / f"{name}.pt")["network"])


Row = tuple[list[int], int]


def encode(pairs: list[Pair], subwords: Subwords) -> list[Row]:
    """Ids and label of each pair."""
    parts = [bare_ids([getattr(one, key) for one in pairs], subwords) for key in ("question", "context", "statement")]
    return [(pair_ids(*row), one.label) for *row, one in zip(*parts, pairs, strict=True)]


def iter_batches(rows: list[Row], tokens: int, rng: random.Random) -> Iterator[list[Row]]:
    """Batches of like length, about *tokens* subwords each, in random order."""
    shuffled = rng.sample(rows, len(rows))
    shuffled.sort(key=lambda row: len(row[0]) // 12)
    groups: list[list[Row]] = [[]]
    for row in shuffled:
        if groups[-1] and len(row[0]) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(row)
    rng.shuffle(groups)
    yield from groups


def loss_of(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross-entropy; for pairs of unknown polarity, of being related at all."""
    logs = torch.log_softmax(logits.float(), -1)
    known = labels != RELATED
    each = torch.where(
        known,
        -logs.gather(1, labels.clamp_max(RELATED - 1)[:, None])[:, 0],
        -torch.logsumexp(logs[:, : LABELS.index("unrelated")], -1),
    )
    return each.mean()


def predict(network: PairNetwork, rows: list[Row], table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Logits and labels of *rows*."""
    network.eval()
    logits, labels = [], []
    with torch.inference_mode():
        for batch in iter_batches(rows, 4096, random.Random(0)):
            ids, mask = pad([row[0] for row in batch])
            logits.append(network(torch.from_numpy(table(ids)), torch.from_numpy(mask)).float().numpy())
            labels.extend(row[1] for row in batch)
    network.train()
    return np.concatenate(logits), np.array(labels)


def scores_of(logits: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """F1 by label, their mean, and F1 of being related."""
    best = logits.argmax(1)
    out = {}
    for number, label in enumerate(LABELS):
        hit = ((best == number) & (labels == number)).sum()
        out[label] = float(2 * hit / max(1, (best == number).sum() + (labels == number).sum()))
    out["macro"] = float(np.mean(list(out.values())))
    about, meant = best != 3, labels != 3
    out["about"] = float(2 * (about & meant).sum() / max(1, about.sum() + meant.sum()))
    return {key: round(value, 4) for key, value in out.items()}


def best_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature that makes held-out probabilities most likely (Guo et al., ICML 2017)."""

    def loss(temperature: float) -> float:
        scaled = torch.from_numpy(logits / temperature)
        return float(nn.functional.cross_entropy(scaled, torch.from_numpy(labels)))

    return min(np.arange(0.6, 4.0, 0.05), key=loss)


def near_claims(matches: list[tuple[str, str]], claims: dict[str, str]) -> dict[str, list[str]]:
    """For each query the claims that lie nearest by the packaged encoder, the right one left out."""
    encoder = E5Encoder(threads=2)
    names = list(claims)
    vectors = encoder.encode([claims[name] for name in names])
    asked = encoder.encode([query for query, _ in matches])
    out = {}
    for (query, right), vector in zip(matches, asked, strict=True):
        order = np.argsort(-(vectors @ vector))[:20]
        same = claims[right].casefold()
        out[query] = [names[i] for i in order if names[i] != right and claims[names[i]].casefold() != same]
    return out


def near_topics(topics: list[dict[str, Any]], kept: int = 14) -> Nearest:
    """For every statement the claims of other topics that lie nearest to it by the packaged encoder."""
    encoder = E5Encoder(threads=2)
    claims = claims_of(topics)
    claim_vectors = encoder.encode([claim for _, claim in claims])
    names, texts = [], []
    for topic in topics:
        for label in LABELS:
            for told in (topic.get(label) or {}).values():
                names.extend([topic["id"]] * len(told))
                texts.extend(told)
    out: Nearest = {}
    for name, text, vector in zip(names, texts, encoder.encode(texts), strict=True):
        order = np.argsort(-(claim_vectors @ vector))
        out[name, text] = [claims[i][1] for i in order if claims[i][0] != name][:kept]
    return out


def export_pairs(network: PairNetwork, place: Path) -> None:
    """Writes the network as the package reads it."""
    signature = signature_of_text("logits", 384, network.encoder.heads)
    export_int8(network, signature, place, iter_samples(WEIGHTS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polarity", type=Path)
    parser.add_argument("--posts", type=Path)
    parser.add_argument("--retrieval", type=Path)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--own-only", action="store_true", help="train on our own topics, stories and cases alone")
    only.add_argument("--public-only", action="store_true", help="train on the public corpora alone, export nothing")
    parser.add_argument(
        "--start",
        metavar="NAME",
        help=f"take the weights of an earlier run's checkpoint to begin with, or those that the package holds ({SHIPPED})",
    )
    parser.add_argument(
        "--fresh",
        nargs="*",
        default=[],
        metavar="CASE",
        help="numbers of cases of which every question is seen, whatever --share",
    )
    parser.add_argument(
        "--share", type=float, default=1.0, help="share of what stories, topics and cases tell that an epoch sees"
    )
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--freeze", type=int, default=4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--tokens", type=int, default=2048)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--polarity-each", type=int, default=4200, help="polarity pairs an epoch")
    parser.add_argument("--posts-each", type=int, default=1000, help="pairs of posts an epoch")
    parser.add_argument("--name", default="pairs")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument(
        "--stop-after", type=int, help="epochs after which to stop and export, the schedule being that of --epochs"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS / "pairs.onnx")
    options = parser.parse_args()
    if not options.own_only and not (options.polarity and options.posts and options.retrieval):
        parser.error("--polarity, --posts and --retrieval, or --own-only, are needed")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    RUNS.mkdir(exist_ok=True)
    subwords, table = Subwords(WEIGHTS / "vocabulary.npz"), Table(WEIGHTS)

    topics = load_topics()
    train_topics = [topic for number, topic in enumerate(topics) if number % HELD_OUT]
    dev_topics = [topic for number, topic in enumerate(topics) if not number % HELD_OUT]
    near_own = near_topics(topics)
    own_dev = encode(list(iter_topic_pairs(dev_topics, random.Random(7), near_own)), subwords)
    stories = load_stories()
    cases = [] if options.public_only else read_cases()
    stories_dev = encode(list(iter_story_pairs(load_stories(held_out=True), random.Random(7), others=5)), subwords)
    polarity: list[Pair] = []
    polarity_dev: list[Row] = []
    if not options.own_only:
        polarity = read_polarity(options.polarity / "train.jsonl.gz")
        posts = read_posts(options.posts / "train.jsonl")
        polarity_dev = encode(read_polarity(options.polarity / "dev.jsonl"), subwords)
        matches, claims = read_retrieval(options.retrieval)
        near = near_claims(matches, claims)

    network = PairNetwork(make_encoder(read_source()))
    network.encoder.freeze(options.freeze)
    if options.start:
        take_up(network, options.start)
    course = Course(
        network,
        encoder="encoder.",
        rate=options.rate,
        head=4,
        epochs=options.epochs,
        checkpoint=RUNS / f"{options.name}.pt",
        name="network",
    )
    done = course.resume() if options.resume else 0
    network.train()
    for epoch in range(done, min(options.epochs, options.stop_after or options.epochs)):
        rng = random.Random(options.seed * 100 + epoch)
        pairs: list[Pair] = []
        if not options.public_only:
            told = list(iter_story_pairs(stories, rng))
            pairs += rng.sample(told, round(len(told) * options.share))
            some = rng.sample(train_topics, round(len(train_topics) * options.share))
            pairs += iter_topic_pairs(some, rng, near_own, other_claims=1)
            pairs += iter_case_pairs(cases, rng, fresh=options.fresh, share=options.share)
        if not options.own_only:
            pairs += [*draw(polarity, options.polarity_each, rng), *draw(posts, options.posts_each, rng)]
            pairs += iter_retrieval_pairs(matches, claims, near, rng)
        rows = encode(pairs, subwords)
        progress = Progress(epoch, sum(len(row[0]) for row in rows))
        for batch in iter_batches(rows, options.tokens, rng):
            ids, mask = pad([row[0] for row in batch])
            with mixed_precision():
                logits = network(torch.from_numpy(table(ids)), torch.from_numpy(mask))
            loss = loss_of(logits, torch.tensor([row[1] for row in batch]))
            course.step(loss, progress.epoch)
            progress.note(int(mask.sum()), loss.item())
        logits, labels = predict(network, own_dev, table)
        report = {"epoch": epoch + 1, "own": scores_of(logits, labels), "temperature": best_temperature(logits, labels)}
        logits, labels = predict(network, stories_dev, table)
        report |= {"stories": scores_of(logits, labels), "stories_temperature": best_temperature(logits, labels)}
        if polarity_dev:
            report["polarity"] = scores_of(*predict(network, polarity_dev, table))
        print(json.dumps(report), flush=True)
        course.keep(epoch + 1)
    if options.public_only:
        return
    network.temperature.fill_(best_temperature(*predict(network, stories_dev, table)))
    export_pairs(network, options.out)


if __name__ == "__main__":
    main()
