"""A statement's words as the pair model should see them: its sentence, and what it refers back to."""

from __future__ import annotations

from sayso.model.dossier import Kept
from sayso.neural.pairs import Passage

BEFORE = 260
"""Characters of the text before a statement that come along as context."""
AROUND = 2
"""Characters that a quote may lack at its end to reach its sentence's full stop."""


def passage_of(kept: Kept) -> Passage:
    """The statement's extent, with its document's title and the preceding text as context."""
    document, (start, end) = kept.document, kept.statement.extent
    quote = document.text[start : min(len(document.text), end + AROUND)].strip()
    before = document.text[max(0, start - BEFORE) : start]
    return Passage(quote, " ".join(f"{document.title}. {before}".split() if document.title else before.split()))
