"""Words and subwords: the one way in which text becomes numbers for every model.

The vocabulary is the Unigram vocabulary of multilingual-e5-small (SentencePiece; Kudo, ACL 2018), kept as plain
arrays so that it loads without parsing a large JSON file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

START, PAD, STOP, UNKNOWN = 0, 1, 2, 3
"""Ids of ``<s>``, ``<pad>``, ``</s>`` and ``<unk>`` in the vocabulary."""

WORD = re.compile(r"\w+|[^\w\s]")
"""A word or one mark, as the field's scorers cut text: every span of a reading starts and ends on one of these."""

_METASPACE = "\u2581"


def iter_words(text: str) -> list[tuple[int, int]]:
    """The words and marks of *text* as half-open code point spans, in order."""
    return [match.span() for match in WORD.finditer(text)]


class Subwords:
    """Text to subword ids, whole (for embeddings and pairs) or word by word (for reading).

    Args:
        path: the ``vocabulary.npz`` that ``training/encoder/build.py`` writes.
    """

    def __init__(self, path: Path) -> None:
        from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

        with np.load(path, allow_pickle=False) as kept:
            pieces = kept["pieces"].tobytes().decode("utf-8").split("\n")
            scores = kept["scores"].tolist()
            removed = kept["removed"].tobytes().decode("utf-8")
            spaces = kept["spaces"].tobytes().decode("utf-8")

        def one_of(characters: str) -> Any:
            return Regex("[" + "".join(f"\\x{{{ord(c):X}}}" for c in characters) + "]")

        self._tokenizer = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), UNKNOWN, False))
        self._tokenizer.normalizer = normalizers.Sequence(
            [
                normalizers.Replace(one_of(removed), ""),
                normalizers.Replace(one_of(spaces), " "),
                normalizers.NFKC(),
                normalizers.Replace(Regex(" {2,}"), " "),
            ]
        )
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
            replacement=_METASPACE, prepend_scheme="always", split=True
        )
        self._lone_space = self._tokenizer.token_to_id(_METASPACE)
        self.word = lru_cache(maxsize=200_000)(self._word)

    def text(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        """Ids of each text between ``<s>`` and ``</s>``, cut at *limit* subwords in all."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [[START, *one.ids[: limit - 2], STOP] for one in encoded]

    def _word(self, word: str, spaced: bool) -> tuple[int, ...]:
        """Ids of one word; *spaced* tells whether white space stands before it."""
        ids = self._tokenizer.encode(word, add_special_tokens=False).ids
        if ids and not spaced:
            first = self._tokenizer.id_to_token(ids[0])
            if ids[0] == self._lone_space and len(ids) > 1:
                ids = ids[1:]
            elif first is not None and first.startswith(_METASPACE):
                glued = self._tokenizer.token_to_id(first[1:])
                if glued is not None:
                    ids = [glued, *ids[1:]]
        return tuple(ids) or (UNKNOWN,)
