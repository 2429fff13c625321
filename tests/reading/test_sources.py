"""Sources that the network cuts amiss, mended: media, viewers, places and subjects that a verb leaves out."""

from __future__ import annotations

import pytest

from sayso.model.document import Document
from sayso.model.span import Span
from sayso.reading.attribution import Found
from sayso.reading.citing import split_citations
from sayso.reading.completing import completed
from sayso.reading.coordination import iter_coordinated
from sayso.reading.introductions import iter_introductions
from sayso.reading.lexicon import lexicon
from sayso.reading.names import clean_name
from sayso.reading.outlets import KnownOutlets
from sayso.reading.patterns import find_disclosed
from sayso.reading.reader import _Scene
from sayso.reading.sentences import iter_sentences
from sayso.reading.sources import with_mended_sources
from sayso.reading.stance import judge


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def found(text: str, source: str, cue: str, content: str) -> Found:
    return Found((span(text, source),) if source else (), (span(text, cue),), (span(text, content),), 0.8)


def mended(text: str, lang: str, *cut: tuple[str, str, str]) -> list[str]:
    """The sources after mending, in order; empty where there is none."""
    out = with_mended_sources([found(text, *one) for one in cut], text, iter_sentences(text, lang), lexicon(lang))
    return [" ".join(part.quote(text) for part in one.source) for one in out]


@pytest.mark.parametrize(
    ("lang", "text", "cut", "sources"),
    [
        (
            "en",
            "A harbour ledger dated May 5 and seen by the Post puts the loss at nine crates.",
            [("seen by the Post", "puts", "the loss at nine crates")],
            ["A harbour ledger dated May 5"],
        ),
        (
            "ru",
            "По данным газеты, 4 мая консульство написало в своём канале, что паром пойдёт.",
            [("своём канале", "написало", "что паром пойдёт")],
            ["консульство"],
        ),
        (
            "ru",
            "Консульство сообщило о рейсах, а ходивший по чатам приказ назвало вымыслом.",
            [("Консульство", "сообщило", "о рейсах"), ("по чатам", "назвало", "вымыслом")],
            ["Консульство", "Консульство"],
        ),
        (
            "ru",
            "Консульство сообщило о рейсах, а письмо назвало вымыслом.",
            [("Консульство", "сообщило", "о рейсах"), ("", "назвало", "вымыслом")],
            ["Консульство", "Консульство"],
        ),
        ("ru", "На пристани назвали это вымыслом.", [("На пристани", "назвали", "вымыслом")], [""]),
        ("en", "He called it a lie.", [("He", "called", "a lie")], ["He"]),
        (
            "en",
            "On Monday Ana Brill of the dockers' union has said that the quay opens.",
            [("of the dockers' union", "has said", "that the quay opens")],
            ["Ana Brill of the dockers' union"],
        ),
        (
            "ru",
            "О школах мэр не говорил: он сказал, что паром пойдёт.",
            [("О школах мэр не говорил: он", "сказал", "что паром пойдёт")],
            ["он"],
        ),
        (
            "en",
            "BRINOR — The harbour office said that the quay opens.",
            [("BRINOR — The harbour office", "said", "that the quay opens")],
            ["The harbour office"],
        ),
        (
            "ru",
            "По данным газеты , 4 мая паром пойдёт.",
            [("газеты , 4", "По данным", "паром пойдёт")],
            ["газеты"],
        ),
        (
            "en",
            "My cousin works in the harbour office and he says nobody there closed the quay.",
            [("harbour office", "says", "nobody there closed the quay")],
            ["he"],
        ),
        (
            "ru",
            "Моя сестра служит в порту, и она говорит, что паром пойдёт.",
            [("порту", "говорит", "что паром пойдёт")],
            ["она"],
        ),
        (
            "es",
            "El dueño de un bar, que no quiso dar su nombre, afirmó que el barco no sale.",
            [("no quiso dar su nombre", "afirmó", "que el barco no sale")],
            ["El dueño de un bar"],
        ),
        ("en", "On the ferries: “They sail.”", [("ferries", ":", "“They sail.”")], [""]),
        ("ru", "О паромах: «Они пойдут».", [("паромах", ":", "«Они пойдут»")], [""]),
    ],
)
def test_sources_are_mended(lang: str, text: str, cut: list[tuple[str, str, str]], sources: list[str]) -> None:
    assert mended(text, lang, *cut) == sources


def test_a_citation_whose_nesting_is_known_is_left_alone() -> None:
    text = "По данным «Вехи», консульство написало в канале, что паром пойдёт."
    outer = found(text, "«Вехи»", "По данным", "консульство написало в канале, что паром пойдёт")
    inner = found(text, "консульство", "написало", "что паром пойдёт")
    assert split_citations([outer, inner], text, iter_sentences(text, "ru"), lexicon("ru")) == [outer, inner]


@pytest.mark.parametrize(
    ("cut", "name"),
    [("источник в порту рассказал", "источник в порту"), ("циркуляр № 88 от", "циркуляр № 88"), ("он", "он")],
)
def test_a_verb_or_preposition_after_it_is_no_part_of_a_name(cut: str, name: str) -> None:
    assert clean_name(cut, lexicon("ru")) == name


@pytest.mark.parametrize(
    ("lang", "cue", "content"),
    [("en", "commenting on", "the ferry order"), ("ru", "комментируя", "приказ о паромах")],
)
def test_what_a_talk_is_about_is_not_what_it_says(lang: str, cue: str, content: str) -> None:
    assert judge("the consulate", cue, content, lexicon(lang)).stance is None


def test_two_citations_of_one_source_are_one_attribution() -> None:
    text = "Saltwire on Tuesday quoted a watchman as saying that he had found a crack in the quay."
    told = "that he had found a crack in the quay"
    scene = _Scene.of(
        Document(text=text, outlet="Tide Daily", channel="news", lang="en"), "en", {"saltwire": "Saltwire"}
    )
    cut = [
        found(text, "Saltwire", "quoted", f"a watchman as saying {told}"),
        found(text, "a watchman", "as saying", told),
    ]
    out = completed(cut, scene.document, scene.sentences, scene.words, scene.cast)
    assert len({(one.source, one.cue, one.content) for one in out}) == len(out)
    assert [one.source[0].quote(text) for one in out] == ["Saltwire", "a watchman"]


def test_a_citation_is_found_behind_other_words_of_its_cue() -> None:
    text = "Saltwire had earlier quoted a tide table as putting the flood at noon."
    (outer, inner) = split_citations(
        [found(text, "Saltwire", "had earlier quoted", "a tide table as putting the flood at noon")],
        text,
        iter_sentences(text, "en"),
        lexicon("en"),
    )
    assert outer.source[0].quote(text) == "Saltwire"
    assert inner.source[0].quote(text) == "a tide table"


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        (
            "en",
            "The ferry stops on Friday. Tickets are gone. We have this from two clerks of the port who've seen the list.",
            "two clerks of the port",
        ),
        (
            "ru",
            "Паром остановят в мае. Билетов уже нет. Знаем это от кассира в порту, который видел список.",
            "кассира в порту",
        ),
    ],
)
def test_whom_the_sentences_before_are_known_from(lang: str, text: str, source: str) -> None:
    sentences = iter_sentences(text, lang)
    (one,) = find_disclosed(text, sentences, [], lexicon(lang))
    assert clean_name(one.source[0].quote(text), lexicon(lang)) == source
    assert one.content[0].quote(text) == text[: sentences[1].end]


def test_nothing_is_known_from_anybody_where_nothing_stands_before() -> None:
    text = "We have this from two clerks of the port."
    assert find_disclosed(text, iter_sentences(text, "en"), [], lexicon("en")) == []


def test_it_should_be_noted_names_nobody() -> None:
    text = "It should be noted that the quay stays open."
    scene = _Scene.of(Document(text=text, outlet="Tide Daily", channel="news", lang="en"), "en", KnownOutlets())
    assert scene.node(found(text, "It should be", "noted", "the quay stays open")).sources == ()


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("en", "the harbour office of Brine and its dockers' union", ["harbour office of Brine", "dockers' union"]),
        (
            "fr",
            "La capitainerie de Brine et la Fédération des dockers",
            ["capitainerie de Brine", "Fédération des dockers"],
        ),
        ("en", "government and court officials", ["government and court officials"]),
        (
            "en",
            "The Ministry of Trade, the Harbour Office and the City Council",
            ["Ministry of Trade", "Harbour Office", "City Council"],
        ),
        ("ru", "Министерство торговли, МВД и МЧС", ["Министерство торговли", "МВД", "МЧС"]),
        ("en", "Ivo Brandt, Minister of Ports, and Ana Brill", ["Ivo Brandt, Minister of Ports", "Ana Brill"]),
        ("en", "the Ministry of Trade", ["Ministry of Trade"]),
    ],
)
def test_bodies_named_together_are_separate_actors(lang: str, text: str, names: list[str]) -> None:
    assert [name for name, _ in iter_coordinated(Span(0, len(text)), text, lexicon(lang))] == names


@pytest.mark.parametrize(
    ("lang", "cue", "content"),
    [
        ("en", "has taken back", "what she had said about the quay"),
        ("en", "it wrote", "“I said the quay had closed and it hadn't. I'm sorry,”"),
        ("fr", "a écrit", "« Ce que j'ai dit du quai, je le retire »"),
        ("de", "sagte", "„Das nehme ich zurück“"),
        ("ru", "просим", "извинения у смотрителя маяка"),
    ],
)
def test_taking_back_is_seen_in_many_words(lang: str, cue: str, content: str) -> None:
    assert judge("Ana Brill", cue, content, lexicon(lang)).stance == "withdraws"


def test_a_verb_of_taking_back_counts_where_another_word_was_taken_for_the_cue() -> None:
    text = "The Post withdraws its version as well."
    scene = _Scene.of(
        Document(text=text, outlet="Tide Daily", channel="news", lang="en"),
        "en",
        KnownOutlets({"the post": "The Post"}),
    )
    assert scene.node(found(text, "The Post", "well", "its version as")).cue_text == "withdraws well"
    assert scene.node(found(text, "The Post", "withdraws", "its version")).cue_text == "withdraws"


@pytest.mark.parametrize(
    ("lang", "text", "introduced"),
    [
        ("en", "A porter with ten years on the quay, who would not be named, saw it. “Two boats,” he said.", "porter with ten years on the quay"),
        ("en", "The driver of the coach from Vell to the far side of the bay, who gave no name, came home late.", "driver"),
        ("ru", "Кассирша с причала, просившая не называть её, пожала плечами. «Не видела», — сказала она.", "Кассирша"),
        ("es", "Una pasajera, que no quiso dar su nombre, vio otra cosa. «Nada», dijo.", "pasajera"),
    ],
)  # fmt: skip
def test_a_subject_without_a_name_is_brought_on(lang: str, text: str, introduced: str) -> None:
    people = list(iter_introductions(text, iter_sentences(text, lang), lexicon(lang)))
    assert [name for _, name in people] == [introduced]
