"""How surely a statement is about a question: a few readable features, weighted.

The weights are a logistic regression over the candidates of our own and the public cases, fitted by
``bench/calibrate.py``; run it again when a model or the reading changes, and put its line here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sayso.model.dossier import Kept
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
        related: the pair model's relation.
        cosine: of question and statement vectors.
        best: the greatest cosine of any candidate: how near the desk comes to the question at all.
        vetoed: whether names or numbers disagree.
    """

    kept: Kept
    related: Related
    cosine: float
    best: float
    vetoed: bool


def features(evidence: Evidence) -> tuple[float, ...]:
    """In the order of WEIGHTS: log-odds of taking a side on the claim, two cosines (centred on what unrelated and
    related news reach), a veto, a marked statement rather than a plain sentence, very few words, one."""
    related = evidence.related
    statement = evidence.kept.statement
    quote = statement.extent.quote(evidence.kept.document.text)
    return (
        _log_odds(related.supports + related.refutes),
        (evidence.cosine - 0.82) * 20,
        (evidence.best - 0.87) * 20,
        float(evidence.vetoed),
        float(statement.attribution is not None or statement.own),
        float(len(quote.split()) < SHORT),
        1.0,
    )


WEIGHTS = (0.56, 0.48, 0.16, -0.58, 0.93, -1.63, -2.46)


def relevance(evidence: Evidence) -> float:
    """Probability, 0 to 1, that the statement is about the question."""
    told = sum(weight * value for weight, value in zip(WEIGHTS, features(evidence), strict=True))
    return 1 / (1 + math.exp(-told))


def _log_odds(probability: float) -> float:
    held = min(max(probability, LEAST), 1 - LEAST)
    return math.log(held / (1 - held))
