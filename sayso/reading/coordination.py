"""Several actors named in one breath: "the embassies of R in U and K", "A, who is this, and B, who is that"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.model.span import Span, trim
from sayso.reading.lexicon import Lexicon
from sayso.reading.names import EDGES, HEAD, clean_name, named_person


def iter_coordinated(span: Span, text: str, words: Lexicon) -> Iterator[tuple[str, Span]]:
    """The separate actors of a coordinated source, each with its span.

    "The embassies of R in U, K and T" gives "Embassy of R in U" and so on, all with the whole span; "A and B" gives two
    where both sides are capitalised or offices; anything else gives itself.
    """
    source = span.quote(text)
    offices = _spread_offices(source, words)
    if offices:
        yield from ((name, span) for name in offices)
        return
    joint = "|".join(map(re.escape, words.plain("coordination", "and")))
    parts: list[Span] = []
    at, last = span.start, ","
    if joint:
        for match in re.finditer(rf"\s*,?\s+(?:{joint})\s+|,\s+", source):
            parts.append(Span(at, span.start + match.start()))
            at, last = span.start + match.end(), match.group().strip()
    parts.append(Span(at, span.end))
    parts = [trim(part, text, EDGES) for part in parts]
    names = [clean_name(part.quote(text), words) for part in parts]
    pairs = zip(parts, names, strict=True)
    whole = all(len(name) > 2 and _stands_alone(part.quote(text), name, words) for part, name in pairs)
    # behind a comma may stand what a person is: "Ivo Brandt, Harbour Master, and Ana Brill"
    listed = "," not in source or (last.strip(", ") and all(_has_body(name, words) for name in names))
    if len(parts) > 1 and whole and listed:
        yield from zip(names, parts, strict=True)
        return
    described = _described_pair(span, text, joint, words) if joint else None
    yield from ((clean_name(part.quote(text), words), part) for part in described or (trim(span, text),))


def _described_pair(span: Span, text: str, joint: str, words: Lexicon) -> tuple[Span, Span] | None:
    """The two actors of "A, who is this, and B, who is that": each side names a person or a body, and either says more of it
    after a comma or the second begins like a body ("… and its dockers' federation"); None for "Ministry of Trade and Industry"."""
    source = span.quote(text)
    for match in re.finditer(rf",?\s+(?:{joint})\s+", source):
        sides = (Span(span.start, span.start + match.start()), Span(span.start + match.end(), span.end))
        heads = [side.quote(text).split(",")[0] for side in sides]
        apposed = any("," in side.quote(text).rstrip(" ,") for side in sides)
        named = [_names_actor(side.quote(text), head, words) for side, head in zip(sides, heads, strict=True)]
        if all(named) and (apposed or _begins_like_body(heads[1], words)):
            return sides
    return None


def _names_actor(side: str, head: str, words: Lexicon) -> bool:
    return _has_body(head, words) or named_person(clean_name(side, words), words) is not None


def _has_body(text: str, words: Lexicon) -> bool:
    return any(words.has("kinds", key, text) for key in ("office", "company"))


def _begins_like_body(head: str, words: Lexicon) -> bool:
    """Whether the noun of a body stands at the start: among its first words, or after an article of its own."""
    start = head.split()
    articles = words.plain("coordination", "articles")
    article = bool(start) and start[0].casefold() in articles
    body = _has_body(" ".join(start[: HEAD + article]), words)
    return body and (article or head[:1].isupper() or not articles)


def _stands_alone(part: str, name: str, words: Lexicon) -> bool:
    """Whether a part of a coordination is a name of its own: capitalised words, or a body behind its own article."""
    if _has_body(name, words):
        articles = words.plain("coordination", "articles")
        return name[:1].isupper() or part.split()[0].casefold() in articles
    return name[:1].isupper() and len(name.split()) > 1


def _spread_offices(source: str, words: Lexicon) -> list[str]:
    """ "embassies of R in U, K and T" as one name for each place; empty where the pattern does not hold."""
    plain = clean_name(source, words)
    places = "|".join(map(re.escape, words.plain("coordination", "in")))
    joint = "|".join(map(re.escape, words.plain("coordination", "and")))
    for plural, singular in sorted(words.table("coordination", "plural_offices").items(), key=lambda kv: -len(kv[0])):
        if not plain.casefold().startswith(plural + " ") or not places or not joint:
            continue
        rest = plain[len(plural) :].strip()
        match = re.search(rf"\s(?P<in>{places})\s(?P<list>.+)$", f" {rest}", re.IGNORECASE)
        if not match:
            return []
        owner = rest[: max(0, match.start() - 1)].strip()
        split = re.split(rf"\s*,\s*(?:(?:{joint})\s+)?|\s+(?:{joint})\s+", match.group("list"))
        named = [re.sub(rf"^(?:{places})\s+", "", place) for place in split if place]
        if len(named) < 2:
            return []
        return [" ".join(f"{singular} {owner} {match.group('in')} {place}".split()) for place in named]
    return []
