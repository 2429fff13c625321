"""The fetcher of one run, as the settings allow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sayso.intake.sources import is_address
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.intake.fetch import Fetcher


def fetcher(settings: Settings) -> Fetcher:
    """A fetcher; it opens no connection before an address is asked for."""
    from sayso.intake.fetch import Fetcher, FetchLimits

    return Fetcher(FetchLimits(max_bytes=settings.max_bytes, allowed=settings.allow_hosts))


@contextmanager
def fetcher_for(sources: Sequence[str], settings: Settings) -> Iterator[Fetcher | None]:
    """A fetcher where *sources* name an address; None, and nothing of the network loaded, where all are local."""
    if not any(is_address(source) for source in sources):
        yield None
        return
    with fetcher(settings) as door:
        yield door
