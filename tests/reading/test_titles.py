"""Whom a bare title means."""

from __future__ import annotations

import pytest

from sayso.model.span import Span
from sayso.reading.introductions import iter_introductions
from sayso.reading.lexicon import lexicon
from sayso.reading.names import clean_name, iter_people
from sayso.reading.sentences import iter_sentences
from sayso.reading.titles import bearer_of


def bearer_in(text: str, lang: str, source: str) -> str | None:
    """Whom the last *source* in a text means by its title."""
    words = lexicon(lang)
    people = sorted([*iter_people(text, words), *iter_introductions(text, iter_sentences(text, lang), words)])
    start = text.rindex(source)
    span = Span(start, start + len(source))
    return bearer_of(clean_name(source, words), span, text, people, words)


@pytest.mark.parametrize(
    ("lang", "text", "source", "bearer"),
    [
        ("en", "General Odo Lenk met Ada Prell at the gate. “It is open,” the general said.", "the general", "Odo Lenk"),
        ("en", "Ada Prell, a pilot of the port, met Odo Lenk. “It is open,” the pilot said.", "the pilot", "Ada Prell"),
        ("en", "General Odo Lenk was late. “It is open,” a general said.", "a general", None),
        ("en", "General Odo Lenk was late. “It is open,” the pilot said.", "the pilot", None),
        ("en", "“It is open,” the general said. General Odo Lenk was late.", "the general", None),
        ("ru", "Начальник порта Одо Ленк встретил полковника Аду Прелль. «Открыто», — сказал начальник.", "начальник", "Одо Ленк"),
        ("uz", "Port raisi Odo Lenk kelmadi. «Ochiq», dedi rais.", "rais", "Odo Lenk"),
    ],
)  # fmt: skip
def test_a_title_means_whom_the_text_gave_it(lang: str, text: str, source: str, bearer: str | None) -> None:
    assert bearer_in(text, lang, source) == bearer


@pytest.mark.parametrize(
    ("lang", "text", "source"),
    [
        ("en", "Odo Lenk, an adviser to the president, was late. “It is open,” the president said.", "the president"),
        ("en", "Health Ministry spokesman Odo Lenk was late. “It is open,” the minister said.", "the minister"),
        ("en", "The pilot Odo Lenk was late. It is open, pilots said.", "pilots"),
        (
            "fr",
            "Le conseiller du ministre Odo Lenk était en retard. « C'est ouvert », a dit le ministre.",
            "le ministre",
        ),
        ("ru", "Помощник президента Одо Ленк опоздал. «Открыто», — сказал президент.", "президент"),
        ("ru", "Врач Одо Ленк молчал. Открыто, говорят врачи.", "врачи"),
    ],
)
def test_a_title_within_a_description_is_another_persons(lang: str, text: str, source: str) -> None:
    assert bearer_in(text, lang, source) is None
