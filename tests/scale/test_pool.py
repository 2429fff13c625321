"""Worker processes of this machine: in order, and a batch that kills its workers is found and named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from sayso.errors import DeskError
from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.scale.base import Batch, Result, WorkersDied
from sayso.scale.pool import Pool
from sayso.verbs.add import Added, iter_entries
from sayso.verbs.arrivals import Arrived
from sayso.verbs.models import Models


def make_doubling(folder: str) -> Callable[[list[int]], list[int]]:
    """Work to which 7 is deadly once and 99 always."""
    return partial(_double, folder)


def _double(folder: str, batch: list[int]) -> list[int]:
    if 7 in batch and not (Path(folder) / "died").exists():
        (Path(folder) / "died").touch()
        os._exit(1)
    if 99 in batch:
        os._exit(1)
    return [2 * one for one in batch]


def test_a_death_costs_nothing_and_the_deadly_batch_is_told(tmp_path: Path) -> None:
    work = partial(make_doubling, str(tmp_path))
    batches = [[n] for n in range(20)]
    assert list(Pool(2).map(work, batches)) == [(batch, [2 * batch[0]]) for batch in batches]
    assert (tmp_path / "died").exists()

    done = []
    with pytest.raises(WorkersDied, match=r"killed its worker 3 times.*--jobs 1") as told:
        done.extend(Pool(2).map(work, [[1], [2], [99], [3]]))
    assert told.value.batch == [99]


class Deadly:
    """A runner over whose batches workers die."""

    def map(
        self, make_work: Callable[[], Callable[[Batch], Result]], batches: Iterator[Batch]
    ) -> Iterator[tuple[Batch, Result]]:
        raise WorkersDied(next(iter(batches)), 3)
        yield


def test_the_documents_of_a_deadly_batch_are_named(models: Models) -> None:
    texts = ("The quay is closed.", "The quay is open.")
    arrivals = (Arrived(Document(text=text, id=f"quay-{n}"), None) for n, text in enumerate(texts))
    with pytest.raises(DeskError, match=r"^one of 2 documents, quay-0 to quay-1: reading it killed its worker 3 times"):
        list(iter_entries(arrivals, models, Registry(), lambda _: False, Added(), runner=Deadly()))
