"""Parquet tables of documents: the columns are the fields of the JSON lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed
from sayso.intake.fields import TEXT_FIELDS, document_from
from sayso.intake.html import document_from_html

MAGIC = b"PAR1"
FIELDS = (*TEXT_FIELDS, "text", "html")
ROWS = 100
"""Rows that are held at a time."""


class Parquet:
    """A row a document."""

    name = "parquet"
    binary = True

    def sniff(self, head: bytes, name: str) -> bool:
        """By its first bytes."""
        return head.startswith(MAGIC)

    def parse(self, source: Named) -> Iterator[Parsed]:
        """A document a row."""
        yield from _rows(io.BytesIO(source.data), source.name)

    def parse_file(self, source: Named, path: Path, most: int) -> Iterator[Parsed]:
        """A document a row, of a file of any size."""
        yield from _rows(path, source.name)


def _rows(place: Any, name: str) -> Iterator[Parsed]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputRefused(
            "Parquet needs a library that is not installed", where=name, remedy="pip install 'sayso[export]'"
        ) from error
    number = 0
    try:
        table = pq.ParquetFile(place)
        held = [column for column in FIELDS if column in table.schema_arrow.names]
        if not {"text", "html"} & set(held):
            raise InputRefused("no column named text or html", where=name, remedy="name the columns as JSON lines do")
        for group in table.iter_batches(batch_size=ROWS, columns=held):
            for row in group.to_pylist():
                number += 1
                try:
                    yield document_from(row, f"{name}, row {number}", document_from_html)
                except InputRefused as refused:
                    yield refused
    except (OSError, ValueError, MemoryError, OverflowError, pa.ArrowException) as error:
        reason = str(error).split("\n", 1)[0]
        yield InputRefused(f"not readable as Parquet ({reason})", where=name, remedy="export it again")
