"""Turns of an interview set with dashes: "— What of the ferry?" "— It sails." Who asks takes no stance, and the answers are
those of the person whom the text named last before the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model.document import POSTS, Document
from sayso.model.span import Span
from sayso.model.statement import Mention
from sayso.reading.cast import Cast
from sayso.reading.sentences import iter_paragraphs

_DASH = re.compile(r"[—–-]\s")


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of an interview, whether it asks, and who answers (None where it asks, or nobody was named before)."""

    span: Span
    asks: bool
    speaker: Mention | None


def find_turns(document: Document, cast: Cast) -> list[Turn]:
    """The turns of a document's interviews; none in posts, whose dashes are lists."""
    if document.channel in POSTS:
        return []
    out: list[Turn] = []
    for block in _iter_blocks(document.text):
        asks = [span.quote(document.text).rstrip(' »”"').endswith("?") for span in block]
        if any(asks) and not all(asks):
            speaker = cast.named_before(block[0].start)
            turns = zip(block, asks, strict=True)
            out.extend(Turn(span, asking, None if asking else speaker) for span, asking in turns)
    return out


def _iter_blocks(text: str) -> Iterator[list[Span]]:
    """Runs of paragraphs that open with a dash."""
    block: list[Span] = []
    for span in iter_paragraphs(text):
        if _DASH.match(text, span.start):
            block.append(span)
        elif block:
            yield block
            block = []
    if block:
        yield block
