"""``sayso source``: the feeds and channels that a desk polls, and polling them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sayso.desk.base import Desk
from sayso.errors import InputRefused, NotFound, UsageError
from sayso.intake.fetch import Fetcher
from sayso.intake.sources import is_address
from sayso.model.following import FetchState
from sayso.verbs.add import Added, add_documents
from sayso.verbs.arrivals import Arrived, iter_held
from sayso.verbs.models import Models

EVERY = timedelta(minutes=10)
LONGEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Tested:
    """What a source gives now: how many documents, the newest title, and what was refused."""

    documents: int
    refused: int
    example: str | None


def follow(desk: Desk, address: str) -> None:
    """Adds a source.

    Raises:
        UsageError: it is no address.
    """
    if not is_address(address):
        raise UsageError("not an address", where=address, remedy="give one that starts with https://")
    desk.writer().follow(address)


def unfollow(desk: Desk, address: str) -> None:
    """Takes a source away.

    Raises:
        NotFound: it is not among the desk's sources.
    """
    if address not in {one.address for one in desk.view().sources()}:
        raise NotFound("not among the sources", where=address, remedy="see: sayso source list")
    desk.writer().unfollow(address)


def try_source(
    address: str, fetcher: Fetcher, most: int, told: Callable[[InputRefused], None] = lambda refused: None
) -> Tested:
    """Fetches a source once and keeps nothing; *told* hears of what is refused.

    Raises:
        InputRefused: it cannot be fetched.
    """
    named = fetcher.fetch(address).named
    found = [] if named is None else list(iter_held(named, most))
    documents = [one.document for one in found if isinstance(one, Arrived)]
    for one in found:
        if isinstance(one, InputRefused):
            told(one)
    example = next((one.title or one.text[:80] for one in documents), None)
    return Tested(len(documents), len(found) - len(documents), example)


def is_due(state: FetchState, now: datetime) -> bool:
    """Whether a source may be asked again."""
    return state.next_try is None or datetime.fromisoformat(state.next_try) <= now


def poll(
    desk: Desk,
    models: Models,
    fetcher: Fetcher,
    most: int,
    *,
    now: datetime | None = None,
    progress: Callable[[str], None] | None = None,
) -> Added:
    """Asks every source that is due, adds what is new, and notes how it went.

    A source that fails is left alone for a while, each time twice as long, up to half a day.
    """
    moment = now or datetime.now(UTC)
    total = Added()
    for state in desk.view().sources():
        if not is_due(state, moment):
            continue
        if progress is not None:
            progress(state.address)
        total.merge(_poll_one(desk, models, fetcher, most, state, moment))
    return total


def _poll_one(desk: Desk, models: Models, fetcher: Fetcher, most: int, state: FetchState, moment: datetime) -> Added:
    writer = desk.writer()
    try:
        got = fetcher.fetch(state.address, etag=state.etag, modified=state.modified)
    except InputRefused as refused:
        wait = min(LONGEST, EVERY * 2 ** min(state.failures + 1, 10))
        writer.add_fetch(
            state.address, status=None, error=refused.what, etag=None, modified=None, next_try=_after(moment, wait)
        )
        return Added(refused=[refused])
    done = Added()
    if got.named is not None:
        done = add_documents(iter_held(got.named, most, fetcher), desk, models)
    writer.add_fetch(
        state.address,
        status=got.status,
        error=None,
        etag=got.etag,
        modified=got.modified,
        next_try=_after(moment, EVERY),
    )
    return done


def _after(moment: datetime, wait: timedelta) -> str:
    return (moment + wait).isoformat(timespec="seconds")
