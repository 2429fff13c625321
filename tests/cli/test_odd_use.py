"""What people do that nobody means them to: questions of nothing, closed pipes, paths that are texts, places that cannot be written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
TEXT = "The Harbour Office denied that the quay of Brine would be closed.\u2028“The quay stays open,” the office said."


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> str:
    place = str(tmp_path / "desk.db")
    line = json.dumps({"id": "p1", "outlet": "Brine Post", "channel": "news", "text": TEXT}) + "\n"
    assert run("add", "-", "--desk", place, stdin=line).exit_code == 0
    return place


@pytest.mark.parametrize("question", ["?!", "...", "why?", "да", "🚢🚢🚢", "ما", "12345"])
def test_a_question_of_nothing_is_not_known(run: Run, desk: str, question: str) -> None:
    assert json.loads(run("ask", question, "--desk", desk, "--json").stdout)["found"] is False


@pytest.mark.parametrize("question", ["MH17", "5G", "F-16", "Су-34", "ВОЗ", "HIV", "мобилизация", "封锁"])
def test_a_question_that_names_one_thing_is_asked(question: str) -> None:
    from sayso.asking.pasted import says_something

    assert says_something(question)


def test_json_is_one_line_by_any_measure(run: Run, desk: str) -> None:
    for arguments in (("read", "-"), ("show", "p1", "--desk", desk), ("export", "jsonl", "--desk", desk)):
        result = run(*arguments, *(() if arguments[0] == "export" else ("--json",)), stdin=TEXT)
        (line,) = result.stdout.splitlines()
        assert "\u2028" in json.dumps(json.loads(line), ensure_ascii=False)


def test_questions_that_are_no_utf8_are_answered(run: Run, desk: str) -> None:
    result = run(
        "ask", "-", "--json", "--desk", desk, stdin=b"\xef\xbb\xbfWill the quay close?\nWill the \xff quay close?\n"
    )
    assert [json.loads(line)["asked"]["text"] for line in result.stdout.splitlines()] == [
        "Will the quay close?",
        "Will the � quay close?",
    ]
    assert run("ask", "Will the \udcff quay close?", "--desk", desk).exit_code == 0


@pytest.mark.parametrize("arguments", [("read", "-"), ("ask", "-")])
def test_a_closed_standard_input_is_said(
    run: Run, desk: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sayso.cli.main import main

    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "argv", ["sayso", *arguments, "--desk", desk])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (1, 2)


def test_a_text_in_the_place_of_a_path_is_refused_in_a_line(run: Run) -> None:
    result = run("read", "The quay of Brine will be closed. " * 20)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "pipe a text in with -" in result.stderr


def test_a_desk_whose_path_is_too_long_is_3(run: Run) -> None:
    result = run("ask", "Will the quay close?", "--desk", "d" * 300)
    assert result.exit_code == 3
    assert "--desk" in result.stderr


@pytest.mark.parametrize("form", ["parquet", "warc", "jsonl"])
def test_a_place_that_cannot_be_written_is_2(run: Run, desk: str, form: str) -> None:
    result = run("export", form, "--out", f"/proc/x.{form}", "--desk", desk)
    assert result.exit_code == 2
    assert "name another file with --out" in result.stderr


def test_every_command_takes_a_registry_and_keeps_it(run: Run, desk: str, tmp_path: Path) -> None:
    assert run("claims", "--registry", str(tmp_path / "none.yaml"), "--desk", desk).exit_code == 1
    known = tmp_path / "known.yaml"
    known.write_text("actors:\n  - name: Harbour Office\n    parent: Ministry of Ports\n", "utf-8")
    assert run("claims", "--registry", str(known), "--desk", desk).exit_code == 0
    (one,) = json.loads(run("ask", "Will the quay of Brine be closed?", "--desk", desk, "--json").stdout)["dossiers"]
    assert {line["source"]["voice"] for line in one["statements"]} == {"Ministry of Ports"}


def test_a_registry_of_a_wrong_kind_leaves_the_desk_as_it_was(run: Run, desk: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    for content, said in (
        ("parent: [Ministry]", "'parent' of 'Harbour Office'"),
        ("since: 2034-13-45", "not valid YAML"),
    ):
        wrong.write_text(f"actors:\n  - name: Harbour Office\n    {content}\n", "utf-8")
        result = run("ask", "Will the quay of Brine be closed?", "--registry", str(wrong), "--desk", desk)
        assert result.exit_code == 1
        assert said in result.stderr
    assert run("ask", "Will the quay of Brine be closed?", "--desk", desk).exit_code == 0


def test_verbose_tells_the_desk_and_where_an_error_came_from(run: Run, desk: str, tmp_path: Path) -> None:
    assert desk in run("claims", "--verbose", "--desk", desk).stderr
    told = run("ask", "Will the quay close?", "--verbose", "--desk", str(tmp_path / "none.db")).stderr
    assert "Traceback" in told
    assert "no desk here" in told.splitlines()[-1]


def test_lines_of_a_pasted_post_are_asked_one_by_one(desk: str, models: object) -> None:
    from sayso.api import Desk

    post = "The quay of Brine will be closed in September\nThe lighthouse of Tarvik has been sold to a bank"
    with Desk(desk) as opened:
        answer = opened.ask(post)
    assert answer.text == " ".join(post.split())


def test_a_shown_document_has_its_language_and_its_time(run: Run, desk: str) -> None:
    place = ("--desk", desk, "--json")
    run("add", "-", "--desk", desk, stdin=json.dumps({"id": "p2", "text": "🚢"}))
    assert json.loads(run("show", "p1", *place).stdout)["document"]["lang"] == "en"
    assert json.loads(run("show", "p2", *place).stdout)["seen"]
    (one,) = json.loads(run("ask", "Will the quay of Brine be closed?", *place).stdout)["dossiers"]
    assert {line["document"]["lang"] for line in one["statements"]} == {"en"}


def test_a_large_standard_input_is_streamed_as_a_file_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": "The quay of Brine stays open."}) + "\n" for n in range(8))
    monkeypatch.setenv("SAYSO_MAX_BYTES", "200")
    result = run("read", "-", "--json", stdin=lines)
    assert result.exit_code == 0
    assert [json.loads(line)["document"]["id"] for line in result.stdout.splitlines()] == [str(n) for n in range(8)]
