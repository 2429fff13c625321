"""What leaves a desk is read again by other programs: the formats' own libraries, and sayso itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.conftest import EXAMPLE

Run = Callable[..., Result]
QUESTION = "Is it true that the port of Lantern Bay will not let seasonal workers in?"


@pytest.fixture(scope="module")
def lantern(tmp_path_factory: pytest.TempPathFactory) -> str:
    from sayso.api import Desk

    place = tmp_path_factory.mktemp("export") / "desk.db"
    with Desk(place) as desk:
        desk.add(EXAMPLE / "documents.jsonl", registry=EXAMPLE / "registry.yaml")
    return str(place)


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_json_lines_enter_another_desk_as_the_same_documents(run: Run, lantern: str, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    assert run("export", "jsonl", "--desk", lantern, "--out", str(out)).exit_code == 0
    other = str(tmp_path / "other.db")
    assert run("add", str(out), "--registry", str(EXAMPLE / "registry.yaml"), "--desk", other).exit_code == 0
    again = lines(run("export", "jsonl", "--desk", other))
    first = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [one["hash"] for one in again] == [one["hash"] for one in first]
    assert [len(one["statements"]) for one in again] == [len(one["statements"]) for one in first]
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_annotations_select_the_quote_in_the_document(run: Run, lantern: str) -> None:
    texts = {one["url"]: one["text"] for one in lines(run("export", "jsonl", "--desk", lantern))}
    annotations = lines(run("export", "webannotation", "--desk", lantern))
    assert annotations
    for one in annotations:
        place, quote = one["target"]["selector"]
        text = texts[one["target"]["source"]]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_a_claim_carries_quotations_and_no_rating(run: Run, lantern: str) -> None:
    (claim,) = lines(run("export", "claim", "--desk", lantern, "--question", QUESTION))
    assert (claim["@context"], claim["@type"]) == ("https://schema.org", "Claim")
    assert {one["@type"] for one in claim["subjectOf"]} == {"Quotation"}
    assert "rating" not in json.dumps(claim).casefold()


@pytest.mark.parametrize("form", ["json", "turtle"])
def test_provenance_is_read_by_its_own_library(run: Run, lantern: str, form: str) -> None:
    options = ["--turtle"] if form == "turtle" else []
    result = run("export", "prov", "--desk", lantern, "--question", QUESTION, *options)
    assert result.exit_code == 0, result.stderr
    if form == "json":
        model = pytest.importorskip("prov.model")
        kept = model.ProvDocument.deserialize(content=result.stdout, format="json")
        kinds = {type(record).__name__ for record in kept.get_records()}
        assert {"ProvEntity", "ProvAgent", "ProvAttribution", "ProvDerivation"} <= kinds
    else:
        rdflib = pytest.importorskip("rdflib")
        graph = rdflib.Graph().parse(data=result.stdout, format="turtle")
        quoted = list(graph.query("SELECT ?s WHERE { ?s a <http://www.w3.org/ns/prov#Entity> }"))
        assert quoted


def test_the_table_has_a_row_for_every_statement(run: Run, lantern: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "statements.parquet"
    assert run("export", "parquet", "--desk", lantern, "--out", str(out)).exit_code == 0
    rows = parquet.read_table(out).to_pylist()
    documents = lines(run("export", "jsonl", "--desk", lantern))
    assert len(rows) == sum(len(one["statements"]) for one in documents)
    texts = {one["hash"]: one["text"] for one in documents}
    assert all(texts[row["document"]][row["start"] : row["end"]] == row["quote"] for row in rows)


def test_parquet_needs_a_file(run: Run, lantern: str, tmp_path: Path) -> None:
    result = run("export", "parquet", "--desk", lantern)
    assert (result.exit_code, "--out" in result.stderr) == (2, True)
    result = run("export", "parquet", "--desk", lantern, "--out", str(tmp_path / "no" / "x.parquet"))
    assert (result.exit_code, "no folder" in result.stderr) == (2, True)


def test_the_archive_leaves_as_warc_and_comes_back(run: Run, tmp_path: Path) -> None:
    warc = pytest.importorskip("fastwarc.warc")
    page = tmp_path / "page.txt"
    page.write_text("The quay of Brine will be closed, the Harbour Office said on Monday.", "utf-8")
    desk, out = str(tmp_path / "desk.db"), tmp_path / "archive.warc.gz"
    assert run("add", str(page), "--desk", desk).exit_code == 0
    assert run("export", "warc", "--desk", desk, "--out", str(out)).exit_code == 0
    with out.open("rb") as file:
        records = [
            (record.headers["WARC-Type"], record.verify_block_digest(), record.reader.read())
            for record in warc.ArchiveIterator(file)
        ]
    assert records == [("resource", True, page.read_bytes())]
    again = str(tmp_path / "again.db")
    assert run("add", str(out), "--desk", again).exit_code == 0
    (first,), (second,) = (lines(run("export", "jsonl", "--desk", place)) for place in (desk, again))
    assert first["text"] == second["text"]
