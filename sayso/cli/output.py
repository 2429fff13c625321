"""What goes to standard output, and the one-line refusals and errors on standard error."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from sayso.errors import SaysoError
from sayso.model.json_line import json_line

Item = TypeVar("Item")
REFUSED = 1
"""Exit code where some input was refused and the rest went on."""


def width() -> int:
    """Columns for wrapped text."""
    return min(110, shutil.get_terminal_size((100, 24)).columns)


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on one line."""
    click.echo(json_line(value))


def print_each(
    found: Iterable[Item], as_json: bool, to_dict: Callable[[Item], dict[str, Any]], to_line: Callable[[Item], str]
) -> None:
    """One line for each thing found: as JSON, or in words."""
    for one in found:
        if as_json:
            print_json(to_dict(one))
        else:
            click.echo(to_line(one))


def print_lines(lines: Iterable[str]) -> None:
    """Text lines."""
    for line in lines:
        click.echo(line)


def print_refusal(error: SaysoError) -> None:
    """What was wrong, where, and what to do, on one line of standard error."""
    click.echo(f"sayso: {error}", err=True)
