"""The shapes of ``/api/v1``'s answers, for /openapi.json and for programs made from it.

The objects are made by sayso.model.codec; tests/web/test_api.py holds the two together. Fields may be added to an answer
at any time, so programs must let unknown ones pass.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

Stance = Literal["asserts", "denies", "questions", "withdraws"]
Form = Literal[
    "flat", "no_such_document", "forged", "mistaken", "out_of_context", "cannot_confirm", "no_comment", "did_not_deny"
]


class Problem(BaseModel):
    """An error as RFC 9457 tells it."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["no document of this desk"])
    status: int = Field(examples=[404])
    detail: str | None = Field(default=None, description="what to do", examples=["look it up with /api/v1/documents"])


class Place(BaseModel):
    """Code points of the document's text, half-open."""

    start: int
    end: int


class OptionalPlace(BaseModel):
    """The same; null where the words stand outside the text, in a byline for instance."""

    start: int | None
    end: int | None


class Words(Place):
    """A place with its words."""

    text: str


class Relay(BaseModel):
    """Where the format says a document came from."""

    kind: str
    name: str | None
    url: str | None


class DocumentHead(BaseModel):
    """A document without its text."""

    id: str
    hash: str
    url: str | None
    outlet: str | None
    channel: str
    title: str | None
    lang: str | None
    published: str | None
    relays: list[Relay] = []


class ListedDocument(DocumentHead):
    """A document in a list; *seen* is when this desk got it."""

    seen: str


class WholeDocument(DocumentHead):
    """A document with its text."""

    text: str


class Documents(BaseModel):
    """A page of documents; *next* is the cursor of the page after it."""

    documents: list[ListedDocument]
    next: int | None


class Attribution(BaseModel):
    """Source, cue and content as they stand in the text."""

    id: str
    source: list[Place]
    cue: list[Place]
    content: list[Place]
    confidence: float


class Source(OptionalPlace):
    """Whose stance it is."""

    name: str
    kind: str
    body: str | None


class Mention(OptionalPlace):
    """A relay in the text."""

    name: str


class Review(BaseModel):
    """A correction by a person."""

    number: int
    act: str
    target: str
    value: str | None
    who: str
    why: str
    at: str


class Statement(BaseModel):
    """One actor's stance as one document carries it."""

    id: str
    attribution: str | None
    source: Source
    via: list[Mention]
    cue: list[Words]
    content: list[Words]
    quote: str
    start: int
    end: int
    stance: Stance | None
    form: Form | None
    date: str | None
    channel: str
    verbatim: bool
    confidence: float
    reviews: list[Review] | None = None


class KeptStatement(Statement):
    """A statement with its document."""

    document: DocumentHead
    seen: str


class ReadDocument(BaseModel):
    """A document with everything read in it."""

    document: WholeDocument
    seen: str
    attributions: list[Attribution]
    statements: list[Statement]


class Asked(BaseModel):
    """A text and its language."""

    text: str
    lang: str | None


class Side(BaseModel):
    """How many stand on a side; *origins_range*: folding all that may depend on each other, and only what is shown to."""

    statements: int
    origins: int
    voices: int
    origins_range: list[int] = Field(min_length=2, max_length=2)


class Speaker(BaseModel):
    """A source and the voice that it counts to."""

    name: str
    kind: str
    voice: str


class Line(BaseModel):
    """A statement of a dossier."""

    id: str
    document: DocumentHead
    source: Speaker
    via: list[str]
    stance: Stance
    form: Form | None
    date: str | None
    seen: str
    channel: str
    quote: str
    start: int
    end: int
    verbatim: bool
    origin: str
    copy_of: str | None
    withdrawn_by: str | None
    confidence: float


class Fold(BaseModel):
    """Why a statement is no origin of its own."""

    statement: str
    reason: Literal["cites", "copy", "forwarded", "wire", "same_utterance", "same_owner", "review"]
    evidence: str


class Origin(BaseModel):
    """A first-hand act of saying."""

    id: str
    actor: str
    voice: str
    stance: Stance
    date: str | None
    statements: list[str]
    folds: list[Fold]


class Correction(BaseModel):
    """Who takes back, or calls a mistake, what an earlier document carried."""

    document: str
    by: str
    corrects: str | None
    quote: str
    start: int
    end: int
    not_followed_by: list[str]


class Disputed(BaseModel):
    """A document that the dossier's statements are about."""

    name: str
    number: str | None
    date: str | None
    signatory: str | None
    circulated_by: list[str]
    called_forged_by: list[str]
    vouched_for_by: list[str]
    statements: list[str]


class Dossier(BaseModel):
    """Everything about one claim. No verdict is among it."""

    claim: Asked
    score: float
    sides: dict[Stance, Side]
    statements: list[Line]
    origins: list[Origin]
    corrections: list[Correction]
    timeline: list[str]
    disputed: list[Disputed]


class Near(BaseModel):
    """A near miss: not an answer."""

    claim: str
    score: float


class Answer(BaseModel):
    """Dossiers for a question, best first; none where nothing is known."""

    version: Literal[1]
    asked: Asked
    found: bool
    dossiers: list[Dossier]
    near: list[Near] = []


class Claim(BaseModel):
    """A claim that circulates on this desk."""

    id: str
    claim: Asked
    statements: int
    documents: int
    sides: dict[Stance, int]
    first_seen: str
    last_seen: str
    recent: int


class Claims(BaseModel):
    """Circulating claims, most active first."""

    claims: list[Claim]


class Actor(BaseModel):
    """Who speaks on this desk."""

    name: str
    kind: str
    statements: int
    documents: int


class Actors(BaseModel):
    """The desk's actors, those with most statements first."""

    actors: list[Actor]


class Polled(BaseModel):
    """A source and how it fares."""

    address: str
    succeeded: str | None
    error: str | None
    next_try: str | None


class Sources(BaseModel):
    """The polled addresses."""

    sources: list[Polled]


class Followed(BaseModel):
    """An address that is polled from now on."""

    address: str


class Watch(BaseModel):
    """A kept question."""

    question: str
    since: str
    at: str | None


class Watches(BaseModel):
    """The kept questions."""

    watches: list[Watch]


class KeptQuestion(BaseModel):
    """A question that is kept from now on."""

    question: str


class Reviews(BaseModel):
    """The log, oldest first."""

    reviews: list[Review]


class Numbered(BaseModel):
    """The number under which a correction is kept."""

    number: int


Responses = dict[int | str, dict[str, Any]]
PROBLEMS: Responses = {
    status: {"description": told, "content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}
    for status, told in (
        (400, "The call was wrong."), (401, "Nobody is signed in."), (403, "Not allowed."), (404, "Not on this desk."),
        (413, "Too much at once."), (422, "A value is not valid."), (429, "Too many requests."), (503, "The desk cannot be used."),
    )
}  # fmt: skip


def answers(model: type[BaseModel], status: int = 200) -> Responses:
    """What a call gives back: *model*, nothing where the asker has it already, or a problem."""
    told: Responses = {status: {"model": model}, **PROBLEMS}
    if status == 200:
        told[200]["headers"] = {"ETag": {"schema": {"type": "string"}}}
        told[304] = {"description": "Unchanged since the ETag that was sent."}
    return told
