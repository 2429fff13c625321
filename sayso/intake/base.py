"""What every format offers, and the checks that all inputs go through."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from sayso.errors import InputRefused
from sayso.model.document import Document

Parsed: TypeAlias = Document | InputRefused
"""One result of parsing: a document, or the refusal of one part of the input."""

HEAD = 4096


@dataclass(frozen=True, slots=True)
class Named:
    """An input: where it came from, and its bytes."""

    name: str
    data: bytes


class Format(Protocol):
    """One input format. ``sniff`` looks at the first bytes and the name; ``parse`` raises rather than guesses."""

    name: str

    def sniff(self, head: bytes, name: str) -> bool:
        """Whether the input looks like this format. *head* is its first bytes, *name* the file's name."""

    def parse(self, source: Named) -> Iterator[Parsed]:
        """The documents in the input, in order; a refusal in place of each part that cannot be read.

        Raises:
            InputRefused: nothing of the input can be read.
        """


def decode(source: Named) -> str:
    """The text of the input: UTF-8, or UTF-16 with a byte order mark.

    Raises:
        InputRefused: it is in another encoding.
    """
    encoding = "utf-8-sig"
    if source.data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        return source.data.decode(encoding)
    except UnicodeDecodeError as error:
        line = source.data[: error.start].count(b"\n") + 1
        raise InputRefused(
            f"not valid {encoding.upper().removesuffix('-SIG')} (byte {error.start}, line {line})",
            where=source.name,
            remedy="save it as UTF-8, for example with: iconv -f WINDOWS-1251 -t UTF-8",
        ) from error


def check(source: Named, most: int) -> None:
    """Refuses what no format can read.

    Raises:
        InputRefused: the input is empty, larger than *most* bytes, or binary.
    """
    if not source.data.strip():
        raise InputRefused("empty file", where=source.name, remedy="check that it was saved completely")
    if len(source.data) > most:
        raise InputRefused(
            f"{len(source.data)} bytes, more than the limit of {most}",
            where=source.name,
            remedy="split it, or raise SAYSO_MAX_BYTES",
        )
    head = source.data[:HEAD]
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not utf16 and (b"\x00" in head or controls * 20 > len(head)):
        raise InputRefused("binary file", where=source.name, remedy="save it as text, HTML, JSON lines or CSV")


def clean_text(text: str) -> str:
    """Line ends made one kind, white space trimmed at the ends of lines, runs of empty lines made one."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    out: list[str] = []
    for line in lines:
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out).strip()


def encodable(text: str) -> bool:
    """Whether *text* is free of lone surrogates, which no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
