from __future__ import annotations

import pytest

from sayso.asking.veto import names_in, vetoed
from sayso.model.document import Document

REPORT = Document(
    text="The Brine harbour office said that Batch 71 of the herring was safe. Ivo Brandt spoke in Selvia.",
    outlet="Brine Post",
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Is it true that Ivo Brandt died?", [("Ivo", "Brandt")]),
        ("Did Brine close its port?", [("Brine",)]),
        ("is the port closed", []),
        ("URGENT SHARE NOW port closed", []),
        ("Правда, что порт Брайна закрыт?", [("Брайна",)]),
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
    assert vetoed(question, REPORT, REPORT.text) is None


@pytest.mark.parametrize(
    "question",
    [
        "Is Batch 17 of the herring poisoned?",
        "Has Laila Orm died in Tarvik?",
        "Правда, что в Каменске отравили сельдь?",
    ],
)
def test_other_names_and_numbers_are_vetoed(question: str) -> None:
    assert vetoed(question, REPORT, REPORT.text) is not None
