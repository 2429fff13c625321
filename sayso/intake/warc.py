"""Web archives (WARC, ISO 28500), plain or gzip, read record by record with FastWARC."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from sayso.errors import InputRefused
from sayso.intake.base import USUAL_MOST, Named, Parsed
from sayso.intake.packed import GZIP

PAGES = ("text/html", "application/xhtml", "text/plain", "application/rss", "application/atom", "application/json",
         "application/feed+json", "application/pdf", "text/xml", "application/xml")  # fmt: skip


class Warc:
    """Every page of an archive, each through its own format; its address is the record's."""

    name = "warc"
    binary = True

    def sniff(self, head: bytes, name: str) -> bool:
        """By the version line, also inside gzip."""
        if head.startswith(b"WARC/"):
            return True
        return head.startswith(GZIP) and _unzipped(head).startswith(b"WARC/")

    def parse(self, source: Named) -> Iterator[Parsed]:
        """The pages of an archive held in memory."""
        yield from _pages(io.BytesIO(source.data), source.name, USUAL_MOST)

    def parse_file(self, source: Named, path: Path, most: int) -> Iterator[Parsed]:
        """The pages of an archive of any size."""
        with path.open("rb") as stream:
            yield from _pages(stream, source.name, most)


def _unzipped(head: bytes) -> bytes:
    import zlib

    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(head, 16)
    except zlib.error:
        return b""


def _pages(stream: IO[bytes], name: str, most: int) -> Iterator[Parsed]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    from sayso.intake.detect import iter_documents

    found = 0
    try:
        for record in ArchiveIterator(
            stream, record_types=WarcRecordType.response | WarcRecordType.resource, parse_http=True
        ):
            found += 1
            address = record.record_uri if hasattr(record, "record_uri") else record.headers.get("WARC-Target-URI")
            where = f"{name}, record {found} ({address})"
            http = record.http_headers
            kind = (record.http_content_type or "") if http is not None else ""
            fetched = http is not None and http.status_code == 200 and kind.startswith(PAGES)
            if not fetched and record.record_type != WarcRecordType.resource:
                continue
            data = record.reader.read(most + 1)
            if len(data) > most:
                yield InputRefused(
                    f"larger than the limit of {most} bytes a document", where=where, remedy="raise SAYSO_MAX_BYTES"
                )
                continue
            body = _decoded(data, http, most) if http is not None else data
            yield from iter_documents(Named(where, body, url=address), most)
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        yield InputRefused(
            f"the archive is damaged after record {found} ({error})", where=name, remedy="download or write it again"
        )
    if not found:
        yield InputRefused("no page in the archive", where=name, remedy="check that it was written to the end")


def _decoded(data: bytes, http: object, most: int) -> bytes:
    """The body with its transfer and content encodings taken off, as far as they are known."""
    import zlib

    coding = str(getattr(http, "get", lambda *_: "")("Content-Encoding", "") or "").casefold()
    if coding in ("gzip", "x-gzip", "deflate"):
        try:
            worker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32 if "gzip" in coding else zlib.MAX_WBITS)
            return worker.decompress(data, most)
        except zlib.error:
            return data
    return data
