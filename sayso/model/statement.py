"""Attributions (what stands in the text) and statements (whose stance it is)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.model.digest import digest
from sayso.model.span import Span, cover


class Stance(StrEnum):
    """Stance toward a proposition in its positive form."""

    ASSERTS = "asserts"
    DENIES = "denies"
    QUESTIONS = "questions"
    WITHDRAWS = "withdraws"


class Form(StrEnum):
    """What kind of denial the words make, or what only looks like one."""

    FLAT = "flat"
    NO_SUCH_DOCUMENT = "no_such_document"
    FORGED = "forged"
    MISTAKEN = "mistaken"
    OUT_OF_CONTEXT = "out_of_context"
    CANNOT_CONFIRM = "cannot_confirm"
    NO_COMMENT = "no_comment"
    DID_NOT_DENY = "did_not_deny"


class Kind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OFFICE = "office"
    OUTLET = "outlet"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content spans (the scheme of PARC, Pareti 2012, and PolNeAR, Newell et al. 2018).

    Each role is a tuple of spans in order; ``source`` may be empty. ``confidence`` is the reader's, 0 to 1: about our
    reading, never about the world.
    """

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor as a text names it.

    Attributes:
        name: the fullest name that the document uses for the actor.
        kind: what the actor is.
        span: where the statement names it; None where only the document's outlet tells.
        body: for a person, the body for which the text says that it speaks.
    """

    name: str
    kind: Kind
    span: Span | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One actor's stance toward one proposition as carried by one document.

    Attributes:
        id: hash of what it rests on (document, chain, source, cue, content, rank), see statement_id.
        document: the document's hash.
        attribution: id of the attribution that it rests on; None for the outlet's own assertion.
        via: relaying actors, nearest to the reader first, without the document's own outlet.
        cue, content: spans in the document's text.
        extent: the passage that carries it; its text is the quote.
        stance: None where the source takes none ("declined to comment").
        date: EDTF, when it was said.
        channel: where it was said, if the text tells; else the document's channel.
        verbatim: whether the content is quoted word for word.
        firm: whether words that deny, doubt or withdraw settle the stance, so that no matcher should turn it.
        own: whether the outlet says in so many words that this is its own finding.
    """

    id: str
    document: str
    attribution: str | None
    source: Mention
    via: tuple[Mention, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    extent: Span
    stance: Stance | None
    form: Form | None = None
    date: str | None = None
    channel: str = "other"
    verbatim: bool = False
    firm: bool = False
    own: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in one document."""

    document: str
    reader: str
    lang: str
    attributions: tuple[Attribution, ...]
    statements: tuple[Statement, ...]


def attribution_id(document: str, source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]) -> str:
    """The id of an attribution: its document and spans."""
    return digest("attribution", document, source, cue, content)


def statement_id(
    document: str,
    via: tuple[Mention, ...],
    source: Span | None,
    cue: tuple[Span, ...],
    content: tuple[Span, ...],
    rank: int,
) -> str:
    """The id of a statement: what it rests on, never how it was judged or grouped.

    Args:
        document: hash of the document.
        via: relaying actors; only their spans count, so that a better name keeps the id.
        source: span of the source, None for the outlet.
        rank: place among coordinated sources that share one span, from 0.
    """
    chain = [mention.span for mention in via if mention.span is not None]
    return digest("statement", document, chain, source or "outlet", cue, content, rank)


def extent_of(source: tuple[Span, ...], cue: tuple[Span, ...], content: tuple[Span, ...]) -> Span:
    """The passage from the first to the last character of an attribution."""
    return cover((*source, *cue, *content))
