"""Every error that sayso raises on purpose: what was wrong, where, and what to do about it.

Exit codes are those of the command line (see README.md); ``status`` is the HTTP status of the same error.
"""

from __future__ import annotations


class SaysoError(Exception):
    """The root of all errors of sayso.

    Args:
        what: what was wrong, as a clause without a final full stop.
        where: the file, address, line or row concerned, if any.
        remedy: what the user can do about it, as a clause.
    """

    exit_code = 1
    status = 400

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        placed = f"{self.where}: {self.what}" if self.where else self.what
        return f"{placed}; {self.remedy}" if self.remedy else placed


class InputRefused(SaysoError):
    """One input could not be read; the others go on."""

    status = 422


class UsageError(SaysoError):
    """The call itself was wrong."""

    exit_code = 2


class NotFound(SaysoError):
    """The desk holds nothing under that name."""

    status = 404


class DeskError(SaysoError):
    """The desk cannot be opened or written."""

    exit_code = 3
    status = 503


class WeightsMissing(SaysoError):
    """A model file of the package is absent or damaged."""

    exit_code = 1
    status = 500
