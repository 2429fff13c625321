"""Domain types to columns of the ledger and back; nested values are JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sayso.desk.store import Row
from sayso.model.document import Document, Relay
from sayso.model.dossier import Kept
from sayso.model.span import Span
from sayso.model.statement import Attribution, Form, Kind, Mention, Stance, Statement

DOCUMENT_COLUMNS = "hash, given_id, url, outlet, channel, author, title, lang, published, text, seen, relays"
STATEMENT_COLUMNS = (
    "id, reading_number, document_hash, attribution_id, source_name, source_kind, source_body, source_start, source_end, "
    "via, cue, content, quote_start, quote_end, stance, form, said, channel, verbatim, firm, own, confidence"
)


def dump(value: Any) -> str:
    """Compact JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def spans(values: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """Spans from pairs."""
    return tuple(Span(*pair) for pair in values)


def mention_to_list(mention: Mention) -> list[Any]:
    """A mention as a JSON list: name, kind, start, end, body."""
    start, end = mention.span if mention.span else (None, None)
    return [mention.name, mention.kind.value, start, end, mention.body]


def mention_from_list(row: list[Any]) -> Mention:
    """The mention of such a list."""
    name, kind, start, end, body = row
    return Mention(name, Kind(kind), None if start is None else Span(start, end), body)


def attributions_to_text(attributions: Iterable[Attribution]) -> str:
    """Attributions as JSON text."""
    return dump([[one.id, one.source, one.cue, one.content, one.confidence] for one in attributions])


def attributions_from_text(text: str) -> tuple[Attribution, ...]:
    """The attributions of such a text."""
    return tuple(Attribution(row[0], spans(row[1]), spans(row[2]), spans(row[3]), row[4]) for row in json.loads(text))


def document_row(document: Document, seen: str) -> tuple[Any, ...]:
    """Values in the order of DOCUMENT_COLUMNS."""
    return (
        document.hash,
        document.id,
        document.url,
        document.outlet,
        document.channel,
        document.author,
        document.title,
        document.lang,
        document.published,
        document.text,
        seen,
        dump([[one.kind, one.name, one.url] for one in document.relays]),
    )


def document_of(row: Row, prefix: str = "") -> Document:
    """A document from a row; *prefix* where its columns were renamed in a join."""
    return Document(
        text=row[prefix + "text"],
        url=row[prefix + "url"],
        outlet=row[prefix + "outlet"],
        channel=row[prefix + "channel"],
        author=row[prefix + "author"],
        title=row[prefix + "title"],
        lang=row[prefix + "lang"],
        published=row[prefix + "published"],
        id=row[prefix + "given_id"],
        relays=tuple(Relay(*one) for one in json.loads(row[prefix + "relays"])),
    )


def statement_row(statement: Statement, reading: int) -> tuple[Any, ...]:
    """Values in the order of STATEMENT_COLUMNS."""
    source = statement.source
    return (
        statement.id,
        reading,
        statement.document,
        statement.attribution,
        source.name,
        source.kind.value,
        source.body,
        source.span.start if source.span else None,
        source.span.end if source.span else None,
        dump([mention_to_list(mention) for mention in statement.via]),
        dump(statement.cue),
        dump(statement.content),
        statement.extent.start,
        statement.extent.end,
        statement.stance.value if statement.stance else None,
        statement.form.value if statement.form else None,
        statement.date,
        statement.channel,
        int(statement.verbatim),
        int(statement.firm),
        int(statement.own),
        statement.confidence,
    )


def statement_of(row: Row) -> Statement:
    """The statement of a row with STATEMENT_COLUMNS."""
    place = None if row["source_start"] is None else Span(row["source_start"], row["source_end"])
    return Statement(
        id=row["id"],
        document=row["document_hash"],
        attribution=row["attribution_id"],
        source=Mention(row["source_name"], Kind(row["source_kind"]), place, row["source_body"]),
        via=tuple(mention_from_list(one) for one in json.loads(row["via"])),
        cue=spans(json.loads(row["cue"])),
        content=spans(json.loads(row["content"])),
        extent=Span(row["quote_start"], row["quote_end"]),
        stance=Stance(row["stance"]) if row["stance"] else None,
        form=Form(row["form"]) if row["form"] else None,
        date=row["said"],
        channel=row["channel"],
        verbatim=bool(row["verbatim"]),
        firm=bool(row["firm"]),
        own=bool(row["own"]),
        confidence=row["confidence"],
    )


def kept_of(row: Row) -> Kept:
    """A statement with its document, from a row that joins both (document columns prefixed ``d_``)."""
    return Kept(statement_of(row), document_of(row, "d_"), row["d_seen"])
