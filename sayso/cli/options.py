"""The options that every command takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from sayso.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Options:
    """The options that every command takes."""

    settings: Settings
    registries: tuple[str, ...]
    json: bool
    quiet: bool
    verbose: bool


def common(command: Command) -> Command:
    """Adds the common options to a command, which gets them as one Options object."""

    def run(
        *args: Any, desk: str | None, registry: tuple[str, ...], as_json: bool, quiet: bool, verbose: bool, **more: Any
    ) -> None:
        options = Options(Settings.from_environment(desk=desk), registry, as_json, quiet, verbose)
        command(options, *args, **more)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    for option in (
        click.option(
            "--verbose", is_flag=True, help="Tell on standard error which desk is used, and where an error came from."
        ),
        click.option("--quiet", is_flag=True, help="No progress on standard error."),
        click.option("--json", "as_json", is_flag=True, help="One JSON object a line."),
        click.option(
            "--registry",
            multiple=True,
            metavar="FILE",
            help="What the desk's people know (YAML); repeatable, kept on the desk.",
        ),
        click.option("--desk", metavar="PATH", help="The desk: a file, or postgresql://… (also SAYSO_DESK)."),
    ):
        run = option(run)
    return run  # type: ignore[return-value]
