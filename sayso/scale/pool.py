"""Worker processes on this machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from sayso.scale.base import AHEAD, DEATHS, Batch, Result, WorkersDied


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
        waiting: deque[tuple[Batch, Future[Any]]] = deque()
        coming = iter(batches)
        pool = self._pool(make_work)
        try:
            while True:
                while len(waiting) < self._jobs * AHEAD and (batch := next(coming, None)) is not None:
                    waiting.append((batch, _submitted(pool, batch)))
                if not waiting:
                    return
                try:
                    done = waiting[0][1].result()
                except BrokenProcessPool:
                    # any of those in hand may have killed a worker: done alone, the one that does shows itself
                    suspects = [batch for batch, _ in waiting]
                    waiting.clear()
                    pool.shutdown(cancel_futures=True)
                    pool = self._pool(make_work)
                    for batch in suspects:
                        pool, done = self._alone(batch, pool, make_work)
                        yield batch, done
                    continue
                batch, _ = waiting.popleft()
                yield batch, done
        finally:
            pool.shutdown(cancel_futures=True)

    def _alone(
        self, batch: Batch, pool: ProcessPoolExecutor, make_work: Callable[[], Any]
    ) -> tuple[ProcessPoolExecutor, Any]:
        """The pool that lives and the batch's result, nothing else being in hand.

        Raises:
            WorkersDied: the batch kills every worker.
        """
        deaths = 0
        while True:
            try:
                return pool, _submitted(pool, batch).result()
            except BrokenProcessPool as error:
                pool.shutdown(cancel_futures=True)
                deaths += 1
                if deaths == DEATHS:
                    raise WorkersDied(batch, deaths) from error
                pool = self._pool(make_work)

    def _pool(self, make_work: Callable[[], Any]) -> ProcessPoolExecutor:
        import multiprocessing

        # spawned, not forked: the runtime's threads do not live through a fork
        return ProcessPoolExecutor(
            self._jobs, multiprocessing.get_context("spawn"), initializer=_start, initargs=(make_work,)
        )


def _submitted(pool: ProcessPoolExecutor, batch: Any) -> Future[Any]:
    """The batch's result to come; a pool that broke meanwhile tells so there too, and not here."""
    try:
        return pool.submit(_work_on, batch)
    except BrokenProcessPool as error:
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken


_work: Callable[[Any], Any] | None = None


def _start(make_work: Callable[[], Callable[[Any], Any]]) -> None:
    global _work
    _work = make_work()


def _work_on(batch: Any) -> Any:
    if _work is None:
        raise RuntimeError("the worker was not started")
    return _work(batch)
