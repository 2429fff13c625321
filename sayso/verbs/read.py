"""``sayso read``: statements found in documents, without a desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sayso.errors import InputRefused
from sayso.intake.detect import iter_documents
from sayso.intake.sources import iter_inputs
from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.model.statement import Reading
from sayso.verbs.models import Models

TOGETHER = 16
"""Documents whose windows share batches: enough to fill them, few enough to show progress."""


def iter_parsed(sources: Sequence[str], most: int) -> Iterator[Document | InputRefused]:
    """Every document that *sources* hold, and a refusal for whatever cannot be read."""
    for given in iter_inputs(sources, most):
        if isinstance(given, InputRefused):
            yield given
        else:
            yield from iter_documents(given, most)


def iter_readings(
    documents: Iterable[Document | InputRefused], models: Models, registry: Registry | None = None
) -> Iterator[tuple[Document, Reading] | InputRefused]:
    """Each document with its reading, in order; refusals pass through."""
    reader = None
    waiting = iter(documents)
    while some := list(islice(waiting, TOGETHER)):
        good = [one for one in some if isinstance(one, Document)]
        if good and reader is None:
            reader = models.reader(registry or Registry())
        readings = iter(reader.read(good)) if reader is not None else iter(())
        for one in some:
            yield one if isinstance(one, InputRefused) else (one, next(readings))
