"""Inputs made to break a reader: each is refused or cleaned, and quickly."""

from __future__ import annotations

import gzip
import io
import json
import stat
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputRefused
from sayso.intake import FORMATS
from sayso.intake.base import Named, without_unseen
from sayso.intake.detect import iter_documents
from sayso.intake.posts import moment
from sayso.model.document import Document

MOST = 1_000_000


def outcome(data: bytes, name: str = "x", most: int = MOST) -> str:
    """What came of the input: refusals in words, documents by their text."""
    found = list(iter_documents(Named(name, data), most))
    return "; ".join(one.text if isinstance(one, Document) else str(one) for one in found)


BILLION = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{"&a" + (str(n - 1) if n > 1 else "") + ";"}">' for n in range(1, 9))
    + "]><rss><channel><title>&a8;</title></channel></rss>"
)


def test_entity_bombs_and_files_by_entity() -> None:
    assert "entities of its own" in outcome(BILLION.encode())
    assert "a" * 20 not in outcome(BILLION.encode("utf-16"))
    steal = '<?xml version="1.0"?><!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>'
    assert "entities of its own" in outcome(steal.encode())


def test_gzip_and_zip_bombs_stay_small_in_memory() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("big.txt", "w") as member:
        for _ in range(200):
            member.write(b"a" * 1_000_000)
    tracemalloc.start()
    assert "more than the limit" in outcome(bomb, "a.gz")
    assert "more than the limit" in outcome(held.getvalue(), "a.zip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * MOST


def test_links_and_locked_files_in_archives() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("passwd")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "a link, not a file" in outcome(held.getvalue(), "a.zip")


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"text": ' + b"9" * 10_000 + b"}",
        b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000,
        b'{"@type":"ClaimReview","a":' + b"[" * 100_000,
    ],
)
def test_deep_and_endless_json(data: bytes) -> None:
    found = list(iter_documents(Named("a.json", data), MOST))
    assert found
    assert all(isinstance(one, InputRefused) for one in found)


def test_deep_html() -> None:
    assert "nested too deep" in outcome(b"<html><body>" + b"<div>" * 50_000 + b"text" + b"</div>" * 50_000)


def test_a_key_given_twice_counts_as_given_last() -> None:
    assert outcome(b'{"text": "first words", "text": "last words"}') == "last words"


def test_null_bytes_and_broken_encodings_are_named() -> None:
    assert "binary" in outcome(b"The quay\x00 closes" * 20)
    assert "UTF-8" in outcome("Причал закрывают".encode("cp1251"))
    assert "UTF-16" in outcome(b"\xff\xfe\x00\xd8\x00")


def test_unseen_characters_are_taken_out_where_a_format_is_parsed() -> None:
    sly = "The qu\u200bay \u202eclo\u202cses\u2066."
    rss = f"<rss version='2.0'><channel><title>A\u202eB</title><item><description>{sly}</description></item></channel></rss>"
    (one,) = iter_documents(Named("a.xml", rss.encode()), MOST)
    assert isinstance(one, Document)
    assert one.text == "The quay closes."
    assert one.outlet == "AB"


def test_absurd_dates_are_no_dates() -> None:
    assert moment("0001-01-01T00:00:00") is None
    assert moment(10**30) is None
    assert moment("9999-12-31") is None
    assert moment(True) is None
    assert moment("2034-08-07T10:00:00Z") == "2034-08-07T10:00:00+00:00"


def test_one_gigantic_line_of_a_large_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = json.dumps({"text": "The quay stays open."})
    path.write_text(row + "\n" + json.dumps({"text": "a" * 50_000}) + "\n" + row.replace("stays", "was") + "\n")
    given = Named(str(path), path.read_bytes()[:4096], path)
    found = list(iter_documents(given, 10_000))
    assert [type(one).__name__ for one in found] == ["Document", "InputRefused", "Document"]
    assert "line 2" in str(found[1])


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@given(data=st.binary(max_size=300), name=st.sampled_from(["a", "a.md", "a.docx", "result.json"]))
@settings(max_examples=40, deadline=None)
def test_no_parser_breaks_on_anything(form: object, data: bytes, name: str) -> None:
    try:
        for one in form.parse(Named(name, data)):  # type: ignore[attr-defined]
            if isinstance(one, Document):
                one.text.encode("utf-8")
    except InputRefused:
        pass


def test_what_fuzzing_found_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "The quay stays open.")
    whole = held.getvalue()
    names = whole.replace(b"a.txt", b"\xaa.txt").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x08"
    )
    assert "damaged" in outcome(names, "a.zip")
    moved = whole[: whole.index(b"PK\x05\x06") + 16] + b"\xff\x00\x00\x00" + whole[whole.index(b"PK\x05\x06") + 20 :]
    assert "damaged" in outcome(moved, "a.zip")
    odd = {"name": "Quay", "type": "public_channel", "id": 1, "messages": [
        {"id": ["a"], "type": "message", "text": "The quay closes"},
        {"id": 2, "type": "message", "text": "No", "reply_to_message_id": {}}]}  # fmt: skip
    assert "The quay closes" in outcome(json.dumps(odd).encode(), "result.json")


REPETITIVE = (
    "(",
    "a",
    " ",
    "\n",
    "<",
    "“",
    "- ",
    "a@",
    "&",
    "=20",
    ">",
    "1.",
    "..",
    "https://a",
    "\u0301",
    "[",
    "![",
    "a,",
    '"',
)
TRY_ALL = """
import sys
from sayso.errors import InputRefused
from sayso.intake import FORMATS
from sayso.intake.base import Named, clean_text
piece = sys.argv[1]
for text in (piece * (40_000 // len(piece)), "The quay " + piece * 20_000 + "closes", "<p>" + piece * 20_000):
    clean_text(text)
    for form in FORMATS:
        form.sniff(text.encode()[:4096], "x")
        try:
            list(form.parse(Named("x", text.encode())))
        except InputRefused:
            pass
"""


@pytest.mark.parametrize("piece", REPETITIVE)
def test_no_pattern_takes_forever_on_repetitions(piece: str) -> None:
    # a pattern that backtracks would take hours; the limit only tells that from a slow machine
    done = subprocess.run(
        [sys.executable, "-c", TRY_ALL, piece], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def test_many_tiny_documents_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "tiny.jsonl"
    with path.open("w") as lines:
        lines.writelines(f'{{"text": "no {number}"}}\n' for number in range(200_000))
    given = Named(str(path), path.read_bytes()[:4096], path)
    tracemalloc.start()
    count = sum(1 for _ in iter_documents(given, MOST))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 200_000
    assert peak < 5_000_000


@given(st.text())
def test_cleaning_is_idempotent(text: str) -> None:
    once = without_unseen(text)
    assert without_unseen(once) == once


@pytest.mark.parametrize("name", ["standard input", "download", "rows.json"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_told_by_its_content_whatever_it_is_called(name: str, encoding: str) -> None:
    rows = [{"text": "The quay is open."}, {"text": "The quay is shut."}]
    for data in (json.dumps(rows), "\n".join(map(json.dumps, rows)), f"[ \n {json.dumps(rows)[1:]}"):
        assert outcome(data.encode(encoding), name) == "The quay is open.; The quay is shut."


@pytest.mark.parametrize("published", ["2034", "2034-08", "2034-08-07", "20340807T101010", "2034-08-07T10:00:00Z"])
def test_a_publication_time_may_be_coarse(published: str) -> None:
    assert outcome(json.dumps({"text": "The quay is open.", "published": published}).encode()) == "The quay is open."


@pytest.mark.parametrize("published", ["2034-13", "XXXX-08-07", "last week", "203"])
def test_a_publication_time_that_is_none_is_refused(published: str) -> None:
    assert "ISO 8601" in outcome(json.dumps({"text": "The quay is open.", "published": published}).encode())
