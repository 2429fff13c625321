"""X (Twitter): the archive's ``tweets.js`` and single posts as JSON, of the old API and the new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, decode, opens_json
from sayso.intake.json_text import parse_json
from sayso.intake.posts import link_relays, moment, post, strings
from sayso.model.document import Relay

_ARCHIVE = re.compile(rb"\A\s*window\.YTD\.tweets?\.part\d+\s*=\s*\[")
_OLD = re.compile(rb'"id_str"\s*:')
_NEW = re.compile(rb'"author_id"\s*:|"edit_history_tweet_ids"\s*:')
_CREATED = "%a %b %d %H:%M:%S %z %Y"


class XPosts:
    """A post a document; retweets, quotes, replies and links become relays."""

    name = "x"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By the archive's opening, or the fields of a post."""
        if _ARCHIVE.match(head):
            return True
        text = b'"full_text"' in head or b'"text"' in head
        return opens_json(head) and text and bool(_OLD.search(head) or _NEW.search(head))

    def parse(self, source: Named) -> Iterator[Parsed]:
        """Every post of the file, in order."""
        text = decode(source)
        if _ARCHIVE.match(source.data[:200]):
            text = text[text.index("[") :].rstrip().removesuffix(";")
        value = parse_json(text, source.name)
        rows = value if isinstance(value, list) else [value]
        users: dict[str, Any] = {}
        if isinstance(value, dict) and "data" in value:
            rows = value["data"] if isinstance(value["data"], list) else [value["data"]]
            included = value.get("includes", {})
            listed = included.get("users", []) if isinstance(included, dict) else []
            users = {str(one.get("id")): one for one in listed if isinstance(one, dict)}
        for number, row in enumerate(rows, 1):
            where = f"{source.name}, post {number}"
            inner = row.get("tweet", row) if isinstance(row, dict) else None
            if isinstance(inner, dict):
                yield _document(inner, users, where)
            else:
                yield InputRefused("no post", where=where, remedy="request the archive again")


def _document(row: dict[str, Any], users: dict[str, Any], where: str) -> Parsed:
    user = row.get("user") if isinstance(row.get("user"), dict) else users.get(str(row.get("author_id")), {})
    handle = strings(user, "screen_name") or strings(user, "username")
    number = strings(row, "id_str") or strings(row, "id") or str(row.get("id", ""))
    again = row.get("retweeted_status")
    relays = []
    text = strings(row, "full_text") or strings(row, "text") or ""
    if isinstance(again, dict):
        relays.append(Relay("forwarded", _name(again.get("user")), _address(again)))
        text = strings(again, "full_text") or strings(again, "text") or text
    quoted = row.get("quoted_status")
    if isinstance(quoted, dict):
        relays.append(Relay("quote", _name(quoted.get("user")), _address(quoted)))
    if strings(row, "in_reply_to_screen_name"):
        relays.append(Relay("reply", strings(row, "in_reply_to_screen_name")))
    entities = row.get("entities")
    links = entities.get("urls", []) if isinstance(entities, dict) else []
    expanded = [strings(one, "expanded_url") for one in links] if isinstance(links, list) else []
    name = strings(user, "name") or handle
    return post(
        unescape(text),
        where,
        outlet=name,
        channel="x",
        url=f"https://x.com/{handle}/status/{number}" if handle and number else None,
        author=f"@{handle}" if handle else None,
        lang=_language(row),
        published=_moment(row.get("created_at")),
        identifier=number or None,
        relays=[*relays, *link_relays(expanded)],
    )


def _name(user: Any) -> str | None:
    return strings(user, "name") or strings(user, "screen_name")


def _address(row: dict[str, Any]) -> str | None:
    handle, number = strings(row, "user", "screen_name"), strings(row, "id_str")
    return f"https://x.com/{handle}/status/{number}" if handle and number else None


def _language(row: dict[str, Any]) -> str | None:
    """The language that X gives, unless it is one of its codes for none (``und``, ``qme``, ``zxx``…)."""
    lang = strings(row, "lang")
    return lang if lang and len(lang) == 2 else None


def _moment(value: Any) -> str | None:
    if isinstance(value, str):
        try:
            return moment(datetime.strptime(value, _CREATED).astimezone(UTC).isoformat())
        except ValueError:
            return moment(value)
    return None
