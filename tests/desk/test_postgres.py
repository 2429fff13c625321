"""What only a desk on PostgreSQL does: many writers, partitions, a server that goes away, and the command line on it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import Result

from sayso.api import Desk
from sayso.desk.postgres import PostgresDesk, month_of
from sayso.desk.postgres_schema import MIGRATIONS
from sayso.errors import DeskError
from sayso.model.document import Document
from sayso.verbs.models import Models
from tests.conftest import EXAMPLE
from tests.desk.test_desk import entry, make

Fresh = Callable[[], str]


def test_many_writers_of_the_same_documents_keep_each_once(fresh_database: Fresh) -> None:
    place = fresh_database()
    wrong: list[BaseException] = []
    added: list[int] = []

    def write(first: int) -> None:
        try:
            with PostgresDesk(place) as desk:
                for number in range(first, first + 40):
                    if desk.writer().add(entry(make(number), words=2)):
                        added.append(number)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 0, 20, 40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert sorted(added) == list(range(80))
    with PostgresDesk(place) as desk:
        assert desk.view().health().documents == 80
        assert desk.view().health().statements == 160
        assert desk.view().health().problems == ()


def test_statements_lie_by_month_of_publication(fresh_database: Fresh) -> None:
    with PostgresDesk(fresh_database()) as desk:
        for published in ("2034-08-08T10:00:00+00:00", "2034-12-31", "2034", None, "9999-01-01"):
            document = Document(text=f"The quay stays open, {published}.", published=published)
            assert desk.writer().add(entry(document))
        rows = desk.store.execute("SELECT tableoid::regclass::text AS place FROM statement ORDER BY number")
        places = [row["place"] for row in rows]
    assert places == ["statement_2034_08", "statement_2034_12", *["statement_undated"] * 3]


@pytest.mark.parametrize(
    ("published", "month"),
    [("2034-08-08", "2034-08-01"), ("2034-13-01", None), ("0001-01-01", None), ("XXXX-08-08", None)],
)
def test_months(published: str, month: str | None) -> None:
    assert month_of(Document(text="a", published=published)) == month


def test_refusals_say_what_to_do(fresh_database: Fresh) -> None:
    place = fresh_database()
    with pytest.raises(DeskError, match=r"no desk here.*sayso add"):
        PostgresDesk(place, create=False)
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute("CREATE TABLE document (name text)")
    with pytest.raises(DeskError, match=r"another program's tables.*make a database"):
        PostgresDesk(place)
    newer = fresh_database()
    with PostgresDesk(newer) as desk:
        desk.store.execute("UPDATE sayso_desk SET version = ?", (len(MIGRATIONS) + 1,))
    with pytest.raises(DeskError, match=r"newer sayso.*upgrade"):
        PostgresDesk(newer)
    with pytest.raises(DeskError, match="does not answer") as refused:
        PostgresDesk("postgresql://ada:secret@127.0.0.1:1/nothing")
    assert "secret" not in str(refused.value)


def test_lost_connections_in_the_middle_lose_and_double_nothing(fresh_database: Fresh) -> None:
    place = fresh_database()
    with PostgresDesk(place) as desk, psycopg.connect(place, autocommit=True) as other:

        def cut() -> None:
            for _ in range(4):
                time.sleep(0.3)
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

        thread = threading.Thread(target=cut)
        thread.start()
        number = acknowledged = 0
        while thread.is_alive():
            acknowledged += desk.writer().add(entry(make(number)))
            number += 1
        thread.join()
        kept = [document.id for document, _ in desk.view().documents()]
    # a connection cut after the commit and before its answer: kept, and told as known when it is tried again
    assert number > 4
    assert acknowledged <= len(kept) == len(set(kept)) == number


def test_erasing_leaves_the_words_nowhere(fresh_database: Fresh) -> None:
    with PostgresDesk(fresh_database()) as desk:
        document = Document(text="word zanzibarish quay closes", outlet="Brine Post", published="2034-08-08")
        desk.writer().add(entry(document))
        desk.writer().add(entry(make(2)))
        desk.writer().erase("document", [document.hash], who="ada", why="asked to")
        tables = desk.store.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in [tuple(row) for row in tables]:
            found = desk.store.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE ?', ("%zanzibarish%",))
            assert found.fetchone()[0] == 0, table
        assert not desk.writer().add(entry(document))
        assert desk.view().health().documents == 1


def test_the_example_is_answered_as_on_a_file(fresh_database: Fresh, models: Models) -> None:
    question = "Will the port of Lantern Bay turn away seasonal workers?"
    told = []
    for place in (":memory:", fresh_database()):
        with Desk(place, models=models) as desk:
            desk.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")
            answer = desk.ask(question)
            told.append([(line.source.name, line.stance, line.kept.document.id) for line in answer.dossiers[0].lines])
            assert desk.claims()
    assert told[0]
    assert sorted(told[0], key=str) == sorted(told[1], key=str)


def test_the_command_line_on_it(fresh_database: Fresh, run: Callable[..., Result], tmp_path: Path) -> None:
    place = fresh_database()
    page = tmp_path / "a.txt"
    page.write_text("The harbour office denied on Monday that the quay at Lantern Bay would close.", "utf-8")
    assert run("add", str(page), "--desk", place).exit_code == 0
    assert run("doctor", "--desk", place).exit_code == 0
    shown = run("ask", "Will the quay at Lantern Bay close?", "--desk", place, "--json")
    assert shown.exit_code == 0
    assert json.loads(shown.stdout)["found"] is True
    refused = run("backup", str(tmp_path / "x"), "--desk", place)
    assert refused.exit_code == 3
    assert "pg_dump" in refused.stderr
    assert run("ask", "?", "--desk", "mysql://nowhere").exit_code == 2
