"""How many asks the page's server answers under load on this machine, how heavy its pages are, and how soon they are seen.

    python bench/page_load.py [--desk DESK.db] [--clients 1 8 32] [--seconds 20]

Starts `sayso serve` on a free port of 127.0.0.1 over a desk (the example case where none is named; bench/scale.py tells
how to make a large one), sends asks from so many clients at once for so many seconds, and stops it. Ratios are to one client.
First paint is that of headless Chromium, on this machine and with its processor slowed four times as an old phone would be,
beside the time until the server's first byte; it needs playwright and Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from sayso.api import Desk

EXAMPLE = Path(__file__).parents[1] / "examples" / "lantern-bay"
PAINTS = 5
PAINTED = """() => {
    const painted = performance.getEntriesByName("first-contentful-paint")[0];
    return painted && {first: performance.getEntriesByType("navigation")[0].responseStart, painted: painted.startTime};
}"""
QUESTIONS = ("Is it true that the port of Lantern Bay will not let seasonal workers in?", "Has the lighthouse been sold?",
             "Правда ли, что порт не пустит сезонных рабочих?", "Is circular 88 forged?")  # fmt: skip


def load(address: str, clients: int, seconds: float) -> tuple[int, int, list[float]]:
    """Asks answered, refused for haste (429), and the seconds that each took."""
    times: list[float] = []
    refused = 0
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def client(first: int) -> None:
        nonlocal refused
        with httpx.Client(base_url=address, timeout=120) as page:
            number = first
            while time.monotonic() < end:
                began = time.perf_counter()
                status = page.get("/api/v1/ask", params={"text": QUESTIONS[number % len(QUESTIONS)]}).status_code
                with lock:
                    if status == 200:
                        times.append(time.perf_counter() - began)
                    else:
                        refused += 1
                if status != 200:
                    time.sleep(0.2)
                number += 1

    threads = [threading.Thread(target=client, args=(one,)) for one in range(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return len(times), refused, sorted(times)


def first_paints(address: str, paths: tuple[str, ...]) -> None:
    """Prints when a page's first content is painted, after the browser has been there once."""
    from playwright.sync_api import sync_playwright

    from tests.web.test_browser import CHROMIUM

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in paths:
            told = []
            for slowed in (1, 4):
                page = browser.new_page(viewport={"width": 360, "height": 740})
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
                runs = []
                for _ in range(PAINTS):
                    page.goto(address + path, timeout=120_000)
                    runs.append(page.wait_for_function(PAINTED).json_value())
                runs.sort(key=lambda run: run["painted"] - run["first"])
                middle = runs[len(runs) // 2]
                told.append(
                    f"{middle['painted'] - middle['first']:5.0f} ms after the first byte ({middle['first']:.0f} ms) slowed {slowed} times"
                )
                page.close()
            print(f"{path[:20]:22}painted " + ", ".join(told), flush=True)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desk", type=Path)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = options.desk or Path(folder) / "desk.db"
        if options.desk is None:
            with Desk(desk) as made:
                made.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [sys.executable, "-m", "sayso", "serve", "--desk", str(desk), "--port", str(port)],
            stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(300):
                try:
                    if httpx.get(f"{address}/health").status_code == 200:
                        break
                except httpx.TransportError:
                    time.sleep(0.1)
            httpx.get(f"{address}/api/v1/ask", params={"text": QUESTIONS[0]}, timeout=120)
            alone = 0.0
            for clients in options.clients:
                done, refused, times = load(address, clients, options.seconds)
                rate = done / options.seconds
                alone = alone or rate
                p95 = times[int(0.95 * (len(times) - 1))] if times else float("nan")
                print(
                    f"{clients:3} clients: {rate:6.2f} asks/s ({rate / max(alone, 1e-9):.2f} of one client), p95 {p95:.2f} s, {refused} told to wait",
                    flush=True,
                )
            paths = ("/", f"/?q={QUESTIONS[0]}", "/documents", "/claims")
            for path in paths:
                body = httpx.get(address + path, timeout=120).text
                drawn = "".join(re.findall(r"<svg.*?</svg>", body, re.DOTALL))
                rest = len(body.encode()) - len(drawn.encode())
                print(
                    f"{path[:20]:22}{rest / 1000:8.1f} kB without pictures, {len(gzip.compress(body.encode())) / 1000:.1f} kB packed"
                )
            first_paints(address, paths)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
