"""Which format an input is in, and its documents."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.errors import InputRefused
from sayso.intake import FORMATS
from sayso.intake.base import HEAD, Format, Named, Parsed, check


def detect(source: Named) -> Format:
    """The first format that takes the input, by its content."""
    head = source.data[:HEAD]
    return next(one for one in FORMATS if one.sniff(head, source.name))


def iter_documents(source: Named, most: int) -> Iterator[Parsed]:
    """The documents of one input; a refusal instead of whatever cannot be read.

    Args:
        source: the input.
        most: the largest input in bytes.
    """
    try:
        check(source, most)
        yield from detect(source).parse(source)
    except InputRefused as refused:
        yield refused
