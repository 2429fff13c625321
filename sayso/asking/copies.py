"""Near-verbatim copies: found by MinHash bands in about constant time, verified by aligning the words.

Broder, On the resemblance and containment of documents, 1997; banding after Leskovec, Rajaraman and Ullman, Mining of
Massive Datasets, ch. 3. Shingles and signatures are rensa's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sayso.model.digest import digest
from sayso.model.document import Document
from sayso.model.edtf import instant

SHINGLE = 2
ROWS = 3
"""Rows in a band: of texts in which every fifth word was changed (they share half of their shingles) 99 in 100 meet in some
band; of two unrelated articles 2 in 10,000, whom the alignment then tells apart (bench/copies.py)."""
PERMUTATIONS = 42 * ROWS
SCHEME = "s2:"
"""Begins every band. Another way of making them needs another one, later in the alphabet, so that a desk's older bands are
seen and made anew."""
SAME = 0.62
"""Share of the shorter text's words, in order, from which one is a copy of the other; reworded reports of one event
stay under 0.5 in our cases, copies with a changed lead and cuts over 0.7."""
SHORTEST = 12
"""Words below which texts agree by chance."""


def words_of(text: str) -> list[str]:
    """Words, lower case, marks and digits' punctuation left out."""
    return re.findall(r"\w+", text.casefold())


def bands_of(text: str) -> list[str]:
    """The copy bands of a text; texts that are copies share at least one with high probability."""
    from rensa import RMinHash

    words = words_of(text)
    if len(words) < SHORTEST:
        return []
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=42)
    minhash.update([" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)])
    signature = minhash.digest()
    return [SCHEME + digest(at, signature[at : at + ROWS]) for at in range(0, PERMUTATIONS, ROWS)]


def _overlap(one: Sequence[str], other: Sequence[str], least: float) -> float:
    """Share of the shorter text's words that stand in the other in the same order (longest common subsequence); 0 where it is under
    *least*, which is found out sooner."""
    from rapidfuzz.distance import LCSseq

    shorter = min(len(one), len(other))
    if shorter < SHORTEST:
        return 0.0
    factor = _length_factor(len(one), len(other))
    in_order = LCSseq.similarity(one, other, score_cutoff=int(least * shorter / factor))
    return float(in_order) / shorter * factor


def _length_factor(one: int, other: int) -> float:
    """A short text inside a much longer one is a quotation, not a copy."""
    ratio = min(one, other) / max(one, other)
    return 1.0 if ratio >= 0.5 else ratio / 0.5


def original_of(document: Document, near: Iterable[Document]) -> tuple[str, float] | None:
    """Hash of the document among *near* that *document* copies, with their overlap; None where it copies none."""
    best: tuple[str, float] | None = None
    words = words_of(document.text)
    for other in near:
        if other.hash == document.hash:
            continue
        overlap = _overlap(words, words_of(other.text), SAME)
        if overlap >= SAME and (best is None or overlap > best[1]):
            best = (other.hash, round(overlap, 3))
    return best


def groups_of(links: dict[str, str]) -> dict[str, str]:
    """For each document in a copy group, the group's name (one of its members)."""
    from sayso.asking.groups import Groups

    groups = Groups()
    for copy, original in links.items():
        groups.join(copy, original)
    return {member: groups.root(member) for pair in links.items() for member in pair}


def earliest(hashes: Sequence[str], published: Mapping[str, str | None]) -> str:
    """The member that came out first; those without a date come last."""
    return min(hashes, key=lambda one: (instant(published.get(one)), one))
