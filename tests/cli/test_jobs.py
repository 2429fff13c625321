"""Reading in worker processes gives the same desk, and a worker's death loses and doubles nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import EXAMPLE

Run = Callable[..., Result]


def rows_of(run: Run, desk: Path) -> list[tuple[str, list[str]]]:
    lines = run("export", "jsonl", "--desk", str(desk)).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    return [(row["hash"], sorted(one["id"] for one in row["statements"])) for row in rows]


def test_workers_make_the_same_desk(run: Run, tmp_path: Path) -> None:
    for name, jobs in (("one", "1"), ("two", "2")):
        done = run("add", str(EXAMPLE / "documents.jsonl"), "--jobs", jobs, "--desk", str(tmp_path / f"{name}.db"))
        assert done.exit_code == 0, done.stderr
    assert rows_of(run, tmp_path / "one.db") == rows_of(run, tmp_path / "two.db")


@pytest.mark.skipif(
    not Path("/proc/self/maps").exists(), reason="looks for the worker in /proc, which this system lacks"
)
def test_a_killed_worker_loses_and_doubles_nothing(run: Run, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    texts = [f"The quay of Brine will be closed on day {n}, the Harbour Office said." for n in range(160)]
    rows = [{"url": f"https://post.example/{n}", "outlet": "Brine Post", "text": text} for n, text in enumerate(texts)]
    many.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    desk = tmp_path / "desk.db"
    command = [sys.executable, "-m", "sayso", "add", str(many), "--jobs", "2", "--desk", str(desk), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as adding:
        killed = _kill_a_worker(adding.pid)
        told, errors = adding.communicate(timeout=300)
    assert killed, errors
    assert adding.returncode == 0, errors
    assert json.loads(told)["added"] == len(rows)
    hashes = [name for name, _ in rows_of(run, desk)]
    assert len(hashes) == len(set(hashes)) == len(rows)


def _kill_a_worker(parent: int) -> bool:
    """Kills a spawned worker as soon as it has loaded its models."""
    for _ in range(600):
        time.sleep(0.1)
        listed = Path(f"/proc/{parent}/task/{parent}/children")
        if not listed.exists():
            return False
        for child in listed.read_text().split():
            try:
                command = Path(f"/proc/{child}/cmdline").read_bytes()
                mapped = Path(f"/proc/{child}/maps").read_bytes()
            except OSError:
                continue
            if b"spawn_main" in command and b"table-weights" in mapped:
                os.kill(int(child), signal.SIGKILL)
                return True
    return False
