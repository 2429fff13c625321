"""What every way of running offers: work made once a worker, batches in, results out in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from sayso.errors import DeskError

Batch = TypeVar("Batch")
Result = TypeVar("Result")

AHEAD = 2
"""Batches for each worker that wait or are worked on: enough that none idles, few enough to hold little in memory."""
DEATHS = 3
"""Deaths of its workers after which a batch is given up: one that kills time and again is not a machine's bad luck."""
AFTER_DEATHS = "what was finished is kept; leave it out, or go on with --jobs 1 to see why"


class WorkersDied(DeskError):
    """Workers died again and again over one batch.

    Attributes:
        batch: the one, so that whoever made it can name what is in it.
    """

    def __init__(self, batch: Any, deaths: int) -> None:
        super().__init__(f"reading it killed its worker {deaths} times", remedy=AFTER_DEATHS)
        self.batch = batch


class Runner(Protocol):
    """Runs work on batches."""

    def map(
        self, make_work: Callable[[], Callable[[Batch], Result]], batches: Iterable[Batch]
    ) -> Iterator[tuple[Batch, Result]]:
        """Each batch with its result, in order; batches are taken only as fast as results are.

        Args:
            make_work: called once a worker, in the worker, so that models are loaded once; it must be picklable for
                workers that are other processes.

        Raises:
            WorkersDied: they do so again and again over the same batch.
        """


class Here:
    """Runs in this process."""

    def map(
        self, make_work: Callable[[], Callable[[Batch], Result]], batches: Iterable[Batch]
    ) -> Iterator[tuple[Batch, Result]]:
        """See Runner."""
        work: Callable[[Batch], Result] | None = None
        for batch in batches:
            work = work or make_work()
            yield batch, work(batch)
