"""``sayso add --to-parquet`` and ``sayso load``: reading on many machines, keeping later and elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sayso.asking.circulating import regroup
from sayso.desk.base import Desk, Entry
from sayso.desk.parts import hashes_in, read_parts, write_parts
from sayso.errors import InputRefused, NotFound
from sayso.model.registry import Registry
from sayso.scale.base import Runner
from sayso.verbs.add import Added, Keeper, accepted, iter_entries
from sayso.verbs.arrivals import Arrived
from sayso.verbs.models import Models

TOGETHER = 200
"""Documents between two groupings of claims."""


def add_to_parts(
    arrivals: Iterable[Arrived | InputRefused],
    folder: Path,
    models: Models,
    registry: Registry,
    progress: Callable[[Added], None] | None = None,
    *,
    archive: bool = True,
    strict: bool = False,
    runner: Runner | None = None,
) -> Added:
    """Reads every document that the parts of *folder* lack into new parts; arguments as of add_documents.

    Raises:
        UsageError: pyarrow is not installed.
    """
    done = Added()
    held = hashes_in(folder)

    def entries() -> Iterator[Entry]:
        taken = accepted(arrivals, done, strict=strict)
        for batch in iter_entries(taken, models, registry, held.__contains__, done, archive=archive, runner=runner):
            for entry in batch:
                held.add(entry.document.hash)
                done.count(entry)
                if progress is not None:
                    progress(done)
                yield entry

    write_parts(entries(), folder, datetime.now(UTC).isoformat(timespec="seconds"))
    return done


def load_parts(folder: Path, desk: Desk, progress: Callable[[Added], None] | None = None) -> Added:
    """Puts the documents of parts on a desk; those that it holds already are left alone, so that a load may be repeated.

    Raises:
        NotFound: there are no parts in *folder*.
        DeskError: the desk cannot be written; what was finished is kept.
    """
    if not any(folder.glob("part-*.parquet")):
        raise NotFound("no parts here", where=str(folder), remedy="write them first: sayso add --to-parquet FOLDER")
    done = Added()
    keeper = Keeper(desk, done, progress)
    for number, one in enumerate(read_parts(folder), 1):
        if isinstance(one, InputRefused):
            done.refused.append(one)
            continue
        keeper.keep(one)
        if number % TOGETHER == 0:
            regroup(desk)
    regroup(desk)
    return done
