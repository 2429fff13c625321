"""Candidates: statements that may be about a question, by vectors and by words together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.desk.base import Hit, View
from sayso.model.dossier import Kept
from sayso.model.statement import Form, Stance

PER_SEARCH = 80
RANK_CONSTANT = 60
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""
DOCUMENTS = 30
CANDIDATES = 40
TAKEN_BACK = 8
"""Withdrawals and corrections in the same documents that come along however far they lie."""
OWN_SHARE = 0.65
"""How much a statement's own nearness weighs against that of its document's best one."""


def fuse(*rankings: list[Hit]) -> dict[int, float]:
    """Statement numbers to fused scores of several rankings."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking):
            scores[hit.number] = scores.get(hit.number, 0.0) + 1 / (RANK_CONSTANT + rank)
    return scores


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may be about the question, with the cosine of their vectors."""

    kept: Kept
    cosine: float


def retrieve(view: View, question: str, vector: npt.NDArray[np.float32]) -> list[Candidate]:
    """The likeliest statements, with those of the same documents that may refer back to them, best first."""
    fused = fuse(view.find_vectors(vector, PER_SEARCH), view.find_words(question, PER_SEARCH))
    best = sorted(fused, key=lambda number: -fused[number])
    documents: list[str] = []
    for _, kept in sorted(view.kept(best), key=lambda pair: -fused[pair[0]]):
        if kept.document.hash not in documents:
            documents.append(kept.document.hash)
    found = view.statements_of(documents[:DOCUMENTS])
    if not found:
        return []
    near = view.vectors([number for number, _ in found]) @ vector
    top: dict[str, float] = {}
    for (_, kept), cosine in zip(found, near, strict=True):
        top[kept.document.hash] = max(top.get(kept.document.hash, 0.0), float(cosine))
    scored = [
        (OWN_SHARE * float(cosine) + (1 - OWN_SHARE) * top[kept.document.hash], Candidate(kept, float(cosine)))
        for (_, kept), cosine in zip(found, near, strict=True)
    ]
    scored.sort(key=lambda pair: -pair[0])
    nearest = [one for _, one in scored[:CANDIDATES]]
    return nearest + [one for _, one in scored[CANDIDATES:] if takes_back(one.kept)][:TAKEN_BACK]


def takes_back(kept: Kept) -> bool:
    """Whether a statement withdraws or corrects something; such words name what they take back only by "it"."""
    return kept.statement.stance is Stance.WITHDRAWS or kept.statement.form is Form.MISTAKEN
