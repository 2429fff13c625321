"""Erasing, backing up and restoring, by what is left in the desk's files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
ROWS = [
    {"id": "p1", "url": "https://t.example/1", "outlet": "Quay Watch", "channel": "telegram", "lang": "en",
     "published": "2034-08-07", "text": "The quay of Brine will be closed, says my neighbour Zebulon Quark."},
    {"id": "p2", "url": "https://harbour.example/2", "outlet": "Harbour Office", "channel": "press", "lang": "en",
     "published": "2034-08-08", "text": "The quay of Brine will not be closed. The Harbour Office has signed no such order."},
    {"id": "p3", "url": "https://post.example/3", "outlet": "Brine Post", "channel": "news", "lang": "en",
     "published": "2034-08-09", "text": "“Nobody closes my quay,” Zebulon Quark told the Brine Post on Wednesday."},
]  # fmt: skip


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Path:
    source = tmp_path / "posts.jsonl"
    source.write_text("\n".join(json.dumps(one) for one in ROWS), "utf-8")
    place = tmp_path / "desk" / "desk.db"
    assert run("add", str(source), "--desk", str(place)).exit_code == 0
    source.unlink()
    return place


def left_of(word: str, desk: Path) -> list[str]:
    return [path.name for path in desk.parent.iterdir() if word.encode() in path.read_bytes()]


def test_an_erased_document_stands_nowhere_in_the_desks_files(run: Run, desk: Path) -> None:
    assert left_of("neighbour", desk)
    done = run("erase", "document", "p1", "--who", "ada", "--why", "asked for", "--desk", str(desk), "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["documents"] == 1
    assert left_of("neighbour", desk) == []
    assert run("show", "p1", "--desk", str(desk)).exit_code != 0
    assert run("doctor", "--desk", str(desk)).exit_code == 0
    with sqlite3.connect(desk) as file:
        assert file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert file.execute("SELECT count(*) FROM original").fetchone()[0] == 0


def test_an_erased_document_does_not_come_back(run: Run, desk: Path, tmp_path: Path) -> None:
    run("erase", "document", "p1", "--who", "ada", "--why", "asked for", "--desk", str(desk))
    again = tmp_path / "again.jsonl"
    again.write_text(json.dumps(ROWS[0]), "utf-8")
    assert run("add", str(again), "--desk", str(desk), "--no-archive").exit_code == 0
    assert run("show", "p1", "--desk", str(desk)).exit_code != 0
    assert left_of("neighbour", desk) == []


def test_an_actor_goes_with_every_document_that_it_speaks_in(run: Run, desk: Path) -> None:
    name = "Zebulon Quark"
    done = run("erase", "actor", name, "--who", "ada", "--why", "a private person", "--desk", str(desk))
    assert done.exit_code == 0, done.stderr
    assert left_of("Zebulon", desk) == []
    assert run("show", "p2", "--desk", str(desk)).exit_code == 0
    log = run("erase", "log", "--desk", str(desk), "--json").stdout.splitlines()
    assert [(json.loads(one)["kind"], json.loads(one)["who"]) for one in log] == [("actor", "ada")]
    assert "Zebulon" not in "".join(log)


@pytest.mark.parametrize(("kind", "name"), [("document", "no-such"), ("actor", "Nobody At All")])
def test_what_is_not_there_cannot_be_erased(run: Run, desk: Path, kind: str, name: str) -> None:
    done = run("erase", kind, name, "--why", "x", "--desk", str(desk))
    assert done.exit_code == 1
    assert name in done.stderr


def test_a_backup_brings_the_desk_back(run: Run, desk: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    assert run("backup", str(kept), "--desk", str(desk)).exit_code == 0
    before = run("export", "jsonl", "--desk", str(desk)).stdout
    assert run("backup", str(kept), "--desk", str(desk)).exit_code == 3
    refused = run("restore", str(kept), "--desk", str(desk))
    assert (refused.exit_code, "--replace" in refused.stderr) == (2, True)
    run("erase", "document", "p2", "--why", "x", "--desk", str(desk))
    assert run("restore", str(kept), "--desk", str(desk), "--replace").exit_code == 0
    assert run("export", "jsonl", "--desk", str(desk)).stdout == before
    assert json.loads(run("ask", "Will the quay of Brine be closed?", "--desk", str(desk), "--json").stdout)["asked"]


def test_a_damaged_backup_leaves_the_desk_as_it_was(run: Run, desk: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_bytes(b"no desk at all" * 400)
    before = run("export", "jsonl", "--desk", str(desk)).stdout
    done = run("restore", str(kept), "--desk", str(desk), "--replace")
    assert done.exit_code == 3
    assert str(kept) in done.stderr
    assert run("export", "jsonl", "--desk", str(desk)).stdout == before
    assert [path.name for path in desk.parent.iterdir() if "restoring" in path.name] == []


def test_strict_keeps_what_stands_before_the_first_refusal(run: Run, tmp_path: Path) -> None:
    first, bad, last = tmp_path / "a.txt", tmp_path / "b.bin", tmp_path / "c.txt"
    first.write_text("The quay of Brine will be closed, the mayor said on Monday.", "utf-8")
    bad.write_bytes(bytes(range(256)) * 8)
    last.write_text("The quay of Brine will stay open, the mayor said on Tuesday.", "utf-8")
    desk = str(tmp_path / "desk.db")
    done = run("add", str(first), str(bad), str(last), "--strict", "--desk", desk, "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["added"], told["refused"]) == (1, 1, 1)
    kept = run("export", "jsonl", "--desk", desk).stdout
    assert "Monday" in kept
    assert "Tuesday" not in kept


def test_retention_rules_let_go_by_source_and_say_so(run: Run, desk: Path) -> None:
    at = ("--desk", str(desk))
    assert run("retention", "set", "Quay Watch", "30", *at).exit_code == 0
    assert run("retention", "set", "press", "90", *at).exit_code == 0
    # nothing is old enough yet
    assert run("retention", "apply", *at).stdout == ""
    with sqlite3.connect(desk) as file:
        file.execute("UPDATE document SET seen = '2020-01-01T00:00:00+00:00' WHERE channel <> 'news'")
    done = [json.loads(line) for line in run("retention", "apply", "--who", "ada", "--json", *at).stdout.splitlines()]
    assert [(one["kind"], one["documents"]) for one in done] == [("retention", 1), ("retention", 1)]
    assert done[0]["why"] == "retention: Quay Watch is kept 30 days"
    assert left_of("neighbour", desk) == left_of("signed no such order", desk) == []
    assert run("show", "p3", *at).exit_code == 0
    assert "ada: erased by retention" in run("erase", "log", *at).stdout
    assert run("retention", "remove", "press", *at).exit_code == 0
    assert "press" not in run("retention", "list", *at).stdout
    gone = run("retention", "remove", "press", *at)
    assert (gone.exit_code != 0, "retention list" in gone.stderr) == (True, True)
