"""What every format offers, and the checks that all inputs go through."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

from sayso.errors import InputRefused
from sayso.model.document import Document


@dataclass(frozen=True, slots=True)
class Link:
    """An address that an input names instead of a text, as sitemaps do."""

    url: str
    where: str


Parsed: TypeAlias = Document | InputRefused | Link
"""One result of parsing: a document, the refusal of one part of the input, or an address that may be followed."""

HEAD = 4096
USUAL_MOST = 20_000_000
"""Bytes of a document where nobody sets another limit."""


@dataclass(frozen=True, slots=True)
class Named:
    """An input.

    Attributes:
        name: where it came from.
        data: its bytes; where *path* is given, only the first of them.
        path: the file to stream, of an input larger than one document may be.
        url: the address that it was fetched from.
    """

    name: str
    data: bytes
    path: Path | None = None
    url: str | None = None


class Format(Protocol):
    """One input format. ``sniff`` looks at the first bytes and the name; ``parse`` raises rather than guesses.

    Attributes:
        name: what it is called in messages.
        binary: whether its bytes are no text.
    """

    name: str
    binary: bool

    def sniff(self, head: bytes, name: str) -> bool:
        """Whether the input looks like this format. *head* is its first bytes, *name* the file's name."""

    def parse(self, source: Named) -> Iterator[Parsed]:
        """The documents in the input, in order; a refusal in place of each part that cannot be read.

        Raises:
            InputRefused: nothing of the input can be read.
        """


@runtime_checkable
class Streaming(Format, Protocol):
    """A format that holds many documents and is read piece by piece, so that its size has no limit."""

    def parse_file(self, source: Named, path: Path, most: int) -> Iterator[Parsed]:
        """As ``parse``, from a file; no piece of more than *most* bytes is held."""


def opening(head: bytes, length: int = 1) -> bytes:
    """The first bytes that are no white space, by which JSON and markup are told, as UTF-8; a byte order mark is passed over."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return b"".join(head.removeprefix(codecs.BOM_UTF8).split())[:length]


def opens_json(head: bytes) -> bool:
    """Whether *head* begins as a JSON object or array does."""
    return opening(head) in (b"{", b"[")


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


def check_text(source: Named) -> None:
    """Refuses what is no text in any encoding.

    Raises:
        InputRefused: the input is binary.
    """
    head = source.data[:HEAD]
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not utf16 and (b"\x00" in head or controls * 20 > len(head)):
        raise InputRefused(
            "binary file of no known format", where=source.name, remedy="save it as text, HTML, JSON lines or CSV"
        )


_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
"""Characters that no reader sees and that only reorder or break up what they see; joiners that scripts need stay."""


def without_unseen(text: str) -> str:
    """*text* without control characters, zero-width spaces and bidirectional overrides; half characters replaced."""
    return _UNSEEN.sub("", text.encode("utf-8", "replace").decode("utf-8"))


def clean_text(text: str) -> str:
    """Unseen characters taken out, line ends made one kind, white space trimmed at the ends of lines, runs of empty
    lines made one."""
    text = without_unseen(text)
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
