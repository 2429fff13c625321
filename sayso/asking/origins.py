"""Origins: which statements go back to one first-hand act of saying, each fold with its reason.

The rulings: relays, copies and forwards share the origin of what they pass on; an office that speaks in its own name
makes its own origin, also with words copied from another office; the same actor on two days is two origins; unnamed
sources cited together in one report are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.asking.copies import groups_of
from sayso.asking.groups import Groups
from sayso.asking.match import Match
from sayso.asking.voices import Families, actor_key, same_named, same_unnamed, told_apart
from sayso.model.document import POSTS
from sayso.model.dossier import Fold, Origin, Reason, Side
from sayso.model.edtf import day_of, days_between, instant
from sayso.model.statement import Kind, Stance

AGENCY_LINE = 120
"""Characters at a text's beginning in which an agency's line stands."""
SIGNED = (*POSTS, "press", "website", "other")
"""Channels on which a body publishes in its own name."""
RECENT = 7
"""Days within which an undated relay is taken to pass on the actor's last act."""


@dataclass(slots=True)
class Folded:
    """Origins of a dossier, the origin of each statement, and the counts of each side."""

    origins: list[Origin]
    origin_of: dict[str, str]
    voice_of: dict[str, str]
    sides: dict[Stance, Side]


@dataclass(slots=True)
class _Act:
    match: Match
    key: str
    voice: str

    @property
    def id(self) -> str:
        return self.match.kept.statement.id

    @property
    def day(self) -> str | None:
        return day_of(self.match.kept.statement.date)

    @property
    def order(self) -> tuple[str, str, str]:
        """By the day of saying, then by the time of coming out: of a post and its copy on one day the post comes first."""
        return self.day or "9999", instant(self.match.kept.document.published), self.id

    @property
    def by_outlet(self) -> bool:
        """Whether the document's own outlet speaks."""
        statement = self.match.kept.statement
        return statement.attribution is None or statement.own

    @property
    def relayed(self) -> bool:
        return bool(self.match.kept.statement.via) or not self.by_outlet

    @property
    def dated_by_text(self) -> bool:
        published = self.match.kept.document.published
        return self.day is not None and self.day != (published or "")[:10]

    @property
    def nameless(self) -> bool:
        return self.match.kept.statement.source.kind in (Kind.ANONYMOUS, Kind.PUBLIC)


def fold_origins(matches: Sequence[Match], families: Families, copies: dict[str, str]) -> Folded:
    """Folds the statements of one claim into origins and voices, stance by stance."""
    acts = [
        _Act(one, actor_key(one.kept.statement.source, families), families.voice(one.kept.statement.source))
        for one in matches
    ]
    groups = Groups()
    folds: dict[str, Fold] = {}
    shown: list[tuple[str, str]] = []
    copied = groups_of(copies)
    nameless = Counter((act.match.kept.document.hash, act.match.stance) for act in acts if act.nameless)
    for number, one in enumerate(acts):
        for other in acts[:number]:
            if one.match.stance is not other.match.stance:
                continue
            alone = nameless[one.match.kept.document.hash, one.match.stance] == 1
            alone = alone and nameless[other.match.kept.document.hash, one.match.stance] == 1
            found = _reason(one, other, families, copied, alone=alone)
            if found and groups.join(one.id, other.id):
                later = max((one, other), key=lambda act: instant(act.match.kept.document.published))
                folds[later.id] = Fold(later.id, *found)
                if found[0] is not Reason.SAME_UTTERANCE:
                    shown.append((one.id, other.id))
    return _counted(acts, groups, folds, shown, families)


def _reason(
    one: _Act, other: _Act, families: Families, copied: dict[str, str], *, alone: bool
) -> tuple[Reason, str] | None:
    """Why two acts are one; None where nothing shows it. *alone*: each is the only unnamed source of its document."""
    a, b = one.match.kept, other.match.kept
    if told_apart(a.statement.source, b.statement.source, families):
        return None
    twins = a.document.hash in copied and copied[a.document.hash] == copied.get(b.document.hash)
    if twins and one.by_outlet and other.by_outlet and one.key != other.key:
        if _signs(one, families) and _signs(other, families):
            return None
        return Reason.COPY, "nearly the same words under another name"
    same_actor = (
        one.key == other.key
        or same_named(a.statement.source, b.statement.source)
        or (one.nameless and other.nameless and same_unnamed(a.statement.source.name, b.statement.source.name))
    )
    if a.statement.source.kind is Kind.DOCUMENT and b.statement.source.kind is Kind.DOCUMENT:
        # "the document" beside "circular 88" in one report is that circular
        plain = min(a.statement.source.name, b.statement.source.name, key=len)
        same_actor = same_actor or (a.document.hash == b.document.hash and " " not in plain)
    forwarded = _forwarded(one, other)
    if forwarded:
        return forwarded
    if not same_actor:
        cited = _nameless_relay(one, other, families) if alone and one.nameless and other.nameless else None
        return cited or _same_report(one, other)
    if twins:
        return Reason.COPY, "the documents are copies"
    if one.nameless or other.nameless:
        return _nameless_relay(one, other, families)
    if a.statement.source.kind is Kind.DOCUMENT:
        return Reason.SAME_UTTERANCE, f"both quote {a.statement.source.name}"
    if one.day and one.day == other.day:
        relay = one if one.relayed else other
        if relay.relayed:
            return _relay_reason(relay)
        return Reason.SAME_UTTERANCE, f"the same actor on {one.day}"
    relay, act = (one, other) if one.relayed and not one.dated_by_text else (other, one)
    if relay.relayed and not relay.dated_by_text:
        apart = days_between(act.day, relay.day)
        if apart is not None and 0 <= apart <= RECENT:
            return _relay_reason(relay)
    return None


def _forwarded(one: _Act, other: _Act) -> tuple[Reason, str] | None:
    """A post that its format marks as forwarded, or that links to the very document in which the other stands."""
    for relay, first in ((one, other), (other, one)):
        document, origin = relay.match.kept.document, first.match.kept.document
        for edge in document.relays:
            names = (origin.outlet or "").casefold(), first.match.kept.statement.source.name.casefold()
            by_name = edge.kind == "forwarded" and bool(edge.name) and str(edge.name).casefold() in names
            by_address = (
                bool(edge.url) and edge.url == origin.url and edge.kind in ("forwarded", "source", "quote", "link")
            )
            same_words = relay.key == first.key or (by_name and relay.by_outlet)
            if same_words and (by_name or by_address) and document.hash != origin.hash:
                if edge.kind in ("forwarded", "source"):
                    return Reason.FORWARDED, f"forwarded from {edge.name or edge.url}"
                return Reason.CITES, f"links to {edge.url}"
    return None


def _relay_reason(relay: _Act) -> tuple[Reason, str]:
    statement = relay.match.kept.statement
    wire = next((mention for mention in statement.via if _in_agency_line(mention.name, relay)), None)
    if wire is not None:
        return Reason.WIRE, f"taken over from {wire.name}"
    if statement.via:
        return Reason.CITES, "through " + ", ".join(mention.name for mention in statement.via)
    return Reason.SAME_UTTERANCE, f"{relay.match.kept.document.outlet or 'the document'} reports the same saying"


def _in_agency_line(name: str, relay: _Act) -> bool:
    """Whether the text opens with the agency's name in brackets or slashes: "BRINE, May 7 (Tidewire) —"."""
    head = relay.match.kept.document.text[:AGENCY_LINE]
    return re.search(rf"[(/\[]\s*{re.escape(name)}\s*[)/\]]", head) is not None


def _signs(act: _Act, families: Families) -> bool:
    """Whether an office puts its name to what it publishes (its copies are its own acts)."""
    source = act.match.kept.statement.source
    known = any(source.name in (actor.name, *actor.aliases) for actor in families.registry.actors)
    office = source.kind is Kind.OFFICE or known or families.voice(source) != source.name
    return office and act.match.kept.document.channel in SIGNED


def _same_report(one: _Act, other: _Act) -> tuple[Reason, str] | None:
    """Unnamed sources cited together in one report are one origin."""
    together = one.match.kept.document.hash == other.match.kept.document.hash
    if together and one.nameless and other.nameless and not one.by_outlet and not other.by_outlet:
        return Reason.SAME_UTTERANCE, "unnamed sources cited together in one report"
    return None


def _nameless_relay(one: _Act, other: _Act, families: Families) -> tuple[Reason, str] | None:
    """Unnamed sources are the same where one report cites the other, both cite the same outlet, or it is one report."""
    a, b = one.match.kept, other.match.kept
    if a.document.hash == b.document.hash:
        return Reason.SAME_UTTERANCE, "cited in one report"
    for relay, first in ((a, b), (b, a)):
        outlets = {_known(families, mention.name) for mention in relay.statement.via}
        if _known(families, first.document.outlet or "") in outlets:
            return Reason.CITES, f"cites {first.document.outlet}"
        if outlets & {_known(families, mention.name) for mention in first.statement.via}:
            return Reason.CITES, "both cite " + ", ".join(sorted(outlets))
    return None


def _known(families: Families, name: str) -> str:
    return families.canonical(name) or name.casefold()


def _counted(
    acts: Sequence[_Act], groups: Groups, folds: dict[str, Fold], shown: Sequence[tuple[str, str]], families: Families
) -> Folded:
    strict = Groups()
    for pair in shown:
        strict.join(*pair)
    by_id = {act.id: act for act in acts}
    listed = groups.listed(sorted(by_id, key=lambda name: by_id[name].order))
    origins: list[Origin] = []
    origin_of: dict[str, str] = {}
    voice_of: dict[str, str] = {}
    for number, members in enumerate(listed.values(), 1):
        first = next((by_id[name] for name in members if by_id[name].by_outlet), by_id[members[0]])
        name = f"o{number}"
        for member in members:
            origin_of[member] = name
            voice_of[member] = first.voice
        origins.append(
            Origin(
                name,
                first.match.kept.statement.source.name,
                first.voice,
                first.match.stance,
                by_id[members[0]].match.kept.statement.date,
                tuple(members),
                tuple(folds[member] for member in members if member in folds),
            )
        )
    sides: dict[Stance, Side] = {}
    for stance in Stance:
        mine = [act for act in acts if act.match.stance is stance]
        roots = [one for one in origins if one.stance is stance]
        if mine:
            voices = {one.voice for one in roots}
            high = len({strict.root(act.id) for act in mine})
            nameless = {one.voice for one in roots if by_id[one.statements[0]].nameless}
            low = max(1, len(voices - nameless) or 1)
            sides[stance] = Side(len(mine), len(roots), len(voices), (min(low, len(roots)), max(high, len(roots))))
    return Folded(origins, origin_of, voice_of, sides)
