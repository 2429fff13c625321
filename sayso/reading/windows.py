"""Cuts a text into the windows that the reader model sees: whole paragraphs or sentences, never a word in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.neural.tokens import START, STOP, Subwords, iter_words

MOST = 192
"""Subwords in a window, its first and last mark included: about two paragraphs of news."""

_PARAGRAPH = re.compile(r"\n")
_SENTENCE_END = frozenset(".!?…")
_ABBREVIATED = re.compile(
    r"[^\W\d_]|(?-i:[A-ZА-ЯЁ][b-df-hj-np-tv-xzб-дж-зй-нп-тф-щ]{1,3})|"
    r"Sen|Rep|Gov|Gen|Col|Rev|Prof|Del|Capt|Hon|Adm|Maj|ул|им|ген|проф|акад",
    re.IGNORECASE,
)
"""A word before a dot that ends no sentence: an initial, a title ("Mr", "Sgt", "Rev")."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of text as the model sees it.

    Attributes:
        words: half-open code point spans of its words in the document's text.
        ids: subword ids, from ``<s>`` to ``</s>``; ``</s>`` also stands between paragraphs.
        first: for each word, the place of its first subword in ``ids``.
    """

    words: tuple[tuple[int, int], ...]
    ids: tuple[int, ...]
    first: tuple[int, ...]


@dataclass(slots=True)
class _Piece:
    words: list[tuple[int, int]]
    ids: list[tuple[int, ...]]
    opens_paragraph: bool

    def size(self) -> int:
        return sum(map(len, self.ids)) + self.opens_paragraph


def iter_windows(text: str, subwords: Subwords, most: int = MOST) -> Iterator[Window]:
    """Windows of at most *most* subwords, in order, covering every word of *text* once."""
    held: list[_Piece] = []
    size = 2
    for piece in _iter_pieces(text, subwords, most - 3):
        if held and size + piece.size() > most:
            yield _window(held)
            held, size = [], 2
        held.append(piece)
        size += piece.size()
    if held:
        yield _window(held)


def _window(pieces: list[_Piece]) -> Window:
    words: list[tuple[int, int]] = []
    ids: list[int] = [START]
    first: list[int] = []
    for number, piece in enumerate(pieces):
        if number and piece.opens_paragraph:
            ids.append(STOP)
        for word, parts in zip(piece.words, piece.ids, strict=True):
            words.append(word)
            first.append(len(ids))
            ids.extend(parts)
    return Window(tuple(words), (*ids, STOP), tuple(first))


def _iter_pieces(text: str, subwords: Subwords, most: int) -> Iterator[_Piece]:
    """Sentences, roughly; one that is longer than a window is cut between words."""
    piece = _Piece([], [], True)
    size = 0
    previous = 0
    for start, end in iter_words(text):
        gap = text[previous:start]
        opens = bool(_PARAGRAPH.search(gap)) or previous == 0
        ended = bool(gap) and len(piece.words) > 3 and _ends_sentence(piece.words, text)
        ids = subwords.word(text[start:end], start == 0 or bool(gap))[: most // 2]
        if piece.words and (opens or ended or size + len(ids) > most):
            yield piece
            piece, size = _Piece([], [], opens), 0
        piece.words.append((start, end))
        piece.ids.append(ids)
        size += len(ids)
        previous = end
    if piece.words:
        yield piece


def _ends_sentence(words: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether a sentence may end with the last of *words*."""
    last = text[words[-1][1] - 1]
    before = text[words[-2][0] : words[-2][1]]
    return last in _SENTENCE_END and not (last == "." and _ABBREVIATED.fullmatch(before))
