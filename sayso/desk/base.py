"""What a desk offers, whatever it is kept in. Domain types only: no SQL crosses this page."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from types import TracebackType
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from sayso.model.account import Account, Token
from sayso.model.document import Document
from sayso.model.dossier import Kept
from sayso.model.erasure import Erasure, Retention
from sayso.model.following import FetchState, Watched
from sayso.model.registry import Registry
from sayso.model.review import Review
from sayso.model.statement import Attribution, Reading

Bytes8 = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found: its place on the desk and how well it fits (0 to 1, by the kind of search)."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that a document came in, kept once by their hash.

    Attributes:
        hash: SHA-256 of the bytes.
        size: how many there are.
        packed: they, compressed by zlib.
        address: where they came from.
    """

    hash: str
    size: int
    packed: bytes
    address: str

    @classmethod
    def of(cls, data: bytes, address: str) -> Original:
        """Of these bytes."""
        return cls(sha256(data).hexdigest(), len(data), zlib.compress(data, 6), address)

    def unpacked(self) -> bytes:
        """The bytes themselves."""
        return zlib.decompress(self.packed)


@dataclass(frozen=True, slots=True)
class Version:
    """A text that stood at an address, by its document's hash and the time at which this desk got it."""

    document: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which documents to list; None asks nothing of that kind.

    Attributes:
        words: all of these words stand in title or text.
        outlet, channel, lang: exactly these.
        since, until: published on or between these days (ISO 8601).
        before: number of the document after which the page ends (see Listed).
        limit: at most so many.
    """

    words: str | None = None
    outlet: str | None = None
    channel: str | None = None
    lang: str | None = None
    since: str | None = None
    until: str | None = None
    before: int | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A document with its number on the desk, the language it is in, and when the desk got it."""

    number: int
    document: Document
    lang: str
    seen: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """An actor that the desk tracks: what kind it is, how many statements in how many documents."""

    name: str
    kind: str
    statements: int
    documents: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that adding one document writes, in one transaction.

    Attributes:
        document, reading: the document and what was read in it.
        vectors: ``int8[statements, dim]``, in the order of ``reading.statements``.
        encoder: the name of the encoder that made them.
        bands: its copy bands (sayso.asking.copies).
        copy_of: hash of an earlier document that it copies, with the share of words in common.
        original: the bytes that it came in, to be archived.
    """

    document: Document
    reading: Reading
    vectors: Bytes8
    encoder: str
    bands: Sequence[str] = ()
    copy_of: tuple[str, float] | None = None
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """What ``sayso doctor`` tells of a desk."""

    place: str
    version: int
    documents: int
    statements: int
    copies: int
    indexed: int
    problems: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Group:
    """A circulating claim as the desk counts it: statements, documents, how many statements are recent, and when the desk
    got the first and the last (ISO 8601)."""

    claim: str
    statements: int
    documents: int
    recent: int
    first_seen: str
    last_seen: str


class View(Protocol):
    """Reading from a desk."""

    def registry(self) -> Registry:
        """What the desk's people know."""

    def document(self, name: str) -> Document | None:
        """A document by its hash, or the latest one with that given id."""

    def documents(self) -> Iterator[tuple[Document, str]]:
        """All documents with the time at which the desk got them, oldest first."""

    def find_documents(self, wanted: Wanted) -> list[Listed]:
        """Documents, the newest on the desk first."""

    def listed(self, document: str) -> Listed:
        """The document of that hash, which the desk holds."""

    def speakers(self, limit: int) -> list[Speaker]:
        """Offices, organisations and outlets that said something, and people whom the registry names; most documents
        first. Private people are not listed."""

    def said_by(self, name: str, limit: int) -> list[Kept]:
        """Statements of an actor that ``speakers`` lists, the newest on the desk first."""

    def versions(self, url: str) -> list[Version]:
        """The texts that stood at an address, oldest first."""

    def original(self, document: str) -> Original | None:
        """The bytes in which a document came, by its hash; None where they were not archived."""

    def originals(self) -> Iterator[tuple[Original, str]]:
        """Everything archived, oldest first, with the time at which it was kept."""

    def attributions(self, document: str) -> tuple[Attribution, ...]:
        """The attributions of a document's newest reading, by its hash."""

    def statement(self, identifier: str) -> Kept | None:
        """A statement by its id."""

    def statements_of(self, documents: Iterable[str]) -> list[tuple[int, Kept]]:
        """Statements of the newest readings of these documents (hashes), with their numbers."""

    def kept(self, numbers: Iterable[int]) -> list[tuple[int, Kept]]:
        """Statements by number; those of superseded readings are left out."""

    def find_words(self, text: str, most: int) -> list[Hit]:
        """Statements that share words with *text*, best first (BM25)."""

    def find_vectors(self, vector: npt.NDArray[np.float32], most: int) -> list[Hit]:
        """Statements whose vectors lie nearest, best first; the score is the cosine."""

    def vectors(self, numbers: Sequence[int]) -> npt.NDArray[np.float32]:
        """The kept vectors of statements, as float32 of about unit length, in the order asked."""

    def has_older_bands(self, scheme: str) -> bool:
        """Whether some copy bands were made another way than those that begin with *scheme*."""

    def documents_in_bands(self, bands: Sequence[str]) -> list[Document]:
        """Documents that share copy bands, some at most: first those that share many, and bands that few others have."""

    def copies(self) -> dict[str, str]:
        """For each document that copies another: its hash to the other's."""

    def statements_named(self, identifiers: Iterable[str]) -> list[Kept]:
        """Statements by their ids, those that the desk holds."""

    def ungrouped(self, limit: int) -> list[tuple[int, Kept]]:
        """Statements that take a stance and came after the last one that was put to a claim, oldest first."""

    def claims_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """The circulating claims of statements, of those that have one."""

    def groups(self, smallest: int, limit: int, days: int) -> list[Group]:
        """Claims in at least *smallest* documents, those first that grew most in the last *days* days before the newest
        document of the desk."""

    def members(self, claim: str, limit: int) -> list[tuple[int, Kept]]:
        """The newest statements of a claim, oldest first."""

    def reviews(self) -> list[Review]:
        """The whole log of reviews, oldest first."""

    def sources(self) -> list[FetchState]:
        """The addresses that the desk polls."""

    def fetch_state(self, address: str) -> FetchState:
        """How the last requests to an address went."""

    def watched(self) -> list[Watched]:
        """The kept questions."""

    def accounts(self) -> list[Account]:
        """The users of the web page."""

    def tokens(self) -> list[Token]:
        """The API tokens that count."""

    def erasures(self) -> list[Erasure]:
        """The log of erasures, oldest first."""

    def retentions(self) -> list[Retention]:
        """The rules by which documents are let go, the newest for each source."""

    def documents_before(self, source: str, seen: str) -> list[str]:
        """Hashes of the documents of an outlet or channel that the desk got before *seen* (ISO 8601 in UTC)."""

    def documents_of(self, actor: str) -> list[str]:
        """Hashes of the documents in which *actor* is the source of a statement, relays one, or is outlet or author."""

    def size(self) -> int:
        """How many documents there are; cheap, where ``health`` reads the whole store."""

    def health(self) -> Health:
        """Counts and problems."""


class Writer(Protocol):
    """Writing to a desk; everything of one document happens or nothing does."""

    def has(self, document: str, reader: str) -> bool:
        """Whether the desk holds that reader's reading of the document with this hash."""

    def add(self, entry: Entry) -> bool:
        """Keeps a document and its reading; False where the desk had both."""

    def add_to_claims(self, rows: Iterable[tuple[int, str]]) -> None:
        """Puts statements, by number, to circulating claims."""

    def add_registry(self, registry: Registry) -> None:
        """Keeps registry entries; the newest entry for a name counts."""

    def add_review(self, review: Review) -> Review:
        """Keeps a review; returned with its number and time."""

    def follow(self, address: str) -> None:
        """Adds an address to those that are polled."""

    def unfollow(self, address: str) -> None:
        """Takes an address from those that are polled."""

    def add_fetch(
        self,
        address: str,
        *,
        status: int | None,
        error: str | None,
        etag: str | None,
        modified: str | None,
        next_try: str | None,
    ) -> None:
        """Notes how a request went; *next_try* is ISO 8601 in UTC."""

    def set_retention(self, source: str, days: int | None) -> None:
        """Makes a rule for what comes from an outlet or channel; with None takes it back."""

    def watch(self, question: str) -> None:
        """Keeps a question."""

    def unwatch(self, question: str) -> None:
        """Lets a question go."""

    def add_seen(self, question: str, seen: Iterable[str]) -> None:
        """Notes which statements of a watched question are known now."""

    def set_account(self, account: Account) -> None:
        """Makes or changes a user."""

    def set_token(self, token: Token, *, valid: bool = True) -> None:
        """Makes an API token, or lets it count no more."""

    def erase(self, kind: str, hashes: Sequence[str], *, who: str, why: str, actor: str | None = None) -> Erasure:
        """Takes documents away with their readings, statements, index entries and archived bytes, and an actor's registry
        entries; only the record of the act stays, and the hashes, so that they are not added again."""

    def is_erased(self, document: str) -> bool:
        """Whether a document with this hash was erased."""

    def replace_bands(self, bands: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Replaces the copy bands by these (document hash, copy bands) rows."""

    def rebuild(self, vectors: Iterable[tuple[int, str, Bytes8]], bands: Iterable[tuple[str, Sequence[str]]]) -> int:
        """Replaces the caches by these (statement number, encoder, vector) rows and (document hash, copy bands) rows;
        returns how many vectors."""


class Desk(Protocol):
    """An opened store."""

    place: str

    def view(self) -> View:
        """For reading."""

    def writer(self) -> Writer:
        """For writing."""

    def backup(self, place: str) -> None:
        """Writes a copy of the whole store to a new file while others read and write."""

    def close(self) -> None:
        """Saves the caches and lets go of the store."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
