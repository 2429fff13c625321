"""What the reading has of the gold statements of rumour cases, before any question is asked.

    python bench/readings.py [CASE_DIR …] [--show]      without any: our own cases (tests/cases and training/cases)

A gold statement is *met* when a statement of its document stands over its quote (they share half of the shorter one). Of
those the best counts: whether its source has the gold name, then its chain and its date, and whether what gold calls
withdrawn is withdrawn. What is read besides does not count: gold names only what bears on its claims. With ``--show`` each
gold statement that is not read as it should be is laid beside what was read.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from casebook import ratios

from sayso.intake.base import USUAL_MOST
from sayso.intake.registry_file import read_registry
from sayso.model.document import Document
from sayso.model.span import Span
from sayso.model.statement import Stance, Statement
from sayso.verbs.arrivals import documents_only, iter_arrivals
from sayso.verbs.models import Models
from training.pairs.cases import FOLDERS, HALF, overlap

SHARES = (("met", "gold"), ("source", "gold"), ("via", "chained"), ("date", "dated"), ("withdrawn", "withdrawals"))
Gold = dict[str, Any]


def iter_gold(case: Path) -> Iterator[Gold]:
    """Each gold statement once, whichever claims it bears on."""
    claims = json.loads((case / "gold.json").read_text("utf-8"))["claims"]
    seen = set()
    for row in (row for claim in claims for row in claim["statements"]):
        key = row["doc"], row["quote"], row["source"], row["stance"] == "withdraws"
        if key not in seen:
            seen.add(key)
            yield row


def is_over(statement: Statement, row: Gold, document: Document) -> bool:
    """Whether a statement stands over a gold quote: by place, or by words where gold trimmed the quote."""
    start = document.text.find(row["quote"])
    if start < 0:
        return overlap(row["quote"], statement.extent.quote(document.text)) >= HALF
    place = Span(start, start + len(row["quote"]))
    shared = min(place.end, statement.extent.end) - max(place.start, statement.extent.start)
    return shared >= HALF * min(len(place), len(statement.extent))


def is_named(row: Gold, name: str) -> bool:
    return any(overlap(one, name) >= HALF for one in (row["source"], *row.get("also", ())))


def is_chained(row: Gold, statement: Statement) -> bool:
    if row["via"] is None:
        return False
    via = [one.name for one in statement.via]
    return len(via) == len(row["via"]) and all(overlap(a, b) >= HALF for a, b in zip(row["via"], via, strict=True))


def is_dated(row: Gold, statement: Statement) -> bool:
    return (statement.date or "").startswith(row["date"])


def judge(row: Gold, document: Document, statements: Sequence[Statement]) -> tuple[Counter[str], Statement | None]:
    """Counts for one gold statement, and what was read in its place."""
    out = Counter(gold=1)
    withdrawal = row["stance"] == "withdraws"

    def fitness(one: Statement) -> tuple[bool, bool, bool, bool]:
        withdrawn = not withdrawal or one.stance is Stance.WITHDRAWS
        return is_named(row, one.source.name), withdrawn, is_chained(row, one), bool(row["date"]) and is_dated(row, one)

    over = [one for one in statements if is_over(one, row, document)]
    best = max(over, key=fitness, default=None)
    if best is None:
        return out, None
    named, withdrawn, chained, dated = fitness(best)
    out["met"] = 1
    if named:
        out.update(
            {"source": 1, "chained": row["via"] is not None, "via": chained, "dated": bool(row["date"]), "date": dated}
        )
        out.update({"withdrawals": withdrawal, "withdrawn": withdrawal and withdrawn})
    return out, best


def iter_read(case: Path, models: Models) -> Iterator[tuple[Gold, Document, Sequence[Statement]]]:
    """Each gold statement of a case with its document and what is read there."""
    reader = models.reader(read_registry(case / "registry.yaml"))
    documents = {one.id: one for one in documents_only(iter_arrivals([str(case / "documents.jsonl")], USUAL_MOST))}
    readings = dict(zip(documents, reader.read(list(documents.values())), strict=True))
    for row in iter_gold(case):
        yield row, documents[row["doc"]], readings[row["doc"]].statements


def score(case: Path, models: Models, *, showing: bool) -> Counter[str]:
    """Counts over the gold statements of one case."""
    total: Counter[str] = Counter()
    for row, document, statements in iter_read(case, models):
        counts, best = judge(row, document, statements)
        total += counts
        if showing:
            show(row, counts, best, document)
    return total


def show(row: Gold, counts: Counter[str], best: Statement | None, document: Document) -> None:
    """A gold statement that is not read as it should be."""
    wrong = [part for part, whole in SHARES if counts[whole] > counts[part]]
    if not wrong:
        return
    chain = " < ".join([*(row["via"] or ()), row["source"]])
    print(f"{row['doc']} {', '.join(wrong)}: {row['stance']} {chain} {row['date']}: {row['quote'][:200]!r}")
    if best is not None:
        chain = " < ".join(one.name for one in (*best.via, best.source))
        print(f"      read: {best.stance} {chain} {best.date}: {best.extent.quote(document.text)[:200]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = [path for folder in FOLDERS for path in sorted(folder.iterdir())]
    parser.add_argument("cases", nargs="*", type=Path, default=usual)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    models = Models()
    total: Counter[str] = Counter()
    print(f"{'case':28}  gold  " + "  ".join(f"{part:>9}" for part, _ in SHARES))
    for case in options.cases:
        counts = score(case, models, showing=options.show)
        total += counts
        print(f"{case.name[:27]:28}{counts['gold']:6}  {ratios(counts, SHARES)}", flush=True)
    print(f"{'all':28}{total['gold']:6}  {ratios(total, SHARES)}")


if __name__ == "__main__":
    main()
