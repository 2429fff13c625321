"""A statement's words as the pair model should see them: its sentence, and what it refers back to."""

from __future__ import annotations

from sayso.model.dossier import Kept
from sayso.neural.pairs import Passage

BEFORE = 260
"""Characters of the text before a statement that come along as context."""
SELF_CONTAINED = 12
"""Words from which a statement is understood by itself; a context then only blurs whose side it is on."""
AROUND = 2
"""Characters that a quote may lack at its end to reach its sentence's full stop."""


def passage_of(kept: Kept) -> Passage:
    """The statement's extent; for a short one, the title and the preceding text come along as context."""
    document, statement = kept.document, kept.statement
    start, end = statement.extent
    quote = document.text[start : min(len(document.text), end + AROUND)].strip()
    if len(statement.extent.quote(document.text).split()) >= SELF_CONTAINED:
        return Passage(quote)
    before = document.text[max(0, start - BEFORE) : start].strip()
    title = document.title or ""
    context = f"{title}. {before}" if title else before
    return Passage(quote, " ".join(context.split()))
