"""Documents made ready for a desk: read, and every statement's words embedded, here or in worker processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sayso.desk.base import Bytes8
from sayso.desk.vectors import to_int8
from sayso.errors import DeskError
from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.model.statement import Reading
from sayso.verbs.models import Models

if TYPE_CHECKING:
    from sayso.neural.encoder import Encoder
    from sayso.reading.reader import Reader

AHEAD = 2
"""Batches for each worker that wait or are worked on: enough that none idles, few enough to hold little in memory."""
DEATHS = 3
"""Worker deaths after which a run gives up: a batch that kills its worker time and again is not the machine's bad luck."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its reading and ``int8[statements, dim]`` vectors in the order of its statements."""

    document: Document
    reading: Reading
    vectors: Bytes8


class Preparer(Protocol):
    """Reads batches."""

    def iter_prepared(self, batches: Iterable[Sequence[Document]]) -> Iterator[list[Prepared]]:
        """One list for each batch, in order."""


def prepare(documents: Sequence[Document], reader: Reader, encoder: Encoder) -> list[Prepared]:
    """Reads documents together and embeds what they say."""
    readings = reader.read(documents)
    quotes = [
        statement.extent.quote(document.text)
        for document, reading in zip(documents, readings, strict=True)
        for statement in reading.statements
    ]
    vectors = to_int8(encoder.encode(quotes))
    out, at = [], 0
    for document, reading in zip(documents, readings, strict=True):
        size = len(reading.statements)
        out.append(Prepared(document, reading, vectors[at : at + size]))
        at += size
    return out


class Here:
    """Reads in this process, with models that are loaded at the first document."""

    def __init__(self, models: Models, registry: Registry) -> None:
        self._models, self._registry = models, registry

    def iter_prepared(self, batches: Iterable[Sequence[Document]]) -> Iterator[list[Prepared]]:
        """One list for each batch, in order."""
        reader = None
        for batch in batches:
            reader = reader or self._models.reader(self._registry)
            yield prepare(batch, reader, self._models.encoder)


class Pool:
    """Reads in worker processes, each of which loads the models once.

    A worker that dies takes nothing along: what it had not finished is read again by a new one.

    Args:
        jobs: how many workers.
        registry: the outlets that they know.
    """

    def __init__(self, jobs: int, registry: Registry) -> None:
        self._jobs, self._registry = jobs, registry

    def iter_prepared(self, batches: Iterable[Sequence[Document]]) -> Iterator[list[Prepared]]:
        """One list for each batch, in order; batches are taken from *batches* only as workers keep up.

        Raises:
            DeskError: workers die again and again.
        """
        waiting: deque[tuple[Sequence[Document], Future[list[Prepared]]]] = deque()
        coming = iter(batches)
        deaths = 0
        pool = self._pool()
        try:
            while True:
                while len(waiting) < self._jobs * AHEAD and (batch := next(coming, None)) is not None:
                    waiting.append((batch, pool.submit(_prepare_in_worker, batch)))
                if not waiting:
                    return
                try:
                    done = waiting[0][1].result()
                except BrokenProcessPool as error:
                    deaths += 1
                    if deaths >= DEATHS:
                        raise DeskError(
                            f"reading workers died {deaths} times",
                            where=f"document {waiting[0][0][0].shown_id} or near it",
                            remedy="what was finished is kept; go on with --jobs 1",
                        ) from error
                    pool.shutdown(cancel_futures=True)
                    pool = self._pool()
                    again = [batch for batch, _ in waiting]
                    waiting = deque((batch, pool.submit(_prepare_in_worker, batch)) for batch in again)
                    continue
                waiting.popleft()
                yield done
        finally:
            pool.shutdown(cancel_futures=True)

    def _pool(self) -> ProcessPoolExecutor:
        import multiprocessing

        # spawned, not forked: the runtime's threads do not live through a fork
        return ProcessPoolExecutor(
            self._jobs, multiprocessing.get_context("spawn"), initializer=_start_worker, initargs=(self._registry,)
        )


_worker: tuple[Reader, Encoder] | None = None


def _start_worker(registry: Registry) -> None:
    global _worker
    models = Models(threads=1)
    _worker = (models.reader(registry), models.encoder)


def _prepare_in_worker(documents: Sequence[Document]) -> list[Prepared]:
    if _worker is None:
        raise RuntimeError("the worker was not started")
    return prepare(documents, *_worker)
