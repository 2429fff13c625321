"""Scores rumour cases claim by claim, and shows what is missing, wrong or too much in each dossier.

    python bench/casebook.py [CASE_DIR …] [--show]      without any: our own cases (tests/cases)

A question counts as found where its own claim fits best; statements and sides of questions that go unanswered count as missed. With
--show each question's dossier is laid beside the gold, statement by statement.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sayso.api import Desk
from sayso.model.dossier import Answer, Dossier, Line
from sayso.verbs.models import Models
from training.pairs.cases import overlap

ROOT = Path(__file__).parents[1]
SHARES = (("found", "asks"), ("abstained", "unknown"), ("hit", "statements"), ("hit", "listed"), ("counted", "sides"))
ALIKE = 0.45
"""Share of common words from which two names are taken for one."""


def pair(gold: Sequence[dict[str, Any]], lines: Sequence[Line]) -> list[tuple[dict[str, Any], Line]]:
    """Gold statements with the lines that tell them: same document, stance and source."""
    pairs, used = [], set()
    for row in gold:
        names = (row["source"], *row.get("also", ()))
        fits = [
            (max(overlap(name, line.source.name) for name in names), number)
            for number, line in enumerate(lines)
            if number not in used and line.kept.document.shown_id == row["doc"] and line.stance == row["stance"]
        ]
        if fits and max(fits)[0] > ALIKE:
            used.add(max(fits)[1])
            pairs.append((row, lines[max(fits)[1]]))
    return pairs


def sides_of(dossier: Dossier) -> dict[str, tuple[int, int]]:
    """Origins and voices of each side."""
    return {str(stance.value): (side.origins, side.voices) for stance, side in dossier.sides.items()}


def show(gold: dict[str, Any], dossier: Dossier, pairs: Sequence[tuple[dict[str, Any], Line]]) -> None:
    """What is missing (-), too much (+) and as it should be (=), and the sides that differ."""
    hit = {line.kept.statement.id for _, line in pairs}
    rows = {id(row) for row, _ in pairs}
    for row, line in pairs:
        via = [one.name for one in line.kept.statement.via]
        told = f"   = {row['doc']} {row['stance']} {row['source']} {row['date']}"
        odd = [] if via == row["via"] else [f"via {via} not {row['via']}"]
        odd += [] if line.kept.statement.date == row["date"] else [f"date {line.kept.statement.date}"]
        print(told, "; ".join(odd))
    for row in gold["statements"]:
        if id(row) not in rows:
            print(f"   - {row['doc']} {row['stance']} {row['source']}: {row['quote'][:140]!r}")
    for line in dossier.lines:
        if line.kept.statement.id not in hit:
            quote = line.kept.statement.extent.quote(line.kept.document.text)
            print(
                f"   + {line.kept.document.shown_id} {line.stance.value} {line.source.name}: {quote[:140]!r} ({line.confidence})"
            )
    want = {key: (side["origins"], side["voices"]) for key, side in gold["sides"].items()}
    have = sides_of(dossier)
    for key in sorted(want | have):
        if want.get(key) != have.get(key):
            print(f"   ! {key}: {have.get(key)} not {want.get(key)}")


def score(case: Path, models: Models, *, showing: bool) -> Counter[str]:
    """Counts over the questions of one case."""
    gold = json.loads((case / "gold.json").read_text("utf-8"))
    out: Counter[str] = Counter()
    with Desk(":memory:", models=models) as desk:
        desk.add(case / "documents.jsonl", registry=case / "registry.yaml")
        for claim in gold["claims"]:
            for ask in claim["ask"]:
                answer = desk.ask(ask["text"])
                out["asks"] += 1
                want = {key: (side["origins"], side["voices"]) for key, side in claim["sides"].items()}
                out["statements"] += len(claim["statements"])
                out["sides"] += len(want)
                if showing:
                    print(f"{case.name} {claim['id']} [{ask['lang']}] {ask['text']}")
                for dossier in answer.dossiers[:1]:
                    pairs = pair(claim["statements"], dossier.lines)
                    rivals = [
                        len(pair(one["statements"], dossier.lines)) / max(1, len(one["statements"]))
                        for one in gold["claims"]
                    ]
                    mine = len(pairs) / max(1, len(claim["statements"]))
                    out["found"] += mine == max(rivals) and mine > 0
                    out["hit"] += len(pairs)
                    out["listed"] += len(dossier.lines)
                    out["counted"] += sum(sides_of(dossier).get(key) == value for key, value in want.items())
                    if showing:
                        show(claim, dossier, pairs)
                if showing and not answer.found:
                    near(answer)
        for ask in gold["unknown"]:
            answer = desk.ask(ask["text"])
            out["unknown"] += 1
            out["abstained"] += not answer.found
            if showing and answer.found:
                print(f"{case.name} unknown [{ask['lang']}] {ask['text']}: answered")
                for line in answer.dossiers[0].lines:
                    quote = line.kept.statement.extent.quote(line.kept.document.text)
                    print(
                        f"   + {line.kept.document.shown_id} {line.stance.value} {line.source.name}: {quote[:140]!r} ({line.confidence})"
                    )
    return out


def near(answer: Answer) -> None:
    """The near misses of a question that found nothing."""
    print("   nothing known")
    for one in answer.near:
        print(f"   ~ {one.claim[:140]!r} ({one.score})")


def ratios(counts: Counter[str], shares: Sequence[tuple[str, str]] = SHARES) -> str:
    """The figures of one case, or of all: each (part, whole) of *shares*."""
    return "  ".join(f"{counts[part] / max(1, counts[whole]):9.3f}" for part, whole in shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", type=Path, default=sorted((ROOT / "tests" / "cases").iterdir()))
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    models = Models()
    total: Counter[str] = Counter()
    print(f"{'case':28}     found  abstained     recall  precision  counts")
    for case in options.cases:
        counts = score(case, models, showing=options.show)
        total += counts
        print(f"{case.name[:27]:28}{ratios(counts)}", flush=True)
    print(f"{'all':28}{ratios(total)}")


if __name__ == "__main__":
    main()
