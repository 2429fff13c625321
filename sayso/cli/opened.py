"""The desk of a command, with the registry files that the command was given put on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sayso.cli.options import Options

if TYPE_CHECKING:
    from sayso.desk.base import Desk


def opened(options: Options, *, create: bool = True) -> Desk:
    """The desk that *options* name.

    Raises:
        InputRefused: a registry file cannot be read; the desk is left as it was.
        DeskError: the desk cannot be opened, or not be written though a registry was given.
    """
    from sayso.verbs.open import open_desk, read_registries

    registry = read_registries(options.registries)
    desk = open_desk(options.settings, create=create)
    if options.verbose:
        click.echo(f"desk {desk.place}", err=True)
    if options.registries:
        try:
            desk.writer().add_registry(registry)
        except BaseException:
            desk.close()
            raise
    return desk
