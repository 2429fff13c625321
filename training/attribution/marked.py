"""Our own rumour cases with every attribution marked by hand: training/marked, a file a case.

A file repeats the texts of its case, each behind a line ``=== DOCUMENT``, with the marks of the patterns (see
training/attribution/synthetic.py). Cases that nothing trains on (``UNSEEN``) are kept for measuring here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from training.attribution.synthetic import Example, parse_marked
from training.pairs.cases import UNSEEN

MARKED = Path(__file__).parents[1] / "marked"
_DOCUMENT = re.compile(r"^=== (\S+)[ \t]*\n", re.MULTILINE)


def read_marked(path: Path) -> dict[str, Example]:
    """The documents of one case, by id."""
    _, *parts = _DOCUMENT.split(path.read_text(encoding="utf-8"))
    return {name: parse_marked(text.strip()) for name, text in zip(parts[::2], parts[1::2], strict=True)}


def iter_marked(*, unseen: bool = False) -> Iterator[Example]:
    """Every marked document of the cases to train on, or of those to measure on."""
    for path in sorted(MARKED.glob("*.txt")):
        if (path.stem in UNSEEN) == unseen:
            yield from read_marked(path).values()
