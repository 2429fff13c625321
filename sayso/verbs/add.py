"""``sayso add``: documents read and put on the desk, each in one transaction; safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from sayso.asking.copies import bands_of, original_of
from sayso.desk.base import Desk, Entry
from sayso.desk.vectors import to_int8
from sayso.errors import InputRefused
from sayso.model.document import Document
from sayso.verbs.models import Models
from sayso.verbs.read import TOGETHER


@dataclass(slots=True)
class Added:
    """What an ``add`` did: documents kept, known already, refused, and statements found."""

    kept: int = 0
    known: int = 0
    statements: int = 0
    copies: int = 0
    refused: list[InputRefused] = field(default_factory=list)


def add_documents(
    parsed: Iterable[Document | InputRefused],
    desk: Desk,
    models: Models,
    progress: Callable[[Added], None] | None = None,
) -> Added:
    """Reads and keeps every document that the desk does not hold.

    Args:
        parsed: documents, and refusals of what could not be read.
        progress: called after every document.

    Raises:
        DeskError: the desk cannot be written; what was finished is kept.
    """
    done = Added()
    view, writer = desk.view(), desk.writer()
    reader = None
    waiting = iter(parsed)
    while some := list(islice(waiting, TOGETHER)):
        fresh: dict[str, Document] = {}
        for one in some:
            if isinstance(one, InputRefused):
                done.refused.append(one)
                continue
            if reader is None:
                reader = models.reader(view.registry())
            if one.hash in fresh or writer.has(one.hash, reader.name):
                done.known += 1
            else:
                fresh[one.hash] = one
        documents = list(fresh.values())
        readings = reader.read(documents) if reader is not None and documents else []
        quotes = [
            statement.extent.quote(document.text)
            for document, reading in zip(documents, readings, strict=True)
            for statement in reading.statements
        ]
        vectors = to_int8(models.encoder.encode(quotes)) if quotes else None
        at = 0
        for document, reading in zip(documents, readings, strict=True):
            bands = bands_of(document.text)
            copied = original_of(document, view.documents_in_bands(bands))
            size = len(reading.statements)
            mine = vectors[at : at + size] if vectors is not None else to_int8(models.encoder.encode([]))
            at += size
            if writer.add(Entry(document, reading, mine, models.encoder.name, bands, copied)):
                done.kept += 1
                done.statements += size
                done.copies += copied is not None
            else:
                done.known += 1
            if progress is not None:
                progress(done)
    return done
