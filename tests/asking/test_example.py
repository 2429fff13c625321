"""The example case from documents to dossier; its golden dossier is kept, so that every change of an answer is seen.

Refresh after a deliberate change with: SAYSO_GOLDEN=write make test
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.api import Desk
from sayso.model.codec import answer_to_dict
from sayso.model.dossier import Answer
from sayso.verbs.demo import QUESTION
from sayso.verbs.models import Models

ROOT = Path(__file__).parents[2]
CASE = ROOT / "examples" / "lantern-bay"
GOLDEN = ROOT / "tests" / "golden" / "lantern-bay.json"
GOLD = json.loads((CASE / "gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def desk(models: Models) -> Iterator[Desk]:
    with Desk(":memory:", models=models) as opened:
        opened.add(CASE / "documents.jsonl", registry=CASE / "registry.yaml")
        yield opened


@pytest.fixture(scope="module")
def answer(desk: Desk) -> Answer:
    return desk.ask(QUESTION)


def shape(answer: Answer) -> dict[str, object]:
    """What a reader of the dossier relies on: no scores, no times of this run."""
    told = answer_to_dict(answer)
    for dossier in told["dossiers"]:
        dossier.pop("score")
        names = {
            one["id"]: f"{one['document']['id']} {one['source']['name']}: {one['stance']}"
            for one in dossier["statements"]
        }
        dossier["statements"] = sorted(
            (
                {
                    key: one[key]
                    for key in ("stance", "form", "date", "channel", "quote", "via", "origin", "copy_of", "verbatim")
                }
                | {"document": one["document"]["id"], "source": one["source"]}
                for one in dossier["statements"]
            ),
            key=lambda one: (one["document"], one["source"]["name"], one["stance"]),
        )
        dossier["timeline"] = [names[name] for name in dossier["timeline"]]
        for origin in dossier["origins"]:
            origin["statements"] = sorted(names[name] for name in origin["statements"])
            origin["folds"] = sorted(f"{names[fold['statement']]}: {fold['reason']}" for fold in origin["folds"])
    told.pop("near", None)
    return told


def test_dossier_is_the_golden_one(answer: Answer) -> None:
    told = json.dumps(shape(answer), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("SAYSO_GOLDEN") == "write":
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text("utf-8")


def test_every_line_leads_to_exact_characters(desk: Desk, answer: Answer) -> None:
    (dossier,) = answer_to_dict(answer)["dossiers"]
    for line in dossier["statements"]:
        document = desk.view.document(line["document"]["hash"])
        assert document is not None
        assert document.text[line["start"] : line["end"]] == line["quote"]
    assert sorted(dossier["timeline"]) == sorted(line["id"] for line in dossier["statements"])
    assert {line["origin"] for line in dossier["statements"]} == {origin["id"] for origin in dossier["origins"]}


def test_a_denying_office_speaks_with_its_governments_voice(answer: Answer) -> None:
    denials = [line for line in answer.dossiers[0].lines if line.stance == "denies"]
    office = next(line for line in denials if line.kept.document.id == "d3" and line.source.kind == "office")
    assert office.voice == "Government of Kestria"


def test_a_copied_post_is_one_origin(answer: Answer) -> None:
    posts = [
        line for line in answer.dossiers[0].lines if line.kept.document.id in ("d1", "d2") and line.stance == "asserts"
    ]
    outlets = [line for line in posts if line.source.name == line.kept.document.outlet]
    assert len(outlets) == 2
    assert len({line.origin for line in outlets}) == 1
    assert {line.copy_of for line in outlets} == {None, "d1"}


def test_a_withdrawn_report_still_counts_and_is_corrected(answer: Answer) -> None:
    (dossier,) = answer.dossiers
    assert dossier.sides["withdraws"].origins >= 1  # type: ignore[index]
    assert any(correction.document == "d12" and correction.corrects == "d9" for correction in dossier.corrections)


@pytest.mark.parametrize("asked", [one["text"] for one in GOLD["unknown"]])
def test_nothing_is_known_about_other_things(desk: Desk, asked: str) -> None:
    assert not desk.ask(asked).found


@pytest.mark.parametrize("asked", [one["text"] for one in GOLD["claims"][0]["ask"]])
def test_the_same_claim_is_found_in_every_language(desk: Desk, asked: str) -> None:
    found = desk.ask(asked)
    assert found.found
    assert {"asserts", "denies"} <= set(found.dossiers[0].sides)
