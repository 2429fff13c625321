"""The answer to a question: a view computed over statements, never a stored verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sayso.model.document import Document
from sayso.model.review import Act, Review
from sayso.model.statement import Form, Mention, Stance, Statement


class Reason(StrEnum):
    """Why two statements were folded into one origin."""

    CITES = "cites"
    COPY = "copy"
    FORWARDED = "forwarded"
    WIRE = "wire"
    SAME_UTTERANCE = "same_utterance"
    SAME_OWNER = "same_owner"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement together with its document and the time at which this desk got it (ISO 8601).

    Attributes:
        reviews: those of the desk's people that count for the statement whatever is asked, where they were looked up.
    """

    statement: Statement
    document: Document
    seen: str
    reviews: tuple[Review, ...] = ()

    @property
    def misread(self) -> bool:
        """Whether one of the desk's people marked it as misread."""
        return any(one.act is Act.WRONG for one in self.reviews)


@dataclass(frozen=True, slots=True)
class Fold:
    """One statement's place in an origin: why it is there and what shows it."""

    statement: str
    reason: Reason
    evidence: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One first-hand act of saying and every statement that goes back to it."""

    id: str
    actor: str
    voice: str
    stance: Stance
    date: str | None
    statements: tuple[str, ...]
    folds: tuple[Fold, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """How many stand on one side: statements, origins (best count and range), voices."""

    statements: int
    origins: int
    voices: int
    origins_range: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Correction:
    """An actor takes back, or its body calls a mistake, what was said earlier."""

    document: str
    by: str
    corrects: str
    quote: str
    start: int
    end: int
    not_followed_by: tuple[str, ...] = ()
    """Outlets that passed on what was corrected and, on this desk, have not passed on the correction."""


@dataclass(frozen=True, slots=True)
class Details:
    """By what the citing texts identify a document: number, the day that it bears (EDTF), signatory."""

    number: str | None = None
    date: str | None = None
    signatory: str | None = None


@dataclass(frozen=True, slots=True)
class Disputed:
    """A document (order, letter, scan) that speaks in a dossier.

    Attributes:
        name: as the texts call it.
        details: what identifies it.
        circulated_by: outlets and accounts that put its words before readers, earliest first.
        called_forged_by, vouched_for_by: ids of the dossier's statements that deny it or stand by it.
        statements: ids of the statements whose source it is.
    """

    name: str
    details: Details
    circulated_by: tuple[str, ...]
    called_forged_by: tuple[str, ...]
    vouched_for_by: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as a dossier lists it.

    Attributes:
        kept: the statement with its document.
        source: the actor, under the registry's name where it has one.
        stance: toward the claim of this dossier.
        voice: the actor family.
        origin: id of the origin.
        copy_of: id of the earliest document that this one copies.
        withdrawn_by: id of the statement that takes this one back.
        confidence: of reading and matching together, about our reading only.
    """

    kept: Kept
    source: Mention
    voice: str
    stance: Stance
    origin: str
    copy_of: str | None = None
    withdrawn_by: str | None = None
    confidence: float = 1.0

    @property
    def form(self) -> Form | None:
        """How the claim is denied; None where it is asserted: what such a statement denies is the claim's opposite."""
        return None if self.stance is Stance.ASSERTS else self.kept.statement.form


@dataclass(frozen=True, slots=True)
class Dossier:
    """Who says what about one claim."""

    claim: str
    lang: str
    score: float
    sides: dict[Stance, Side]
    lines: tuple[Line, ...]
    origins: tuple[Origin, ...]
    corrections: tuple[Correction, ...]
    timeline: tuple[str, ...]
    disputed: tuple[Disputed, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A claim that resembles the question and is not it."""

    claim: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: dossiers, best first; none where the desk knows nothing."""

    text: str
    lang: str
    dossiers: tuple[Dossier, ...] = ()
    near: tuple[Near, ...] = field(default=())

    @property
    def found(self) -> bool:
        """Whether the desk knows of any statement about it."""
        return bool(self.dossiers)


@dataclass(frozen=True, slots=True)
class Circulating:
    """A group of statements: how many, in how many documents, on which sides, first and last seen here, and how many came
    in the last days.

    ``id`` is made from the first statement that the desk got, so it stays while the group grows.
    """

    id: str
    text: str
    lang: str
    statements: int
    documents: int
    sides: dict[Stance, int]
    first_seen: str
    last_seen: str
    recent: int = 0
