"""Documents a second by format, beside the floor of JSON lines in the same run; peak memory on inputs made to burst.

    python bench/formats.py [--documents 400]

Each format holds the same sentences. A ratio of 0.5 means half as many documents a second as JSON lines. Memory is the
peak of a process of its own that reads one bomb, less that of a process that reads one sentence.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import multiprocessing
import resource
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from xml.sax.saxutils import escape

from sayso.errors import InputRefused
from sayso.intake.base import USUAL_MOST, Named
from sayso.intake.detect import iter_documents

SENTENCES = (
    "The harbour office of Brine denied on Monday that the quay would close. “Nobody has decided anything,” said harbour "
    "master Ivo Brandt. The Brine Post had reported the closure, citing a clerk. A dockers' union asked for a paper. "
)


def body(number: int) -> str:
    """The text of one document, about 120 words, unlike the others."""
    return f"Report {number}. " + SENTENCES * 3


def jsonl(count: int) -> list[bytes]:
    return [
        "\n".join(json.dumps({"id": str(n), "outlet": "Brine Post", "text": body(n)}) for n in range(count)).encode()
    ]


def csv(count: int) -> list[bytes]:
    rows = [f'{n},Brine Post,"{body(n).replace(chr(34), chr(34) * 2)}"' for n in range(count)]
    return ["\n".join(["id,outlet,text", *rows]).encode()]


def rss(count: int) -> list[bytes]:
    items = [f"<item><title>R{n}</title><description>{escape(body(n))}</description></item>" for n in range(count)]
    return [f"<rss version='2.0'><channel><title>Brine</title>{''.join(items)}</channel></rss>".encode()]


def telegram(count: int) -> list[bytes]:
    posts = [
        {"id": n, "type": "message", "date": "2034-08-07T10:00:00", "from": "Quay", "text": body(n)}
        for n in range(count)
    ]
    return [json.dumps({"name": "Quay", "type": "public_channel", "id": 1, "messages": posts}).encode()]


def html(count: int) -> list[bytes]:
    page = "<html><head><title>R{n}</title></head><body><nav><a href='/'>Home</a></nav><article><p>{text}</p></article></body></html>"
    return [page.format(n=n, text=escape(body(n))).encode() for n in range(count)]


def mail(count: int) -> list[bytes]:
    out = []
    for number in range(count):
        letter = EmailMessage()
        letter["From"], letter["Subject"] = "Ivo <ivo@brine.example>", f"R{number}"
        letter.set_content(body(number))
        out.append(letter.as_bytes())
    return out


def text(count: int) -> list[bytes]:
    return [body(n).encode() for n in range(count)]


def docx(count: int) -> list[bytes]:
    from docx import Document

    out = []
    for number in range(count):
        held, paper = io.BytesIO(), Document()
        paper.add_paragraph(body(number))
        paper.save(held)
        out.append(held.getvalue())
    return out


MAKERS: dict[str, Callable[[int], list[bytes]]] = {
    "json lines": jsonl, "csv": csv, "rss": rss, "telegram": telegram, "text": text, "mail": mail, "web page": html, "docx": docx,
}  # fmt: skip


def rate(inputs: list[bytes]) -> float:
    """Documents a second, the better of two runs."""
    best = 0.0
    for _ in range(2):
        began = time.perf_counter()
        count = sum(
            1
            for data in inputs
            for one in iter_documents(Named("x", data), USUAL_MOST)
            if not isinstance(one, InputRefused)
        )
        best = max(best, count / (time.perf_counter() - began))
    return best


def zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("big.txt", "w") as member:
        for _ in range(500):
            member.write(b"a" * 1_000_000)
    return held.getvalue()


def entities() -> bytes:
    named = "".join(f'<!ENTITY a{n} "{("&a" + str(n - 1) + ";") * 10 if n else "aaaaaaaaaa"}">' for n in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE rss [{named}]><rss><channel><title>&a9;</title></channel></rss>'.encode()


BOMBS: dict[str, Callable[[], bytes]] = {
    "one sentence": lambda: body(1).encode(),
    "gzip, 1 GB of zeros": lambda: gzip.compress(b"\0" * 1_000_000_000, 1),
    "zip, 500 MB member": zip_bomb,
    "ten to the ten entities": entities,
    "json, 5 million deep": lambda: b"[" * 5_000_000,
    "html, 1 million deep": lambda: b"<html><body>" + b"<div>" * 1_000_000,
    "one line of 19 MB": lambda: b"a" * 19_000_000,
}


def read_in_process(data: bytes, queue: multiprocessing.Queue[int]) -> None:
    """Reads one input and tells this process's peak in megabytes."""
    for _ in iter_documents(Named("x", data), USUAL_MOST):
        pass
    status = Path("/proc/self/status")
    if status.exists():
        # ru_maxrss of a child starts from its parent's peak on Linux, VmHWM from nothing
        (line,) = (row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        queue.put(int(line.split()[1]) // 1024)
    else:
        queue.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400)
    count = parser.parse_args().documents
    floor = 0.0
    for name, make in MAKERS.items():
        speed = rate(make(count if name != "docx" else min(count, 100)))
        floor = floor or speed
        print(f"{name:26}{speed:10.0f} documents/s{speed / floor:8.3f} of JSON lines")
    context = multiprocessing.get_context("spawn")
    least = 0
    for name, bomb in BOMBS.items():
        queue: multiprocessing.Queue[int] = context.Queue()
        data = bomb()
        process = context.Process(target=read_in_process, args=(data, queue))
        process.start()
        peak = queue.get(timeout=600)
        process.join()
        least = least or peak
        print(f"{name:26}{peak - least:10d} MB more than one sentence, of {len(data) / 2**20:.1f} MB input")


if __name__ == "__main__":
    main()
