from __future__ import annotations

import pytest

from sayso.asking.veto import Names, names_in, vetoed
from sayso.model.document import Document

REPORT = Document(
    text="The Brine harbour office said that Batch 71 of the herring was safe. Ivo Brandt spoke in Selvia.",
    outlet="Brine Post",
)


def veto(question: str, document: Document, *others: Document) -> str | None:
    names = Names.of(question, [document, *others])
    return vetoed(question, names, names.missing(document), document.text)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Is it true that Ivo Brandt died?", [("Ivo", "Brandt")]),
        ("Did Brine close its port?", [("Brine",)]),
        ("is the port closed", []),
        ("URGENT SHARE NOW port closed", []),
        ("Правда, что порт Брайна закрыт?", [("Брайна",)]),
        ("Правда, что порт Квиллона (Quillon) закрыт?", [("Квиллона", "Quillon")]),
    ],
)
def test_names(question: str, names: list[tuple[str, ...]]) -> None:
    assert names_in(question) == names


@pytest.mark.parametrize(
    "question",
    [
        "Is Batch 71 of the herring poisoned?",
        "Правда, что Иво Брандт это сказал?",
        "is the herring from Brine safe",
        "В Сельвии отравили сельдь?",
    ],
)
def test_agreeing_questions_pass(question: str) -> None:
    assert veto(question, REPORT) is None


@pytest.mark.parametrize(
    "question",
    [
        "Правда, что в Германии отравили сельдь?",
        "Germaniyada seld zaharlanganmi?",
        "Сельдь из Вены отравлена?",
        "Has the herring of Deutschland been poisoned?",
    ],
)
def test_a_country_or_city_is_found_by_its_name_in_another_language(question: str) -> None:
    report = Document(text="The German food office in Vienna said that the herring was safe.", outlet="Brine Post")
    assert veto(question, report) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Порт Квиллона закрыт?", "The port of Quillon stays open."),
        ("Is the port of Quillon closed?", "Порт Квиллона открыт."),
        ("Скоро закроют Хекторшир?", "Hectorshire keeps its port."),
    ],
)
def test_a_name_is_found_by_its_sound_across_scripts(question: str, text: str) -> None:
    assert veto(question, Document(text=text, outlet="Tide Daily")) is None


def test_another_country_is_vetoed() -> None:
    report = Document(text="The food office of Iran said that the herring was safe.", outlet="Brine Post")
    assert veto("Правда, что в Ираке отравили сельдь?", report) is not None


@pytest.mark.parametrize(
    "question",
    [
        "Is Batch 17 of the herring poisoned?",
        "Has Laila Orm died in Tarvik?",
        "Правда, что в Каменске отравили сельдь?",
    ],
)
def test_other_names_and_numbers_are_vetoed(question: str) -> None:
    assert veto(question, REPORT) is not None


def test_a_place_that_goes_without_saying_is_no_veto_where_another_candidate_names_it() -> None:
    local = Document(text="The ferry terminal will be closed on Monday, the mayor said.", outlet="Quay Leaflet")
    question = "Did Brine close its ferry terminal?"
    assert veto(question, local) is not None
    assert veto(question, local, REPORT) is None


def test_a_person_whom_the_document_lacks_is_a_veto_in_any_company() -> None:
    obituary = Document(text="A singer died in Brine on Monday.", outlet="Brine Post")
    assert veto("Has Ivo Brandt died?", obituary, REPORT) is not None


@pytest.mark.parametrize("question", ["Has a singer died in Upper Brine?", "Правда, что в Верхнем Брайне умер певец?"])
def test_a_town_of_two_words_is_no_person(question: str) -> None:
    local = Document(text="A singer died on Monday, the mayor said.", outlet="Quay Leaflet")
    namer = Document(text="The mayor of Upper Brine spoke.", outlet="Brine Post")
    assert veto(question, local, namer) is None


def test_a_person_before_whom_only_a_longer_word_stands_behind_in_is_no_place() -> None:
    report = Document(text="Tarvia builds flats.", outlet="Brine Post")
    assert veto("Did Tom Hale leave Tarvia for a flat in Tomsk?", report) is not None
