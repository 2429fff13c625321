"""Statements as one flat Parquet table, a row each, written in groups so that a large desk fits a small memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.model.dossier import Kept

GROUP = 20_000
TEXT = (
    "id", "document", "url", "outlet", "outlet_channel", "title", "lang", "published", "seen", "source", "kind", "body",
    "stance", "form", "date", "channel", "quote", "attribution",
)  # fmt: skip
COUNTS = ("start", "end")


def to_row(kept: Kept) -> dict[str, Any]:
    """One statement with what is known of its document."""
    statement, document = kept.statement, kept.document
    return {
        "id": statement.id,
        "document": document.hash,
        "url": document.url,
        "outlet": document.outlet,
        "outlet_channel": document.channel,
        "title": document.title,
        "lang": document.lang,
        "published": document.published,
        "seen": kept.seen,
        "source": statement.source.name,
        "kind": statement.source.kind.value,
        "body": statement.source.body,
        "stance": statement.stance.value if statement.stance else None,
        "form": statement.form.value if statement.form else None,
        "date": statement.date,
        "channel": statement.channel,
        "quote": statement.extent.quote(document.text),
        "attribution": statement.attribution,
        "start": statement.extent.start,
        "end": statement.extent.end,
        "via": [mention.name for mention in statement.via],
        "verbatim": statement.verbatim,
        "confidence": statement.confidence,
    }


def write_parquet(statements: Iterable[Kept], place: Path) -> int:
    """Writes the table; returns its rows. A half-written file never stands under *place*.

    Raises:
        UsageError: the library for it is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            "Parquet needs a library that is not installed", remedy="install it with: pip install 'sayso[export]'"
        ) from error
    schema = pa.schema(
        [
            *((name, pa.string()) for name in TEXT),
            *((name, pa.int64()) for name in COUNTS),
            ("via", pa.list_(pa.string())),
            ("verbatim", pa.bool_()),
            ("confidence", pa.float64()),
        ]
    )
    growing = place.with_name(f".{place.name}.part")
    rows = 0
    try:
        with pq.ParquetWriter(growing, schema, compression="zstd") as writer:
            for group in _groups(map(to_row, statements)):
                writer.write_table(pa.Table.from_pylist(group, schema=schema))
                rows += len(group)
        growing.replace(place)
    finally:
        growing.unlink(missing_ok=True)
    return rows


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held = iter(rows)
    while group := list(islice(held, GROUP)):
        yield group
