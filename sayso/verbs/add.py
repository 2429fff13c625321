"""``sayso add``: documents read and put on the desk, each in one transaction; safe to repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from itertools import islice

from sayso.asking.circulating import regroup
from sayso.asking.copies import bands_of, original_of
from sayso.desk.base import Desk, Entry, Original, Writer
from sayso.errors import InputRefused
from sayso.intake.base import Named
from sayso.model.document import Document
from sayso.verbs.arrivals import Arrived
from sayso.verbs.models import Models, reader_name
from sayso.verbs.preparing import Here, Pool, Preparer
from sayso.verbs.read import TOGETHER

MANY = 2
"""Jobs from which workers pay."""


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
    jobs: int = 1,
) -> Added:
    """Reads and keeps every document that the desk does not hold.

    Args:
        arrivals: documents, and refusals of what could not be read.
        progress: called after every document.
        archive: keep the bytes that the documents came in.
        strict: stop at the first refusal.
        jobs: worker processes that read; with 1 this process does.

    Raises:
        DeskError: the desk cannot be written; what was finished is kept.
    """
    done = Added()
    view, writer = desk.view(), desk.writer()
    preparer: Preparer = Here(models, view.registry()) if jobs < MANY else Pool(jobs, view.registry())
    archived = _Archive()
    waiting: dict[str, Named | None] = {}
    accepted = _accepted(arrivals, done, strict=strict)
    for batch in preparer.iter_prepared(_iter_fresh(accepted, writer, waiting, done)):
        for one in batch:
            document = one.document
            bands = bands_of(document.text)
            copied = original_of(document, view.documents_in_bands(bands))
            named = waiting.pop(document.hash)
            original = archived.of(named if archive else None, document)
            earlier = bool(document.url) and len(view.versions(document.url or "")) > 0
            entry = Entry(document, one.reading, one.vectors, models.encoder_name, bands, copied, original)
            if writer.add(entry):
                done.kept += 1
                done.changed += earlier
                done.outlets[document.outlet or "unknown"] += 1
                done.languages[one.reading.lang] += 1
                done.statements += len(one.reading.statements)
                done.copies += copied is not None
            else:
                done.known += 1
            if progress is not None:
                progress(done)
        regroup(desk)
    return done


def _iter_fresh(
    arrivals: Iterator[Arrived], writer: Writer, waiting: dict[str, Named | None], done: Added
) -> Iterator[list[Document]]:
    """Batches of documents that the desk lacks and that do not wait already; *waiting* gets what each came in."""
    reader = reader_name()
    while some := list(islice(arrivals, TOGETHER)):
        fresh: list[Document] = []
        for one in some:
            name = one.document.hash
            if name in waiting or writer.has(name, reader) or writer.is_erased(name):
                done.known += 1
            else:
                waiting[name] = one.original
                fresh.append(one.document)
        if fresh:
            yield fresh


def _accepted(arrivals: Iterable[Arrived | InputRefused], done: Added, *, strict: bool) -> Iterator[Arrived]:
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
