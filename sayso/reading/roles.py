"""Roles whose bearer the text names only later: "his manager said on Monday. “…,” Lena Ostrow wrote."

A news lead often says in what capacity somebody speaks and keeps the name for the second paragraph; both are one actor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.model.statement import Kind, Mention
from sayso.reading.chain import Node
from sayso.reading.lexicon import Lexicon

REACH = 600
"""Characters from the role to the name."""
LONGEST = 3
"""Words that a bare role may have."""
_PEOPLE = (Kind.PERSON, Kind.ANONYMOUS)
BESIDE = 48
"""Characters before and after a name in which its bearer's own role stands."""


def with_named_roles(nodes: Sequence[Node], text: str, words: Lexicon) -> list[Node]:
    """*nodes*, with the name in place of a role that the text gives first ("his manager", "the club").

    A person's role takes the name of the person who speaks next, unless the text gives that one another role, or none speaks before
    somebody else does. A club's or company's takes that of the body that speaks next, if the text has named it before.
    """
    sources = [source for node in nodes for source in node.sources]
    named: dict[Mention, Mention] = {}
    for number, source in enumerate(sources):
        if source.span is None or not _is_bare(source, text):
            continue
        later = [one for one in sources[number + 1 :] if one.name != source.name]
        bearer = _bearer(source, later, text, words)
        if bearer is not None:
            named[source] = replace(bearer, span=source.span)
    if not named:
        return list(nodes)
    return [replace(node, sources=tuple(named.get(source, source) for source in node.sources)) for node in nodes]


def _is_bare(source: Mention, text: str) -> bool:
    """Whether *source* is a role and nothing else: lower case, and no "a" or "an" before it."""
    assert source.span is not None
    indefinite = re.match(r"(?:an?|une?|uno|una|ein\w*)\s", source.span.quote(text), re.IGNORECASE)
    return source.name.islower() and len(source.name.split()) <= LONGEST and indefinite is None


def _bearer(role: Mention, later: Sequence[Mention], text: str, words: Lexicon) -> Mention | None:
    if words.of("kinds", "speaker").fullmatch(role.name):
        one = next((one for one in later if one.kind in _PEOPLE), None)
        return one if one and _follows(one, role) and _may_bear(role, one, text, words) else None
    if words.of("kinds", "company").fullmatch(role.name):
        one = next((one for one in later if one.kind not in (*_PEOPLE, Kind.DOCUMENT)), None)
        known = one and role.span and one.name in text[: role.span.start]
        return one if one and known and one.kind is not Kind.OUTLET and _follows(one, role) else None
    return None


def _follows(one: Mention, role: Mention) -> bool:
    """Whether *one* is a name that stands not far behind the role."""
    if one.span is None or role.span is None:
        return False
    return one.name[:1].isupper() and 0 <= one.span.start - role.span.end < REACH


def _may_bear(role: Mention, one: Mention, text: str, words: Lexicon) -> bool:
    """Whether the text gives *one* no role beside the name, or this one."""
    if one.body is not None:
        return False
    for match in re.finditer(re.escape(one.name), text):
        start, end = match.span()
        before = re.split(r"[.!?\n“”«»\"]", text[max(0, start - BESIDE) : start])[-1]
        after = re.match(r",([^,.;:“”«»\"\n]{2,48})[,.]", text[end:])
        for beside in (before, after.group(1) if after else ""):
            if words.has("kinds", "speaker", beside) or words.has("kinds", "person_noun", beside):
                return re.search(rf"(?<!\w){re.escape(role.name)}", beside, re.IGNORECASE) is not None
    return True
