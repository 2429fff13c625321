"""The product's retrieval and matching over a list of claims, in the files of CLEF CheckThat! 2020, task 2.

    python bench/claim_retrieval.py --documents verified_claims.tsv --queries dev.queries.tsv --out RUN.tsv
    python bench/claim_retrieval.py --documents … --queries train.queries.tsv --fit train.qrels.tsv     (prints the weights)

Each claim is put on a desk in memory as a document with one statement, its vector that of a passage (claim and title); a query
is answered by the desk's word and vector searches, and their best by the pair model. RUN.tsv has lines of query_id, doc_id,
score. The weights of cosine and words beside each other were chosen on the training queries; those of the pair model, which
has learned from these, on the dev queries.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from logistic import fit
from tqdm import tqdm

from sayso.asking.pasted import without_trimmings
from sayso.asking.relevance import log_odds
from sayso.desk.base import Entry, View
from sayso.desk.sqlite import SqliteDesk
from sayso.desk.vectors import to_int8
from sayso.model.document import Document
from sayso.model.span import Span
from sayso.model.statement import Kind, Mention, Reading, Stance, Statement, statement_id
from sayso.neural.encoder import E5Encoder
from sayso.neural.pairs import Passage
from sayso.verbs.models import Models

WEIGHTS = (100.0, 1.0, 0.2, 0.06)
"""Of cosine, word score, log-odds of being related by the claim, and by the title. What --fit prints for the training
queries trusts the pair model too much, which has learned from them."""
RIDGE = 0.01
SEARCHED = 60
PAIRED = 16
"""Candidates that the pair model sees; the others keep what the searches gave them."""


def rows(path: Path) -> list[list[str]]:
    """The fields of a tab-separated file without its header line."""
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]


def make_desk(claims: list[list[str]]) -> SqliteDesk:
    """A desk in memory with a document for each claim: title and claim."""
    desk = SqliteDesk(":memory:")
    encoder = E5Encoder(prefix="passage: ")
    writer = desk.writer()
    for at in tqdm(range(0, len(claims), 256), desc="claims", file=sys.stderr):
        some = claims[at : at + 256]
        texts = [f"{row[1]} {row[2]}" if len(row) > 2 else row[1] for row in some]
        vectors = to_int8(encoder.encode(texts))
        for number, (row, text) in enumerate(zip(some, texts, strict=True)):
            document = Document(text=text, url=f"claim:{row[0]}", id=row[0])
            whole = Span(0, len(text))
            statement = Statement(
                id=statement_id(document.hash, (), None, (), (whole,), 0),
                document=document.hash,
                attribution=None,
                source=Mention("claim", Kind.OUTLET),
                content=(whole,),
                extent=whole,
                stance=Stance.ASSERTS,
            )
            reading = Reading(document.hash, "bench", "en", (), (statement,))
            writer.add(Entry(document, reading, vectors[number : number + 1], encoder.name))
    return desk


def candidates(
    view: View, query: str, models: Models, claims: dict[str, tuple[str, str]]
) -> Iterator[tuple[str, tuple[float, ...]]]:
    """(claim id, features) of the likeliest claims."""
    asked = without_trimmings(query)
    vector = models.encoder.encode([query])[0]
    words = {hit.number: hit.score for hit in view.find_words(asked, SEARCHED)}
    near = [hit.number for hit in view.find_vectors(vector, SEARCHED)]
    numbers = list(dict.fromkeys([*near, *words]))
    cosines = dict(zip(numbers, view.vectors(numbers) @ vector, strict=True))
    kept = dict(view.kept(numbers))
    rough = sorted(numbers, key=lambda n: -(WEIGHTS[0] * cosines[n] + WEIGHTS[1] * words.get(n, 0.0)))
    seen = rough[:PAIRED]
    names = [kept[number].document.id or "" for number in rough]
    texts = [Passage(claims[name][0]) for name in names[:PAIRED]] + [
        Passage(claims[name][1]) for name in names[:PAIRED]
    ]
    related = models.pairs.relate(asked, texts)
    for at, number in enumerate(rough):
        by_claim = log_odds(related[at].about) if at < len(seen) else -6.9
        by_title = log_odds(related[at + len(seen)].about) if at < len(seen) else -6.9
        yield names[at], (float(cosines[number]), words.get(number, 0.0), by_claim, by_title)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--fit", type=Path, metavar="QRELS")
    parser.add_argument("--limit", type=int, help="queries, for a trial")
    options = parser.parse_args()
    if not options.out and not options.fit:
        parser.error("--out FILE or --fit QRELS is needed")
    models = Models()
    listed = rows(options.documents)
    claims = {row[0]: (row[1], row[2] if len(row) > 2 else row[1]) for row in listed}
    view = make_desk(listed).view()
    right = {(row[0], row[1]) for row in rows(options.fit)} if options.fit else set()
    lines: list[str] = []
    table: list[tuple[float, ...]] = []
    labels: list[float] = []
    for query, text in tqdm(
        [row[:2] for row in rows(options.queries)][: options.limit], desc="queries", file=sys.stderr
    ):
        for name, features in candidates(view, text, models, claims):
            score = sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
            lines.append(f"{query}\t{name}\t{score:.5f}")
            table.append(features)
            labels.append(float((query, name) in right))
    if options.fit:
        weights = fit(np.column_stack([table, np.ones(len(table))]), np.array(labels), RIDGE)
        print("WEIGHTS =", tuple(round(float(one), 2) for one in weights[:-1]))
    if options.out:
        options.out.write_text("query_id\tdoc_id\tscore\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
