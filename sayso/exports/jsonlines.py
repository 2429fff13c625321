"""Documents as ``sayso add`` takes them, with their statements beside them: what leaves one desk enters another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.model.codec import document_to_dict, statement_to_dict
from sayso.model.document import Document
from sayso.model.dossier import Kept


def to_line(document: Document, seen: str, statements: Sequence[Kept]) -> dict[str, Any]:
    """One document with everything read in it; ``id`` is left out where none was given."""
    out = document_to_dict(document)
    if document.id is None:
        del out["id"]
    out["author"] = document.author
    out["seen"] = seen
    out["statements"] = [statement_to_dict(one.statement, document.text) for one in statements]
    return out
