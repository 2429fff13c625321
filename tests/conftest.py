"""Fixtures. Documents are small and made inline; models are loaded once a session; desks are files in tmp_path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from sayso.desk.sqlite import SqliteDesk
from sayso.model.document import Document
from sayso.verbs.models import Models

settings.register_profile("untimed", deadline=None)  # machines are noisy; speed lives in bench/
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
EXAMPLE = ROOT / "examples" / "lantern-bay"


@pytest.fixture(scope="session")
def models() -> Models:
    """The packaged models, loaded once."""
    return Models(threads=2)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SqliteDesk]:
    """An empty desk in a file."""
    with SqliteDesk(str(tmp_path / "desk.db"), clock=lambda: "2034-08-15T09:00:00+00:00") as opened:
        yield opened


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs the command line as a user does: arguments in, exit code and both outputs back."""
    from sayso.cli.main import main

    def call(*arguments: str, stdin: str | bytes | None = None) -> Result:
        import click

        @click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
        @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
        def program(rest: tuple[str, ...]) -> None:
            import sys
            from unittest import mock

            with mock.patch.object(sys, "argv", ["sayso", *rest]):
                main()

        return CliRunner().invoke(program, list(arguments), input=stdin)

    return call


@pytest.fixture
def document() -> Document:
    """A short report."""
    return Document(
        text="The harbour office denied on Monday that the quay would close.",
        url="https://brine-post.example/1",
        outlet="Brine Post",
        channel="news",
        lang="en",
        published="2034-08-08T10:00:00+00:00",
        id="d1",
    )
