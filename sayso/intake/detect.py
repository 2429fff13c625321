"""Which format an input is in, and its documents."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.errors import InputRefused
from sayso.intake import FORMATS
from sayso.intake.base import HEAD, Format, Named, Parsed, Streaming, check, check_text
from sayso.intake.packed import is_gzip, is_zip, iter_members, unpacked


def detect(source: Named) -> Format:
    """The first format that takes the input, by its content."""
    head = source.data[:HEAD]
    return next(one for one in FORMATS if one.sniff(head, source.name))


def iter_documents(source: Named, most: int) -> Iterator[Parsed]:
    """The documents of one input; a refusal instead of whatever cannot be read.

    Args:
        source: the input; gzip is taken off, and each file of a zip archive is an input of its own.
        most: the largest document in bytes.
    """
    try:
        form = detect(source)
        if source.path is not None:
            yield from _streamed(form, source, most)
            return
        check(source, most)
        if form.binary:
            yield from form.parse(source)
        elif is_gzip(source.data):
            yield from iter_documents(unpacked(source, most), most)
        elif is_zip(source.data):
            for member in iter_members(source, most):
                if isinstance(member, InputRefused):
                    yield member
                else:
                    yield from iter_documents(member, most)
        else:
            check_text(source)
            yield from form.parse(source)
    except InputRefused as refused:
        yield refused


def _streamed(form: Format, source: Named, most: int) -> Iterator[Parsed]:
    if source.path is None or not isinstance(form, Streaming):
        raise InputRefused(
            f"larger than the limit of {most} bytes a document",
            where=source.name,
            remedy="split it, or raise SAYSO_MAX_BYTES",
        )
    yield from form.parse_file(source, source.path, most)
