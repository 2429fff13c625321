"""The settings of one run: one frozen object, made once and handed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import UsageError

DESK_VARIABLE = "SAYSO_DESK"
MOST_VARIABLE = "SAYSO_MAX_BYTES"
HOSTS_VARIABLE = "SAYSO_ALLOW_HOSTS"


def default_desk(environment: Mapping[str, str]) -> str:
    """Where the desk lies when nobody says: the user's data folder (XDG Base Directory Specification)."""
    home = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return str(Path(home) / "sayso" / "desk.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run needs to know.

    Attributes:
        desk: path or address of the desk.
        max_bytes: the largest input that is read, in bytes; larger ones are refused.
        threads: processor threads for the models; 0 for as many as there are processors.
        allow_hosts: hosts that may be fetched though their addresses are private.
    """

    desk: str
    max_bytes: int = 20_000_000
    threads: int = 0
    allow_hosts: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, *, desk: str | None = None) -> Settings:
        """Settings from environment variables; *desk* given on the command line wins.

        Raises:
            UsageError: a variable holds something that is not a number.
        """
        env = os.environ if environment is None else environment
        raw = env.get(MOST_VARIABLE, "20000000")
        if not raw.isdecimal():
            raise UsageError(f"{MOST_VARIABLE} is {raw!r}, not a number of bytes", remedy="set it to, say, 20000000")
        hosts = tuple(one.strip() for one in env.get(HOSTS_VARIABLE, "").split(",") if one.strip())
        return cls(desk=desk or env.get(DESK_VARIABLE) or default_desk(env), max_bytes=int(raw), allow_hosts=hosts)
