"""Worker processes on this machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from sayso.errors import DeskError
from sayso.scale.base import AHEAD, DEATHS, Batch, Result


class Pool:
    """A worker that dies takes nothing along: what it had not finished is done again by a new one.

    Args:
        jobs: how many workers.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def map(
        self, make_work: Callable[[], Callable[[Batch], Result]], batches: Iterable[Batch]
    ) -> Iterator[tuple[Batch, Result]]:
        """See Runner."""
        waiting: deque[tuple[Batch, Future[Result]]] = deque()
        coming = iter(batches)
        deaths = 0
        pool = self._pool(make_work)
        try:
            while True:
                while len(waiting) < self._jobs * AHEAD and (batch := next(coming, None)) is not None:
                    waiting.append((batch, pool.submit(_work_on, batch)))
                if not waiting:
                    return
                try:
                    done = waiting[0][1].result()
                except BrokenProcessPool as error:
                    deaths += 1
                    if deaths >= DEATHS:
                        raise DeskError(
                            f"reading workers died {deaths} times",
                            remedy="what was finished is kept; go on with --jobs 1",
                        ) from error
                    pool.shutdown(cancel_futures=True)
                    pool = self._pool(make_work)
                    again = [batch for batch, _ in waiting]
                    waiting = deque((batch, pool.submit(_work_on, batch)) for batch in again)
                    continue
                batch, _ = waiting.popleft()
                deaths = 0
                yield batch, done
        finally:
            pool.shutdown(cancel_futures=True)

    def _pool(self, make_work: Callable[[], Any]) -> ProcessPoolExecutor:
        import multiprocessing

        # spawned, not forked: the runtime's threads do not live through a fork
        return ProcessPoolExecutor(
            self._jobs, multiprocessing.get_context("spawn"), initializer=_start, initargs=(make_work,)
        )


_work: Callable[[Any], Any] | None = None


def _start(make_work: Callable[[], Callable[[Any], Any]]) -> None:
    global _work
    _work = make_work()


def _work_on(batch: Any) -> Any:
    if _work is None:
        raise RuntimeError("the worker was not started")
    return _work(batch)
