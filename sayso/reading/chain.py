"""Chains: which attribution relays which, from nesting and from the sentences around."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.model.span import Span, cover
from sayso.model.statement import Kind, Mention, Statement
from sayso.reading.attribution import Found
from sayso.reading.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Node:
    """An attribution with what its words are: the cue as text, the resolved sources."""

    found: Found
    cue_text: str
    sources: tuple[Mention, ...]

    @property
    def cue(self) -> Span:
        """The first cue span."""
        return self.found.cue[0]

    def is_relay_kind(self) -> bool:
        """Whether its source is an outlet."""
        return any(source.kind is Kind.OUTLET for source in self.sources)


class Beside:
    """Which of many spans overlap, found among their neighbours by place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._order = sorted(range(len(spans)), key=lambda number: spans[number].start)
        self._longest = max((span.end - span.start for span in spans), default=0)

    def near(self, number: int) -> list[int]:
        """The others that overlap with this one, in their own order."""
        span = self._spans[number]
        low = bisect_left(self._order, span.start - self._longest, key=lambda at: self._spans[at].start)
        high = bisect_right(self._order, span.end, key=lambda at: self._spans[at].start)
        return sorted(at for at in self._order[low:high] if at != number and self._spans[at].end >= span.start)


def find_parents(nodes: Sequence[Node], words: Lexicon) -> list[int | None]:
    """For each attribution the one that relays it, or None.

    A relay is the smallest attribution whose content holds the other's cue. Where two share their content, the citing
    one ("citing 12news") is inside, and an outlet relays whoever is not one.
    """
    parents: list[int | None] = [None] * len(nodes)
    beside = Beside([cover((*one.found.source, *one.found.cue, *one.found.content)) for one in nodes])
    for number, node in enumerate(nodes):
        best: int | None = None
        for other in beside.near(number):
            outer = nodes[other]
            if not outer.sources or not _relays(outer, node, words):
                continue
            if best is None or _size(outer) < _size(nodes[best]):
                best = other
        parents[number] = best
    for number in range(len(nodes)):
        _break_cycle(parents, number)
    return parents


def chain_of(number: int, parents: Sequence[int | None]) -> list[int]:
    """The relays of an attribution, outermost (nearest to the reader) first."""
    chain: list[int] = []
    at = parents[number]
    while at is not None:
        chain.append(at)
        at = parents[at]
    return chain[::-1]


def relays_whole(number: int, nodes: Sequence[Node], parents: Sequence[int | None]) -> bool:
    """Whether an attribution only passes on what others say: what it relays fills most of its content."""
    inside = [node for at, node in enumerate(nodes) if parents[at] == number and node.sources]
    if not inside:
        return False
    own = nodes[number].found.content
    total = sum(span.end - span.start for span in own)
    held = 0
    for span in own:
        taken = [False] * (span.end - span.start)
        for node in inside:
            for part in (*node.found.content, *node.found.source, *node.found.cue):
                for at in range(max(part.start, span.start), min(part.end, span.end)):
                    taken[at - span.start] = True
        held += sum(taken)
    return held * 2 >= total


def _relays(outer: Node, inner: Node, words: Lexicon) -> bool:
    if _cites_source(outer, inner, words):
        return True
    holds = any(span.holds(inner.cue) for span in outer.found.content)
    held = any(span.holds(outer.cue) for span in inner.found.content)
    if holds or held:
        return holds and not (held and _size(outer) < _size(inner))
    if any(source.overlaps(span) for source in inner.found.source for span in outer.found.content) and words.has(
        "cue", "citing", outer.cue_text
    ):
        return True
    if _shared(outer, inner) < 0.5:
        return False
    inner_cites = words.has("cue", "citing", inner.cue_text)
    outer_cites = words.has("cue", "citing", outer.cue_text)
    if inner_cites != outer_cites:
        agency = outer.is_relay_kind() or any(words.has("kinds", "outlet", source.name) for source in outer.sources)
        if outer_cites and agency and not inner.is_relay_kind():
            return True
        near = cover(outer.found.cue).gap(cover(inner.found.cue)) < 64
        return inner_cites and near
    return outer.is_relay_kind() and not inner.is_relay_kind()


def _cites_source(outer: Node, inner: Node, words: Lexicon) -> bool:
    """ "X, referring to Y, claimed": the content of X's citing is Y, the source of the claim."""
    if not words.has("cue", "citing", outer.cue_text) or not inner.found.source:
        return False
    source = inner.found.source[0]
    held = sum(max(0, min(source.end, b) - max(source.start, a)) for a, b in outer.found.content)
    return held * 5 >= 4 * (source.end - source.start) and _size(outer) <= 2 * (source.end - source.start)


def _shared(one: Node, other: Node) -> float:
    """Share of the smaller content that both have."""
    common = 0
    for a in one.found.content:
        for b in other.found.content:
            common += max(0, min(a.end, b.end) - max(a.start, b.start))
    return common / max(1, min(_size(one), _size(other)))


def _size(node: Node) -> int:
    return sum(span.end - span.start for span in node.found.content)


def _break_cycle(parents: list[int | None], start: int) -> None:
    seen = {start}
    at: int | None = start
    while at is not None and parents[at] is not None:
        if parents[at] in seen:
            parents[at] = None
            return
        at = parents[at]
        if at is not None:
            seen.add(at)


def with_inherited_chains(statements: list[Statement]) -> list[Statement]:
    """Gives a statement without chain the chain of the same actor's other words in the document: one interview, one
    relay, though the text names it once."""
    chains: dict[str, tuple[Mention, ...]] = {}
    for one in statements:
        if len(one.via) > len(chains.get(one.source.name, ())):
            chains[one.source.name] = one.via
    return [
        replace(one, via=chains[one.source.name])
        if len(one.via) < len(chains.get(one.source.name, ())) and not one.own
        else one
        for one in statements
    ]


def without_inner_attitudes(statements: list[Statement], outlet: Mention) -> list[Statement]:
    """Drops a speaker's own attitudes inside the same speaker's quoted words ("I think" inside "…", she said)."""
    out = []
    beside = Beside([cover((*one.cue, *one.content)) if one.cue else one.extent for one in statements])
    for number, one in enumerate(statements):
        inside = any(
            (other := statements[at]).via == one.via
            and (other.source.name == one.source.name or one.source.name == outlet.name)
            and one.cue
            and any(span.holds(one.cue[0]) for span in other.content)
            for at in beside.near(number)
        )
        if not inside:
            out.append(one)
    return out
