"""Opens the desk that the settings name, and puts registry files on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sayso.desk.base import Desk
from sayso.desk.sqlite import SqliteDesk
from sayso.errors import UsageError
from sayso.intake.registry_file import read_registry
from sayso.model.registry import Registry
from sayso.settings import Settings


def open_desk(settings: Settings, *, create: bool = True) -> Desk:
    """The desk of *settings*.

    Raises:
        DeskError: it cannot be opened.
        UsageError: its address is of a kind that this version does not know.
    """
    if settings.desk.startswith(("postgresql://", "postgres://")):
        try:
            from sayso.desk.postgres import PostgresDesk
        except ImportError as error:
            raise UsageError(
                f"a desk on PostgreSQL needs the package {error.name}",
                remedy='install it: pip install "sayso[postgres]"',
            ) from error
        return PostgresDesk(settings.desk, create=create)
    if "://" in settings.desk:
        scheme = settings.desk.split("://", 1)[0]
        raise UsageError(
            f"no desk is kept at {scheme}:// addresses", remedy="give the path of a file, or postgresql://HOST/DATABASE"
        )
    return SqliteDesk(settings.desk, create=create)


def read_registries(paths: Sequence[str]) -> Registry:
    """All registry files as one; later entries win.

    Raises:
        InputRefused: one cannot be read.
    """
    merged = Registry()
    for path in paths:
        merged = merged.merged(read_registry(Path(path)))
    return merged
