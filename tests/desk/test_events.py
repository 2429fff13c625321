"""Reviews, sources and watched questions: logs that are only added to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.base import Desk, Original
from sayso.desk.schema import APPLICATION_ID, MIGRATIONS
from sayso.desk.sqlite import SqliteDesk
from sayso.intake.base import Named
from sayso.model.document import Document
from sayso.model.review import Act, Review, effective
from sayso.verbs.add import add_documents
from sayso.verbs.arrivals import Arrived
from sayso.verbs.models import Models


def review(number: int, act: Act, target: str) -> Review:
    return Review(act, target, None, "ada", "because", "2034-08-15", number)


def test_an_undone_review_counts_no_more_until_the_undoing_is_undone() -> None:
    first = review(1, Act.WRONG, "s1")
    undo = review(2, Act.UNDO, "1")
    again = review(3, Act.UNDO, "2")
    assert effective([first]) == [first]
    assert effective([first, undo]) == []
    assert effective([first, undo, again]) == [first]


@given(st.lists(st.tuples(st.sampled_from(list(Act)), st.integers(0, 12)), max_size=12))
def test_undoing_anything_never_fails_and_never_adds(acts: list[tuple[Act, int]]) -> None:
    log = [review(number, act, str(target)) for number, (act, target) in enumerate(acts, 1)]
    counting = effective(log)
    assert all(one in log and one.act is not Act.UNDO for one in counting)


def test_reviews_are_numbered_and_dated(any_desk: Desk) -> None:
    kept = any_desk.writer().add_review(Review(Act.WRONG, "s1", None, "ada", "misread"))
    assert (kept.number, kept.at) == (1, "2034-08-15T09:00:00+00:00")
    assert any_desk.view().reviews() == [kept]


def test_sources_remember_how_requests_went(any_desk: Desk) -> None:
    writer, view = any_desk.writer(), any_desk.view()
    writer.follow("https://a.example/rss")
    writer.follow("https://b.example/rss")
    writer.add_fetch(
        "https://a.example/rss", status=200, error=None, etag='"1"', modified=None, next_try="2034-08-15T09:10:00+00:00"
    )
    writer.add_fetch(
        "https://a.example/rss",
        status=None,
        error="does not answer",
        etag=None,
        modified=None,
        next_try="2034-08-15T09:30:00+00:00",
    )
    first, second = view.sources()
    assert (first.error, first.etag, first.failures) == ("does not answer", '"1"', 1)
    assert first.succeeded == "2034-08-15T09:00:00+00:00"
    assert (second.address, second.succeeded) == ("https://b.example/rss", None)
    writer.unfollow("https://a.example/rss")
    assert [one.address for one in view.sources()] == ["https://b.example/rss"]


def test_watched_questions_gather_what_was_told(any_desk: Desk) -> None:
    writer = any_desk.writer()
    writer.watch("Will the quay close?")
    writer.add_seen("Will the quay close?", ["a", "b"])
    writer.add_seen("Will the quay close?", ["c"])
    (kept,) = any_desk.view().watched()
    assert kept.seen == {"a", "b", "c"}
    writer.unwatch("Will the quay close?")
    assert any_desk.view().watched() == []


def test_originals_come_back_byte_for_byte() -> None:
    data = bytes(range(256)) * 40
    kept = Original.of(data, "https://a.example/1")
    assert kept.unpacked() == data
    assert kept.size == len(data)


def test_a_desk_of_the_first_version_is_brought_up_and_keeps_its_documents(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as db:
        db.executescript(MIGRATIONS[0])
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        db.execute(
            "INSERT INTO document (hash, channel, text, seen) VALUES ('h1', 'news', 'The quay stays open.', '2034-08-01')"
        )
    db.close()
    with SqliteDesk(str(path)) as desk:
        document = desk.view().document("h1")
        assert document is not None
        assert (document.text, document.relays) == ("The quay stays open.", ())
        assert desk.view().health().version == len(MIGRATIONS)


def test_an_input_of_many_documents_is_packed_and_kept_once(
    any_desk: Desk, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[str] = []
    make = Original.of
    monkeypatch.setattr(Original, "of", lambda data, address: packed.append(address) or make(data, address))
    held = Named("posts.jsonl", b"the whole file")
    documents = [
        Document(text=f"The quay stays open, said officer {n}.", url=f"https://b.example/{n}") for n in range(20)
    ]
    add_documents([Arrived(one, held) for one in documents], any_desk, models)
    view = any_desk.view()
    assert packed == ["posts.jsonl"]
    assert len(list(view.originals())) == 1
    for document in documents:
        original = view.original(document.hash)
        assert original is not None
        assert (original.unpacked(), original.address) == (b"the whole file", document.url)
