"""Quotation marks, as newsrooms set them."""

from __future__ import annotations

DOUBLE_QUOTES = '«“„"'
OPENING_QUOTES = f"{DOUBLE_QUOTES}‘"
"""Those that open a quotation; a straight single mark is as often an apostrophe."""
ANY_QUOTES = f"{OPENING_QUOTES}'`"
"""Where nothing but a mark can stand."""
