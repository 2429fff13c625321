"""Identifiers: hashes of what a thing rests on, never of how it was judged."""

from __future__ import annotations

import hashlib
import json

LENGTH = 20


def digest(*parts: object) -> str:
    """A hexadecimal identifier of 80 bits over *parts* (strings, numbers, lists of these), in order."""
    packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return hashlib.sha256(packed).hexdigest()[:LENGTH]
