"""JSON on one line, whatever reads it."""

from __future__ import annotations

import json
from typing import Any

_BREAKS = {ord(one): f"\\u{ord(one):04x}" for one in "\x85\u2028\u2029"}
"""Characters that JSON lets stand as they are and at which many programs cut lines."""


def json_line(value: Any) -> str:
    """*value* as JSON text that is one line by any measure."""
    return json.dumps(value, ensure_ascii=False).translate(_BREAKS)
