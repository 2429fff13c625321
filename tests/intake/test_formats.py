from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputRefused
from sayso.intake.base import Named, clean_text
from sayso.intake.detect import detect, iter_documents
from sayso.intake.sources import iter_inputs
from sayso.model.document import Document

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quay stays open | Brine Post</title>
<meta property="og:site_name" content="Brine Post"><meta name="author" content="Ada Lund">
<meta property="article:published_time" content="2025-08-08T10:00:00Z">
<link rel="canonical" href="https://brine-post.example/quay"></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Quay stays open</h1>
<p>The harbour office said on Monday that the quay would stay open all summer, and that reports of a closure had been invented.</p>
<p>“Nobody has signed any such paper, and nobody will sign one while I sit here,” harbour master Ivo Brandt told this newspaper.</p>
<p>Some four hundred seasonal workers land at the quay every week, most of them from the islands across the strait.</p>
</article><footer>All rights reserved</footer></body></html>"""


def parsed(data: bytes, name: str = "x") -> list[Document | InputRefused]:
    return list(iter_documents(Named(name, data), 1_000_000))


def only(data: bytes, name: str = "x") -> Document:
    (one,) = parsed(data, name)
    assert isinstance(one, Document), one
    return one


def refusal(data: bytes, name: str = "x", most: int = 1_000_000) -> str:
    found = list(iter_documents(Named(name, data), most))
    assert len(found) == 1
    assert isinstance(found[0], InputRefused)
    return str(found[0])


@pytest.mark.parametrize(
    ("data", "name", "format_name"),
    [
        (b'{"text": "a"}\n', "a.txt", "jsonl"),
        (b'[{"text": "a"}]', "a.json", "jsonl"),
        (b"<!DOCTYPE html><html><body>a", "a.txt", "html"),
        (b"url,text\nu,a\n", "a.txt", "csv"),
        (b"# Title\n\ntext", "a.md", "markdown"),
        (b"[1] a footnote opens this text", "a.txt", "text"),
        (b"title, text without any other column", "a.txt", "text"),
    ],
)
def test_format_is_told_by_content(data: bytes, name: str, format_name: str) -> None:
    assert detect(Named(name, data)).name == format_name


def test_json_lines_keep_their_text_exactly() -> None:
    text = "  e\u0301  two  spaces\r\n\u200bend "
    one = only(json.dumps({"text": text, "id": 7, "outlet": "Brine Post"}).encode())
    assert one.text == text
    assert one.id == "7"


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_comes_back_from_json_lines(text: str) -> None:
    assert only((json.dumps({"text": text}) + "\n").encode()).text == text


def test_a_bad_line_is_refused_by_its_number_and_the_rest_kept() -> None:
    found = parsed(b'{"text": "a"}\n{"text": "b\n{"text": "c"}\n{"channel": "news"}\n', "posts.jsonl")
    assert [one.text for one in found if isinstance(one, Document)] == ["a", "c"]
    refused = [str(one) for one in found if isinstance(one, InputRefused)]
    assert refused[0].startswith("posts.jsonl, line 2: not valid JSON")
    assert refused[1] == "posts.jsonl, line 4: no text; give each document at least a text"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": 5}, "'text' is int, not text"),
        ({"text": "a", "channel": "pigeon"}, "unknown channel 'pigeon'"),
        ({"text": "a", "published": "yesterday"}, "'published' is 'yesterday', not an ISO 8601 time"),
    ],
)
def test_fields_of_a_wrong_kind_are_refused(row: dict[str, object], reason: str) -> None:
    assert reason in refusal(json.dumps(row).encode())


def test_half_a_character_is_refused() -> None:
    assert "lone surrogate" in refusal(b'{"text": "\\ud800 a"}')


def test_html_gives_text_title_author_date_site_and_address() -> None:
    one = only(PAGE.encode(), "quay.html")
    assert one.title == "Quay stays open"
    assert one.outlet == "Brine Post"
    assert one.author == "Ada Lund"
    assert one.published == "2025-08-08"
    assert one.url == "https://brine-post.example/quay"
    assert "Nobody has signed" in one.text
    assert "Sport" not in one.text


def test_html_in_its_declared_encoding() -> None:
    page = (
        PAGE.replace("utf-8", "windows-1251")
        .replace("Some four hundred", "Порт открыт. Some four hundred")
        .replace("“", '"')
        .replace("”", '"')
    )
    assert "Порт открыт" in only(page.encode("windows-1251"), "quay.html").text


def test_a_page_without_article_says_what_to_do() -> None:
    assert "no article text on the page" in refusal(b"<html><body><script>load()</script></body></html>")


def test_plain_text_takes_its_first_line_as_title() -> None:
    one = only(b"Quay stays open\n\nThe office said so.\n\n\n\nIt did.")
    assert (one.title, one.text) == ("Quay stays open", "The office said so.\n\nIt did.")


def test_plain_text_without_title() -> None:
    assert only(b"The office said so.\n\nIt did.").title is None


def test_markdown_loses_its_marks() -> None:
    one = only(b"# Quay *open*\n\nThe **office** said [so](https://x.example).\n\n> It did.\n", "a.md")
    assert (one.title, one.text) == ("Quay *open*", "The office said so.\n\nIt did.")


def test_csv_rows_become_documents() -> None:
    found = parsed(b'outlet;text\nBrine Post;"Quay; open"\nBrine Post;\n', "a.csv")
    assert isinstance(found[0], Document)
    assert found[0].text == "Quay; open"
    assert str(found[1]).startswith("a.csv, line 3: no text")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b" \n ", "empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary file"),
        ("Привет".encode("windows-1251"), "not valid UTF-8 (byte 0, line 1)"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(data: bytes, reason: str) -> None:
    told = refusal(data, "post.txt")
    assert told.startswith(f"post.txt: {reason}")
    assert "; " in told


def test_too_large_is_refused() -> None:
    assert "more than the limit of 10" in refusal(b"x" * 11, most=10)


@given(st.binary(max_size=300))
def test_any_bytes_give_documents_or_refusals(data: bytes) -> None:
    for one in parsed(data):
        assert isinstance(one, Document | InputRefused)
        if isinstance(one, Document):
            assert one.text.strip()


@given(st.text())
def test_cleaning_text_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_folders_and_globs_are_walked_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "c.txt").write_text("c")
    (tmp_path / ".hidden").write_text("h")
    names = [Path(one.name).name for one in iter_inputs([str(tmp_path)], 100) if isinstance(one, Named)]
    assert names == ["c.txt", "b.txt"]
    assert [Path(one.name).name for one in iter_inputs([str(tmp_path / "*.txt")], 100) if isinstance(one, Named)] == [
        "b.txt"
    ]


def test_missing_and_unknown_sources_are_refused(tmp_path: Path) -> None:
    told = [
        str(one) for one in iter_inputs([str(tmp_path / "no.txt"), str(tmp_path / "*.x"), "https://x.example"], 100)
    ]
    assert "no such file" in told[0]
    assert "no file matches" in told[1]
    assert "network is not asked" in told[2]
