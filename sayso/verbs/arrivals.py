"""SOURCE arguments to documents, each with the bytes that it came in; addresses are fetched where a fetcher is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.errors import InputRefused
from sayso.intake.base import Link, Named
from sayso.intake.detect import iter_documents
from sayso.intake.sources import is_address, iter_inputs
from sayso.model.document import Document

if TYPE_CHECKING:
    from sayso.intake.fetch import Fetcher

TEASER = 500
"""Characters under which a feed's entry is taken for a teaser, and its page is fetched."""
MOST_LINKS = 500


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document, and the input that held it (None where it was made in memory or streamed from a large file)."""

    document: Document
    original: Named | None = None


def iter_arrivals(
    sources: Sequence[str], most: int, fetcher: Fetcher | None = None
) -> Iterator[Arrived | InputRefused]:
    """Every document that *sources* hold, and a refusal for whatever cannot be read.

    Args:
        sources: paths, folders, globs, addresses, or ``-``.
        most: the largest document in bytes.
        fetcher: for addresses; with None the network is not asked.
    """
    for source in sources:
        # links inside files are followed only where the user asked for the network by naming an address
        follower = fetcher if is_address(source) else None
        for given in iter_inputs([source], most, fetcher):
            if isinstance(given, InputRefused):
                yield given
            else:
                yield from iter_held(given, most, follower)


def iter_held(given: Named, most: int, follower: Fetcher | None = None) -> Iterator[Arrived | InputRefused]:
    """The documents of one input; the addresses in it are followed with *follower*."""
    original = given if given.path is None else None
    followed = 0
    for one in iter_documents(given, most):
        if isinstance(one, InputRefused):
            yield one
            continue
        if isinstance(one, Document) and (follower is None or not _is_teaser(one, given)):
            yield Arrived(one, original)
            continue
        if follower is None or followed >= MOST_LINKS:
            reason = "only an address, no text" if follower is None else f"more than {MOST_LINKS} addresses"
            address = one.url or given.name
            yield InputRefused(reason, where=address, remedy=f"fetch it with: sayso add {address}")
            continue
        followed += 1
        yield from _followed(one, given, most, follower)


def _is_teaser(document: Document, given: Named) -> bool:
    return (
        bool(document.url and document.url != given.url and document.channel == "news") and len(document.text) < TEASER
    )


def _followed(one: Document | Link, given: Named, most: int, follower: Fetcher) -> Iterator[Arrived | InputRefused]:
    teaser = Arrived(one, given) if isinstance(one, Document) else None
    try:
        named = follower.fetch(one.url or "").named
    except InputRefused as refused:
        yield teaser or refused
        return
    if named is None:
        return
    for page in iter_documents(named, most):
        if isinstance(page, Document):
            yield Arrived(page, named)
        elif teaser is not None:
            yield teaser
        elif isinstance(page, InputRefused):
            yield page


def documents_only(arrivals: Iterable[Arrived | InputRefused]) -> Iterator[Document | InputRefused]:
    """The documents alone, for readers that keep nothing."""
    for one in arrivals:
        yield one if isinstance(one, InputRefused) else one.document
