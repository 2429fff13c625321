"""What circulates: statements grouped without a question, most active first.

Statements whose vectors lie close are taken to be about one thing; each group is shown by its most central words. A
simple grouping, meant for a look around: a dossier is computed by asking.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from sayso.asking.groups import Groups
from sayso.desk.base import View
from sayso.model.digest import digest
from sayso.model.dossier import Circulating

CLOSE = 0.905
"""Cosine from which two statements are about one thing; e5's cosines of unrelated news lie around 0.8."""
NEWEST = 4000
"""Statements that are looked at, newest documents first."""


def circulating(view: View, smallest: int = 2) -> list[Circulating]:
    """Groups of at least *smallest* documents, most active first."""
    hashes = [document.hash for document, _ in view.documents()]
    found = [pair for pair in view.statements_of(hashes[-NEWEST:]) if pair[1].statement.stance is not None][-NEWEST:]
    if not found:
        return []
    vectors = view.vectors([number for number, _ in found])
    groups = Groups()
    for at in range(len(found)):
        near = np.nonzero(vectors[at + 1 :] @ vectors[at] >= CLOSE)[0]
        for other in near:
            groups.join(str(at), str(at + 1 + int(other)))
    out = []
    for members in groups.listed(str(at) for at in range(len(found))).values():
        numbers = [int(member) for member in members]
        kept = [found[number][1] for number in numbers]
        documents = {one.document.hash for one in kept}
        if len(documents) < smallest:
            continue
        centre = vectors[numbers].mean(axis=0)
        middle = kept[int(np.argmax(vectors[numbers] @ centre))]
        sides = Counter(one.statement.stance for one in kept if one.statement.stance is not None)
        seen = sorted(one.seen for one in kept)
        oldest = min(kept, key=lambda one: (one.seen, one.statement.id))
        quote = middle.statement.extent.quote(middle.document.text)
        lang = middle.document.lang or "und"
        name = digest("claim", oldest.statement.id)
        out.append(Circulating(name, quote, lang, len(kept), len(documents), dict(sides), seen[0], seen[-1]))
    return sorted(out, key=lambda one: (-one.documents, -one.statements, one.id))
