"""Documents made ready for a desk: read, and every statement's words embedded, wherever a runner runs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sayso.desk.base import Bytes8
from sayso.desk.vectors import to_int8
from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.model.statement import Reading
from sayso.scale.base import Here, Runner
from sayso.scale.pool import Pool
from sayso.verbs.models import Models

if TYPE_CHECKING:
    from sayso.neural.encoder import Encoder
    from sayso.reading.reader import Reader

MANY = 2
"""Jobs from which worker processes pay."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its reading and ``int8[statements, dim]`` vectors in the order of its statements."""

    document: Document
    reading: Reading
    vectors: Bytes8


Preparing = Callable[[Sequence[Document]], list[Prepared]]


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


def make_preparing(registry: Registry, models: Models | None = None) -> Preparing:
    """The work of one worker; its models are loaded now, with one thread where none are given."""
    loaded = models or Models(threads=1)
    return partial(prepare, reader=loaded.reader(registry), encoder=loaded.encoder)


def runner_of(jobs: int, ray: str | None = None) -> Runner:
    """How to run: on a Ray cluster, in worker processes, or here.

    Raises:
        UsageError, DeskError: Ray is not installed, or no cluster answers.
    """
    if ray is not None:
        from sayso.scale.ray_cluster import RayCluster

        return RayCluster(ray)
    return Here() if jobs < MANY else Pool(jobs)
