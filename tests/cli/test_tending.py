"""Tending a desk from the command line: reviews, sources, watched questions, archive."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

POSTS = [
    {"id": "p1", "url": "https://t.example/1", "outlet": "Quay Watch", "channel": "telegram", "lang": "en",
     "published": "2034-08-07T08:00:00+00:00", "text": "The quay of Brine will be closed in September for good."},
    {"id": "p2", "url": "https://harbour.example/2", "outlet": "Harbour Office", "channel": "press", "lang": "en",
     "published": "2034-08-08T08:00:00+00:00", "text": "The quay of Brine will not be closed in September. The Harbour Office has signed no such order."},
]  # fmt: skip
QUESTION = "Will the quay of Brine be closed in September?"


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> str:
    path = tmp_path / "posts.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in POSTS), "utf-8")
    place = str(tmp_path / "desk.db")
    assert run("add", str(path), "--desk", place).exit_code == 0
    return place


def statements(run: Run, desk: str) -> list[dict[str, object]]:
    answer = json.loads(run("ask", QUESTION, "--desk", desk, "--json").stdout)
    return [one for dossier in answer["dossiers"] for one in dossier["statements"]]


def test_a_misread_statement_leaves_the_dossier_and_comes_back(run: Run, desk: str) -> None:
    before = statements(run, desk)
    assert before
    name = str(before[0]["id"])
    assert run("review", "wrong", name, "--who", "ada", "--why", "irony", "--desk", desk).exit_code == 0
    assert name not in [one["id"] for one in statements(run, desk)]
    assert run("review", "undo", "1", "--who", "ada", "--why", "no irony", "--desk", desk).exit_code == 0
    assert [one["id"] for one in statements(run, desk)] == [one["id"] for one in before]
    log = [json.loads(line) for line in run("review", "log", "--desk", desk, "--json").stdout.splitlines()]
    assert [(one["act"], one["who"], one["counts"]) for one in log] == [("wrong", "ada", False), ("undo", "ada", False)]


def test_a_stance_is_set_and_a_statement_unmatched(run: Run, desk: str) -> None:
    name = str(statements(run, desk)[0]["id"])
    run("review", "stance", name, "questions", "--who", "ada", "--why", "it asks", "--desk", desk)
    assert {one["stance"] for one in statements(run, desk) if one["id"] == name} <= {"questions"}
    run("review", "unmatch", name, QUESTION, "--who", "ada", "--why", "other quay", "--desk", desk)
    assert name not in [one["id"] for one in statements(run, desk)]


def test_reviews_reach_what_is_shown_exported_and_listed(run: Run, desk: str) -> None:
    asserted, denied = (
        next(one for one in statements(run, desk) if one["stance"] == side) for side in ("asserts", "denies")
    )
    run("review", "wrong", str(asserted["id"]), "--who", "ada", "--why", "irony", "--desk", desk)
    run("review", "stance", str(denied["id"]), "questions", "--who", "ada", "--why", "it asks", "--desk", desk)
    exported = run("export", "webannotation", "--desk", desk).stdout
    assert str(asserted["id"]) not in exported
    assert str(denied["id"]) in exported
    (shown,) = told(run("show", str(asserted["id"]), "--desk", desk, "--json"))
    assert [(one["act"], one["who"], one["why"]) for one in shown["reviews"]] == [("wrong", "ada", "irony")]
    (shown,) = told(run("show", str(denied["id"]), "--desk", desk, "--json"))
    assert shown["stance"] == "questions"
    assert "ada: it asks" in run("show", str(denied["id"]), "--desk", desk).stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("wrong", "nothing"), "no statement of this desk"),
        (("undo", "7"), "no review with that number"),
        (("copy", "p1", "p9"), "no document of this desk"),
        (("join", "A", "A"), "two different names"),
    ],
)
def test_reviews_of_nothing_are_refused(run: Run, desk: str, arguments: tuple[str, ...], reason: str) -> None:
    result = run("review", *arguments, "--who", "ada", "--why", "x", "--desk", desk)
    assert result.exit_code != 0
    assert reason in result.stderr


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Brine Post</title><language>en</language>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><guid>{n}</guid><pubDate>Mon, 07 Aug 2034 10:00:00 GMT</pubDate><description>{text}</description></item>"


class Site(BaseHTTPRequestHandler):
    items: list[str]

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        body = FEED.format(items="".join(self.items)).encode()
        status = 200 if self.path == "/rss" else 404
        self.send_response(status)
        self.send_header("content-type", "application/rss+xml")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    Site.items = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setenv("SAYSO_ALLOW_HOSTS", "127.0.0.1")
    yield f"http://127.0.0.1:{server.server_port}/rss"
    server.shutdown()
    server.server_close()


def told(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_watching_tells_what_is_new_and_only_once(
    run: Run, desk: str, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.verbs.sources.EVERY", __import__("datetime").timedelta(0))
    run("watch", "--question", QUESTION, "--desk", desk)
    first = told(run("watch", "--once", "--desk", desk, "--json"))
    assert {one["who"] for one in first} <= {"Quay Watch", "Harbour Office"}
    assert first
    assert told(run("watch", "--once", "--desk", desk, "--json")) == []
    run("source", "add", feed, "--desk", desk)
    Site.items = [
        ITEM.format(
            title="Minister",
            n=1,
            text="Minister Ada Lund said on Monday that the quay of Brine would not be closed in September.",
        )
    ]
    second = told(run("watch", "--once", "--desk", desk, "--json"))
    assert [(str(one["who"]).removeprefix("Minister "), one["kind"]) for one in second] == [("Ada Lund", "origin")]
    (state,) = told(run("source", "list", "--desk", desk, "--json"))
    assert state["error"] is None
    assert state["succeeded"]


def test_a_source_can_be_tried_and_removed(run: Run, desk: str, feed: str) -> None:
    Site.items = [ITEM.format(title="Quay", n=1, text="The quay stays open.")]
    (found,) = told(run("source", "test", feed, "--desk", desk, "--json"))
    assert (found["documents"], found["example"]) == (1, "Quay")
    run("source", "add", feed, "--desk", desk)
    assert run("source", "remove", feed, "--desk", desk).exit_code == 0
    assert told(run("source", "list", "--desk", desk, "--json")) == []
    assert "not among the sources" in run("source", "remove", feed, "--desk", desk).stderr


def test_a_failing_source_waits_longer_each_time(run: Run, desk: str, feed: str) -> None:
    run("source", "add", feed.replace("/rss", "/gone"), "--desk", desk)
    result = run("watch", "--once", "--desk", desk)
    assert result.exit_code == 1
    assert "answers 404" in result.stderr
    (state,) = told(run("source", "list", "--desk", desk, "--json"))
    assert state["failures"] == 1
    assert state["next_try"] is not None
