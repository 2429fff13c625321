"""Packed inputs: gzip taken off, zip archives opened; both within limits, in memory, never onto the disk."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from sayso.errors import InputRefused
from sayso.intake.base import Named

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
)
"""What zipfile raises on a damaged archive, found by fuzzing: seeks before its start, names in no encoding, sizes that lie."""
MOST_MEMBERS = 10_000
MOST_UNPACKED = 10
"""All files of an archive together may come to this many documents' limits."""


def is_gzip(data: bytes) -> bool:
    """By its first bytes."""
    return data.startswith(GZIP)


def is_zip(data: bytes) -> bool:
    """By its first bytes."""
    return data.startswith(ZIP)


def unpacked(source: Named, most: int) -> Named:
    """The input with gzip taken off.

    Raises:
        InputRefused: it is damaged, or grows beyond *most* bytes (a gzip bomb).
    """
    worker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        data = worker.decompress(source.data, most + 1)
    except zlib.error as error:
        raise InputRefused("damaged gzip data", where=source.name, remedy="copy or download it again") from error
    if len(data) > most:
        raise InputRefused(
            f"unpacks to more than the limit of {most} bytes",
            where=source.name,
            remedy="unpack and split it, or raise SAYSO_MAX_BYTES",
        )
    if not worker.eof:
        raise InputRefused("gzip data cut off", where=source.name, remedy="copy or download it again")
    return Named(source.name.removesuffix(".gz"), data, url=source.url)


def iter_members(source: Named, most: int) -> Iterator[Named | InputRefused]:
    """The files of a zip archive, by name; a refusal for links, locked files and what grows too large.

    Names are only shown, never used as paths, so that one that climbs out of a folder does no harm.

    Raises:
        InputRefused: the archive is damaged or has too many files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_MEMBERS:
                raise InputRefused(
                    f"{len(infos)} files, more than {MOST_MEMBERS}", where=source.name, remedy="unpack and split it"
                )
            left = most * MOST_UNPACKED
            for info in sorted(infos, key=lambda one: one.filename):
                member = _member(archive, info, source, min(most, left))
                if isinstance(member, Named):
                    left -= len(member.data)
                yield member
    except DAMAGED as error:
        raise InputRefused("damaged zip archive", where=source.name, remedy="copy or download it again") from error


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Named, most: int) -> Named | InputRefused:
    where = f"{source.name}, file {info.filename}"
    if stat.S_ISLNK(info.external_attr >> 16):
        return InputRefused("a link, not a file", where=where, remedy="pack the file itself")
    if info.flag_bits & 1:
        return InputRefused("locked with a password", where=where, remedy="unpack it first")
    with archive.open(info) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        return InputRefused(
            f"unpacks to more than the limit of {most} bytes", where=where, remedy="unpack and split it"
        )
    return Named(where, data)
