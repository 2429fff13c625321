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
                    out.joined.pop(one.target, None)
                    out.split.add(frozenset((one.target, value)))
                case Act.COPY:
                    out.copies[one.target] = value
                case Act.UNCOPY:
                    out.copies[one.target] = None
                case Act.UNDO:
                    pass
        return out

    def registry(self, registry: Registry) -> Registry:
        """The registry with joined actors as aliases of one another."""
        actors = {one.name: one for one in registry.actors}
        outlets = {one.name for one in registry.outlets}
        for name, main in self.joined.items():
            known = next((one for one in actors.values() if main in (one.name, *one.aliases)), None)
            if known is None and main in outlets:
                continue
            target = known or Actor(main, (), None)
            actors[target.name] = Actor(target.name, (*target.aliases, name), target.parent)
        outlets_with = tuple(
            replace(one, aliases=(*one.aliases, *(name for name, main in self.joined.items() if main == one.name)))
            for one in registry.outlets
        )
        return replace(registry, actors=tuple(actors.values()), outlets=outlets_with)

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
