"""Corrections: who takes back, or calls a mistake, what was said earlier, and where that stood."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.asking.match import Match
from sayso.asking.origins import Folded
from sayso.asking.voices import Families, actor_key
from sayso.model.dossier import Correction
from sayso.model.edtf import instant, order_key
from sayso.model.statement import Kind, Stance


def _moment(one: Match) -> tuple[str, str]:
    return order_key(one.kept.statement.date, one.kept.document.published)


def find_withdrawn(listed: Sequence[Match], families: Families) -> dict[str, str]:
    """For each statement that its own actor took back later: its id to that of the withdrawal."""
    out: dict[str, str] = {}
    for later in listed:
        if later.stance is not Stance.WITHDRAWS:
            continue
        key = actor_key(later.kept.statement.source, families)
        for earlier in listed:
            mine = actor_key(earlier.kept.statement.source, families) == key
            if mine and earlier.stance is not Stance.WITHDRAWS and _moment(earlier) <= _moment(later):
                out.setdefault(earlier.kept.statement.id, later.kept.statement.id)
    return out


def find_corrections(
    listed: Sequence[Match], matches: Sequence[Match], folded: Folded, families: Families
) -> list[Correction]:
    """One correction for each correcting act, in the earliest document that carries it.

    Args:
        listed: the statements of the dossier.
        matches: all matches, those that call a thing a mistake included.
    """
    acts: dict[str, Match] = {}
    for one in sorted(listed, key=lambda one: (instant(one.kept.document.published), one.kept.document.hash)):
        if one.stance is Stance.WITHDRAWS:
            acts.setdefault(folded.origin_of[one.kept.statement.id], one)
    for one in matches:
        if one.calls_mistake:
            acts.setdefault(f"{one.kept.document.hash} {actor_key(one.kept.statement.source, families)}", one)
    out = []
    for act in acts.values():
        corrected = _corrected(act, listed, families)
        if corrected is not None:
            statement, document = act.kept.statement, act.kept.document
            quote = statement.extent.quote(document.text)
            out.append(
                Correction(
                    document.shown_id,
                    statement.source.name,
                    corrected.kept.document.shown_id,
                    quote,
                    statement.extent.start,
                    statement.extent.end,
                    _not_following(corrected, act, listed, matches, folded),
                )
            )
    return out


def _not_following(
    corrected: Match, act: Match, listed: Sequence[Match], matches: Sequence[Match], folded: Folded
) -> tuple[str, ...]:
    """Outlets that carry the corrected origin, and neither this act nor any withdrawal."""
    origin = folded.origin_of[corrected.kept.statement.id]
    carried = [one.kept.document.outlet for one in listed if folded.origin_of[one.kept.statement.id] == origin]
    told = {
        one.kept.document.outlet
        for one in matches
        if one.stance is Stance.WITHDRAWS or one.calls_mistake or one.kept.document.hash == act.kept.document.hash
    }
    return tuple(dict.fromkeys(outlet for outlet in carried if outlet and outlet not in told))


def _corrected(act: Match, listed: Sequence[Match], families: Families) -> Match | None:
    """The statement that an act corrects: the actor's own earlier one, one that its document published, else the first
    assertion."""
    earlier = [
        one for one in listed if one.stance is not Stance.WITHDRAWS and one is not act and _moment(one) <= _moment(act)
    ]
    earlier.sort(key=_moment)
    key = actor_key(act.kept.statement.source, families)
    own = [one for one in earlier if actor_key(one.kept.statement.source, families) == key]
    outlet = act.kept.document.outlet
    same_outlet = [one for one in earlier if outlet and one.kept.document.outlet == outlet]
    documents = [one for one in earlier if one.kept.statement.source.kind in (Kind.DOCUMENT,)]
    asserted = [one for one in earlier if one.stance is Stance.ASSERTS]
    for group in (own, same_outlet, documents, asserted):
        if group:
            return group[0]
    return None
