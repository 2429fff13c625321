"""JSON lines of documents (also one JSON object, or an array of them)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from sayso.errors import InputRefused
from sayso.intake.base import Named, Parsed, decode, opening
from sayso.intake.fields import document_from
from sayso.intake.html import document_from_html


class JsonLines:
    """``{"id"?, "url", "outlet", "channel", "author", "title", "lang"?, "published"?, "text" | "html"}`` a line."""

    name = "jsonl"
    binary = False

    def sniff(self, head: bytes, name: str) -> bool:
        """By its first character, or by name where that is a JSON one."""
        start = opening(head, 2)
        listed = start == b"[{" or (start[:1] == b"[" and name.endswith((".json", ".jsonl")))
        return start[:1] == b"{" or listed

    def parse(self, source: Named) -> Iterator[Parsed]:
        """A document a line; a line that cannot be read is refused by its number."""
        text = decode(source)
        whole = _whole(text)
        if whole is not None:
            for number, row in enumerate(whole, 1):
                yield _document(row, f"{source.name}, item {number}")
            return
        yield from _rows(enumerate(text.split("\n"), 1), source.name)

    def parse_file(self, source: Named, path: Path, most: int) -> Iterator[Parsed]:
        """A document a line, of a file of any size; a line longer than *most* bytes is refused and passed over."""
        with path.open("rb") as stream:
            yield from _rows(_lines(stream, most), source.name)


def _lines(stream: IO[bytes], most: int) -> Iterator[tuple[int, str | InputRefused]]:
    number = 0
    while data := stream.readline(most + 1):
        number += 1
        if len(data) > most:
            while data and not data.endswith(b"\n"):
                data = stream.readline(most)
            yield (
                number,
                InputRefused(f"longer than the limit of {most} bytes a document", remedy="raise SAYSO_MAX_BYTES"),
            )
            continue
        try:
            yield number, data.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            yield number, InputRefused("not valid UTF-8", remedy="export the file as UTF-8")


def _rows(lines: Iterable[tuple[int, str | InputRefused]], name: str) -> Iterator[Parsed]:
    for number, line in lines:
        where = f"{name}, line {number}"
        if isinstance(line, InputRefused):
            yield InputRefused(line.what, where=where, remedy=line.remedy)
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep or a number too long"
            yield InputRefused(
                f"not valid JSON ({reason})", where=where, remedy="the line may be cut off; export it again"
            )
        else:
            yield _document(row, where)


def _whole(text: str) -> list[Any] | None:
    """The rows of a text that is one JSON array or one object over several lines; None for JSON lines."""
    stripped = text.strip()
    if stripped.startswith("{") and ("\n" not in stripped or "}\n" in stripped.replace("\r", "")):
        first = stripped.split("\n", 1)[0].strip()
        if first.endswith("}"):
            return None
    try:
        value = json.loads(stripped)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else [value]


def _document(row: Any, where: str) -> Parsed:
    if not isinstance(row, dict):
        return InputRefused(
            f"a JSON {type(row).__name__}, not an object", where=where, remedy="put one document on each line"
        )
    try:
        return document_from(row, where, document_from_html)
    except InputRefused as refused:
        return refused
