"""What all formats of posts share: one post to one document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sayso.errors import InputRefused
from sayso.intake.base import clean_text, without_unseen
from sayso.model.document import Document, Relay

LINKS_KEPT = 20
_RETWEET = re.compile(r"^RT @(\w{1,30}):\s*")
_VIA = re.compile(r"\bvia @(\w{1,30})\b", re.IGNORECASE)
EARLIEST, LATEST = 1990, 2100


def post(
    text: str,
    where: str,
    *,
    outlet: str | None,
    channel: str,
    url: str | None = None,
    author: str | None = None,
    lang: str | None = None,
    published: str | None = None,
    identifier: str | None = None,
    title: str | None = None,
    relays: Sequence[Relay] = (),
) -> Document | InputRefused:
    """A document of one post; a refusal where it has no words. "RT @x:" and "via @x" become relays."""
    text = clean_text(text)
    found = [one for one in relays if one.name or one.url]
    retweet = _RETWEET.match(text)
    if retweet:
        text = text[retweet.end() :]
        found.append(Relay("forwarded", retweet.group(1)))
    found.extend(Relay("via", name) for name in _VIA.findall(text)[:3])
    if not text:
        return InputRefused("a post without words", where=where, remedy="nothing to do: it is left out")
    return Document(
        text=text,
        url=url,
        outlet=clean_name(outlet),
        channel=channel,
        author=clean_name(author),
        title=title,
        lang=lang or None,
        published=published,
        id=identifier,
        relays=tuple(dict.fromkeys(found)),
    )


def clean_name(name: Any) -> str | None:
    """A name on one line without unseen characters; None where nothing is left."""
    if not isinstance(name, str):
        return None
    return " ".join(without_unseen(name).split())[:200] or None


def link_relays(addresses: Sequence[Any]) -> list[Relay]:
    """The addresses that a text links to, the first of them."""
    good = [one for one in addresses if isinstance(one, str) and one.startswith(("http://", "https://"))]
    return [Relay("link", None, one[:2000]) for one in list(dict.fromkeys(good))[:LINKS_KEPT]]


def moment(value: Any) -> str | None:
    """A time of publication as ISO 8601 in UTC, from seconds since 1970 or an ISO text; None for what is none or lies
    outside of 1990 to 2100, as the dates of broken clocks do."""
    try:
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
            when = datetime.fromtimestamp(float(value), UTC)
        elif isinstance(value, str):
            when = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return when.isoformat() if EARLIEST <= when.year < LATEST else None


def strings(value: Any, *path: str) -> str | None:
    """The text at *path* inside nested JSON objects; None where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) and value else None
