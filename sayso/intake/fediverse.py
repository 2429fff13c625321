"""Posts of Mastodon and Bluesky as their interfaces give them: one, a list, or a thread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, decode, opens_json
from sayso.intake.json_text import parse_json
from sayso.intake.posts import link_relays, moment, post, strings
from sayso.model.document import Relay

_MASTODON = re.compile(rb'"(?:in_reply_to_id|reblogs_count|spoiler_text|acct)"\s*:')
_BLUESKY = re.compile(rb'"at://did:|app\.bsky\.')
_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p[^>]{0,100}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HREF = re.compile(r'href="([^"]{1,2000})"')
DEEPEST = 50


class Mastodon:
    """A status a document; boosts, replies and links become relays."""

    name = "mastodon"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the fields of a status."""
        return opens_json(head) and b'"content"' in head and bool(_MASTODON.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """Every status, in order."""
        value = parse_json(decode(source), source.name)
        rows = value if isinstance(value, list) else [value]
        for number, row in enumerate(rows, 1):
            where = f"{source.name}, post {number}"
            if isinstance(row, dict):
                yield _status(row, where)
            else:
                yield InputRefused("no post", where=where, remedy="save the post again")


def _status(row: dict[str, Any], where: str) -> Parsed:
    relays = []
    told = row
    again = row.get("reblog")
    if isinstance(again, dict):
        relays.append(Relay("forwarded", _account(again), strings(again, "url") or strings(again, "uri")))
        told = again
    content = strings(told, "content") or ""
    mentioned = row.get("mentions")
    if row.get("in_reply_to_id") and isinstance(mentioned, list) and mentioned:
        relays.append(Relay("reply", strings(mentioned[0], "acct"), strings(mentioned[0], "url")))
    links = [one for one in _HREF.findall(content) if "/@" not in one and "/tags/" not in one]
    return post(
        unescape(_TAG.sub("", _BREAK.sub("\n\n", content))),
        where,
        outlet=_account(row),
        channel="other",
        url=strings(row, "url") or strings(row, "uri"),
        author=strings(row, "account", "acct"),
        lang=strings(row, "language"),
        published=moment(row.get("created_at")),
        identifier=strings(row, "id"),
        relays=[*relays, *link_relays([unescape(one) for one in links])],
    )


def _account(row: dict[str, Any]) -> str | None:
    return strings(row, "account", "display_name") or strings(row, "account", "acct")


class Bluesky:
    """A post a document; quotes, replies and links become relays."""

    name = "bluesky"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the protocol's names for records."""
        return opens_json(head) and bool(_BLUESKY.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """Every post, a thread from its first to its last."""
        found = False
        for number, row in enumerate(_posts(parse_json(decode(source), source.name)), 1):
            found = True
            yield _record(row, f"{source.name}, post {number}")
        if not found:
            raise InputRefused("no post in it", where=source.name, remedy="save the post again")


def _posts(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _posts(one, depth + 1)
    elif isinstance(value, dict):
        if isinstance(value.get("record"), dict) and "author" in value:
            yield value
            return
        for key in ("thread", "parent", "post", "feed", "posts", "replies"):
            if key in value:
                yield from _posts(value[key], depth + 1)


def _record(row: dict[str, Any], where: str) -> Parsed:
    record = row["record"]
    uri, handle = strings(row, "uri"), strings(row, "author", "handle")
    relays = []
    quoted = strings(record, "embed", "record", "uri")
    if quoted:
        relays.append(Relay("quote", strings(row, "embed", "record", "author", "displayName"), _web(quoted)))
    answered = strings(record, "reply", "parent", "uri")
    if answered:
        relays.append(Relay("reply", None, _web(answered)))
    facets = record.get("facets")
    features = [
        feature
        for facet in (facets if isinstance(facets, list) else [])
        if isinstance(facet, dict)
        for feature in (facet.get("features") or [])
    ]
    links = [strings(one, "uri") for one in features]
    langs = record.get("langs")
    return post(
        strings(record, "text") or "",
        where,
        outlet=strings(row, "author", "displayName") or handle,
        channel="other",
        url=_web(uri, handle),
        author=handle,
        lang=langs[0][:2] if isinstance(langs, list) and langs and isinstance(langs[0], str) else None,
        published=moment(record.get("createdAt")),
        identifier=uri,
        relays=[*relays, *link_relays([*links, strings(record, "embed", "external", "uri")])],
    )


def _web(uri: str | None, handle: str | None = None) -> str | None:
    """The web address of an ``at://`` one."""
    if not uri or not uri.startswith("at://"):
        return uri
    owner, _, rest = uri.removeprefix("at://").partition("/")
    return f"https://bsky.app/profile/{handle or owner}/post/{rest.rsplit('/', 1)[-1]}"
