"""Read documents as Parquet parts: what ``sayso add --to-parquet`` writes on many machines and ``sayso load`` puts on a desk.

A row is a document with everything that adding it writes. Columns of the document are those of the ledger, so that
DuckDB or pandas can look into a part; reading and statements are JSON text, vectors bytes. The bytes of an input that held
many documents stand with the first of them in a part; the rows that follow name them by their hash.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from sayso.desk.base import Entry, Original
from sayso.desk.rows import (
    DOCUMENT_COLUMNS,
    STATEMENT_COLUMNS,
    attributions_from_text,
    attributions_to_text,
    document_of,
    document_row,
    dump,
    statement_of,
    statement_row,
)
from sayso.desk.vectors import DIM
from sayso.errors import InputRefused, UsageError
from sayso.model.statement import Reading

PART = 1000
"""Documents in a part."""
DOCUMENT = tuple(column.strip() for column in DOCUMENT_COLUMNS.split(","))
STATEMENT = tuple(column.strip() for column in STATEMENT_COLUMNS.split(","))
TEXT = (
    *DOCUMENT,
    "reader",
    "read_lang",
    "attributions",
    "statements",
    "encoder",
    "original_address",
    "original_hash",
)
BYTES = ("vectors", "original")


def write_parts(entries: Iterable[Entry], folder: Path, seen: str) -> int:
    """Writes entries into new parts of *folder*; returns how many. A half-written part never has a part's name.

    Raises:
        UsageError: pyarrow is not installed.
    """
    pa, pq = _library()
    schema = pa.schema([*((name, pa.string()) for name in TEXT), *((name, pa.binary()) for name in BYTES)])
    folder.mkdir(parents=True, exist_ok=True)
    numbers = (int(path.stem.removeprefix("part-")) for path in folder.glob("part-*.parquet"))
    following = max(numbers, default=-1) + 1
    coming = iter(entries)
    written = 0
    while some := list(islice(coming, PART)):
        place = folder / f"part-{following:06}.parquet"
        growing = place.with_suffix(".growing")
        pq.write_table(pa.Table.from_pylist(list(_iter_rows(some, seen)), schema), growing, compression="zstd")
        growing.replace(place)
        following += 1
        written += len(some)
    return written


def read_parts(folder: Path) -> Iterator[Entry | InputRefused]:
    """The entries of all parts in order; a refusal in place of a part, or a row, that cannot be read."""
    _, pq = _library()
    for path in sorted(folder.glob("part-*.parquet")):
        try:
            last: Original | None = None
            for group in pq.ParquetFile(path).iter_batches(batch_size=100):
                for row in group.to_pylist():
                    last = _original(row, last)
                    yield _entry(row, last)
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            reason = str(error).split("\n", 1)[0]
            yield InputRefused(f"no readable part ({reason})", where=str(path), remedy="write it again")


def hashes_in(folder: Path) -> set[str]:
    """The documents that parts hold, by their hash."""
    _, pq = _library()
    parts = sorted(folder.glob("part-*.parquet"))
    return {name for path in parts for name in pq.read_table(path, columns=["hash"])["hash"].to_pylist()}


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            "Parquet needs a library that is not installed", remedy="install it with: pip install 'sayso[export]'"
        ) from error
    return pa, pq


def _iter_rows(entries: Iterable[Entry], seen: str) -> Iterator[dict[str, Any]]:
    last: str | None = None
    for one in entries:
        name = one.original.hash if one.original else None
        yield _row(one, seen, with_bytes=name != last)
        last = name


def _row(entry: Entry, seen: str, *, with_bytes: bool) -> dict[str, Any]:
    reading, original = entry.reading, entry.original
    return {
        **dict(zip(DOCUMENT, document_row(entry.document, seen), strict=True)),
        "reader": reading.reader,
        "read_lang": reading.lang,
        "attributions": attributions_to_text(reading.attributions),
        "statements": dump([statement_row(one, 0) for one in reading.statements]),
        "encoder": entry.encoder,
        "vectors": entry.vectors.tobytes(),
        "original": original.unpacked() if original and with_bytes else None,
        "original_address": original.address if original else None,
        "original_hash": original.hash if original else None,
    }


def _original(row: dict[str, Any], last: Original | None) -> Original | None:
    """The input of a row: its own bytes, or those of the row before it where it only names them."""
    if row["original"] is not None:
        return Original.of(row["original"], row["original_address"])
    name = row.get("original_hash")
    if name is None:
        return None
    if last is None or last.hash != name:
        raise ValueError(f"the bytes of input {name[:12]} are missing")
    return replace(last, address=row["original_address"])


def _entry(row: dict[str, Any], original: Original | None) -> Entry:
    document = document_of(row)
    if document.hash != row["hash"]:
        raise ValueError(f"document {row['hash'][:12]} was changed")
    statements = tuple(
        statement_of(dict(zip(STATEMENT, values, strict=True))) for values in json.loads(row["statements"])
    )
    attributions = attributions_from_text(row["attributions"])
    vectors = np.frombuffer(row["vectors"], np.int8).reshape(len(statements), DIM)
    reading = Reading(document.hash, row["reader"], row["read_lang"], attributions, statements)
    return Entry(document, reading, vectors, row["encoder"], original=original)
