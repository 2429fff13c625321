"""CSV and tab-separated tables of documents, with a header line that names the fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, decode
from sayso.intake.fields import TEXT_FIELDS, document_from
from sayso.intake.html import document_from_html

FIELDS = frozenset((*TEXT_FIELDS, "text", "html"))
csv.field_size_limit(50_000_000)


class CsvTable:
    """Columns are the fields of the JSON lines; ``text`` or ``html`` must be among them."""

    name = "csv"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By a header line with a ``text`` or ``html`` column and one other known field."""
        return _delimiter(head.decode("utf-8-sig", "replace").split("\n", 1)[0]) is not None

    def parse(self, source: Named) -> Iterator[Parsed]:
        """A document a row; a row that cannot be read is refused by its line."""
        text = decode(source)
        delimiter = _delimiter(text.split("\n", 1)[0])
        if delimiter is None:
            raise InputRefused(
                "no header line with a text column", where=source.name, remedy="name the columns in the first line"
            )
        yield from _rows(io.StringIO(text, newline=""), delimiter, source.name)

    def parse_file(self, source: Named, path: Path, most: int) -> Iterator[Parsed]:
        """A document a row, of a file of any size."""
        delimiter = _delimiter(source.data.decode("utf-8-sig", "replace").split("\n", 1)[0]) or ","
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _rows(stream, delimiter, source.name)


def _rows(lines: Iterable[str], delimiter: str, name: str) -> Iterator[Parsed]:
    rows = csv.DictReader(lines, delimiter=delimiter)
    rows.fieldnames = [name.strip().casefold() for name in rows.fieldnames or []]
    try:
        for row in rows:
            where = f"{name}, line {rows.line_num}"
            if None in row:
                yield InputRefused(
                    "more columns than the header", where=where, remedy="put cells that hold commas in quotes"
                )
                continue
            try:
                yield document_from(row, where, document_from_html)
            except InputRefused as refused:
                yield refused
    except (csv.Error, UnicodeDecodeError) as error:
        yield InputRefused(f"not valid CSV ({error})", where=f"{name}, line {rows.line_num}", remedy="export it again")


def _delimiter(header: str) -> str | None:
    for delimiter in (",", "\t", ";"):
        names = {name.strip().strip('"').casefold() for name in header.split(delimiter)}
        if names & {"text", "html"} and len(names & FIELDS) > 1:
            return delimiter
    return None
