"""Pairs from public corpora (formats of shared/data/polarity, shared/data/rumour_stance and shared/data/claim_retrieval)."""

from __future__ import annotations

import gzip
import html
import json
import random
from collections.abc import Iterator
from pathlib import Path

from training.pairs.topics import LABELS, Pair

RELATED = len(LABELS)
"""Label of a pair that is about the same thing, polarity unknown."""
STANCES = {"support": "supports", "deny": "refutes", "query": "discusses", "comment": "discusses"}
SHARES = {"refutes": 0.34, "supports": 0.3, "discusses": 0.24, "unrelated": 0.12}
"""Shares of the labels in an epoch's draw: denials are the rarest in these corpora and the dearest to an answer."""


def read_polarity(path: Path) -> list[Pair]:
    """Claim and text, labelled."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Pair(row["claim"], "", row["text"], LABELS.index(row["label"])) for row in rows]


def read_posts(path: Path) -> list[Pair]:
    """Replies of a thread, each with what it answers, against the post that began it."""
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Pair(html.unescape(row["root_text"]), html.unescape(row["parent_text"]), html.unescape(row["text"]), label)
        for row in rows
        if row["parent_text"]
        for label in [LABELS.index(STANCES[row["label"]])]
    ]


def draw(pairs: list[Pair], number: int, rng: random.Random) -> list[Pair]:
    """At most *number* pairs, labels in SHARES as far as there are enough of each."""
    out: list[Pair] = []
    for label, share in SHARES.items():
        those = [pair for pair in pairs if pair.label == LABELS.index(label)]
        out += rng.sample(those, min(len(those), round(number * share)))
    return out


def read_retrieval(folder: Path) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """(query, claim id) pairs that belong together, and the texts of all claims."""

    def rows(name: str) -> Iterator[list[str]]:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        return (line.split("\t") for line in lines[1:])

    claims = {row[0]: row[1] for row in rows("verified_claims.tsv")}
    queries = {row[0]: row[1] for row in rows("train.queries.tsv")}
    return [(queries[row[0]], row[1]) for row in rows("train.qrels.tsv") if int(row[2])], claims


def iter_retrieval_pairs(
    matches: list[tuple[str, str]], claims: dict[str, str], near: dict[str, list[str]], rng: random.Random
) -> Iterator[Pair]:
    """Each query with its claim, and with two that lie near it and are others.

    Args:
        near: claim ids near each query's text, nearest first, the right one left out.
    """
    for query, claim in matches:
        yield Pair(query, "", claims[claim], RELATED)
        for other in rng.sample(near[query][:12], 2):
            yield Pair(query, "", claims[other], LABELS.index("unrelated"))
