"""sayso: on whose say-so? Who asserts a rumour, who denies it, who took it back, in which exact words.

``read`` finds statements in documents, ``Desk`` keeps them and answers questions. sayso attributes and never says what
is true. Names are loaded at first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.api import Desk, read
    from sayso.errors import SaysoError
    from sayso.model.document import Document
    from sayso.model.dossier import Answer, Dossier
    from sayso.model.statement import Reading, Statement

_HOMES = {
    "Answer": "sayso.model.dossier",
    "Desk": "sayso.api",
    "Document": "sayso.model.document",
    "Dossier": "sayso.model.dossier",
    "Reading": "sayso.model.statement",
    "SaysoError": "sayso.errors",
    "Statement": "sayso.model.statement",
    "read": "sayso.api",
}

__all__ = ["Answer", "Desk", "Document", "Dossier", "Reading", "SaysoError", "Statement", "read"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
