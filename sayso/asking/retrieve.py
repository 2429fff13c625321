"""Candidates: statements that may be about a question, by vectors and by words together.

Documents come by reciprocal rank fusion; of their statements, those go on to the pair model that a readable regression
over cheap features holds likeliest. On our own and the public cases 64 so chosen hold 95% of the statements that a
question asks for, 40 by cosine alone 77%.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.asking.folding import folded_stems, stems_of_text
from sayso.asking.passages import words_of
from sayso.desk.base import Hit, View
from sayso.model.dossier import Kept
from sayso.model.statement import Form, Stance

PER_SEARCH = 80
RANK_CONSTANT = 60
"""Of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""
DOCUMENTS = 30
CANDIDATES = 64
TAKEN_BACK = 8
"""Withdrawals and corrections in the same documents that come along however far they lie."""
COSINE, DOCUMENT_COSINE = 6.0, 3.0
SHARED, SHARED_DOCUMENT = 4.8, 0.1
"""For the shares of the question's word stems that stand in the passage and in its document."""
MARKED, FIRM, SHORT = 1.9, 0.9, -0.85
"""For a marked statement rather than a plain sentence, for words that settle the stance, for a passage of few words."""
FEW_WORDS = 8


def fuse(*rankings: list[Hit]) -> dict[int, float]:
    """Statement numbers to fused scores of several rankings."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking):
            scores[hit.number] = scores.get(hit.number, 0.0) + 1 / (RANK_CONSTANT + rank)
    return scores


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may be about the question, with its vector and the cosine to the question's."""

    kept: Kept
    vector: npt.NDArray[np.float32]
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
    found = [(number, kept) for number, kept in found if kept.statement.stance is not None]
    vectors = view.vectors([number for number, _ in found])
    near = vectors @ vector
    top: dict[str, float] = {}
    for (_, kept), cosine in zip(found, near, strict=True):
        top[kept.document.hash] = max(top.get(kept.document.hash, 0.0), float(cosine))
    asked = folded_stems(question)
    texts = {kept.document.hash: kept.document.text for _, kept in found}
    shares = {name: share(asked, stems_of_text(text)) for name, text in texts.items()}
    scored = [
        (
            _likeliness(kept, asked)
            + COSINE * float(cosine)
            + DOCUMENT_COSINE * top[kept.document.hash]
            + SHARED_DOCUMENT * shares[kept.document.hash],
            Candidate(kept, own, float(cosine)),
        )
        for (_, kept), own, cosine in zip(found, vectors, near, strict=True)
    ]
    scored.sort(key=lambda pair: -pair[0])
    nearest = [one for _, one in scored[:CANDIDATES]]
    return nearest + [one for _, one in scored[CANDIDATES:] if takes_back(one.kept)][:TAKEN_BACK]


def share(asked: frozenset[str], told: frozenset[str]) -> float:
    """Share of the question's word stems that stand in a text."""
    return len(asked & told) / max(1, len(asked))


def _likeliness(kept: Kept, asked: frozenset[str]) -> float:
    statement, text = kept.statement, words_of(kept)
    return (
        SHARED * share(asked, stems_of_text(text))
        + MARKED * (statement.attribution is not None or statement.own)
        + FIRM * statement.firm
        + SHORT * (len(text.split()) < FEW_WORDS)
    )


def takes_back(kept: Kept) -> bool:
    """Whether a statement withdraws or corrects something; such words name what they take back only by "it"."""
    return kept.statement.stance is Stance.WITHDRAWS or kept.statement.form is Form.MISTAKEN
