"""Parquet as input, and as parts that are read in one place and loaded in another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from click.testing import Result

from sayso.desk.sqlite import SqliteDesk
from tests.conftest import EXAMPLE

Run = Callable[..., Result]
DOCUMENTS = EXAMPLE / "documents.jsonl"


def exported(run: Run, desk: Path) -> list[dict[str, object]]:
    lines = run("export", "jsonl", "--desk", str(desk)).stdout.splitlines()
    return [{key: value for key, value in json.loads(line).items() if key != "seen"} for line in lines]


def test_parts_loaded_give_the_desk_that_adding_gives(run: Run, tmp_path: Path) -> None:
    parts, one, two = tmp_path / "parts", tmp_path / "one.db", tmp_path / "two.db"
    registry = ("--registry", str(EXAMPLE / "registry.yaml"))
    assert run("add", str(DOCUMENTS), *registry, "--desk", str(one)).exit_code == 0
    written = run("add", str(DOCUMENTS), *registry, "--to-parquet", str(parts), "--json")
    assert written.exit_code == 0, written.stderr
    loaded = run("load", str(parts), *registry, "--desk", str(two), "--json")
    assert loaded.exit_code == 0, loaded.stderr
    assert json.loads(loaded.stdout)["added"] == json.loads(written.stdout)["added"] > 10
    assert json.loads(loaded.stdout)["copies"] > 0
    assert exported(run, one) == exported(run, two)

    # the input stands once in the part, and every document that came in it has it on the desk
    held = pq.read_table(parts, columns=["original"])["original"].to_pylist()
    assert [data for data in held if data is not None] == [DOCUMENTS.read_bytes()]
    with SqliteDesk(str(two)) as desk:
        view = desk.view()
        kept = [view.original(document.hash) for document, _ in view.documents()]
        assert {one.unpacked() for one in kept if one is not None} == {DOCUMENTS.read_bytes()}
        assert None not in kept

    again = run("load", str(parts), "--desk", str(two), "--json")
    assert json.loads(again.stdout)["added"] == 0
    more = run("add", str(DOCUMENTS), "--to-parquet", str(parts), "--json")
    assert json.loads(more.stdout)["added"] == 0
    assert len(list(parts.iterdir())) == 1


def test_a_damaged_part_is_refused_and_the_others_loaded(run: Run, tmp_path: Path) -> None:
    parts, desk = tmp_path / "parts", tmp_path / "desk.db"
    for number in range(2):
        page = tmp_path / f"{number}.txt"
        page.write_text(f"The quay of Brine closes on day {number}, the Harbour Office said.", "utf-8")
        assert run("add", str(page), "--to-parquet", str(parts)).exit_code == 0
    (parts / "part-000000.parquet").write_bytes(b"PAR1 nonsense PAR1")
    loaded = run("load", str(parts), "--desk", str(desk), "--json")
    assert loaded.exit_code == 1
    assert "part-000000.parquet" in loaded.stderr
    assert json.loads(loaded.stdout)["added"] == 1
    empty = run("load", str(tmp_path / "nothing"), "--desk", str(desk))
    assert empty.exit_code != 0
    assert "--to-parquet" in empty.stderr


def test_a_parquet_table_of_documents_is_read(run: Run, tmp_path: Path) -> None:
    table, desk = tmp_path / "news.parquet", tmp_path / "desk.db"
    rows = [
        {
            "url": f"https://post.example/{n}",
            "outlet": "Brine Post",
            "text": f"Quay {n} closes, the mayor said.",
            "n": n,
        }
        for n in range(3)
    ]
    pq.write_table(pa.Table.from_pylist([*rows, {"url": "https://post.example/x", "text": None}]), table)
    added = run("add", str(table), "--desk", str(desk), "--json")
    assert added.exit_code == 1
    assert "row 4" in added.stderr
    assert json.loads(added.stdout)["added"] == 3
    assert json.loads(added.stdout)["outlets"] == {"Brine Post": 3}
    wrong = tmp_path / "wrong.parquet"
    pq.write_table(pa.table({"a": [1]}), wrong)
    assert "no column named text" in run("add", str(wrong), "--desk", str(desk)).stderr
    wrong.write_bytes(b"PAR1" + bytes(50))
    assert "not readable as Parquet" in run("add", str(wrong), "--desk", str(desk)).stderr
