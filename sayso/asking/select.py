"""One statement for each actor, stance and document; what an outlet merely leads in with is not its own."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.asking.match import Match
from sayso.asking.voices import Families, actor_key
from sayso.model.statement import Kind, Stance


def select(matches: Sequence[Match], families: Families) -> list[Match]:
    """The matches that a dossier lists.

    - Of one actor in one document, the clearest statement of each stance; a withdrawal swallows the same actor's other
      statements there (why it was wrong belongs to it), and of assertion and denial the likelier stays.
    - A plain sentence of a document that attributes the matter to somebody is not the outlet's own.
    - A body and the named person who speaks for it in one document are one statement, the person's.
    - Calling a thing a mistake corrects it; it is no statement against it.
    """
    best: dict[tuple[str, str], dict[Stance, Match]] = {}
    attributed = {one.kept.document.hash for one in matches if one.kept.statement.attribution is not None}
    for one in matches:
        statement = one.kept.statement
        if one.calls_mistake:
            continue
        if statement.attribution is None and not statement.own and one.kept.document.hash in attributed:
            continue
        key = (one.kept.document.hash, actor_key(statement.source, families))
        held = best.setdefault(key, {})
        if one.stance not in held or _clarity(one) > _clarity(held[one.stance]):
            held[one.stance] = one
    out: list[Match] = []
    for held in best.values():
        if Stance.WITHDRAWS in held:
            held = {Stance.WITHDRAWS: held[Stance.WITHDRAWS]}
        elif Stance.ASSERTS in held and Stance.DENIES in held:
            weaker = min(held[Stance.ASSERTS], held[Stance.DENIES], key=_clarity)
            held = {stance: one for stance, one in held.items() if one is not weaker}
        if Stance.QUESTIONS in held and len(held) > 1:
            held = {stance: one for stance, one in held.items() if stance is not Stance.QUESTIONS}
        out.extend(held.values())
    out = [one for one in out if not _spoken_for(one, out, families)]
    return sorted(out, key=lambda one: -one.score)


def _spoken_for(one: Match, listed: Sequence[Match], families: Families) -> bool:
    """Whether a body's statement is told again by a named person who speaks for it in the same document."""
    source = one.kept.statement.source
    if source.kind is Kind.PERSON or one.kept.statement.attribution is None:
        return False
    voice = families.voice(source)
    return any(
        other.kept.document.hash == one.kept.document.hash
        and other.stance is one.stance
        and other.kept.statement.source.kind is Kind.PERSON
        and families.voice(other.kept.statement.source) == voice
        for other in listed
    )


def _clarity(one: Match) -> float:
    """How clearly a passage carries its stance: words that settle it first, then the models' certainty."""
    told = (
        max(one.related.supports, one.related.refutes) if one.stance in (Stance.ASSERTS, Stance.DENIES) else one.score
    )
    return told + 0.1 * one.kept.statement.confidence + float(one.kept.statement.firm)
