"""A statement's words as the pair model should see them: its sentence, and what it refers back to."""

from __future__ import annotations

from sayso.model.dossier import Kept
from sayso.neural.pairs import Passage

BEFORE = 260
"""Characters of the text before a statement that come along as context."""
AROUND = 2
"""Characters that a quote may lack at its end to reach its sentence's full stop."""


def words_of(kept: Kept) -> str:
    """The statement's extent, up to its full stop."""
    start, end = kept.statement.extent
    return kept.document.text[start : end + AROUND].strip()


def passage_of(kept: Kept) -> Passage:
    """The statement's words, with its document's title and the preceding text as context."""
    document, start = kept.document, kept.statement.extent.start
    before = document.text[max(0, start - BEFORE) : start]
    context = f"{document.title}. {before}" if document.title else before
    return Passage(words_of(kept), " ".join(context.split()))
