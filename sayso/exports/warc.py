"""The archive of a desk as WARC (ISO 28500): one resource record for each original, as the bytes came in."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable
from pathlib import Path

LINES = "\r\n"


def write_warc(originals: Iterable[tuple[bytes, str, str]], place: Path) -> int:
    """Writes a gzip WARC, one member a record, as readers expect; returns how many records.

    Args:
        originals: (bytes, address, time at which the desk got them, ISO 8601 in UTC).
        place: the file; it stands there only when it is whole.
    """
    import gzip

    growing = place.with_name(f".{place.name}.part")
    count = 0
    try:
        with open(growing, "wb") as file:
            for data, address, at in originals:
                file.write(gzip.compress(_record(data, address, at)))
                count += 1
        growing.replace(place)
    finally:
        growing.unlink(missing_ok=True)
    return count


def _record(data: bytes, address: str, at: str) -> bytes:
    digest = b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
    name = hashlib.sha256(f"{address} {at}".encode() + data).hexdigest()
    uuid = f"{name[:8]}-{name[8:12]}-5{name[13:16]}-8{name[17:20]}-{name[20:32]}"
    uri = address if "://" in address else f"urn:sayso:original:{hashlib.sha256(data).hexdigest()}"
    headers = {
        "WARC-Type": "resource",
        "WARC-Record-ID": f"<urn:uuid:{uuid}>",
        "WARC-Target-URI": "".join(character for character in uri if character.isprintable()),
        "WARC-Date": at.replace("+00:00", "Z"),
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Type": "application/octet-stream",
        "Content-Length": str(len(data)),
    }
    head = "WARC/1.1" + LINES + LINES.join(f"{key}: {value}" for key, value in headers.items()) + LINES * 2
    return head.encode("utf-8") + data + (LINES * 2).encode()
