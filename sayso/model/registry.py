"""What the desk's people know: outlets, handles and actors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newsroom or channel: other names, web domain, owner."""

    name: str
    aliases: tuple[str, ...] = ()
    domain: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Handle:
    """An account name on a channel and the actor behind it."""

    handle: str
    channel: str
    actor: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An office, organisation or public figure, other names, and the actor it answers to."""

    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """All of it together; the last entry for a name wins."""

    outlets: tuple[Outlet, ...] = ()
    handles: tuple[Handle, ...] = ()
    actors: tuple[Actor, ...] = ()

    def merged(self, other: Registry) -> Registry:
        """Both, entries of *other* replacing those of the same name."""
        outlets = {one.name: one for one in (*self.outlets, *other.outlets)}
        handles = {(one.channel, one.handle): one for one in (*self.handles, *other.handles)}
        actors = {one.name: one for one in (*self.actors, *other.actors)}
        return Registry(tuple(outlets.values()), tuple(handles.values()), tuple(actors.values()))
