"""Documents from named fields, as JSON lines and CSV give them; each field checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sayso.errors import InputRefused
from sayso.intake.base import encodable
from sayso.model.document import CHANNELS, RELAY_KINDS, Document, Relay
from sayso.model.edtf import is_coarse, is_valid

TEXT_FIELDS = ("id", "url", "outlet", "channel", "author", "title", "lang", "published")
NEEDED = "give each document at least a text"


def document_from(fields: Mapping[str, Any], where: str, from_html: Callable[[str, str], Document]) -> Document:
    """A document from *fields*; unknown fields are ignored.

    Args:
        fields: ``text`` (kept exactly) or ``html`` (its main text is taken), and the fields of the contract.
        where: file and line, for errors.
        from_html: turns HTML source and an address into a document.

    Raises:
        InputRefused: there is no text, or a field is of a wrong kind.
    """
    values: dict[str, str | None] = {}
    for key in (*TEXT_FIELDS, "text", "html"):
        value = fields.get(key)
        if key == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise InputRefused(f"{key!r} is {type(value).__name__}, not text", where=where, remedy="put it in quotes")
        if value is not None and not encodable(value):
            raise InputRefused(
                f"{key!r} holds half a character (a lone surrogate)", where=where, remedy="export it again"
            )
        values[key] = value or None
    text, html = values.pop("text"), values.pop("html")
    if values["channel"] not in (None, *CHANNELS):
        raise InputRefused(
            f"unknown channel {values['channel']!r}", where=where, remedy=f"use one of {', '.join(CHANNELS)}"
        )
    check_time(values["published"], where)
    relays = _relays(fields.get("relays"), where)
    if text is None and html is not None:
        page = from_html(html, where)
        text = page.text
        values = {key: value or getattr(page, key) for key, value in values.items()}
        relays = relays or page.relays
    if text is None or not text.strip():
        raise InputRefused("no text", where=where, remedy=NEEDED)
    return Document(
        text=text,
        url=values["url"],
        outlet=values["outlet"],
        channel=values["channel"] or "other",
        author=values["author"],
        title=values["title"],
        lang=values["lang"],
        published=values["published"],
        id=values["id"],
        relays=relays,
    )


def _relays(value: Any, where: str) -> tuple[Relay, ...]:
    """What "relays" says of provenance: a list of ``{"kind", "name", "url"}``."""
    if value is None or value == "":
        return ()
    rows = value if isinstance(value, list) else [None]
    out = []
    for row in rows:
        kind = row.get("kind") if isinstance(row, dict) else None
        if not isinstance(row, dict) or kind not in RELAY_KINDS:
            raise InputRefused(
                "'relays' holds something else than objects with a known kind",
                where=where,
                remedy=f"use kinds {', '.join(RELAY_KINDS)}",
            )
        name, url = (row.get(key) if isinstance(row.get(key), str) else None for key in ("name", "url"))
        out.append(Relay(kind, name or None, url or None))
    return tuple(out)


def check_time(value: str | None, where: str) -> None:
    """Refuses a publication time that is no ISO 8601 date; a month or a year will do.

    Raises:
        InputRefused: it is not.
    """
    if value is None or (is_coarse(value) and is_valid(value)):
        return
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise InputRefused(
            f"'published' is {value!r}, not an ISO 8601 time",
            where=where,
            remedy="write it like 2034-08-07T10:00:00+00:00, 2034-08-07, 2034-08 or 2034",
        ) from error
