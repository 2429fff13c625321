"""Precision and recall of copy detection, on copies made of our own texts by edits of growing strength.

    python bench/copies.py [CASE_DIR …] [--json]      without any: all our own cases and the example

Every document of the cases that its case does not call a copy goes on a desk. Then, for each kind and strength of edit, one copy of each
is looked up as ``sayso add`` does (bands, then alignment). Found right: its original; found wrong: another document. The last line looks up
each document among the others, most of which tell of the same affair: whatever is found there is wrong. The time of a lookup at
growing sizes is in bench/scale.py.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from sayso.asking.copies import bands_of, original_of
from sayso.desk.base import Entry
from sayso.desk.sqlite import SqliteDesk
from sayso.desk.vectors import DIM
from sayso.model.document import Document
from sayso.model.statement import Reading
from sayso.verbs.add import Added, Keeper
from training.pairs.cases import FOLDERS

ROOT = Path(__file__).parents[1]
LEAD = "This reached our newsroom today; we pass it on as it came, without having looked into it ourselves."
STRENGTHS = (0.05, 0.1, 0.2, 0.3, 0.4)

Edit = Callable[[str, float, random.Random, Sequence[str]], str]


def change_words(text: str, share: float, chance: random.Random, others: Sequence[str]) -> str:
    """A *share* of the words, each left out or put in the place of a word of another text."""
    words = []
    for word in text.split():
        if chance.random() >= share:
            words.append(word)
        elif chance.random() < 0.5:
            words.append(chance.choice(others))
    return " ".join(words)


def change_lead(text: str, share: float, chance: random.Random, others: Sequence[str]) -> str:
    """A *share* at the beginning taken away, another lead in its place."""
    words = text.split()
    return f"{LEAD} {' '.join(words[int(share * len(words)) :])}"


def cut(text: str, share: float, chance: random.Random, others: Sequence[str]) -> str:
    """A *share* at the end taken away."""
    words = text.split()
    return " ".join(words[: len(words) - int(share * len(words))])


def reorder(text: str, share: float, chance: random.Random, others: Sequence[str]) -> str:
    """A *share* of the sentences put elsewhere."""
    sentences = text.replace("\n", " ").split(". ")
    moved = [sentences.pop(chance.randrange(len(sentences))) for _ in range(int(share * len(sentences)))]
    for one in moved:
        sentences.insert(chance.randrange(len(sentences) + 1), one)
    return ". ".join(sentences)


EDITS: dict[str, Edit] = {"words changed": change_words, "lead changed": change_lead, "end cut": cut, "reordered": reorder}  # fmt: skip


@dataclass(slots=True)
class Told:
    """What lookups found."""

    right: int = 0
    wrong: int = 0
    asked: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.asked)


def originals_of(case: Path) -> list[Document]:
    """The documents of a case, of each group of copies the first alone."""
    rows = [json.loads(line) for line in (case / "documents.jsonl").read_text("utf-8").splitlines()]
    groups = json.loads((case / "gold.json").read_text("utf-8")).get("copies") or []
    copies = {name for group in groups for name in group[1:]}
    return [Document(text=row["text"], id=f"{case.name}/{row['id']}") for row in rows if row["id"] not in copies]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = [
        one
        for folder in (*FOLDERS, ROOT / "examples")
        for one in sorted(folder.iterdir())
        if (one / "documents.jsonl").exists()
    ]
    parser.add_argument("cases", nargs="*", type=Path, default=usual)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    documents = [one for case in options.cases for one in originals_of(case)]
    others = " ".join(one.text for one in documents).split()
    rows: dict[str, Told] = {}
    with SqliteDesk(":memory:") as desk:
        keeper = Keeper(desk, Added())
        for one in documents:
            # without a reading: only copies are asked for
            keeper.keep(Entry(one, Reading(one.hash, "none", "en", (), ()), np.zeros((0, DIM), np.int8), "none"))
        view = desk.view()

        def look_up(told: Told, copy: Document, original: str | None) -> None:
            found = original_of(copy, view.documents_in_bands(bands_of(copy.text)))
            told.asked += 1
            told.right += found is not None and found[0] == original
            told.wrong += found is not None and found[0] != original

        kinds = [(name, share) for name in EDITS for share in STRENGTHS]
        for name, share in tqdm(kinds, disable=None):
            chance = random.Random(f"{name} {share}")
            told = rows[f"{name} {share:.0%}"] = Told()
            for one in documents:
                edited = EDITS[name](one.text, share, chance, others)
                if edited.split() != one.text.split():
                    look_up(told, replace(one, text=edited, id=f"{one.id} copied"), one.hash)
        alone = rows["no copy: the others"] = Told()
        for one in documents:
            look_up(alone, one, None)
    for name, told in rows.items():
        row = {"edit": name, "asked": told.asked, "right": told.right, "wrong": told.wrong}
        if options.json:
            print(json.dumps(row))
        elif name.startswith("no copy"):
            print(f"{name:24} {told.wrong} of {told.asked} taken for copies")
        else:
            print(f"{name:24} precision {told.precision:.3f}  recall {told.recall:.3f}  ({told.asked})")


if __name__ == "__main__":
    main()
