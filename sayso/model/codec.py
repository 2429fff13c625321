"""The JSON of the contract (version 1), from the domain types. Fields may be added, never given another meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sayso.model.document import Document
from sayso.model.dossier import Answer, Circulating, Correction, Disputed, Dossier, Kept, Line, Origin, Side
from sayso.model.span import Span
from sayso.model.statement import Attribution, Mention, Reading, Statement

VERSION = 1


def document_to_dict(document: Document, *, text: bool = True) -> dict[str, Any]:
    """A document; *text* False leaves its text out, as dossiers do."""
    out: dict[str, Any] = {
        "id": document.shown_id,
        "hash": document.hash,
        "url": document.url,
        "outlet": document.outlet,
        "channel": document.channel,
        "title": document.title,
        "lang": document.lang,
        "published": document.published,
    }
    if document.relays:
        out["relays"] = [{"kind": one.kind, "name": one.name, "url": one.url} for one in document.relays]
    if text:
        out["text"] = document.text
    return out


def span_to_dict(span: Span, text: str | None = None) -> dict[str, Any]:
    """Start and end, with the words themselves where *text* is given."""
    if text is None:
        return {"start": span.start, "end": span.end}
    return {"text": span.quote(text), "start": span.start, "end": span.end}


def attribution_to_dict(attribution: Attribution) -> dict[str, Any]:
    """Source, cue and content spans."""
    return {
        "id": attribution.id,
        "source": [span_to_dict(span) for span in attribution.source],
        "cue": [span_to_dict(span) for span in attribution.cue],
        "content": [span_to_dict(span) for span in attribution.content],
        "confidence": attribution.confidence,
    }


def _place(mention: Mention) -> dict[str, Any]:
    start, end = mention.span if mention.span else (None, None)
    return {"start": start, "end": end}


def statement_to_dict(statement: Statement, text: str) -> dict[str, Any]:
    """A statement as ``sayso read`` shows it; *text* is its document's."""
    return {
        "id": statement.id,
        "attribution": statement.attribution,
        "source": {
            "name": statement.source.name,
            "kind": statement.source.kind.value,
            **_place(statement.source),
            "body": statement.source.body,
        },
        "via": [{"name": mention.name, **_place(mention)} for mention in statement.via],
        "cue": [span_to_dict(span, text) for span in statement.cue],
        "content": [span_to_dict(span, text) for span in statement.content],
        "quote": statement.extent.quote(text),
        "start": statement.extent.start,
        "end": statement.extent.end,
        "stance": statement.stance.value if statement.stance else None,
        "form": statement.form.value if statement.form else None,
        "date": statement.date,
        "channel": statement.channel,
        "verbatim": statement.verbatim,
        "confidence": statement.confidence,
    }


def reading_to_dict(document: Document, reading: Reading) -> dict[str, Any]:
    """What ``sayso read --json`` prints for one document."""
    shown = document_to_dict(document)
    shown["lang"] = document.lang or reading.lang
    return {
        "document": shown,
        "attributions": [attribution_to_dict(one) for one in reading.attributions],
        "statements": [statement_to_dict(one, document.text) for one in reading.statements],
    }


def kept_to_dict(kept: Kept) -> dict[str, Any]:
    """A statement of the desk with its document, as ``sayso show`` prints it."""
    return {
        **statement_to_dict(kept.statement, kept.document.text),
        "document": document_to_dict(kept.document, text=False),
        "seen": kept.seen,
        **_reviews(kept),
    }


def _reviews(kept: Kept) -> dict[str, Any]:
    if not kept.reviews:
        return {}
    return {"reviews": [{**asdict(one), "act": one.act.value} for one in kept.reviews]}


def shown_to_dict(
    document: Document, seen: str, attributions: Iterable[Attribution], statements: Iterable[Kept]
) -> dict[str, Any]:
    """A document of the desk with everything read in it, as ``sayso show`` prints it."""
    return {
        "document": document_to_dict(document),
        "seen": seen,
        "attributions": [attribution_to_dict(one) for one in attributions],
        "statements": [{**statement_to_dict(one.statement, document.text), **_reviews(one)} for one in statements],
    }


def claim_to_dict(claim: Circulating) -> dict[str, Any]:
    """A circulating claim, as ``sayso claims`` prints it."""
    return {
        "id": claim.id,
        "claim": {"text": claim.text, "lang": claim.lang},
        "statements": claim.statements,
        "documents": claim.documents,
        "sides": {stance.value: count for stance, count in claim.sides.items()},
        "first_seen": claim.first_seen,
        "last_seen": claim.last_seen,
        "recent": claim.recent,
    }


def _line_to_dict(line: Line) -> dict[str, Any]:
    statement, document = line.kept.statement, line.kept.document
    return {
        "id": statement.id,
        "document": document_to_dict(document, text=False),
        "source": {"name": line.source.name, "kind": line.source.kind.value, "voice": line.voice},
        "via": [mention.name for mention in statement.via],
        "stance": line.stance.value,
        "form": line.form.value if line.form else None,
        "date": statement.date,
        "seen": line.kept.seen,
        "channel": statement.channel,
        "quote": statement.extent.quote(document.text),
        "start": statement.extent.start,
        "end": statement.extent.end,
        "verbatim": statement.verbatim,
        "origin": line.origin,
        "copy_of": line.copy_of,
        "withdrawn_by": line.withdrawn_by,
        "confidence": line.confidence,
    }


def _origin_to_dict(origin: Origin) -> dict[str, Any]:
    return {
        "id": origin.id,
        "actor": origin.actor,
        "voice": origin.voice,
        "stance": origin.stance.value,
        "date": origin.date,
        "statements": list(origin.statements),
        "folds": [
            {"statement": fold.statement, "reason": fold.reason.value, "evidence": fold.evidence}
            for fold in origin.folds
        ],
    }


def _side_to_dict(side: Side) -> dict[str, Any]:
    return {
        "statements": side.statements,
        "origins": side.origins,
        "voices": side.voices,
        "origins_range": list(side.origins_range),
    }


def _correction_to_dict(correction: Correction) -> dict[str, Any]:
    return {
        "document": correction.document,
        "by": correction.by,
        "corrects": correction.corrects,
        "quote": correction.quote,
        "start": correction.start,
        "end": correction.end,
        "not_followed_by": list(correction.not_followed_by),
    }


def _disputed_to_dict(one: Disputed) -> dict[str, Any]:
    return {
        "name": one.name,
        "number": one.details.number,
        "date": one.details.date,
        "signatory": one.details.signatory,
        "circulated_by": list(one.circulated_by),
        "called_forged_by": list(one.called_forged_by),
        "vouched_for_by": list(one.vouched_for_by),
        "statements": list(one.statements),
    }


def dossier_to_dict(dossier: Dossier) -> dict[str, Any]:
    """One dossier."""
    return {
        "claim": {"text": dossier.claim, "lang": dossier.lang},
        "score": dossier.score,
        "sides": {stance.value: _side_to_dict(side) for stance, side in dossier.sides.items()},
        "statements": [_line_to_dict(line) for line in dossier.lines],
        "origins": [_origin_to_dict(origin) for origin in dossier.origins],
        "corrections": [_correction_to_dict(one) for one in dossier.corrections],
        "timeline": list(dossier.timeline),
        "disputed": [_disputed_to_dict(one) for one in dossier.disputed],
    }


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """What ``sayso ask --json`` prints for one question."""
    out: dict[str, Any] = {
        "version": VERSION,
        "asked": {"text": answer.text, "lang": answer.lang},
        "found": answer.found,
        "dossiers": [dossier_to_dict(dossier) for dossier in answer.dossiers],
    }
    if answer.near:
        out["near"] = [{"claim": near.claim, "score": near.score} for near in answer.near]
    return out
