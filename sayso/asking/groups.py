"""Disjoint groups (union-find), the one structure behind copies, origins and voices."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Members join; everything that has joined shares a root."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, member: str) -> str:
        """The representative of a member's group."""
        at = member
        while self._parent.get(at, at) != at:
            at = self._parent[at]
        while self._parent.get(member, member) != member:
            self._parent[member], member = at, self._parent[member]
        return at

    def join(self, one: str, other: str) -> bool:
        """Makes two groups one; False where they were one already."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return False
        self._parent[max(a, b)] = min(a, b)
        return True

    def listed(self, members: Iterable[str]) -> dict[str, list[str]]:
        """Members by root, in the order given."""
        out: dict[str, list[str]] = {}
        for member in members:
            out.setdefault(self.root(member), []).append(member)
        return out
