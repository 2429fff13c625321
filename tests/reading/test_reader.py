"""Whole readings: chains, coordinated and described sources, dates with and without a year, the outlet's own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.intake.base import Named
from sayso.intake.detect import iter_documents
from sayso.model.document import Document
from sayso.model.statement import Statement
from sayso.reading.reader import Reader
from tests.reading.conftest import read

ARTICLE = Path(__file__).parents[3] / "shared" / "cases" / "000-migrants" / "article.txt"


def find(statements: list[Statement], name: str) -> Statement:
    found = [one for one in statements if name in one.source.name]
    assert found, [one.source.name for one in statements]
    return found[0]


def test_a_relayed_denial_keeps_its_chain(reader: Reader) -> None:
    told = read(reader, "The Harbour Office of Brine denied that the quay would close, Saltwire reports.")
    one = find(told, "Harbour Office of Brine")
    assert (one.stance, one.form) == ("denies", "flat")
    assert [relay.name for relay in one.via] == ["Saltwire"]


def test_coordinated_offices_are_separate_actors(reader: Reader) -> None:
    text = "Reports that the ferry will stop are untrue. The embassies of Ormland in Selvia, Tarvia and Dornia reported this on Telegram, Saltwire reports."
    told = [one for one in read(reader, text) if one.source.name.startswith("Embassy")]
    assert sorted(one.source.name for one in told) == [
        f"Embassy of Ormland in {place}" for place in ("Dornia", "Selvia", "Tarvia")
    ]
    assert all(one.stance == "denies" and one.channel == "telegram" for one in told)
    assert len({one.id for one in told}) == 3


def test_a_lead_that_is_attributed_later_is_not_the_outlets_own(reader: Reader) -> None:
    text = "Reports that the ferry will stop are untrue. The embassies of Ormland in Selvia and Tarvia reported this on Telegram."
    assert all(one.source.name.startswith("Embassy") for one in read(reader, text))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Urgent, please share this! The pier at Brine is being closed."),
        ("ru", "Срочно, перешлите своим! Причал в Брайне закрывают."),
    ],
)
def test_a_call_to_pass_it_on_asserts_nothing(reader: Reader, lang: str, text: str) -> None:
    told = read(reader, text, lang=lang, outlet="Pier Watch", channel="telegram")
    assert [one.stance for one in told] == [None, "asserts"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A traveller can still be turned back, Saltwire notes, citing the Brine Post, which told the story of a baker who was kept at the pier overnight."),
        ("ru", "Путника могут и развернуть, отмечает Saltwire со ссылкой на Brine Post, которая рассказала историю пекаря, просидевшего ночь на пирсе."),
    ],
)  # fmt: skip
def test_what_a_cited_outlet_told_is_its_own_statement(reader: Reader, lang: str, text: str) -> None:
    told = [one for one in read(reader, text, lang=lang) if "Brine Post" in one.source.name]
    contents = [one.content[0].quote(text) for one in told]
    assert any(("baker" in content and "overnight" in content) or "пекаря" in content for content in contents)
    assert any("Saltwire" in relay.name for one in told for relay in one.via)


def test_a_cited_source_is_reached_through_its_citer(reader: Reader) -> None:
    text = (
        "The Brine Post, citing an officer of the port guard, reported on Monday that two ships had been turned back."
    )
    one = next(one for one in read(reader, text) if "officer" in one.source.name)
    assert [relay.name for relay in one.via] == ["Brine Post"]
    assert one.date == "2034-08-07"


def test_pronouns_and_descriptions_mean_the_last_fitting_actor(reader: Reader) -> None:
    text = "The Embassy of Ormland in Selvia denied on August 7 that travellers were being turned away. The embassy said that nobody was being turned away. Consul Ada Lund was angrier. “It is a lie,” she told reporters."
    told = read(reader, text)
    assert {one.source.name for one in told if "mbassy" in one.source.name} == {"Embassy of Ormland in Selvia"}
    assert find(told, "Ada Lund").stance == "denies"


def test_a_first_person_finding_is_the_outlets_own(reader: Reader) -> None:
    told = read(reader, "The quay was closed twice in July, this newspaper has established.")
    assert any(one.source.name == "Tide Daily" and one.own and one.stance == "asserts" for one in told)


def test_a_post_speaks_for_its_account(reader: Reader) -> None:
    told = read(reader, "They are closing the quay on Friday! Tell everybody.", channel="telegram", outlet="Brine Chat")
    assert find(told, "Brine Chat").stance == "asserts"


def test_a_thing_does_not_speak_in_an_offices_own_text(reader: Reader) -> None:
    text = "The seaport of Brine admits seasonal workers and will go on admitting them after September."
    told = read(reader, text, channel="press", outlet="Brine Harbour Office")
    assert {one.source.name for one in told} == {"Brine Harbour Office"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Жителей Дорнии в Тарвии начали призывать в армию, забирают прямо с пристани."),
        ("uk", "Мешканців Дорнії в Тарвії почали призивати до армії, забирають просто з пристані."),
    ],
)
def test_to_call_up_is_not_to_call_on(reader: Reader, lang: str, text: str) -> None:
    told = read(reader, text, outlet="Пристань 24", channel="telegram", lang=lang)
    assert [(one.source.name, one.stance) for one in told] == [("Пристань 24", "asserts")]


def test_a_bare_role_means_whom_the_text_names_next(reader: Reader) -> None:
    told = read(
        reader,
        "BRINE — The painter Odo Lenk is well, his manager said on Monday.\n\n“He is not ill,” Ilse Tarn wrote in the evening. “He is at work.”",
    )
    assert {one.source.name for one in told if one.attribution} == {"Ilse Tarn"}


def test_a_bare_role_is_not_that_of_somebody_with_another(reader: Reader) -> None:
    told = read(
        reader,
        "BRINE — The painter Odo Lenk is well, his manager said on Monday.\n\n“Nobody called us,” inspector Ilse Tarn told Saltwire.",
    )
    assert "manager" in {one.source.name for one in told}


def test_a_club_is_the_one_that_the_text_has_named(reader: Reader) -> None:
    told = read(
        reader,
        "Odo Lenk, who kept goal for Brine Rovers, has died, the club announced on Monday.\n\n“He was ours for ten years,” Brine Rovers said in a statement.",
    )
    assert {one.source.name for one in told if one.attribution} == {"Brine Rovers"}


def test_he_is_who_speaks_to_the_text_rather_than_an_unnamed_friend_whom_another_paper_cites(reader: Reader) -> None:
    told = read(
        reader,
        "“I have not been away,” the painter Odo Lenk told the Post.\n\nSaltwire reported on Tuesday, quoting an unnamed friend, that Lenk had left the country. “I have a cold,” he said.",
    )
    assert [one.source.name for one in told if one.attribution][-1] == "Odo Lenk"


def test_the_same_denial_denies(reader: Reader) -> None:
    told = read(
        reader,
        "The harbour office said the rumour of a flood “does not correspond to reality”. The town council of Brine carried the same warning about the flood.",
    )
    assert find(told, "council").stance == "denies"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "We ask everyone to trust official sources."),
        ("en", "Wake up people."),
        ("ru", "Просим доверять только официальным источникам."),
    ],
)
def test_a_call_asserts_nothing_in_a_post(reader: Reader, lang: str, text: str) -> None:
    assert {one.stance for one in read(reader, text, channel="telegram", lang=lang)} == {None}


def test_a_year_is_unknown_without_publication(reader: Reader) -> None:
    told = read(reader, "The Harbour Office of Brine denied the reports on October 4 on its website.", published=None)
    assert find(told, "Harbour Office").date == "XXXX-10-04"


def test_a_part_of_a_day_is_an_interval(reader: Reader) -> None:
    told = read(reader, "On the evening of August 7 the Harbour Office of Brine denied the reports.")
    assert find(told, "Harbour Office").date == "2034-08-07T18/2034-08-07T24"


def test_a_credit_line_stands_for_the_whole_text(reader: Reader) -> None:
    text = "BRINE, Aug 9 (Saltwire) — The Harbour Office of Brine denied that the quay would close."
    assert [relay.name for relay in find(read(reader, text), "Harbour Office").via] == ["Saltwire"]
    own = read(reader, text, outlet="Saltwire")
    assert find(own, "Harbour Office").via == ()


@pytest.mark.parametrize("line", ["BRINE (Saltwire) — ", "BRINE (Saltwire). ", "Brine (Saltwire) – ", "(Saltwire) — "])
def test_an_agency_is_credited_without_a_day_or_a_place(reader: Reader, line: str) -> None:
    told = read(reader, f"{line}The Harbour Office of Brine denied that the quay would close.")
    assert [relay.name for relay in find(told, "Harbour Office").via] == ["Saltwire"]


@pytest.mark.parametrize(
    "line", ["(Update) — ", "BREAKING (Update) — ", "The port's guard (PG) — ", "PG (Port Guard) — "]
)
def test_another_word_in_brackets_is_no_agency(reader: Reader, line: str) -> None:
    told = read(reader, f"{line}The Harbour Office of Brine denied that the quay would close.")
    assert find(told, "Harbour Office").via == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Saltwire said the quay would close. Odo Lenk told that paper that the quay is open."),
        ("fr", "Saltwire a écrit que le quai fermerait. Odo Lenk a dit au même journal que le quai est ouvert."),
        (
            "de",
            "Saltwire schrieb, der Kai werde geschlossen. Odo Lenk sagte derselben Zeitung, dass der Kai offen ist.",
        ),
        ("es", "Saltwire publicó que el muelle cerraría. Odo Lenk dijo al mismo diario que el muelle está abierto."),
        ("ru", "Saltwire написало, что причал закроют. Одо Ленк сказал тому же изданию, что причал открыт."),
    ],
)
def test_who_is_told_is_the_outlet_named_before(reader: Reader, lang: str, text: str) -> None:
    (said,) = [one for one in read(reader, text, lang=lang) if one.source.name in ("Odo Lenk", "Одо Ленк")]
    assert [relay.name for relay in said.via] == ["Saltwire"]


def test_that_before_what_is_said_names_no_paper(reader: Reader) -> None:
    told = read(reader, "Saltwire reported the fire on Monday. Odo Lenk said that radio contact was lost.")
    assert find(told, "Odo Lenk").via == ()


def test_russian_relay(reader: Reader) -> None:
    text = "Причал не закроют, заявило управление порта Брайн. Об этом сообщает Saltwire."
    one = find(read(reader, text, lang="ru"), "управление порта Брайн")
    assert one.stance == "denies"
    assert [relay.name for relay in one.via] == ["Saltwire"]


def test_appeals_assert_nothing(reader: Reader) -> None:
    told = read(reader, "The Harbour Office of Brine urged citizens to trust only official sources.")
    assert find(told, "Harbour Office").stance is None


@given(st.text(max_size=300))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spans_lie_in_any_text(reader: Reader, text: str) -> None:
    (reading,) = reader.read([Document(text=text)])
    spans = [span for one in reading.attributions for role in (one.source, one.cue, one.content) for span in role]
    spans += [span for one in reading.statements for span in (*one.cue, *one.content, one.extent)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert len({one.id for one in reading.statements}) == len(reading.statements)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the real article lies in ../shared, which is not here")
def test_the_real_article_is_read_right(reader: Reader) -> None:
    (document,) = iter_documents(Named("article.txt", ARTICLE.read_bytes()), 10**6)
    assert isinstance(document, Document)
    (reading,) = reader.read([document])
    told = {
        (one.source.name, str(one.stance), tuple(relay.name for relay in one.via), one.date)
        for one in reading.statements
    }
    for place in ("Uzbekistan", "Kyrgyzstan", "Tajikistan"):
        assert (f"Embassy of the Russian Federation in {place}", "denies", ("Fergana",), None) in told
    assert ("Russian Embassy in Turkmenistan", "denies", (), "XXXX-10-04") in told
    assert ("attackers", "asserts", (), None) in told
    assert ("47news", "asserts", ("Ferghana",), None) in told
    assert any(name == "military enlistment office" and stance == "denies" for name, stance, _, _ in told)
    assert any(name == "Ministry of Foreign Affairs of Kazakhstan" for name, _, _, _ in told)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Ivo Brandt, the harbour master, was not at his desk. A clerk at the lock, who would not give her name, had "
            "seen enough. “We are shutting on Monday. On Thursday the gates were oiled for the last time,” she said.",
            "clerk at the lock",
        ),
        ("My cousin drives a lorry in Brine. He says the quay will be closed on Monday.", "cousin"),
        (
            "“It's Brine that is closing, not Lisk,” Ivo Brandt told the Post. “When I say Brine, I mean Brine,” he said.",
            "Ivo Brandt",
        ),
        ("The ferry to Lisk has stopped for good, our sister paper the Brine Post has established.", "Brine Post"),
        ("“The gate stays open,” the guard, who asked not to be named, told the Brine Post.", "guard"),
    ],
)
def test_whose_words_they_are(reader: Reader, text: str, speaker: str) -> None:
    quotes = [one for one in read(reader, text) if one.attribution is not None]
    assert speaker in quotes[-1].source.name


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        (
            "es",
            "Un camillero que pide no ser identificado trabajó allí todo el día. «Dejé de contar las barcas hundidas», "
            "relató el domingo por la noche.",
            "camillero",
        ),
        (
            "ru",
            "Сотрудница лодочной станции, попросившая не называть её имени, видела всё. «Причал закрывают "
            "с понедельника», — рассказала она.",
            "отрудница лодочной станции",
        ),
    ],
)
def test_a_verb_without_subject_means_whom_the_sentence_before_introduced(
    reader: Reader, lang: str, text: str, speaker: str
) -> None:
    quotes = [one for one in read(reader, text, lang=lang) if one.attribution is not None and one.verbatim]
    assert speaker in quotes[-1].source.name


def test_a_posts_own_sentence_stays_the_posters(reader: Reader) -> None:
    text = "Сообщения о закрытии причала не соответствуют действительности. Порт Брайна работает как обычно."
    told = read(reader, text, lang="ru", outlet="Портовое управление Брайна", channel="telegram")
    assert {one.source.name for one in told} == {"Портовое управление Брайна"}
    assert told[0].stance == "denies"


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_calibrated_confidence_is_a_probability_in_the_networks_order(one: float, other: float) -> None:
    from sayso.reading.attribution import certainty_of

    low, high = sorted((one, other))
    assert 0 < certainty_of(low) <= certainty_of(high) < 1
