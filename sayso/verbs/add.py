"""``sayso add``: documents read and put on the desk, each in one transaction; safe to repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import islice

from sayso.asking.circulating import regroup
from sayso.asking.copies import SCHEME, bands_of, original_of
from sayso.desk.base import Desk, Entry, Original, View
from sayso.errors import DeskError, InputRefused
from sayso.intake.base import Named
from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.scale.base import Here, Runner, WorkersDied
from sayso.verbs.arrivals import Arrived
from sayso.verbs.models import Models, reader_name
from sayso.verbs.preparing import Prepared, Preparing, make_preparing
from sayso.verbs.read import TOGETHER


@dataclass(slots=True)
class Added:
    """What an ``add`` did: documents kept, known already, refused, and statements found.

    ``outlets`` and ``languages`` count the documents that were kept; ``changed`` those whose address held another text
    before.
    """

    kept: int = 0
    known: int = 0
    statements: int = 0
    copies: int = 0
    changed: int = 0
    refused: list[InputRefused] = field(default_factory=list)
    outlets: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    def count(self, entry: Entry) -> None:
        """Counts one document that was kept."""
        self.kept += 1
        self.outlets[entry.document.outlet or "unknown"] += 1
        self.languages[entry.reading.lang] += 1
        self.statements += len(entry.reading.statements)

    def merge(self, other: Added) -> None:
        """Counts another run's doings with this one's."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


def add_documents(
    arrivals: Iterable[Arrived | InputRefused],
    desk: Desk,
    models: Models,
    progress: Callable[[Added], None] | None = None,
    *,
    archive: bool = True,
    strict: bool = False,
    runner: Runner | None = None,
) -> Added:
    """Reads and keeps every document that the desk does not hold.

    Args:
        arrivals: documents, and refusals of what could not be read.
        progress: called after every document.
        archive: keep the bytes that the documents came in.
        strict: stop at the first refusal.
        runner: where the reading runs; in this process where none is given.

    Raises:
        DeskError: the desk cannot be written; what was finished is kept.
    """
    done = Added()
    keeper = Keeper(desk, done, progress)
    writer = desk.writer()

    reader = reader_name()

    def is_held(name: str) -> bool:
        return writer.has(name, reader) or writer.is_erased(name)

    registry = desk.view().registry()
    taken = accepted(arrivals, done, strict=strict)
    for entries in iter_entries(taken, models, registry, is_held, done, archive=archive, runner=runner):
        for entry in entries:
            keeper.keep(entry)
        regroup(desk)
    return done


def iter_bands(view: View) -> Iterator[tuple[str, list[str]]]:
    """The hash and the copy bands of every document on a desk."""
    return ((document.hash, bands_of(document.text)) for document, _ in view.documents())


class Keeper:
    """Puts entries on a desk and counts.

    Args:
        desk: where to.
        done: counts and outcomes, added to.
        progress: called after every document.
    """

    def __init__(self, desk: Desk, done: Added, progress: Callable[[Added], None] | None = None) -> None:
        self._view, self._writer = desk.view(), desk.writer()
        if self._view.has_older_bands(SCHEME):
            self._writer.replace_bands(iter_bands(self._view))
        self._done, self._progress = done, progress

    def keep(self, entry: Entry) -> None:
        """One document, as a copy of an earlier one where it is one.

        Raises:
            DeskError: the desk cannot be written.
        """
        document, done = entry.document, self._done
        bands = bands_of(document.text)
        copied = original_of(document, self._view.documents_in_bands(bands))
        earlier = bool(document.url) and len(self._view.versions(document.url or "")) > 0
        if self._writer.add(replace(entry, bands=bands, copy_of=copied)):
            done.count(entry)
            done.changed += earlier
            done.copies += copied is not None
        else:
            done.known += 1
        if self._progress is not None:
            self._progress(done)


def iter_entries(
    arrivals: Iterator[Arrived],
    models: Models,
    registry: Registry,
    is_held: Callable[[str], bool],
    done: Added,
    *,
    archive: bool = True,
    runner: Runner | None = None,
) -> Iterator[list[Entry]]:
    """Batches of documents made ready to be kept; those that are held already are counted and passed over.

    Args:
        is_held: whether a document with this hash is.
    """
    runner = runner or Here()
    # workers of other processes load models of their own; only here those of the caller can be shared
    preparing = partial(make_preparing, registry, models if isinstance(runner, Here) else None)
    archived = _Archive()
    waiting: dict[str, Named | None] = {}
    for batch in _iter_prepared(runner, preparing, _iter_fresh(arrivals, is_held, waiting, done)):
        entries = []
        for one in batch:
            document = one.document
            named = waiting.pop(document.hash)
            original = archived.of(named if archive else None, document)
            entries.append(Entry(document, one.reading, one.vectors, models.encoder_name, original=original))
        yield entries


def _iter_prepared(
    runner: Runner, make_work: Callable[[], Preparing], batches: Iterator[list[Document]]
) -> Iterator[list[Prepared]]:
    """What the runner makes of batches.

    Raises:
        DeskError: workers die over some documents, which it names.
    """
    try:
        for _, batch in runner.map(make_work, batches):
            yield batch
    except WorkersDied as error:
        among: list[Document] = error.batch
        first, last = (one.url or one.shown_id for one in (among[0], among[-1]))
        where = first if len(among) == 1 else f"one of {len(among)} documents, {first} to {last}"
        raise DeskError(error.what, where=where, remedy=error.remedy) from error


def _iter_fresh(
    arrivals: Iterator[Arrived], is_held: Callable[[str], bool], waiting: dict[str, Named | None], done: Added
) -> Iterator[list[Document]]:
    """Batches of documents that are not held and do not wait already; *waiting* gets what each came in."""
    while some := list(islice(arrivals, TOGETHER)):
        fresh: list[Document] = []
        for one in some:
            name = one.document.hash
            if name in waiting or is_held(name):
                done.known += 1
            else:
                waiting[name] = one.original
                fresh.append(one.document)
        if fresh:
            yield fresh


def accepted(arrivals: Iterable[Arrived | InputRefused], done: Added, *, strict: bool) -> Iterator[Arrived]:
    """What was not refused; with *strict*, what stands before the first refusal."""
    for one in arrivals:
        if not isinstance(one, InputRefused):
            yield one
            continue
        done.refused.append(one)
        if strict:
            return


@dataclass(slots=True)
class _Archive:
    """Packs each input once, however many documents it holds; the documents of an input arrive one after another."""

    _last: tuple[Named, Original] | None = None

    def of(self, named: Named | None, document: Document) -> Original | None:
        """The input's bytes, to be kept with *document*; None where there are none to keep."""
        if named is None:
            return None
        if self._last is None or self._last[0] is not named:
            self._last = (named, Original.of(named.data, named.name))
        return replace(self._last[1], address=named.url or document.url or named.name)
