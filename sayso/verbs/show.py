"""``sayso show``: one document or statement of the desk by its id, or the dossier of a statement's claim."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.asking.reviewed import Reviewed
from sayso.desk.base import View
from sayso.errors import NotFound
from sayso.model.document import Document
from sayso.model.dossier import Kept
from sayso.model.statement import Attribution


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with everything read in it, in the language that it is in, and the time at which the desk got it."""

    document: Document
    seen: str
    attributions: tuple[Attribution, ...]
    statements: tuple[Kept, ...]


def find_shown(identifier: str, view: View) -> Shown | Kept:
    """The statement or document of that id; documents also by their own given id.

    Raises:
        NotFound: the desk holds neither.
    """
    reviewed = Reviewed.of(view.reviews())
    statement = view.statement(identifier)
    if statement is not None:
        return reviewed.noted(statement)
    document = view.document(identifier)
    if document is None:
        raise NotFound(
            "neither a document nor a statement of this desk",
            where=identifier,
            remedy="take an id from sayso ask or claims",
        )
    listed = view.listed(document.hash)
    kept = tuple(reviewed.noted(one) for _, one in view.statements_of([document.hash]))
    return Shown(replace(document, lang=listed.lang), listed.seen, view.attributions(document.hash), kept)


def claim_text(identifier: str, view: View) -> str | None:
    """The words of a circulating claim with that id, None where there is none."""
    from sayso.asking.circulating import claim_words

    return claim_words(view, identifier)
