"""Dossiers as W3C PROV (https://www.w3.org/TR/prov-dm/): entities are documents and statements, agents the actors.

A statement is quoted from its document, attributed to its source, and derived from its origin's first statement where a
fold says so; a copy is derived from what it copies; who speaks for a body acts on its behalf.
"""

from __future__ import annotations

from typing import Any

from sayso.errors import UsageError
from sayso.model.digest import digest
from sayso.model.dossier import Dossier, Line

NAMESPACE = "urn:sayso:"
FORMATS = {"json": "json", "turtle": "rdf"}


def to_prov(dossiers: list[Dossier], form: str = "json") -> str:
    """The dossiers as one PROV document.

    Args:
        form: ``json`` (PROV-JSON) or ``turtle`` (PROV-O).

    Raises:
        UsageError: the libraries for it are not installed.
    """
    try:
        from prov.model import ProvDocument
    except ImportError as error:
        raise UsageError(
            "PROV needs more libraries than are installed", remedy="install them with: pip install 'sayso[export]'"
        ) from error
    out = ProvDocument()
    out.add_namespace("sayso", NAMESPACE)
    seen: set[str] = set()
    for dossier in dossiers:
        for line in dossier.lines:
            _add_line(out, line, seen)
        _add_origins(out, dossier)
        _add_copies(out, dossier)
    arguments = {"rdf_format": "turtle"} if form == "turtle" else {"indent": 1}
    return str(out.serialize(format=FORMATS[form], **arguments))


def _add_line(out: Any, line: Line, seen: set[str]) -> None:
    statement, document = line.kept.statement, line.kept.document
    agent = _agent(out, line.source.name, line.source.kind.value, seen)
    work = _entity(out, f"document-{document.hash}", _document_attributes(line), seen)
    name = f"statement-{statement.id}"
    if name not in seen:
        _entity(out, name, _statement_attributes(line), seen)
        out.wasQuotedFrom(f"sayso:{name}", work)
        out.wasAttributedTo(f"sayso:{name}", agent)
    if document.outlet:
        _once(seen, f"published {document.hash}", lambda: out.wasAttributedTo(work, _outlet(out, line, seen)))
    if line.voice != line.source.name:
        body = _agent(out, line.voice, "organisation", seen)
        _once(seen, f"behalf {agent} {body}", lambda: out.actedOnBehalfOf(agent, body))
    for mention in statement.via:
        relay = _agent(out, mention.name, "outlet", seen)
        _once(seen, f"relay {name} {relay}", lambda relay=relay: out.wasInfluencedBy(f"sayso:{name}", relay))


def _add_origins(out: Any, dossier: Dossier) -> None:
    for origin in dossier.origins:
        first, *rest = origin.statements
        why = {fold.statement: fold for fold in origin.folds}
        for other in rest:
            fold = why.get(other)
            told = {"sayso:reason": fold.reason.value, "sayso:evidence": fold.evidence} if fold else {}
            out.wasDerivedFrom(f"sayso:statement-{other}", f"sayso:statement-{first}", other_attributes=told)


def _add_copies(out: Any, dossier: Dossier) -> None:
    documents = {line.kept.document.shown_id: line.kept.document.hash for line in dossier.lines}
    copied = {(line.kept.document.hash, documents.get(line.copy_of)) for line in dossier.lines if line.copy_of}
    for copy, first in sorted((copy, first) for copy, first in copied if first):
        out.wasDerivedFrom(
            f"sayso:document-{copy}", f"sayso:document-{first}", other_attributes={"sayso:reason": "copy"}
        )


def _statement_attributes(line: Line) -> dict[str, str]:
    statement = line.kept.statement
    told = {
        "prov:value": statement.extent.quote(line.kept.document.text),
        "sayso:stance": line.stance.value,
        "sayso:date": statement.date,
        "sayso:start": str(statement.extent.start),
        "sayso:end": str(statement.extent.end),
    }
    return {key: value for key, value in told.items() if value}


def _document_attributes(line: Line) -> dict[str, str]:
    document = line.kept.document
    told = {"prov:label": document.title, "sayso:url": document.url, "sayso:published": document.published}
    return {key: value for key, value in told.items() if value}


def _outlet(out: Any, line: Line, seen: set[str]) -> str:
    return _agent(out, line.kept.document.outlet or "", "outlet", seen)


def _agent(out: Any, name: str, kind: str, seen: set[str]) -> str:
    key = f"sayso:actor-{digest('actor', name)}"
    _once(seen, key, lambda: out.agent(key, {"prov:label": name, "sayso:kind": kind}))
    return key


def _entity(out: Any, name: str, attributes: dict[str, str], seen: set[str]) -> str:
    _once(seen, name, lambda: out.entity(f"sayso:{name}", attributes))
    return f"sayso:{name}"


def _once(seen: set[str], key: str, act: Any) -> None:
    if key not in seen:
        seen.add(key)
        act()
