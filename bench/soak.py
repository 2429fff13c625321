"""Mixed load on the page's server for long: asks, lists, documents, adds; memory, open files and pace by the minute.

    python bench/soak.py [--minutes 60] [--clients 2] [--pause 0.05] [--desk DESK.db]

Starts `sayso serve` over a copy of a desk (the example case where none is named) on a free port of 127.0.0.1. A line a minute:
requests, errors, p50 and p95 of asks, the server's resident memory, its open files. At the end: the last third beside the
first, which should be about 1.
"""

from __future__ import annotations

import argparse
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from sayso.api import Desk

EXAMPLE = Path(__file__).parents[1] / "examples" / "lantern-bay"
QUESTIONS = ("Is it true that the port of Lantern Bay will not let seasonal workers in?", "Has the lighthouse been sold?",
             "Правда ли, что порт не пустит сезонных рабочих?", "Is circular 88 forged?")  # fmt: skip
NEW = "Is it true that pier {} of Lantern Bay is closed?"
"""Every third question is one that nobody asked before, the others come again and again, as rumours do."""
PAGES = ("/", "/claims", "/documents", "/api/v1/documents", "/api/v1/claims", "/api/v1/actors")


@dataclass
class Minute:
    """What happened in one minute."""

    asks: list[float] = field(default_factory=list)
    others: int = 0
    errors: int = 0


def client(address: str, stop: threading.Event, held: list[Minute], seed: int, pause: float) -> None:
    """Asks half of the time, else opens a page."""
    chance = random.Random(seed)
    with httpx.Client(base_url=address, timeout=120) as page:
        while not stop.is_set():
            began = time.perf_counter()
            asking = chance.random() < 0.5
            try:
                if asking:
                    fresh = NEW.format(chance.randrange(10**6))
                    text = fresh if chance.random() < 1 / 3 else chance.choice(QUESTIONS)
                    status = page.get("/api/v1/ask", params={"text": text}).status_code
                else:
                    status = page.get(chance.choice(PAGES)).status_code
            except httpx.HTTPError:
                status = 599
            minute = held[-1]
            if status == 429:
                time.sleep(0.3)
            elif status >= 400:
                minute.errors += 1
            elif asking:
                minute.asks.append(time.perf_counter() - began)
            else:
                minute.others += 1
            time.sleep(pause)


def measured(process: int) -> tuple[float, int]:
    """Resident memory in MB and open files of a process, as Linux tells them."""
    status = Path(f"/proc/{process}/status").read_text()
    kilobytes = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    return kilobytes / 1024, len(list(Path(f"/proc/{process}/fd").iterdir()))


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))] if values else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--clients", type=int, default=2)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between two requests of a client")
    parser.add_argument("--desk", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "desk.db"
        if options.desk:
            shutil.copy(options.desk, place)
        else:
            with Desk(place) as desk:
                desk.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(
            [sys.executable, "-m", "sayso", "serve", "--desk", str(place), "--port", str(port)],
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        stop = threading.Event()
        held = [Minute()]
        rows: list[tuple[float, float, int]] = []
        try:
            while True:
                try:
                    httpx.get(f"{address}/api/v1/health", timeout=5)
                    break
                except httpx.HTTPError:
                    time.sleep(0.2)
            threads = [
                threading.Thread(target=client, args=(address, stop, held, n, options.pause))
                for n in range(options.clients)
            ]
            for thread in threads:
                thread.start()
            extra = Path(folder) / "more.txt"
            for number in range(1, options.minutes + 1):
                time.sleep(60)
                # another process adds while the server answers
                extra.write_text(f"The harbour office of Lantern Bay said on day {number} that pier {number} is open.")
                command = [sys.executable, "-m", "sayso", "add", str(extra), "--desk", str(place), "--quiet"]
                added = subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode
                minute = held[-1]
                held.append(Minute())
                memory, files = measured(server.pid)
                rows.append((p95(minute.asks), memory, files))
                median = statistics.median(minute.asks) if minute.asks else 0.0
                print(f"minute {number:3}: asks {len(minute.asks):4} p50 {median * 1000:5.0f} p95 {rows[-1][0] * 1000:5.0f} ms, "
                      f"others {minute.others:4}, errors {minute.errors + bool(added)}, {memory:5.0f} MB, {files} files", flush=True)  # fmt: skip
        finally:
            stop.set()
            server.terminate()
        third = max(1, len(rows) // 3)
        for name, at in (("p95", 0), ("memory", 1), ("files", 2)):
            first, last = (statistics.mean(row[at] for row in part) for part in (rows[:third], rows[-third:]))
            print(f"{name}: last third {last / first:.2f} of the first")


if __name__ == "__main__":
    main()
