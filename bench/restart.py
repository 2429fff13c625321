"""Kills one long `sayso add` again and again, starts it again each time, and shows that it goes on where it was.

    python bench/restart.py [--documents 100000] [--kills 5] [--jobs 2]

The input is one file of short posts, all unlike. A run is killed with SIGKILL after a share of the documents, the last one
finishes. A line for each run: documents that the desk held when it began and when it ended, seconds until the first new
one was kept (the way back through what is known), and the pace after that. At the end: documents in the file, on the desk,
and how many of these twice.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tqdm import tqdm

PLACES = ("Brine", "Tarvik", "Quillholt", "Ostrey", "Hesk", "Merrow", "Dornmouth", "Kelvania")
WHAT = ("shut", "open", "no fuel", "ferry runs", "water clean", "fee up", "road open", "bank shut")
WAIT = 0.5
"""Seconds between looks at the desk."""


def write_posts(place: Path, number: int) -> None:
    """A JSON line for each post."""
    chance = random.Random(7)
    with place.open("w", encoding="utf-8") as out:
        for post in range(number):
            told = f"{chance.choice(PLACES)}, pier {post}: {chance.choice(WHAT)}."
            row = {
                "id": f"p{post}",
                "text": told,
                "outlet": f"Channel {post % 31}",
                "channel": "telegram",
                "lang": "en",
            }
            out.write(json.dumps(row) + "\n")


def held(desk: Path) -> int:
    """Documents on the desk, read beside the run that writes it."""
    if not desk.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{desk}?mode=ro", uri=True) as base:
            return int(base.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    total = options.documents
    chance = random.Random(3)
    marks = sorted(chance.sample(range(1, total), options.kills))
    with tempfile.TemporaryDirectory() as folder, tqdm(total=total, unit=" documents", mininterval=5) as bar:
        posts, desk = Path(folder) / "posts.jsonl", Path(folder) / "desk.db"
        write_posts(posts, total)
        command = [sys.executable, "-m", "sayso", "add", str(posts), "--desk", str(desk), "--jobs", str(options.jobs)]
        for number, mark in enumerate([*marks, None], start=1):
            before = now = held(desk)
            began = time.monotonic()
            back = None
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
                while run.poll() is None and (mark is None or now < mark):
                    time.sleep(WAIT)
                    now = held(desk)
                    bar.update(now - bar.n)
                    if back is None and now > before:
                        back = time.monotonic() - began
                if run.poll() is None:
                    run.send_signal(signal.SIGKILL)
            now = held(desk)
            rest = time.monotonic() - began - (back or 0.0)
            tqdm.write(f"run {number}: from {before} to {now} documents; {back or 0.0:.1f} s to the first new one, then "
                       f"{(now - before) / max(rest, WAIT):.0f} a second; {'killed' if run.returncode < 0 else f'exit {run.returncode}'}")  # fmt: skip
        with sqlite3.connect(desk) as base:
            kept = held(desk)
            apart = int(base.execute("SELECT count(DISTINCT given_id) FROM document").fetchone()[0])
            whole = base.execute("PRAGMA integrity_check").fetchone()[0]
        print(f"documents in the file {total}, on the desk {kept}, of these doubled {kept - apart}; integrity: {whole}")
        sys.exit(kept != total or kept != apart or whole != "ok")


if __name__ == "__main__":
    main()
