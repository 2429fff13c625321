"""Question to Answer: the only place that knows the order of the steps.

retrieve and weigh (gather) → match (with vetoes) → select → origins and voices → corrections → timeline → dossier.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.asking.copies import earliest, groups_of
from sayso.asking.corrections import find_corrections, find_withdrawn
from sayso.asking.disputed import find_disputed
from sayso.asking.match import Match, Thresholds, gather, match
from sayso.asking.origins import Folded, fold_origins
from sayso.asking.parts import parts_of
from sayso.asking.pasted import says_something, without_trimmings
from sayso.asking.reviewed import Reviewed
from sayso.asking.select import select
from sayso.asking.voices import Families
from sayso.desk.base import View
from sayso.model.dossier import Answer, Dossier, Line, Near
from sayso.model.edtf import instant, order_key
from sayso.neural.encoder import Encoder
from sayso.neural.pairs import PairModel

NEAR_SHOWN = 3
SHARED = 0.34
"""Share of a part's statements that an earlier dossier may hold already; above it the part asks the same again."""


class Asker:
    """Answers questions over one desk with one encoder and one pair model."""

    def __init__(self, view: View, encoder: Encoder, pairs: PairModel, limits: Thresholds | None = None) -> None:
        self._view = view
        self._encoder = encoder
        self._pairs = pairs
        self._limits = limits or Thresholds()
        self._reviewed = Reviewed.of(view.reviews())
        self._families = Families(self._reviewed.registry(view.registry()), frozenset(self._reviewed.split))

    def ask(self, question: str, lang: str) -> Answer:
        """The answer to one question in any language; without dossiers where the desk knows nothing.

        A text of several sentences or lines is asked as a whole and one by one: a part that leads to other statements
        than what stands before it gets a dossier of its own, after the first.
        """
        pieces = parts_of(question)
        question = " ".join(question.split())
        dossiers: list[Dossier] = []
        taken: list[set[str]] = []
        near: list[Near] = []
        for part in (question, *pieces):
            found, missed = self._ask_one(part, lang)
            near.extend(missed if part == question else ())
            names = set() if found is None else {one.kept.statement.id for one in found.lines}
            if found is not None and all(len(names & held) < SHARED * len(names) for held in taken):
                dossiers.append(found)
                taken.append(names)
        return Answer(question, lang, tuple(dossiers), () if dossiers else tuple(near[:NEAR_SHOWN]))

    def _ask_one(self, question: str, lang: str) -> tuple[Dossier | None, list[Near]]:
        bare = without_trimmings(question)
        evidence = gather(self._view, bare, self._encoder, self._pairs) if says_something(bare) else []
        matches, near = match(evidence, self._limits)
        marked = self._view.statements_named(self._reviewed.wanted(question))
        matches = self._reviewed.matches(question, matches, marked)
        listed = select(matches, self._families)
        if not listed:
            return None, near
        return self.dossier(question, lang, matches, listed), near

    def dossier(self, claim: str, lang: str, matches: Sequence[Match], listed: Sequence[Match]) -> Dossier:
        """The dossier of statements that are known to be about *claim*."""
        copies = self._reviewed.copy_links(self._view.copies())
        folded = fold_origins(listed, self._families, copies)
        withdrawn = find_withdrawn(listed, self._families)
        originals = _originals(listed, copies)
        lines = tuple(
            Line(
                one.kept,
                one.kept.statement.source,
                folded.voice_of[one.kept.statement.id],
                one.stance,
                folded.origin_of[one.kept.statement.id],
                originals.get(one.kept.document.hash),
                withdrawn.get(one.kept.statement.id),
                round(one.score * one.kept.statement.confidence, 4),
            )
            for one in listed
        )
        return Dossier(
            claim,
            lang,
            round(max(one.score for one in listed), 4),
            folded.sides,
            lines,
            tuple(folded.origins),
            tuple(find_corrections(listed, matches, folded, self._families)),
            _timeline(listed, folded),
            tuple(find_disputed(listed)),
        )


def _originals(listed: Sequence[Match], copies: dict[str, str]) -> dict[str, str]:
    """For each listed document that copies another: the shown id of the earliest of its group on this desk."""
    group = groups_of(copies)
    documents = {one.kept.document.hash: one.kept.document for one in listed}
    published = {name: document.published for name, document in documents.items()}
    members: dict[str, list[str]] = {}
    for name in documents:
        if name in group:
            members.setdefault(group[name], []).append(name)
    out: dict[str, str] = {}
    for names in members.values():
        first = earliest(names, published)
        out.update({name: documents[first].shown_id for name in names if name != first})
    return out


def _timeline(listed: Sequence[Match], folded: Folded) -> tuple[str, ...]:
    """Statement ids by the date of saying, oldest first."""
    ordered = sorted(
        listed,
        key=lambda one: (
            order_key(one.kept.statement.date, one.kept.document.published),
            instant(one.kept.document.published),
            one.kept.statement.extent,
        ),
    )
    return tuple(one.kept.statement.id for one in ordered)
