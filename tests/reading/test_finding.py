"""Attributions that only words around a quotation or a verb show, and withdrawals."""

from __future__ import annotations

import pytest

from sayso.model.registry import Outlet, Registry
from sayso.model.span import Span
from sayso.reading.attribution import Found
from sayso.reading.citing import find_cited, with_trailing_citations
from sayso.reading.coordination import iter_coordinated
from sayso.reading.introductions import iter_aged
from sayso.reading.lexicon import lexicon
from sayso.reading.outlets import outlet_names
from sayso.reading.papers import find_read_out
from sayso.reading.patterns import find_said_in, find_withdrawals
from sayso.reading.reader import Reader
from sayso.reading.retold import find_retold
from sayso.reading.sentences import iter_sentences
from sayso.reading.standing import find_standing_quotes
from sayso.verbs.models import Models
from tests.reading.conftest import read

FINDERS = {
    "cited": find_cited,
    "paper": find_read_out,
    "retold": find_retold,
    "said in": find_said_in,
    "standing": find_standing_quotes,
    "withdrawn": find_withdrawals,
}


@pytest.mark.parametrize(
    ("finder", "lang", "text", "source", "content"),
    [
        (
            "cited",
            "ru",
            "Газета написала, ссылаясь на кассира порта, что паром остановят.",
            "кассира порта",
            "что паром остановят",
        ),
        (
            "cited",
            "ru",
            "Газета написала со слов кассира порта, что паром остановят.",
            "кассира порта",
            "что паром остановят",
        ),
        (
            "cited",
            "en",
            "Saltwire said that the Post had quoted a baker, Odo Lenk, as saying that the quay is shut.",
            "a baker, Odo Lenk",
            "that the quay is shut",
        ),
        (
            "paper",
            "ru",
            "Распоряжение порта № 8 от 4 мая, читайте сами: «пассажиров без пропуска на борт не пускать».",
            "Распоряжение порта № 8 от 4 мая",
            "«пассажиров без пропуска на борт не пускать»",
        ),
        (
            "paper",
            "uz",
            "Portning 4-maydagi 8-sonli buyrug'ida shunday yozilgan: «yo'lovchilar bortga chiqarilmasin».",
            "Portning 4-maydagi 8-sonli buyrug'ida",
            "«yo'lovchilar bortga chiqarilmasin»",
        ),
        (
            "retold",
            "ru",
            "Муж только что звонил с работы: горит третий причал, дым до реки.",
            "Муж",
            "горит третий причал, дым до реки",
        ),
        (
            "retold",
            "en",
            "My cousin just rang from the quay: they are sending everybody home.",
            "My cousin",
            "they are sending everybody home",
        ),
        (
            "standing",
            "ru",
            "Адвокат Одо Ленк, который ведёт дела приезжих, не торопится: «Покажите мне сначала такую бумагу».",
            "Одо Ленк",
            "«Покажите мне сначала такую бумагу»",
        ),
        (
            "said in",
            "ru",
            "Паром не закроют, заявили в Министерстве портов Дорнии в среду.",
            "Министерстве портов Дорнии",
            "Паром не закроют",
        ),
        (
            "withdrawn",
            "en",
            "The Ministry of Ports took back the assurance of its own harbour office.",
            "The Ministry of Ports",
            "the assurance of its own harbour office",
        ),
    ],
)
def test_what_words_alone_show(finder: str, lang: str, text: str, source: str, content: str) -> None:
    (one,) = FINDERS[finder](text, iter_sentences(text, lang), [], lexicon(lang))
    assert one.source[0].quote(text) == source
    assert one.content[0].quote(text) == content


@pytest.mark.parametrize(
    ("finder", "lang", "text"),
    [
        ("withdrawn", "en", "The independent Odo Lenk has withdrawn from Sunday's election."),
        ("withdrawn", "en", "The Ministry of Ports did not take back the assurance."),
        ("paper", "en", "Look at our list of 8 reasons to stay: there is no “reason” here."),
        ("retold", "en", "Heads up if you take the ferry: it is full."),
        ("standing", "en", "The boat is called “Salt and Pepper”."),
    ],
)
def test_what_they_do_not_show(finder: str, lang: str, text: str) -> None:
    assert FINDERS[finder](text, iter_sentences(text, lang), [], lexicon(lang)) == []


def test_a_quotation_standing_alone_is_of_whom_the_sentence_before_brought_on_stage(reader: Reader) -> None:
    told = read(
        reader,
        "Ada Lenk teaches dam engineering in Brine and has heard both. “A charge can open a wall. So can nineteen hours of rain.”",
    )
    assert "Ada Lenk" in {one.source.name for one in told}


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        (
            "en",
            "Ada Lenk, the mayor's spokeswoman, and Odo Tarn, who speaks for the port",
            ["Ada Lenk, the mayor's spokeswoman", "Odo Tarn"],
        ),
        (
            "en",
            "The harbour office of Brine and its dockers' union",
            ["harbour office of Brine", "dockers' union"],
        ),
        ("en", "The Ministry of Trade and Industry", ["Ministry of Trade and Industry"]),
        (
            "ru",
            "Посольство Дорнии в Тарвии и городское управление миграционной службы",
            ["Посольство Дорнии в Тарвии", "городское управление миграционной службы"],
        ),
        ("ru", "Министерство труда и социальной защиты", ["Министерство труда и социальной защиты"]),
    ],
)
def test_actors_in_one_breath(lang: str, text: str, names: list[str]) -> None:
    assert [name for name, _ in iter_coordinated(Span(0, len(text)), text, lexicon(lang))] == names


def test_what_was_said_before_is_withdrawn_with_it(reader: Reader) -> None:
    told = read(reader, "On Monday we reported that the quay was shut. That was wrong and we take it back.")
    assert {one.stance for one in told if one.own} == {"withdraws"}


@pytest.mark.parametrize(
    ("text", "lang", "withdrawn"),
    [
        ("On Monday we wrote that the quay was shut. It was not.", "en", True),
        ("On Monday we reported that the quay was shut. The harbour master has a dog.", "en", False),
        ("What we wrote about the quay stands. We apologise for our report about the ferry.", "en", False),
        ("Lundi, nous avons écrit que le quai était fermé. C'était faux.", "fr", True),
    ],
)
def test_what_is_taken_back_right_behind_it(reader: Reader, text: str, lang: str, *, withdrawn: bool) -> None:
    told = read(reader, text, lang=lang)
    first = [one for one in told if one.extent.start < text.index(".")]
    assert [one.stance == "withdraws" for one in first] == [withdrawn] * len(first)
    assert first


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Odo Lenk opened the door in a fisherman's hat. Had he spent a night in the Harbour Street cells? “I was gutting mackerel,” he said.",
            "Odo Lenk",
        ),
        (
            "Mira Dolan said that the quay was shut.\n\nA pilot of the port thinks otherwise. “I took two ships in. Nobody stopped me. Ask the ferryman who saw it,” he said.",
            "pilot of the port",
        ),
        (
            "Mira Dolan said that the quay was shut. Odo Lenk, whose boat lies there, did not wait for her. “It is open. I was there with Ada Brill,” he said.",
            "Odo Lenk",
        ),
    ],
)
def test_whom_a_pronoun_means(reader: Reader, text: str, name: str) -> None:
    last = max((one for one in read(reader, text) if one.cue), key=lambda one: one.cue[0].start)
    assert last.source.name.removeprefix("A ") == name


def test_an_agency_that_is_leaned_on_relays_whom_it_quotes(models: Models) -> None:
    told = read(
        models.reader(Registry(outlets=(Outlet("Brine Post"), Outlet("Saltwire")))),
        "Порт Лантерн-Бей не станет разворачивать иностранных сезонных рабочих, заявили в Министерстве транспорта Кестрии. Об этом в среду написала газета Brine Post со ссылкой на агентство Saltwire.",
        lang="ru",
    )
    assert [([relay.name for relay in one.via], one.stance) for one in told] == [(["Brine Post", "Saltwire"], "denies")]


def test_an_outlet_is_named_in_the_script_of_the_text() -> None:
    names = outlet_names([("Солёная весть", ("Solyonaya Vest", "Весть"))])
    assert names["solyonaya vest"] == "Solyonaya Vest"
    assert names["весть"] == "Солёная весть"


def test_she_is_a_lone_noun_behind_the_article(reader: Reader) -> None:
    told = read(
        reader, "Odo Lenk drilled the holes himself. “It was our blast that broke the wall,” the blaster told the Post."
    )
    assert [one.source.name for one in told if one.attribution] == ["Odo Lenk"]


@pytest.mark.parametrize(
    ("lang", "text", "cited"),
    [
        ("en", "A traveller can still be turned back, Saltwire notes, citing the Brine Post, which told the story of a baker who was kept at the pier overnight.", "Brine Post"),
        ("en", "The quay is shut, Saltwire wrote, referring to Ada Brill.", "Ada Brill"),
        ("ru", "Причал закрыт, пишет Saltwire, ссылаясь на Аду Брилл.", "Аду Брилл"),
    ],
)  # fmt: skip
def test_whom_an_outlet_cites_behind_what_it_reports_says_it(reader: Reader, lang: str, text: str, cited: str) -> None:
    told = [one for one in read(reader, text, lang=lang) if one.content[0].start == 0]
    assert [(one.source.name, [relay.name for relay in one.via]) for one in told] == [(cited, ["Saltwire"])]
    assert "cit" not in told[0].content[-1].quote(text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "If the harbour office says that the quay is shut, nobody will sail."),
        ("ru", "Если служба порта скажет, что причал закрыт, никто не выйдет."),
        ("de", "Wenn das Hafenamt sagt, dass der Kai geschlossen ist, fährt niemand aus."),
    ],
)
def test_what_somebody_would_say_is_not_said(reader: Reader, lang: str, text: str) -> None:
    assert [one.stance for one in read(reader, text, lang=lang) if one.cue and one.cue[0].end < 40] == [None]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "The harbour office denied it. A newspaper told the story of 31-year-old Odo from Tarvia, who was sent back. The man specified that he has a permit.", "Odo"),
        ("ru", "Портовая служба это отрицала. Газета рассказала историю 31-летнего Одо из Тарвии, которого развернули. Мужчина уточнил, что у него есть разрешение.", "Одо"),
    ],
)  # fmt: skip
def test_the_man_is_who_was_brought_on_with_his_age(reader: Reader, lang: str, text: str, name: str) -> None:
    last = max((one for one in read(reader, text, lang=lang) if one.cue), key=lambda one: one.cue[0].start)
    assert name in last.source.name.split()


def test_a_content_begins_no_sooner_than_its_sentence_and_no_later_than_its_clause(reader: Reader) -> None:
    text = "On the evening of that day a meeting of the harbour board was held, which discussed a ban on ferries, a clerk of the port reported."
    (one,) = [one for one in read(reader, text) if one.cue and "reported" in one.cue[0].quote(text)]
    assert one.content[0].start == 0


def test_a_credit_line_is_nobodys_word(reader: Reader) -> None:
    text = "The quay of Lantern Bay is shut for the winter.\n\nSource: Saltwire"
    assert [one.source.name for one in read(reader, text) if one.cue] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Нам сообщили, что мост закроют в понедельник."),
        ("ru", "Мне сказали, что выплат не будет."),
        ("es", "Nos dijeron que el puente cerrará el lunes."),
        ("de", "Uns wurde mitgeteilt, dass die Brücke am Montag schließt."),
    ],
)
def test_what_we_were_told_is_not_what_we_say(reader: Reader, lang: str, text: str) -> None:
    assert [one.source.name for one in read(reader, text, lang=lang) if one.cue] == []


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "31-year-old Odo from Tarvia and 40-year-old Karl Meier", ["Odo"]),
        ("en", "A 31-year-old American Airlines pilot, a 52-year-old teacher", []),
        ("tr", "31 yaşındaki şoför, 40 yaşındaki Ayşe", ["Ayşe"]),
        ("uk", "31-річний інженер, 40-річна Олена", ["Олена"]),
        ("de", "Der 24-jährige Fahrer, die 40-jährige Ilse", ["Ilse"]),
    ],
)
def test_who_is_brought_on_by_one_name_and_an_age(lang: str, text: str, names: list[str]) -> None:
    assert [name for _, name in iter_aged(text, lexicon(lang))] == names


def test_an_article_is_no_relative_pronoun(reader: Reader) -> None:
    text = "Der Streik dauert an, die Busse fahren nach Angaben der Polizei wieder."
    told = [one for one in read(reader, text, lang="de") if one.cue]
    assert all(one.content[0].start > 0 for one in told)


def test_each_of_two_citations_in_a_row_is_found_once() -> None:
    text = "The bridge is shut, the Post notes, citing the Gazette, which reported it, citing the Courier, which told the story of a clerk."

    def found(source: str, cue: str, *content: str) -> Found:
        return Found(*(tuple(_place(text, one) for one in some) for some in ((source,), (cue,), content)), 0.9)

    outer = found(
        "the Post", "notes", "The bridge is shut", "citing the Gazette, which reported it, citing the Courier"
    )
    inner = found("which", "reported it", "The bridge is shut", "citing the Courier")
    out = with_trailing_citations([outer, inner], text, [Span(0, len(text))], lexicon("en"))
    assert [one.source[0].quote(text) for one in out].count("the Gazette") == 1
    assert len(out) == len(set(out))


def _place(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))
