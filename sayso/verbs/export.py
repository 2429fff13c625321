"""``sayso export``: what the desk holds, for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.asking.reviewed import Reviewed
from sayso.desk.base import Desk, View
from sayso.errors import UsageError
from sayso.exports.annotations import to_annotation
from sayso.exports.claims import to_claim
from sayso.exports.jsonlines import to_line
from sayso.exports.provenance import to_prov
from sayso.exports.tables import write_parquet
from sayso.exports.warc import write_warc
from sayso.model.dossier import Dossier, Kept
from sayso.model.json_line import json_line
from sayso.verbs.ask import iter_answers
from sayso.verbs.models import Models

LINES = ("jsonl", "webannotation", "claim")
USUAL_CLAIMS = 20


def iter_lines(form: str, desk: Desk, models: Models, questions: Sequence[str] = ()) -> Iterator[str]:
    """The lines of one of LINES: documents, statements, or claims."""
    if form == "claim":
        rows = (to_claim(dossier) for dossier in dossiers_of(desk, models, questions))
    elif form == "webannotation":
        rows = (to_annotation(kept) for kept in iter_statements(desk.view()))
    else:
        view = desk.view()
        reviewed = Reviewed.of(view.reviews())
        rows = (
            to_line(document, seen, _statements(view, document.hash, reviewed)) for document, seen in view.documents()
        )
    return (json_line(row) for row in rows)


def prov_text(desk: Desk, models: Models, questions: Sequence[str], form: str) -> str:
    """The dossiers as PROV in ``json`` or ``turtle``."""
    return to_prov(dossiers_of(desk, models, questions), form)


def export_parquet(desk: Desk, place: Path) -> int:
    """Writes all statements to *place*; returns how many.

    Raises:
        UsageError: the folder cannot be written.
    """
    _check_folder(place)
    return write_parquet(iter_statements(desk.view()), place)


def export_warc(desk: Desk, place: Path) -> int:
    """Writes the archived originals to *place*; returns how many.

    Raises:
        UsageError: the folder cannot be written.
    """
    _check_folder(place)
    return write_warc(((one.unpacked(), one.address, at) for one, at in desk.view().originals()), place)


def _check_folder(place: Path) -> None:
    if not place.parent.is_dir():
        raise UsageError(f"{place.parent} is no folder", remedy="make it first, or name another file with --out")


def dossiers_of(desk: Desk, models: Models, questions: Sequence[str]) -> list[Dossier]:
    """The dossiers of these questions; without any, of what circulates most."""
    if not questions:
        from sayso.asking.circulating import circulating

        questions = [claim.text for claim in circulating(desk.view(), 2, USUAL_CLAIMS)]
    return [dossier for answer in iter_answers(questions, desk, models) for dossier in answer.dossiers]


def iter_statements(view: View) -> Iterator[Kept]:
    """Every statement of the newest readings, document by document, as the desk's reviews leave them."""
    reviewed = Reviewed.of(view.reviews())
    for document, _ in view.documents():
        yield from _statements(view, document.hash, reviewed)


def _statements(view: View, document: str, reviewed: Reviewed) -> list[Kept]:
    noted = (reviewed.noted(kept) for _, kept in view.statements_of([document]))
    return [kept for kept in noted if not kept.misread]
