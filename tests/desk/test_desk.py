"""What every desk does; a new backend joins the fixture."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.asking.copies import SCHEME, bands_of
from sayso.desk.base import Desk, Entry
from sayso.desk.schema import MIGRATIONS
from sayso.desk.sqlite import MEMORY, SqliteDesk
from sayso.desk.view import BAND_MOST, BAND_ROWS
from sayso.errors import DeskError
from sayso.model.document import Document
from sayso.model.registry import Actor, Handle, Outlet, Registry
from sayso.model.span import Span
from sayso.model.statement import Attribution, Form, Kind, Mention, Reading, Stance, Statement
from sayso.verbs.add import Added, Keeper


def entry(document: Document, *, reader: str = "r1", words: int = 1, vector: int = 0) -> Entry:
    """A document with *words* one-word statements."""
    statements = tuple(
        Statement(
            id=f"{document.hash}-{at}",
            document=document.hash,
            attribution=None,
            source=Mention("Harbour Office", Kind.OFFICE, Span(0, 3), "the port"),
            via=(Mention("Brine Post", Kind.OUTLET),),
            cue=(Span(0, 1),),
            content=(Span(at, at + 4),),
            extent=Span(at, at + 4),
            stance=Stance.DENIES,
            form=Form.FLAT,
            date="2034-08-07",
            channel="news",
            verbatim=True,
        )
        for at in range(words)
    )
    vectors = np.zeros((words, 384), np.int8)
    vectors[:, vector] = 127
    attribution = Attribution("a1", (Span(0, 3),), (Span(4, 9),), (Span(10, 12), Span(13, 15)), 0.75)
    reading = Reading(document.hash, reader, "en", (attribution,), statements)
    return Entry(document, reading, vectors, "e1", ["b1"])


def make(number: int) -> Document:
    return Document(
        text=f"word{number} harbour quay closes", url=f"https://brine-post.example/{number}", id=f"d{number}"
    )


def test_everything_comes_back_as_it_was(any_desk: Desk, document: Document) -> None:
    kept = entry(document)
    assert any_desk.writer().add(kept)
    view = any_desk.view()
    assert view.document(document.hash) == document
    assert view.document("d1") == document
    found = view.statement(kept.reading.statements[0].id)
    assert found is not None
    assert found.statement == kept.reading.statements[0]
    assert found.document == document
    assert found.seen == "2034-08-15T09:00:00+00:00"
    assert view.attributions(document.hash) == kept.reading.attributions


def test_adding_twice_keeps_one(any_desk: Desk, document: Document) -> None:
    assert any_desk.writer().add(entry(document))
    assert not any_desk.writer().add(entry(document))
    assert len(list(any_desk.view().documents())) == 1
    assert any_desk.view().health().statements == 1


def test_a_newer_reading_supersedes_and_keeps_the_old_one(any_desk: Desk, document: Document) -> None:
    any_desk.writer().add(entry(document, reader="r1", words=2))
    any_desk.writer().add(entry(document, reader="r2", words=1))
    assert len(any_desk.view().statements_of([document.hash])) == 1
    assert any_desk.store.execute("SELECT count(*) FROM statement").fetchone()[0] == 3


def test_a_failure_in_the_middle_keeps_nothing(any_desk: Desk, document: Document) -> None:
    broken = entry(document, words=2)
    short = Entry(document, broken.reading, broken.vectors[:1], "e1")
    with pytest.raises(ValueError, match="zip"):
        any_desk.writer().add(short)
    assert list(any_desk.view().documents()) == []
    assert any_desk.writer().add(broken)


def test_finding_by_words_and_by_vectors(any_desk: Desk) -> None:
    for number in range(5):
        any_desk.writer().add(entry(make(number), vector=number))
    question = np.zeros(384, np.float32)
    question[3] = 1
    best = any_desk.view().find_vectors(question, 2)[0]
    ((_, kept),) = any_desk.view().kept([best.number])
    assert kept.document.id == "d3"
    assert best.score == pytest.approx(1, abs=0.02)
    assert any_desk.view().find_words("word", 9)
    assert any_desk.view().find_words("?!", 9) == []


def test_the_vector_index_is_rebuilt_when_missing_or_damaged(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    with SqliteDesk(place) as desk:
        desk.writer().add(entry(make(1)))
        assert len(desk.index) == 1
    index = tmp_path / "desk.db.vectors"
    assert index.exists()
    for damage in (b"", b"nonsense" * 50):
        index.write_bytes(damage)
        with SqliteDesk(place) as desk:
            assert len(desk.index) == 1
    index.unlink()
    with SqliteDesk(place) as desk:
        desk.writer().add(entry(make(2)))
        assert len(desk.index) == 2


def test_rebuilding_gives_the_caches_that_were_there(any_desk: Desk) -> None:
    kept = [entry(make(number), vector=number) for number in range(3)]
    for one in kept:
        any_desk.writer().add(one)
    tables = ("cache_vector", "cache_copy_band")
    before = [any_desk.store.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
    words = any_desk.view().find_words("harbour", 9)
    for table in tables:
        any_desk.store.execute(f"DELETE FROM {table}")
    numbers = [row[0] for row in any_desk.store.execute("SELECT number FROM statement ORDER BY number")]
    vectors = [(number, "e1", one.vectors[0]) for number, one in zip(numbers, kept, strict=True)]
    assert any_desk.writer().rebuild(vectors, [(one.document.hash, one.bands) for one in kept]) == 3
    after = [any_desk.store.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
    assert [[tuple(row) for row in rows] for rows in after] == [[tuple(row) for row in rows] for rows in before]
    assert any_desk.view().find_words("harbour", 9) == words


def test_those_that_share_most_bands_come_first(any_desk: Desk) -> None:
    for number, bands in enumerate((["b1"], ["b1", "b2", "b3"], ["b2", "b3"], ["b9"])):
        any_desk.writer().add(replace(entry(make(number)), bands=bands))
    near = any_desk.view().documents_in_bands(["b1", "b2", "b3"])
    assert [one.id for one in near] == ["d1", "d2", "d0"]


def test_a_band_that_everything_shares_hides_no_copy(any_desk: Desk) -> None:
    crowd = BAND_ROWS + 10
    for number in range(crowd):
        any_desk.writer().add(replace(entry(make(number), words=0), bands=["b1"]))
    any_desk.writer().add(replace(entry(make(crowd), words=0), bands=["b1", "b2"]))
    near = any_desk.view().documents_in_bands(["b1", "b2", "b3"])
    assert len(near) == BAND_MOST
    assert f"d{crowd}" in [one.id for one in near]


def test_bands_of_an_older_making_are_made_anew_when_documents_are_added(any_desk: Desk) -> None:
    told = "The quay of Brine closes on Monday and stays closed until the dredger has left, the Harbour Office said."
    first, copy = Document(text=told, url="first"), Document(text=f"Read this. {told}", url="copy")
    any_desk.writer().add(replace(entry(first), bands=["0:1f-2e-3d-4c"]))
    assert any_desk.view().has_older_bands(SCHEME)
    added = Added()
    Keeper(any_desk, added).keep(replace(entry(copy), bands=bands_of(copy.text)))
    assert added.copies == 1
    assert any_desk.view().copies() == {copy.hash: first.hash}
    assert not any_desk.view().has_older_bands(SCHEME)


def test_registry_is_kept_and_the_newest_entry_counts(any_desk: Desk) -> None:
    first = Registry(
        (Outlet("Brine Post", ("the Post",), "brine-post.example", "Salt Media"),),
        (Handle("port", "x", "Port"),),
        (Actor("Port", (), "Ministry"),),
    )
    any_desk.writer().add_registry(first)
    any_desk.writer().add_registry(first)
    assert any_desk.view().registry() == first
    assert any_desk.store.execute("SELECT count(*) FROM registry").fetchone()[0] == 3
    any_desk.writer().add_registry(Registry(outlets=(Outlet("Brine Post", (), None, "Other"),)))
    assert any_desk.view().registry().outlets[0].owner == "Other"


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"]), min_size=5, max_size=60), st.integers(0, 3)),
        max_size=8,
    )
)
@settings(max_examples=25, deadline=None)
def test_any_texts_come_back_and_repeats_change_nothing(rows: list[tuple[str, int]]) -> None:
    documents = [Document(text=text, outlet=str(number)) for text, number in rows]
    with SqliteDesk(MEMORY) as desk:
        for document in (*documents, *documents):
            desk.writer().add(entry(document))
        kept = {one.hash: one for one, _ in desk.view().documents()}
        assert kept == {one.hash: one for one in documents}
        for _, found in desk.view().statements_of(list(kept)):
            assert found.statement.extent.quote(found.document.text) == found.document.text[0:4]


def test_a_newer_desk_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    SqliteDesk(str(place)).close()
    with sqlite3.connect(place) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(DeskError, match=r"newer sayso.*upgrade"):
        SqliteDesk(str(place))


def test_another_programs_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "notes.db"
    with sqlite3.connect(place) as raw:
        raw.execute("CREATE TABLE note (text)")
    before = place.read_bytes()
    with pytest.raises(DeskError, match="not a sayso desk"):
        SqliteDesk(str(place))
    assert place.read_bytes() == before
    (tmp_path / "text.db").write_text("not a database, but long enough to be read as one")
    with pytest.raises(DeskError, match="not a sayso desk"):
        SqliteDesk(str(tmp_path / "text.db"))


def test_a_missing_desk_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no desk here"):
        SqliteDesk(str(tmp_path / "no.db"), create=False)
    assert not (tmp_path / "no.db").exists()


def test_a_locked_desk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: Document) -> None:
    monkeypatch.setattr("sayso.desk.sqlite.WAIT_SECONDS", 0.05)
    place = str(tmp_path / "desk.db")
    with SqliteDesk(place) as desk, SqliteDesk(place) as other:
        other.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(DeskError, match="another program is writing"):
            desk.writer().add(entry(document))
        other.connection.execute("ROLLBACK")
        assert desk.writer().add(entry(document))


def _add_for_ever(place: str, told: str) -> None:
    with SqliteDesk(place) as desk, Path(told).open("a", buffering=1) as log:
        for number in range(100_000):
            if desk.writer().add(entry(make(number))):
                log.write(f"{number}\n")


def test_a_killed_writer_loses_and_doubles_nothing(tmp_path: Path) -> None:
    place, told = str(tmp_path / "desk.db"), tmp_path / "told"
    told.touch()
    context = multiprocessing.get_context("spawn")
    for wait in (0.9, 1.1, 1.4):
        process = context.Process(target=_add_for_ever, args=(place, str(told)))
        process.start()
        time.sleep(wait)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    acknowledged = {int(line) for line in told.read_text().split()}
    with SqliteDesk(place) as desk:
        kept = [int((document.id or "d")[1:]) for document, _ in desk.view().documents()]
        assert len(kept) == len(set(kept))
        assert acknowledged <= set(kept)
        assert len(kept) - len(acknowledged) <= 3
        assert desk.view().health().problems == ()


def test_on_a_large_desk_words_that_stand_everywhere_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.desk.sqlite_view.LARGE", 10)
    monkeypatch.setattr("sayso.desk.sqlite_view.COMMON", 0.5)
    with SqliteDesk(str(tmp_path / "desk.db")) as desk:
        for number in range(20):
            desk.writer().add(entry(Document(text=f"quay harbour zürich{number}", id=f"d{number}")))
            desk.connection.execute(
                "INSERT INTO statement_words (rowid, passage) VALUES (?, ?)",
                (100 + number, f"quay harbour zürich{number}"),
            )
        rare = desk.view()._telling([("quay", False), ("harbou", True), ("zürich7", False), ("absent", True)])
    assert rare == [("absent", True), ("zürich7", False)]
