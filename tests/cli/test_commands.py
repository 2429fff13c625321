"""The command line as users meet it: what is printed where, and the exit codes of the contract."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from sayso.desk.schema import MIGRATIONS
from sayso.desk.sqlite import SqliteDesk

Run = Callable[..., Result]
POST = {
    "id": "p1",
    "url": "https://brine-post.example/quay",
    "outlet": "Brine Post",
    "channel": "news",
    "lang": "en",
    "published": "2034-08-08T10:00:00+00:00",
    "text": "The harbour office denied on Monday that the quay would close. “The quay stays open all summer,” harbour master Ivo Brandt told reporters.",
}


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.jsonl"
    path.write_text(json.dumps(POST) + "\n", encoding="utf-8")
    return path


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_read_gives_the_contracts_json(run: Run, posts: Path) -> None:
    result = run("read", "--json", str(posts))
    assert result.exit_code == 0
    (one,) = json.loads(f"[{result.stdout}]")
    text = one["document"]["text"]
    assert text == POST["text"]
    assert one["document"]["id"] == "p1"
    assert set(one) == {"document", "attributions", "statements"}
    denial = next(s for s in one["statements"] if s["stance"] == "denies")
    assert denial["source"]["name"] == "harbour office"
    assert (
        text[denial["source"]["start"] : denial["source"]["end"]] == "harbour office"
        or "harbour office" in text[denial["source"]["start"] : denial["source"]["end"]]
    )
    assert denial["date"] == "2034-08-07"
    for statement in one["statements"]:
        for span in (*statement["cue"], *statement["content"]):
            assert text[span["start"] : span["end"]] == span["text"]
        assert text[statement["start"] : statement["end"]] == statement["quote"]
    for attribution in one["attributions"]:
        for role in ("source", "cue", "content"):
            for span in attribution[role]:
                assert 0 <= span["start"] < span["end"] <= len(text)


def test_read_from_standard_input(run: Run) -> None:
    result = run("read", "-", stdin="Mayor Ada Lund said that the bridge would close.")
    assert result.exit_code == 0
    assert "Ada Lund" in result.stdout


def test_refusals_are_one_line_each_and_the_rest_goes_on(run: Run, posts: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "cut.jsonl").write_text('{"text": "cut o')
    (tmp_path / "old.txt").write_bytes("Порт закрыт".encode("windows-1251"))
    result = run("add", str(tmp_path), "--desk", str(tmp_path / ".hidden" / "desk.db"), "--json")
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert len(told) == 3
    assert any("empty.txt: empty file; check that it was saved completely" in line for line in told)
    assert any("cut.jsonl, line 1: not valid JSON" in line for line in told)
    assert any("old.txt: not valid UTF-8 (byte 0, line 1); save it as UTF-8" in line for line in told)
    assert objects(result)[-1] == {
        "added": 1,
        "known": 0,
        "statements": objects(result)[-1]["statements"],
        "copies": 0,
        "changed": 0,
        "refused": 3,
        "outlets": {"Brine Post": 1},
        "languages": {"en": 1},
    }


def test_the_size_limit_is_a_setting(run: Run, posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_MAX_BYTES", "10")
    result = run("read", str(posts))
    assert result.exit_code == 1
    assert "line 1: longer than the limit of 10 bytes a document; raise SAYSO_MAX_BYTES" in result.stderr


def test_adding_again_changes_nothing(run: Run, posts: Path, tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.db")
    first = objects(run("add", str(posts), "--desk", desk, "--json"))[0]
    again = objects(run("add", str(posts), "--desk", desk, "--json"))[0]
    assert (first["added"], first["known"]) == (1, 0)
    assert (again["added"], again["known"]) == (0, 1)


def test_ask_answers_in_the_order_asked(run: Run, posts: Path, tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.db")
    run("add", str(posts), "--desk", desk)
    result = run("ask", "--json", "--desk", desk, "-", stdin="Will the quay close?\n\nWho won the regatta in Tarvik?\n")
    assert result.exit_code == 0
    known, unknown = objects(result)
    assert known["version"] == 1
    assert known["asked"] == {"text": "Will the quay close?", "lang": known["asked"]["lang"]}  # type: ignore[index]
    assert unknown["found"] is False
    assert unknown["dossiers"] == []


def test_show_gives_documents_and_statements(run: Run, posts: Path, tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.db")
    run("add", str(posts), "--desk", desk)
    document = objects(run("show", "p1", "--desk", desk, "--json"))[0]
    statement = document["statements"][0]["id"]  # type: ignore[index]
    shown = objects(run("show", statement, "--desk", desk, "--json"))[0]
    assert shown["id"] == statement
    missing = run("show", "nothing", "--desk", desk)
    assert missing.exit_code == 1
    assert "nothing: neither a document nor a statement of this desk" in missing.stderr


def test_wrong_usage_is_2(run: Run, tmp_path: Path) -> None:
    assert run("ask").exit_code == 2
    assert run("frobnicate").exit_code == 2
    assert run("add", "--desk", str(tmp_path / "d.db")).exit_code == 2
    assert run("ask", " ", "--desk", str(tmp_path / "d.db")).exit_code == 3


def test_a_desk_that_cannot_be_used_is_3(run: Run, posts: Path, tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    missing = run("ask", "x", "--desk", str(place))
    assert missing.exit_code == 3
    assert "no desk here; put documents on it first: sayso add FILE" in missing.stderr
    SqliteDesk(str(place)).close()
    with sqlite3.connect(place) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 5}")
    newer = run("add", str(posts), "--desk", str(place))
    assert newer.exit_code == 3
    assert "made by a newer sayso" in newer.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_3(run: Run, posts: Path, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    result = run("add", str(posts), "--desk", str(folder / "desk.db"))
    assert result.exit_code == 3


def test_a_registry_that_is_wrong_says_where(run: Run, posts: Path, tmp_path: Path) -> None:
    registry = tmp_path / "registry.yaml"
    registry.write_text("outlets:\n  - {name: Brine Post\n  - x\n")
    result = run("add", str(posts), "--registry", str(registry), "--desk", str(tmp_path / "d.db"))
    assert result.exit_code == 1
    assert "registry.yaml, line " in result.stderr
    assert not (tmp_path / "d.db").exists()


def test_doctor_finds_everything_and_rebuilds(run: Run, posts: Path, tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.db")
    run("add", str(posts), "--desk", desk)
    with sqlite3.connect(desk) as raw:
        raw.execute("DELETE FROM cache_vector")
    damaged = run("doctor", "--desk", desk)
    assert damaged.exit_code == 1
    assert "have no vector; run: sayso doctor --rebuild" in damaged.stdout
    assert run("doctor", "--rebuild", "--desk", desk).exit_code == 0


def test_claims_of_an_empty_desk_say_what_to_do(run: Run, tmp_path: Path) -> None:
    SqliteDesk(str(tmp_path / "desk.db")).close()
    result = run("claims", "--desk", str(tmp_path / "desk.db"))
    assert result.exit_code == 0
    assert "Nothing circulates on this desk yet." in result.stdout


def test_hostile_text_cannot_move_the_cursor(run: Run) -> None:
    result = run("read", "-", stdin="Mayor Ada Lund said that the \x1b[2Jbridge \u202ewould close.")
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_an_interrupted_add_keeps_what_was_finished(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    rows = [
        {**POST, "id": str(n), "url": f"https://brine-post.example/{n}", "text": f"{POST['text']} Number {n}."}
        for n in range(4000)
    ]
    many.write_text("".join(json.dumps(row) + "\n" for row in rows))
    desk = tmp_path / "desk.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "sayso", "add", str(many), "--desk", str(desk)], stderr=subprocess.PIPE, text=True
    )
    for _ in range(600):
        time.sleep(0.1)
        if desk.exists() and _documents(desk) >= 16:
            break
    process.send_signal(2)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "interrupted; what was finished is kept" in told
    assert "Traceback" not in told
    assert _documents(desk) >= 16


def _documents(desk: Path) -> int:
    try:
        with sqlite3.connect(desk) as raw:
            return int(raw.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.Error:
        return 0
