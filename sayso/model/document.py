"""Documents: one text as published by one outlet on one channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.model.digest import digest

CHANNELS: Final = ("news", "website", "telegram", "x", "facebook", "press", "other")
POSTS: Final = ("telegram", "x", "facebook")
"""Channels on which whoever posts speaks in the first person."""


RELAY_KINDS: Final = ("forwarded", "source", "via", "reply", "quote", "link")


@dataclass(frozen=True, slots=True)
class Relay:
    """What a format says of where a text came from or what it answers: an edge of its provenance.

    Attributes:
        kind: ``forwarded`` and ``source`` name the first publisher, whose words the text is; ``via`` names who passed
            it on; ``reply``, ``quote`` and ``link`` point at what it answers, quotes or refers to.
        name: the publisher's or account's name.
        url: its address.
    """

    kind: str
    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as published by one outlet on one channel. Immutable.

    Attributes:
        text: plain text; every offset in sayso counts its Unicode code points.
        url: where it was published.
        outlet: who published it, under the name it was given with.
        channel: one of CHANNELS.
        author: the by-line.
        title: the headline; it carries no statements.
        lang: ISO 639 code.
        published: when it came out, ISO 8601 with a time or without.
        id: an identifier that came with the document; need not be unique.
        relays: what its format says of its provenance.
    """

    text: str
    url: str | None = None
    outlet: str | None = None
    channel: str = "other"
    author: str | None = None
    title: str | None = None
    lang: str | None = None
    published: str | None = None
    id: str | None = None
    relays: tuple[Relay, ...] = ()

    @property
    def hash(self) -> str:
        """The identity: of address and text. Where no address is known the outlet's name stands for it."""
        return digest("document", self.url or f"outlet:{self.outlet or ''}", self.text)

    @property
    def shown_id(self) -> str:
        """The given identifier, or the hash where none was given."""
        return self.id or self.hash
