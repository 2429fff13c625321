"""Fits the weights of sayso/reading/speakers.py: whom a pronoun means, on our own rumour cases.

    python bench/speakers.py [CASE_DIR …]       without any: our own cases (tests/cases and training/cases)

Every gold statement whose source the text gives as a pronoun, or not at all, is a lesson: the candidates that bear the gold name should
be likelier than the others (softmax over the candidates, ridge). Prints the share of right choices by the weights as they are and by
weights fitted on three quarters of the cases for each other quarter, then the weights fitted on all.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from readings import is_named, is_over, iter_read

from sayso.reading.speakers import WEIGHTS, Candidate, Stage
from sayso.verbs.models import Models
from training.pairs.cases import FOLDERS

RIDGE = 1.0
STEPS, RATE = 300, 1.2
PARTS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One pronoun: its case, the features of each candidate, and which candidates bear the gold name."""

    case: str
    table: np.ndarray
    right: np.ndarray


ASKED: dict[tuple[str, int], tuple[Sequence[Candidate], np.ndarray]] = {}
"""By text and place: the candidates of every pronoun that the reading asked about, and their features."""


def listen() -> None:
    """Makes every stage note what it is asked."""
    answer = Stage.likeliest

    def noting(self: Stage, candidates: Sequence[Candidate], place: int, pronoun: str) -> Candidate | None:
        ASKED[self._text, place] = candidates, np.array(self.features(candidates, place, pronoun))
        return answer(self, candidates, place, pronoun)

    Stage.likeliest = noting  # type: ignore[method-assign]


def choices_of(case: Path, models: Models) -> list[Choice]:
    """The pronouns of one case that gold tells the meaning of."""
    out = []
    for row, document, statements in iter_read(case, models):
        for one in statements:
            place = one.source.span or (one.cue[0] if one.cue else None)
            candidates, table = ASKED.get((document.text, place.start), ((), None)) if place else ((), None)
            if candidates and is_over(one, row, document):
                right = np.array([is_named(row, candidate.name) for candidate in candidates])
                out.append(Choice(case.name, table, right))
                break
    return out


def fit(choices: Sequence[Choice]) -> np.ndarray:
    """Weights that make the right candidates likely, by gradient ascent."""
    telling = [one for one in choices if one.right.any() and not one.right.all()]
    weights = np.zeros(len(WEIGHTS))
    for _ in range(STEPS):
        slope = -RIDGE * weights
        for one in telling:
            chance = softmax(one.table @ weights)
            wanted = chance * one.right
            slope += one.table.T @ (wanted / wanted.sum() - chance)
        weights += RATE * slope / len(telling)
    return weights


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities in the ratio of the scores' exponentials."""
    raised = np.exp(scores - scores.max())
    return raised / raised.sum()


def right(choices: Sequence[Choice], weights: Sequence[float]) -> int:
    """How many choices come out right."""
    return sum(bool(one.right[int(np.argmax(one.table @ np.array(weights)))]) for one in choices)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usual = [path for folder in FOLDERS for path in sorted(folder.iterdir())]
    parser.add_argument("cases", nargs="*", type=Path, default=usual)
    options = parser.parse_args()
    listen()
    models = Models()
    choices = [one for case in options.cases for one in choices_of(case, models)]
    cases = sorted({one.case for one in choices})
    possible = sum(bool(one.right.any()) for one in choices)
    print(
        f"{len(choices)} pronouns, {possible} with the right candidate; right by these weights {right(choices, WEIGHTS)}"
    )
    held = 0
    for part in range(PARTS):
        out = set(cases[part::PARTS])
        weights = fit([one for one in choices if one.case not in out])
        held += right([one for one in choices if one.case in out], weights)
    print(f"right on cases held out: {held}")
    print("WEIGHTS =", tuple(round(float(one), 2) for one in fit(choices)))


if __name__ == "__main__":
    main()
