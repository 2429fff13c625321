"""Who may use the web page of a desk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may do: read; correct and add besides; tend accounts besides."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def allows(self, needed: Role) -> bool:
        """Whether this role is enough where *needed* is asked for."""
        order = (Role.READER, Role.EDITOR, Role.ADMIN)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Account:
    """A user: name, role, and the hash of the password (argon2id); None where the account is disabled."""

    name: str
    role: Role
    secret: str | None


@dataclass(frozen=True, slots=True)
class Token:
    """An API token: whose, for which role, and the SHA-256 of its secret."""

    name: str
    role: Role
    digest: str
