"""How surely a statement is about a question: a few readable features, weighted.

The weights are a logistic regression over the candidates of our own cases that the pair model has not seen, fitted by
``bench/calibrate.py``; run it again when a model or the reading changes, and put its line here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.model.dossier import Kept
from sayso.model.statement import Stance
from sayso.neural.pairs import Related

LEAST = 1e-3
"""Probabilities are held this far from 0 and 1."""
SHORT = 8
"""Words below which a passage says too little to be matched by itself."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a candidate.

    Attributes:
        kept: the statement.
        vector: of its words.
        related: the pair model's relation.
        cosine: of question and statement vectors.
        best: the greatest cosine of any candidate: how near the desk comes to the question at all.
        strongest: the mean of the two greatest log-odds, over all candidates, of being about the claim.
        shared: share of the question's word stems that stand in the statement's passage, across scripts.
        shared_document: the same for its whole document.
        unnamed: whether its document lacks names of the question.
        vetoed: whether numbers or people disagree, which rules it out.
        kin: how near it lies to the candidates that are likeliest by all else (sayso.asking.kinship).
    """

    kept: Kept
    vector: npt.NDArray[np.float32]
    related: Related
    cosine: float
    best: float
    strongest: float
    shared: float
    shared_document: float
    unnamed: bool
    vetoed: bool
    kin: float = 0.0


def features(evidence: Evidence) -> tuple[float, ...]:
    """In the order of WEIGHTS, kinship left out: log-odds of being about the claim, two cosines (centred on what unrelated and
    related news reach), missing names, a marked statement rather than a plain sentence, very few words, the strongest
    log-odds, two shares of the question's words, doubt or withdrawal (both answer something that was said), one."""
    statement = evidence.kept.statement
    quote = statement.extent.quote(evidence.kept.document.text)
    return (
        about_odds(evidence.related),
        (evidence.cosine - 0.82) * 20,
        (evidence.best - 0.87) * 20,
        float(evidence.unnamed),
        float(statement.attribution is not None or statement.own),
        float(len(quote.split()) < SHORT),
        evidence.strongest,
        evidence.shared,
        evidence.shared_document,
        float(statement.stance in (Stance.QUESTIONS, Stance.WITHDRAWS)),
        1.0,
    )


FIRST = (0.63, 0.64, -0.67, -0.38, 1.54, -0.07, 0.12, 0.06, 0.78, 0.61, -3.19)
"""Weights before it is known which candidates are likeliest."""
WEIGHTS = (0.57, 0.32, -0.46, -0.4, 1.61, 0.1, 0.13, -0.67, 0.84, 0.61, -3.48, 3.3)
"""The same with kinship, the last."""


def first_odds(evidence: Evidence) -> float:
    """Log-odds of being about the question, by all but its kinship with other candidates."""
    return sum(weight * value for weight, value in zip(FIRST, features(evidence), strict=True))


def relevance(evidence: Evidence) -> float:
    """Probability, 0 to 1, that the statement is about the question."""
    values = (*features(evidence), evidence.kin)
    told = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
    return 1 / (1 + math.exp(-told))


def about_odds(related: Related) -> float:
    """Log-odds of being about the same thing, whatever side is taken."""
    return log_odds(related.about)


def log_odds(chance: float) -> float:
    """Of a probability, held LEAST away from 0 and 1."""
    held = min(max(chance, LEAST), 1 - LEAST)
    return math.log(held / (1 - held))
