"""Coverage-guided fuzzing of every parser (atheris, on libFuzzer): `make fuzz` gives each format its seconds.

    python fuzz/parsers.py --seconds 30               every format, each in a process of its own; a table at the end
    python fuzz/parsers.py --format csv               one, until it is stopped or fails

A parser may yield documents or refusals, or raise InputRefused. Anything else, more than ten seconds or two gigabytes for
one input is a finding: libFuzzer writes the input to fuzz/findings, and the run ends with exit code 1. Seeds are the inputs
below, our own, one or more a format.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sayso.intake", "feedparser", "trafilatura", "docx"]):
    from sayso.errors import InputRefused
    from sayso.intake import FORMATS
    from sayso.intake.base import Named
    from sayso.intake.detect import iter_documents
    from sayso.model.document import Document

FINDINGS = Path(__file__).parent / "findings"
MOST = 200_000
WHOLE = "everything"
"""Not one format but the way in: detection, packing, all limits."""


def _docx() -> bytes:
    from docx import Document as Written

    held, paper = io.BytesIO(), Written()
    paper.add_paragraph("The quay of Brine stays open, the harbour office said.")
    paper.save(held)
    return held.getvalue()


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "The quay stays open.")
        archive.writestr("b/c.jsonl", '{"text": "The quay closes."}\n')
    return held.getvalue()


_POST = {"id": "7", "url": "https://m.example/7", "content": "<p>The quay closes</p>", "created_at": "2034-08-07T10:00:00Z",
         "account": {"acct": "ivo@m.example", "display_name": "Ivo"}, "reblog": None, "in_reply_to_id": "6"}  # fmt: skip
_TELEGRAM = {"name": "Quay", "type": "public_channel", "id": 1, "messages": [
    {"id": 1, "type": "message", "date": "2034-08-07T10:00:00", "from": "Quay", "forwarded_from": "Brine",
     "text": ["The quay ", {"type": "bold", "text": "closes"}], "text_entities": []}]}  # fmt: skip
_TWEETS = 'window.YTD.tweets.part0 = [{"tweet": {"id_str": "9", "full_text": "RT @brine: closed", "created_at": "Mon Aug 07 10:00:00 +0000 2034"}}]'
_BLUESKY = {"uri": "at://did:plc:x/app.bsky.feed.post/1", "author": {"handle": "a.example"},
            "record": {"$type": "app.bsky.feed.post", "text": "closed", "createdAt": "2034-08-07T10:00:00Z"}}  # fmt: skip
_REVIEW = {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "The quay closes", "url": "https://f.example/1",
           "author": {"name": "Facts"}, "reviewRating": {"alternateName": "wrong"}, "datePublished": "2034-08-07"}  # fmt: skip
_WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://b.example/\r\nWARC-Date: 2034-08-07T10:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 74\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>The quay closes</p></html>\r\n\r\n"
)
SEEDS: tuple[bytes, ...] = (
    b"<html><head><title>Quay</title><meta property='article:published_time' content='2034-08-07'></head><body><article><p>"
    + b"The harbour office denied on Monday that the quay would close. " * 5 + b"</p></article></body></html>",
    b"<rss version='2.0'><channel><title>B</title><item><title>Q</title><link>https://b.example/1</link><source url='https://c.example'>C</source>"
    b"<description>The quay closes</description><pubDate>Mon, 07 Aug 2034 10:00:00 GMT</pubDate></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><title>B</title><entry><title>Q</title><content>closes</content></entry></feed>",
    b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://b.example/1</loc></url></urlset>",
    b'{"version":"https://jsonfeed.org/version/1.1","title":"B","items":[{"id":"1","content_text":"The quay closes"}]}',
    b"From: Ivo <ivo@b.example>\r\nTo: desk@d.example\r\nSubject: Fwd: quay\r\nDate: Mon, 7 Aug 2034 10:00:00 +0000\r\n\r\n> The quay closes\r\n",
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    b"id,outlet,text\n1,Brine Post,The quay closes\n", b"# Quay\n\nThe quay *closes*.\n", b"The quay closes.\n",
    b'{"id":"a","url":"https://b.example","outlet":"B","channel":"news","published":"2034-08-07","text":"The quay closes."}\n',
    b'<div class="tgme_widget_message" data-post="quay/1"><div class="tgme_widget_message_text">The quay closes</div></div>',
    json.dumps(_TELEGRAM).encode(), _TWEETS.encode(), json.dumps(_POST).encode(), json.dumps(_BLUESKY).encode(),
    json.dumps(_REVIEW).encode(), _WARC, _docx(), _zip(),
)  # fmt: skip


def slug(name: str) -> str:
    """A file name for a format's name."""
    return re.sub(r"\W", "-", name)


def try_one(name: str, data: bytes) -> None:
    """Parses *data* by the format of that name.

    Raises:
        Exception: whatever the parser should not have let out.
    """
    source = Named("x", data)
    try:
        if name == WHOLE:
            found = iter_documents(source, MOST)
        else:
            found = next(one for one in FORMATS if one.name == name).parse(source)
        for one in found:
            if isinstance(one, Document):
                one.text.encode("utf-8")
    except InputRefused:
        pass


def run_one(name: str, seconds: int) -> None:
    """Fuzzes one format in this process; libFuzzer ends it."""
    FINDINGS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS):
            (Path(corpus) / str(number)).write_bytes(seed)
        options = [sys.argv[0], corpus, f"-artifact_prefix={FINDINGS}/{slug(name)}-", "-timeout=10",
                   "-rss_limit_mb=2048", f"-max_len={20_000}", "-print_final_stats=1", "-seed=1"]  # fmt: skip
        if seconds:
            options.append(f"-max_total_time={seconds}")
        atheris.Setup(options, lambda data: try_one(name, data))
        atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [WHOLE, *(one.name for one in FORMATS)]
    parser.add_argument("--format", choices=names)
    parser.add_argument("--seconds", type=int, default=0)
    options = parser.parse_args()
    if options.format:
        run_one(options.format, options.seconds)
        return
    failed, total = [], 0
    for name in names:
        command = [sys.executable, __file__, "--format", name, "--seconds", str(options.seconds or 20)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        tried = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
        peak = re.search(r"peak_rss_mb:\s*(\d+)", done.stderr)
        covered = re.findall(r"cov: (\d+)", done.stderr)
        total += int(tried[1]) if tried else 0
        told = "" if done.returncode == 0 else "  FINDING: " + (done.stderr.strip().splitlines() or ["?"])[-1]
        print(
            f"{name:24}{tried[1] if tried else '?':>9} inputs  coverage {covered[-1] if covered else '?':>6}  peak {peak[1] if peak else '?':>5} MB{told}",
            flush=True,
        )
        if done.returncode:
            failed.append(name)
            (FINDINGS / f"{slug(name)}.log").write_text(done.stderr, encoding="utf-8")
    print(f"{total} inputs, findings in {len(failed)} of {len(names)} formats")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
