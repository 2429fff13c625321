"""Dossiers as schema.org Claim (https://schema.org/Claim), without any rating: sayso attributes, it does not judge.

Each statement is a Quotation with its speaker, in the document that carries it; a reviewer's published verdict is such a
quotation too, and nothing more.
"""

from __future__ import annotations

from typing import Any

from sayso.model.dossier import Dossier, Line
from sayso.model.statement import Kind, Stance

CONTEXT = "https://schema.org"
TYPES = {Kind.PERSON: "Person", Kind.ANONYMOUS: "Person", Kind.PUBLIC: "Audience", Kind.DOCUMENT: "CreativeWork"}
STANCES = {
    Stance.ASSERTS: "asserts the claim",
    Stance.DENIES: "denies the claim",
    Stance.QUESTIONS: "questions the claim",
    Stance.WITHDRAWS: "withdraws an earlier statement about the claim",
}


def to_claim(dossier: Dossier) -> dict[str, Any]:
    """The claim of a dossier: where it appears, and who takes which stance toward it in which words."""
    lines = {line.kept.statement.id: line for line in dossier.lines}
    ordered = [lines[name] for name in dossier.timeline if name in lines]
    asserted = [line for line in ordered if line.stance is Stance.ASSERTS]
    out: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Claim",
        "text": dossier.claim,
        "inLanguage": dossier.lang,
        "appearance": [_work(line) for line in asserted],
        "subjectOf": [_quotation(line) for line in ordered],
    }
    if asserted:
        out["firstAppearance"] = _work(asserted[0])
    return {key: value for key, value in out.items() if value}


def _quotation(line: Line) -> dict[str, Any]:
    statement = line.kept.statement
    out = {
        "@type": "Quotation",
        "identifier": statement.id,
        "text": statement.extent.quote(line.kept.document.text),
        "creator": {"@type": TYPES.get(line.source.kind, "Organization"), "name": line.source.name},
        "abstract": STANCES[line.stance],
        "dateCreated": statement.date,
        "provider": [{"@type": "Organization", "name": mention.name} for mention in statement.via],
        "isPartOf": _work(line),
        "disambiguatingDescription": f"characters {statement.extent.start} to {statement.extent.end} of the text",
    }
    return {key: value for key, value in out.items() if value}


def _work(line: Line) -> dict[str, Any]:
    document = line.kept.document
    out: dict[str, Any] = {
        "@type": "CreativeWork",
        "identifier": document.hash,
        "url": document.url,
        "headline": document.title,
        "datePublished": document.published,
        "inLanguage": document.lang,
        "publisher": {"@type": "Organization", "name": document.outlet} if document.outlet else None,
    }
    return {key: value for key, value in out.items() if value}
