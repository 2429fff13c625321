"""Voices: the actor family for which each source speaks, up to the root of its parents or owners."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.asking.folding import disguised, fold, folded_stems, likeness
from sayso.model.registry import Actor, Registry
from sayso.model.statement import Kind, Mention

SAME_PERSON = 80
"""rapidfuzz ratio from which two folded personal names are one."""
SAME_OUTLET = 90
"""The same for an outlet's whole name."""
SAME_WORD = 74
"""The same for one word of an office's name, inflected or transliterated."""
LEAST_STEMS = 2
"""Words that a shortened name needs to stand for a registered one."""
HOPS = 12
"""Longest chain of parents that is followed; longer ones are circles."""


@dataclass(slots=True)
class Families:
    """The registry as a tree of families, with the rules for names that it does not hold."""

    registry: Registry
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs of actor names that a person has told apart."""
    _parents: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for actor in self.registry.actors:
            self._add(actor.name, actor.aliases, actor.parent)
        for outlet in self.registry.outlets:
            self._add(outlet.name, outlet.aliases, outlet.owner)
        for handle in self.registry.handles:
            self._names.setdefault(handle.handle.casefold(), handle.actor)

    def _add(self, name: str, aliases: tuple[str, ...], parent: str | None) -> None:
        self._aliases[name] = (name, *aliases)
        if parent:
            self._parents[name] = parent
        for alias in (name, *aliases):
            self._names[alias.casefold()] = name

    def canonical(self, name: str) -> str | None:
        """The registry's name for an actor or outlet: by its exact names, then by all stems of one of them.

        A name in disguise (letters of another alphabet that look alike) is nobody's but its own.
        """
        known = self._names.get(name.casefold())
        if known:
            return known
        if disguised(name):
            return None
        stems = folded_stems(name)
        for entry, aliases in self._aliases.items():
            for alias in aliases:
                if stems and stems == folded_stems(alias):
                    return entry
        return None

    def known(self, source: Mention) -> str | None:
        """The registry's name for a source; a shorter name of an office or person counts where it can mean only one
        entry ("Ministry of Transport" beside one "Ministry of Transport of Bozaral")."""
        exact = self.canonical(source.name)
        stems = folded_stems(source.name)
        if exact or source.kind not in (Kind.OFFICE, Kind.PERSON) or len(stems) < LEAST_STEMS or disguised(source.name):
            return exact
        longer = {
            entry for entry, aliases in self._aliases.items() if any(stems < folded_stems(alias) for alias in aliases)
        }
        return longer.pop() if len(longer) == 1 else None

    def root(self, name: str) -> str:
        """The end of the chain of parents or owners above a registry name."""
        at = name
        for _ in range(HOPS):
            above = self._parents.get(at)
            if above is None:
                return at
            at = self.canonical(above) or above
        return at

    def voice(self, source: Mention) -> str:
        """The family of a source; its own name where nothing tells more. Unnamed sources stand for nobody else."""
        known = self.known(source)
        if known:
            return self.root(known)
        if source.kind is Kind.ANONYMOUS or disguised(source.name):
            return source.name
        if source.body:
            return self.voice(Mention(source.body, Kind.OFFICE))
        if source.kind in (Kind.OFFICE, Kind.ORGANISATION):
            within = self._office_of(source.name)
            if within:
                return self.root(within)
        branch = self._branch_of(source.name) if source.kind is Kind.OUTLET else None
        return self.root(branch) if branch else source.name

    def _branch_of(self, name: str) -> str | None:
        """The registered actor whose whole name of two words or more an account's name holds ("Brine Bank Southshore")."""
        stems = folded_stems(name)
        held = {
            actor.name: len(parts)
            for actor in self.registry.actors
            for alias in (actor.name, *actor.aliases)
            if len(parts := folded_stems(alias)) >= LEAST_STEMS and parts < stems
        }
        return max(held, key=lambda one: held[one]) if held else None

    def _office_of(self, name: str) -> str | None:
        """The registered actor of which an unregistered office is a part.

        Either the office's name holds the whole of a registered name ("regional office of the Ministry of X"), or both
        are of one state: they share its name ("Consulate of Ormland" and "Foreign Ministry of Ormland").
        """
        stems = folded_stems(name)
        best: tuple[int, str] | None = None
        for actor in self.registry.actors:
            for alias in (actor.name, *actor.aliases):
                held = folded_stems(alias)
                if held and held <= stems and (best is None or len(held) > best[0]):
                    best = (len(held), actor.name)
        if best:
            return best[1]
        head = folded_stems(name.split(" in ")[0].split(" в ")[0])
        for actor in self.registry.actors:
            if self._state_stems(actor) & head:
                return actor.name
        return None

    def _state_stems(self, actor: Actor) -> frozenset[str]:
        """What is left of an office's names when words that stand in offices of other states too are taken away."""
        root = self.root(actor.name)
        if root == actor.name and not actor.parent:
            return frozenset()
        own = folded_stems(root) | frozenset(s for alias in actor.aliases for s in folded_stems(alias))
        generic = frozenset(
            stem for stem in own if stem in _GENERIC or any(stem in folded_stems(word) for word in _GENERIC_WORDS)
        )
        return own - generic


_UNNAMED = re.compile(
    r"\b(?:unnamed|unidentified|anonymous|неназванн\w+|безымянн\w+|анонимн\w+|неназван\w+|sin nombre|anónim\w+)\b",
    re.IGNORECASE,
)
_GENERIC_WORDS = (
    "ministry of foreign affairs", "internal affairs", "interior", "defence", "government", "embassy", "consulate",
    "general", "republic", "department", "agency", "office", "service", "council", "public", "health", "education",
    "county", "region", "state", "national", "security", "control", "министерство иностранных дел", "внутренних дел",
    "правительство", "республика", "управление", "служба", "посольство", "консульство", "генеральное", "обороны",
    "просвещения", "образования", "здравоохранения", "территориальное", "область", "национальный", "контроля", "МИД",
    "МВД", "комитет", "агентство", "юстиции", "финансов", "транспорта", "hukumat", "vazirlik", "bakanlığı", "ministerio",
)  # fmt: skip
_GENERIC = frozenset(stem for words in _GENERIC_WORDS for stem in folded_stems(words))


def told_apart(one: Mention, other: Mention, families: Families) -> bool:
    """Whether a person has said that these two are not one actor."""
    return frozenset((one.name, other.name)) in families.apart


def actor_key(source: Mention, families: Families) -> str:
    """What makes two mentions the same actor: the registry's name, else the folded words of the name."""
    known = families.known(source)
    if known:
        return known
    if disguised(source.name):
        return source.name
    return " ".join(sorted(folded_stems(source.name))) or source.name


def same_named(one: Mention, other: Mention) -> bool:
    """Whether two named actors are one across scripts and languages: people by their whole names, documents where
    one name holds the other, offices by at least two proper names that stand in both ("Consulate of Ormland in Brine")."""
    from rapidfuzz import fuzz

    if disguised(one.name) or disguised(other.name):
        return one.name == other.name
    if one.kind is Kind.PERSON and other.kind is Kind.PERSON:
        return fuzz.token_sort_ratio(fold(one.name), fold(other.name)) >= SAME_PERSON
    if one.kind is Kind.DOCUMENT and other.kind is Kind.DOCUMENT:
        return likeness(one.name, other.name) == 1
    if one.kind is Kind.OUTLET and other.kind is Kind.OUTLET:
        return fuzz.ratio(fold(one.name), fold(other.name)) >= SAME_OUTLET
    if one.kind is not Kind.OFFICE or other.kind is not Kind.OFFICE:
        return False
    a, b = _proper_names(one.name), _proper_names(other.name)
    if min(len(a), len(b)) < 2 or abs(len(a) - len(b)) > 1:
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return all(any(fuzz.ratio(word, known) >= SAME_WORD for known in long) for word in short)


def _proper_names(name: str) -> list[str]:
    """Folded capitalised words of an office's name, the words for offices left out."""
    words = [word for word in re.findall(r"\w+", name) if word[0].isupper()]
    return [fold(word) for word in words if not folded_stems(word) & _GENERIC]


def same_unnamed(one: str, other: str) -> bool:
    """Whether two descriptions of unnamed sources may mean one person."""
    return likeness(_UNNAMED.sub(" ", one), _UNNAMED.sub(" ", other)) >= 0.6
