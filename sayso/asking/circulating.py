"""What circulates: statements grouped into claims without a question, as they come, under names that stay.

A statement joins the claim of the nearest earlier statement whose vector lies close, else it begins a claim, which keeps
the name of that first statement for good (leader clustering, Hartigan 1975). A desk is grouped on from where it was left.
A simple grouping, meant for a look around: a dossier is computed by asking.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from sayso.asking.reviewed import Reviewed
from sayso.desk.base import Desk, Group, View
from sayso.model.digest import digest
from sayso.model.dossier import Circulating, Kept

CLOSE = 0.905
"""Cosine from which two statements are about one thing; e5's cosines of unrelated news lie around 0.8."""
NEIGHBOURS = 24
TOGETHER = 512
SHOWN = 400
"""Statements of a claim from which its words and sides are taken."""
LATELY = 7
"""Days over which growth is counted."""


def regroup(desk: Desk) -> int:
    """Puts the statements that came since the last time to claims; how many.

    Raises:
        DeskError: the desk cannot be written.
    """
    view, writer = desk.view(), desk.writer()
    count = 0
    while waiting := view.ungrouped(TOGETHER):
        numbers = [number for number, _ in waiting]
        put: dict[int, str] = {}
        for (number, kept), vector in zip(waiting, view.vectors(numbers), strict=True):
            near = [hit.number for hit in view.find_vectors(vector, NEIGHBOURS) if hit.score >= CLOSE]
            earlier = [other for other in near if other < number]
            claims = {**view.claims_of(earlier), **put}
            name = next((claims[other] for other in earlier if other in claims), None)
            put[number] = name or digest("claim", kept.statement.id)
        writer.add_to_claims(put.items())
        count += len(put)
    return count


def circulating(view: View, smallest: int = 2, limit: int = 50) -> list[Circulating]:
    """Claims in at least *smallest* documents, the most active first."""
    reviewed = Reviewed.of(view.reviews())
    found = [_shown(view, group, reviewed) for group in view.groups(smallest, limit, LATELY)]
    return [one for one in found if one is not None]


def claim_words(view: View, name: str) -> str | None:
    """The most central words of a claim; None where there is none of that name."""
    middle = _middle(view, view.members(name, SHOWN))
    return middle.statement.extent.quote(middle.document.text) if middle else None


def _middle(view: View, members: list[tuple[int, Kept]]) -> Kept | None:
    if not members:
        return None
    vectors = view.vectors([number for number, _ in members])
    return members[int(np.argmax(vectors @ vectors.mean(axis=0)))][1]


def _shown(view: View, group: Group, reviewed: Reviewed) -> Circulating | None:
    noted = [(number, reviewed.noted(kept)) for number, kept in view.members(group.claim, SHOWN)]
    members = [(number, kept) for number, kept in noted if not kept.misread]
    middle = _middle(view, members)
    if middle is None:
        return None
    sides = Counter(kept.statement.stance for _, kept in members if kept.statement.stance is not None)
    return Circulating(
        group.claim,
        middle.statement.extent.quote(middle.document.text),
        middle.document.lang or "und",
        group.statements,
        group.documents,
        dict(sides),
        group.first_seen,
        group.last_seen,
        group.recent,
    )
