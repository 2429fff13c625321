"""When something was said: by its sentence, by the text's own time line, by the sentence that brought the speaker on."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.model.document import Document
from sayso.model.span import Span
from sayso.model.statement import Kind, Mention
from sayso.reading.dates import find_dates
from sayso.reading.lexicon import lexicon
from sayso.reading.reader import Reader
from sayso.reading.sentences import iter_sentences
from sayso.reading.timing import Clock
from tests.reading.conftest import read

WEDNESDAY = "2034-08-09T10:00:00+00:00"


def clock_of(text: str, lang: str) -> Clock:
    return Clock(Document(text=text, lang=lang, published=WEDNESDAY), iter_sentences(text, lang), lexicon(lang))


def day_of_saying(text: str, lang: str, speaker: str, cue: str, content: str) -> str | None:
    """When a person says the only thing that is noted in a text."""
    clock, actor, said = clock_of(text, lang), Mention(speaker, Kind.PERSON), (span_of(text, content),)
    clock.note(actor, span_of(text, cue), said)
    return clock.when(actor, span_of(text, cue), said)


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


@pytest.mark.parametrize(
    ("lang", "speaker", "text", "cue", "content", "day"),
    [
        (
            "en",
            "Ada Prell",
            "Ada Prell came to our office on Monday with a box. The rain had stopped. “Nobody took the boats,” she said.",
            "said",
            "“Nobody took the boats,”",
            "2034-08-07",
        ),
        (
            "ru",
            "Ада Прелль",
            "Смотрительницу маяка Аду Прелль мы застали в понедельник. Она красила дверь. «Лодки на месте», — сказала она.",
            "сказала",
            "«Лодки на месте»",
            "2034-08-07",
        ),
        (
            "de",
            "Ada Prell",
            "Ada Prell empfing uns am Montag auf der Mole. „Kein Boot fehlt“, sagte sie.",
            "sagte",
            "„Kein Boot fehlt“",
            "2034-08-07",
        ),
        (  # somebody else was brought on
            "en",
            "Bela Orr",
            "Ada Prell came to our office on Monday. The keeper Bela Orr was late. “Nobody took the boats,” he said.",
            "said",
            "“Nobody took the boats,”",
            "2034-08-09",
        ),
        (  # a day of something else that is told of the speaker
            "en",
            "Ada Prell",
            "Ada Prell, whose post on Monday was widely read, has no doubts. “Nobody took the boats,” she said.",
            "said",
            "“Nobody took the boats,”",
            "2034-08-09",
        ),
        (  # the day within a quotation is a day of what is told
            "en",
            "Ada Prell",
            "“They towed Ada Prell's boat on Sunday.” “Nobody took the boats,” Ada Prell said.",
            "said",
            "“Nobody took the boats,”",
            "2034-08-09",
        ),
    ],
)
def test_whoever_was_brought_on_speaks_on_that_day(
    lang: str, speaker: str, text: str, cue: str, content: str, day: str
) -> None:
    assert day_of_saying(text, lang, speaker, cue, content) == day


@pytest.mark.parametrize(
    ("lang", "text", "cue"),
    [
        (
            "en",
            "The Post wrote on Sunday that the quay is shut. The harbour called it a mistake on the same day.",
            "called",
        ),
        (
            "en",
            "The Post wrote on Sunday that the quay is shut. Two hours later the harbour called it a mistake.",
            "called",
        ),
        ("ru", "В воскресенье газета написала о причале. В тот же день порт назвал это ошибкой.", "назвал"),
        ("ru", "В воскресенье газета написала о причале. Несколькими часами позже порт назвал это ошибкой.", "назвал"),
        ("uk", "У неділю газета написала про причал. Того ж дня порт назвав це помилкою.", "назвав"),
        ("kk", "Жексенбіде газет айлақ туралы жазды. Порт сол күні мұны қате деп атады.", "атады"),
        ("uz", "Yakshanbada gazeta iskala haqida yozdi. Port o‘sha kuni buni xato deb atadi.", "atadi"),
        ("tg", "Рӯзи якшанбе рӯзнома дар бораи бандар навишт. Ҳамон рӯз бандар инро хато номид.", "номид"),
        ("tr", "Gazete pazar günü iskeleyi yazdı. Liman aynı gün bunun hata olduğunu söyledi.", "söyledi"),
        ("es", "El diario escribió el domingo sobre el muelle. El puerto lo llamó error ese mismo día.", "llamó"),
        ("fr", "Le journal a écrit dimanche sur le quai. Le port a parlé le soir même d'une erreur.", "parlé"),
        (
            "de",
            "Die Zeitung schrieb am Sonntag über den Kai. Der Hafen nannte es am selben Tag einen Irrtum.",
            "nannte",
        ),
    ],
)
def test_the_same_day_is_that_of_the_text(lang: str, text: str, cue: str) -> None:
    clock = clock_of(text, lang)
    assert (clock.when(Mention("x", Kind.OFFICE), span_of(text, cue), ()) or "").startswith("2034-08-06")


def test_the_same_day_is_todays_where_the_text_has_no_other() -> None:
    text = "The harbour called it a mistake later in the day."
    assert clock_of(text, "en").when(Mention("harbour", Kind.OFFICE), span_of(text, "called"), ()) == "2034-08-09"


@pytest.mark.parametrize(
    ("lang", "text", "paper"),
    [
        (
            "uz",
            "Portning 4-avgustdagi 8-sonli buyrug‘ida: «bortga chiqarilmasin».",
            "Portning 4-avgustdagi 8-sonli buyrug‘ida",
        ),
        ("ky", "Порттун 4-августтагы № 8 буйругунда: «кирүүгө тыюу салынат».", "Порттун 4-августтагы № 8 буйругунда"),
        ("uk", "Наказ порту № 8 від 4 серпня: «без перепустки не пускати».", "Наказ порту № 8 від 4 серпня"),
        ("tr", "Limanın 4 Ağustostaki 8 sayılı emri: «kimse binmesin».", "Limanın 4 Ağustostaki 8 sayılı emri"),
    ],
)
def test_a_paper_speaks_on_the_day_in_its_name(lang: str, text: str, paper: str) -> None:
    mention = Mention(paper, Kind.DOCUMENT, span_of(text, paper))
    assert clock_of(text, lang).borne(mention) == "2034-08-04"


def test_an_article_with_a_scene(reader: Reader) -> None:
    text = (
        "The harbour of Vell has been quiet for a week.\n\nOtto Brand, who runs the ferries, met us on Monday at the gate. "
        "He had been up since four. “No crew was sent home,” Brand said."
    )
    (said,) = [
        one for one in read(reader, text) if one.source.name == "Otto Brand" and "crew" in one.extent.quote(text)
    ]
    assert said.date == "2034-08-07"


@pytest.mark.parametrize(
    "scene",
    [
        "Ada Prell took office on March 5, 2019.",
        "Ada Prell will stand for mayor on September 3.",
        "Fuel prices rose on Monday.",
    ],
)
def test_another_day_does_not_date_what_is_said(scene: str) -> None:
    text = f"{scene} The wind was strong. “Nobody took the boats,” Ada Price said."
    assert day_of_saying(text, "en", "Ada Price", "said", "“Nobody took the boats,”") == "2034-08-09"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("tr", "20 ekip ve 10 araç geldi, 5 temsilci konuştu."),
        ("uz", "U buni 3 marta aytdi, 5 maydon bor."),
        ("kk", "30 маман мен 20 қазақ, 2-қарар."),
        ("ky", "5 сенатор келди."),
        ("ru", "За комендантским часом следит полиция."),
        ("en", "The port said that morning flights were cancelled."),
        ("es", "La policía estuvo allí todo el día."),
    ],
)
def test_ordinary_words_are_no_dates(lang: str, text: str) -> None:
    assert find_dates(text, date(2034, 8, 9), lexicon(lang), date(2034, 8, 6)) == []


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("fr", "Ce soir-là, le port a parlé.", "2034-08-06"),
        ("uz", "O‘sha kecha port gapirdi.", "2034-08-06"),
        ("es", "El día siguiente habló el puerto.", "2034-08-07"),
    ],
)
def test_the_longest_expression_counts(lang: str, text: str, day: str) -> None:
    assert [one.value for one in find_dates(text, date(2034, 8, 9), lexicon(lang), date(2034, 8, 6))] == [day]


def test_a_day_that_stands_for_want_of_another_moves_no_time_line() -> None:
    text = "The crew left that day. The next day the captain spoke."
    assert clock_of(text, "en").when(Mention("captain", Kind.PERSON), span_of(text, "spoke"), ()) == "2034-08-09"
