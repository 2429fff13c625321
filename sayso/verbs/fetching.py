"""The fetcher of one run, as the settings allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.intake.fetch import Fetcher


def fetcher(settings: Settings) -> Fetcher:
    """A fetcher; it opens no connection before an address is asked for."""
    from sayso.intake.fetch import Fetcher, FetchLimits

    return Fetcher(FetchLimits(max_bytes=settings.max_bytes, allowed=settings.allow_hosts))
