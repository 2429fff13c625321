"""``sayso read``: statements found in documents, without a desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sayso.errors import InputRefused
from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.model.statement import Reading
from sayso.verbs.models import Models

TOGETHER = 16
"""Documents whose windows share batches: enough to fill them, few enough to show progress."""


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
