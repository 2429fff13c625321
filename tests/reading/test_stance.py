"""Accuracy of the stance rules on our own table, given source, cue and content (213 sentences, seven languages)."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from sayso.model.statement import Stance
from sayso.reading.lexicon import languages, lexicon
from sayso.reading.stance import judge

TABLE = [json.loads(line) for line in (Path(__file__).parent / "stance_table.jsonl").read_text("utf-8").splitlines()]
FLOOR = {"en": 0.95, "ru": 0.95, "uk": 0.93, "kk": 0.93, "uz": 0.93, "tr": 0.93, "es": 0.93}
"""Measured accuracy, rounded down; docs/attribution.md shows the rows that are wrong."""


def judged(row: dict[str, str | None]) -> tuple[str | None, str | None]:
    found = judge(row["source"] or "", row["cue"] or "", row["content"] or "", lexicon(str(row["lang"])))
    return (found.stance.value if found.stance else None, found.form.value if found.form else None)


def test_table_is_consistent() -> None:
    for row in TABLE:
        assert row["cue"] in row["text"]
        assert row["content"] in row["text"]
        assert row["source"] is None or row["source"] in row["text"]


@pytest.mark.parametrize("lang", sorted(FLOOR))
def test_stance_accuracy_by_language(lang: str) -> None:
    rows = [row for row in TABLE if row["lang"] == lang]
    right = sum(judged(row)[0] == row["stance"] for row in rows)
    assert right / len(rows) >= FLOOR[lang]


def test_forms_of_denials() -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in TABLE:
        if row["form"]:
            stance, form = judged(row)
            counts[row["form"]][0] += form == row["form"] and stance == row["stance"]
            counts[row["form"]][1] += 1
    assert all(right / total >= 0.7 for right, total in counts.values()), dict(counts)


@pytest.mark.parametrize(
    ("lang", "source", "cue", "content", "stance"),
    [
        ("en", "the port", "did not deny", "that ships had been turned away", None),
        ("en", "the port", "urged", "citizens to trust only official sources", None),
        ("en", "nobody", "disputes", "that ships were turned away", None),
        ("en", "the paper", "apologised for", "the report", "withdraws"),
        ("ru", "порт", "не опроверг", "что суда разворачивают", None),
        ("ru", "порт", "призвал", "граждан доверять только официальным источникам", None),
        ("ru", "порт", "назвал", "сообщения вымыслом", "denies"),
    ],
)
def test_what_only_looks_like_a_denial(lang: str, source: str, cue: str, content: str, stance: str | None) -> None:
    found = judge(source, cue, content, lexicon(lang))
    assert (found.stance.value if found.stance else None) == stance


def test_every_lexicon_has_the_same_sections() -> None:
    sections = {section: set(keys) for section, keys in lexicon("ru").raw.items()}
    for language in languages():
        raw = lexicon(language).raw
        for section in sections:
            assert section in raw, (language, section)
        for section, keys in raw.items():
            for key in keys:
                lexicon(language).of(section, key)


@pytest.mark.parametrize(
    ("lang", "content", "firm"),
    [
        ("en", "The pickers come as before and there is no ban of any kind", True),
        ("en", "there is no water in the upper town", False),
        ("ru", "Сборщиков впускают, как и раньше, никакого запрета на въезд нет", True),
        ("ru", "в верхнем городе нет воды", False),
    ],
)
def test_only_that_what_people_fear_does_not_exist_is_an_outright_denial(lang: str, content: str, firm: bool) -> None:
    found = judge("the consul", "said" if lang == "en" else "сказал", content, lexicon(lang))
    assert (found.stance, found.firm) == (Stance.DENIES, firm)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "“I wrote that the ferry had sunk. It had not, and I should not have,”"),
        ("en", "“They were not on board, and we take the statement back,”"),
        ("ru", "«Я писал, что ни одного судна там не было. Беру свои слова назад»"),
        ("ru", "«Я писала, что паром не выходил, — и ошиблась»"),
        ("de", "„Ich habe geschrieben, die Fähre sei gesunken. Das war falsch“"),
        ("es", "“Dije que el ferry se había hundido. Me equivoqué”"),
    ],
)
def test_words_that_are_recalled_and_called_wrong_are_withdrawn(lang: str, said: str) -> None:
    assert judge("Ada Lenk", "said", said, lexicon(lang)).stance is Stance.WITHDRAWS


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "“I wrote that the ferry had sunk, and it has sunk,”"),
        ("ru", "«Я писал, что паром затонул, так и есть»"),
    ],
)
def test_words_that_are_merely_recalled_are_not(lang: str, said: str) -> None:
    assert judge("Ada Lenk", "said", said, lexicon(lang)).stance is not Stance.WITHDRAWS
