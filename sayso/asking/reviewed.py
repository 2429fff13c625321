"""What the desk's people corrected, put upon what the models found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sayso.asking.match import Match
from sayso.model.dossier import Kept
from sayso.model.registry import Actor, Registry
from sayso.model.review import Act, Review, effective
from sayso.model.statement import Stance
from sayso.neural.pairs import Related

CERTAIN = 1.0


def same_question(one: str, other: str) -> bool:
    """Whether two questions are one, case and spaces aside."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


@dataclass(slots=True)
class Reviewed:
    """The reviews that count, by what they concern."""

    of_statement: dict[str, list[Review]] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    stances: dict[str, Stance] = field(default_factory=dict)
    matched: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    split: set[frozenset[str]] = field(default_factory=set)
    copies: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, reviews: Iterable[Review]) -> Reviewed:
        """Of a log; of two reviews of one matter the later counts."""
        out = cls()
        for one in effective(reviews):
            value = one.value or ""
            if one.act in (Act.WRONG, Act.STANCE):
                out.of_statement.setdefault(one.target, []).append(one)
            match one.act:
                case Act.WRONG:
                    out.wrong.add(one.target)
                case Act.STANCE:
                    out.stances[one.target] = Stance(value)
                case Act.MATCH | Act.UNMATCH:
                    out.matched.setdefault(one.target, []).append((value, one.act is Act.MATCH))
                case Act.JOIN:
                    out.joined[one.target] = value
                    out.split.discard(frozenset((one.target, value)))
                case Act.SPLIT:
                    for name, other in ((one.target, value), (value, one.target)):
                        if other in out.chain_of(name):
                            out.joined.pop(name, None)
                    out.split.add(frozenset((one.target, value)))
                case Act.COPY:
                    out.copies[one.target] = value
                case Act.UNCOPY:
                    out.copies[one.target] = None
                case Act.UNDO:
                    pass
        return out

    def registry(self, registry: Registry) -> Registry:
        """The registry with each joined name, and the aliases that it has there, as aliases of the actor or outlet it is joined to."""
        entries = {one.name: one.aliases for one in registry.actors} | {
            one.name: one.aliases for one in registry.outlets
        }
        own = {alias: name for name, aliases in entries.items() for alias in (name, *aliases)}
        gained: dict[str, tuple[str, ...]] = {}
        for name in self.joined:
            end = self._joined_to(name)
            main = own.get(end, end)
            if main != name:
                gained[main] = (*gained.get(main, ()), name, *entries.get(name, ()))
        merged = {name for names in gained.values() for name in names if name in self.joined} - gained.keys()
        actors = {one.name: one for one in registry.actors if one.name not in merged}
        outlets = {one.name: one for one in registry.outlets if one.name not in merged}
        for main, names in gained.items():
            if main in outlets and main not in actors:
                outlets[main] = replace(outlets[main], aliases=(*outlets[main].aliases, *names))
            else:
                target = actors.get(main) or Actor(main, (), None)
                actors[main] = replace(target, aliases=(*target.aliases, *names))
        return replace(registry, actors=tuple(actors.values()), outlets=tuple(outlets.values()))

    def chain_of(self, name: str) -> list[str]:
        """The names that *name* is joined to, one after the other; in a circle each once."""
        chain: list[str] = []
        at = name
        while (after := self.joined.get(at)) is not None and after not in chain:
            chain.append(after)
            at = after
        return chain

    def _joined_to(self, name: str) -> str:
        """The end of the chain of joins that begins with *name*; of a circle the name that comes first in the alphabet."""
        chain = [name, *self.chain_of(name)]
        again = self.joined.get(chain[-1])
        return chain[-1] if again is None else min(chain[chain.index(again) :])

    def copy_links(self, links: dict[str, str]) -> dict[str, str]:
        """The desk's copies with those that were marked, without those that were unmarked."""
        out = {
            copy: original
            for copy, original in links.items()
            if not (copy in self.copies and self.copies[copy] is None)
        }
        out.update({copy: original for copy, original in self.copies.items() if original is not None})
        return out

    def wanted(self, question: str) -> list[str]:
        """Ids of the statements that a person has matched to the question."""
        return [name for name in self.matched if self._verdict(name, question)]

    def noted(self, kept: Kept) -> Kept:
        """A statement with the reviews of it, and the stance that the last one set."""
        reviews = tuple(self.of_statement.get(kept.statement.id, ()))
        stance = self.stances.get(kept.statement.id)
        statement = kept.statement if stance is None else replace(kept.statement, stance=stance)
        return replace(kept, statement=statement, reviews=reviews) if reviews else kept

    def matches(self, question: str, found: Sequence[Match], marked: Iterable[Kept] = ()) -> list[Match]:
        """The matches after review: misread ones and unmatched ones gone, stances set, matched ones put in."""
        out = []
        for one in found:
            name = one.kept.statement.id
            if name in self.wrong or self._verdict(name, question) is False:
                continue
            stance = self.stances.get(name)
            out.append(one if stance is None else replace(one, stance=stance))
        held = {one.kept.statement.id for one in out}
        for kept in marked:
            statement = kept.statement
            if statement.id in held or statement.id in self.wrong:
                continue
            stance = self.stances.get(statement.id, statement.stance)
            if stance is not None:
                out.append(Match(kept, stance, CERTAIN, Related(0.0, 0.0, 0.0, 0.0)))
        return sorted(out, key=lambda one: -one.score)

    def _verdict(self, statement: str, question: str) -> bool | None:
        said = [matched for asked, matched in self.matched.get(statement, ()) if same_question(asked, question)]
        return said[-1] if said else None
