"""Texts that a rule for the usual ones reads amiss: acronyms that look like pronouns, odd letters and days, tags with a region."""

from __future__ import annotations

import pytest

from sayso.model.document import Document
from sayso.model.registry import Registry
from sayso.model.statement import Statement
from sayso.reading.dates import day_of, find_dates
from sayso.reading.lexicon import lexicon
from sayso.reading.outlets import KnownOutlets, fold_case, outlet_names
from sayso.reading.reader import Reader
from sayso.verbs.models import Models


@pytest.fixture(scope="module")
def reader(models: Models) -> Reader:
    return models.reader(Registry())


def read(reader: Reader, text: str, lang: str = "en", **more: str) -> list[Statement]:
    (reading,) = reader.read([Document(text=text, lang=lang, **{"outlet": "Harbour Mail", "channel": "news", **more})])
    return [one for one in reading.statements if one.attribution]


@pytest.mark.parametrize(
    ("lang", "text", "sources"),
    [
        (
            "ru",
            "МИД Тарвии сообщил, что граница открыта. МЧС заявило, что дорога размыта. ФСБ опровергла сообщения о задержаниях.",
            ["МИД Тарвии", "МЧС", "ФСБ"],
        ),
        (
            "en",
            "The Foreign Ministry of Tarvia said that the border was open. Parliament denied that it had met on Monday.",
            ["Foreign Ministry of Tarvia", "Parliament"],
        ),
        (
            "ru",
            "Министерство внутренних дел Тарвии сообщило, что граница открыта. МВД опровергло сообщения о задержаниях.",
            ["Министерство внутренних дел Тарвии", "Министерство внутренних дел Тарвии"],
        ),
        (
            "en",
            "The Foreign Ministry of Tarvia said that the border was open. The ministry denied that anyone had been held.",
            ["Foreign Ministry of Tarvia", "Foreign Ministry of Tarvia"],
        ),
    ],
)
def test_a_body_is_another_only_where_its_words_say_so(
    reader: Reader, lang: str, text: str, sources: list[str]
) -> None:
    assert [one.source.name for one in read(reader, text, lang)] == sources


def test_where_all_is_in_capitals_pronouns_are_pronouns(reader: Reader) -> None:
    text = "МИНИСТР ИВАН БРАНДТ СООБЩИЛ, ЧТО ГРАНИЦА ОТКРЫТА. ОН ЗАЯВИЛ, ЧТО ДОРОГА РАЗМЫТА."
    assert {one.source.name for one in read(reader, text, "ru")} == {"ИВАН БРАНДТ"}


@pytest.mark.parametrize("source", ["The US Treasury", "The US embassy", "US officials", "The WHO"])
def test_acronyms_are_no_pronouns(reader: Reader, source: str) -> None:
    text = f"The Ministry of Ports said that the quay was open. {source} denied that the quay would close in September."
    last = read(reader, text)[-1]
    assert not last.own
    assert last.source.name not in ("Harbour Mail", "Ministry of Ports")


@pytest.mark.parametrize(
    ("lang", "text", "published"),
    [
        ("en", "The office said on FRİDAY that the quay was shut.", "2034-08-08"),
        ("en", "The office said 900000 days ago that the quay was shut.", "2034-08-08"),
        ("en", "The office said yesterday that the quay would be shut on Sunday.", "0001-01-01T00:00:00Z"),
        ("en", "My husband just rang from work: ...", "2034-08-08"),
        ("en", "The Post quoted Ivo Brandt as saying,", "2034-08-08"),
        ("uz", "Port idorasi İyun oyida rasmiy bayonot berdi.", "2034-08-08"),
    ],
)
def test_no_text_ends_a_reading(reader: Reader, lang: str, text: str, published: str) -> None:
    (reading,) = reader.read([Document(text=text, lang=lang, outlet="Anna", channel="telegram", published=published)])
    assert reading.lang == lang


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "It closed on February 29.", "2024-02-29"),
        ("tr", "Liman 5 MAYIS günü kapandı.", "2025-05-05"),
        ("tr", "Liman 5 Mayıs günü kapandı.", "2025-05-05"),
        ("en", "It closed on FRİDAY.", "2025-01-10"),
    ],
)
def test_days_are_found_in_odd_letters_and_leap_years(lang: str, text: str, day: str) -> None:
    base = day_of("2025-01-10" if "29" in text or "FR" in text else "2025-06-01")
    assert [one.value for one in find_dates(text, base, lexicon(lang))] == [day]


@pytest.mark.parametrize("tag", ["ru", "ru-RU", "RU", "ru_KZ", "rus"])
def test_a_tag_with_a_region_names_the_language(tag: str) -> None:
    assert lexicon(tag) is lexicon("ru")


def test_an_outlets_alias_is_found_as_a_word() -> None:
    outlets = KnownOutlets(outlet_names([("The Post", ("post", "Ştraße-Post"))]))
    assert list(outlets.iter_in("Ivo Brandt told postal workers")) == []
    (told,) = KnownOutlets(outlet_names([("Карвон", ())])).iter_in(
        "сообщил в пятницу «Карвону» собеседник", inflected=True
    )
    assert told.outlet == "Карвон"
    cased = {"Известия": "сообщили «Известиям»", "Правда": "заявил «Правде»", "Труд": "сказал «Труду»", "Daryo": "dedi Daryoga",
             "Сольвецкий вестник": "сказала «Сольвецкому вестнику»"}  # fmt: skip
    for name, told_so in cased.items():
        known = KnownOutlets(outlet_names([(name, ())]))
        assert [one.outlet for one in known.iter_in(told_so, inflected=True)] == [name]
        assert not list(known.iter_in("известный политик заявил о праве на трудовой договор", inflected=True))
    odd = KnownOutlets(outlet_names([("Canal+", ()), ("İhlas Haber", ()), ("Straßenfeger", ()), ("@brine", ())]))
    assert [one.outlet for one in odd.iter_in("a dit à Canal+ et au canal")] == ["Canal+"]
    assert [one.outlet for one in odd.iter_in("İhlas Haber und der Straßenfeger, brine")] == [
        "İhlas Haber",
        "Straßenfeger",
    ]
    text = "İn der ŞTRASSE: Ivo Brandt told the post."
    (named,) = outlets.iter_in(text)
    assert text[named.start : named.end] == "the post"
    assert len(fold_case(text)) == len(text)
