from __future__ import annotations

import pytest

from sayso.asking.voices import Families, same_named
from sayso.model.registry import Actor, Outlet, Registry
from sayso.model.statement import Kind, Mention

FAMILIES = Families(
    Registry(
        outlets=(Outlet("Brine Post", ("the Post",), None, "Salt Media"), Outlet("Tide Daily", (), None, "Salt Media")),
        actors=(
            Actor("Ministry of Foreign Affairs of Ormland", ("МИД Ормланда",), "Government of Ormland"),
            Actor("Ministry of Ports of Selvia", ("Министерство портов Сельвии",), "Government of Selvia"),
            Actor("Ivo Brandt", (), "Harbour Office of Brine"),
            Actor("Ring A", (), "Ring B"),
            Actor("Ring B", (), "Ring A"),
        ),
    )
)


@pytest.mark.parametrize(
    ("name", "kind", "voice"),
    [
        ("Ministry of Foreign Affairs of Ormland", Kind.OFFICE, "Government of Ormland"),
        ("МИД Ормланда", Kind.OFFICE, "Government of Ormland"),
        ("Embassy of Ormland in Selvia", Kind.OFFICE, "Government of Ormland"),
        ("Генеральное консульство Ормланда в Брайне", Kind.OFFICE, "Government of Ormland"),
        ("Территориальное управление Министерства портов Сельвии по Брайну", Kind.OFFICE, "Government of Selvia"),
        ("Tide Daily", Kind.OUTLET, "Salt Media"),
        ("the Post", Kind.OUTLET, "Salt Media"),
        ("Ivo Brandt", Kind.PERSON, "Harbour Office of Brine"),
        ("a source in the Ministry of Ports of Selvia", Kind.ANONYMOUS, "a source in the Ministry of Ports of Selvia"),
        ("Anna Kort", Kind.PERSON, "Anna Kort"),
        ("Ministry of Ports", Kind.OFFICE, "Government of Selvia"),
        ("Министерство портов", Kind.OFFICE, "Government of Selvia"),
        ("\u041cinistry of Foreign Affairs of Ormland", Kind.OFFICE, "\u041cinistry of Foreign Affairs of Ormland"),
        ("Embassy of \u041ermland in Selvia", Kind.OFFICE, "Embassy of \u041ermland in Selvia"),
        ("Tid\u0435 Daily", Kind.OUTLET, "Tid\u0435 Daily"),
    ],
)
def test_voice(name: str, kind: Kind, voice: str) -> None:
    assert FAMILIES.voice(Mention(name, kind)) == voice


def test_a_spokesman_speaks_for_his_body() -> None:
    assert (
        FAMILIES.voice(Mention("Anna Kort", Kind.PERSON, None, "Ministry of Ports of Selvia")) == "Government of Selvia"
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Ivo Brandt", Kind.PERSON), ("Иво Брандт", Kind.PERSON), True),
        (("Ivo Brandt", Kind.PERSON), ("Ida Brand", Kind.PERSON), False),
        (
            ("Consulate General of Ormland in Port Sorrel", Kind.OFFICE),
            ("Генеральное консульство Ормланда в Порт-Сорреле", Kind.OFFICE),
            True,
        ),
        (("Consulate of Ormland in Brine", Kind.OFFICE), ("Consulate of Ormland in Tarvik", Kind.OFFICE), False),
        (("Circular No. 88", Kind.DOCUMENT), ("Circular No. 88 of August 2", Kind.DOCUMENT), True),
        (("Circular No. 88", Kind.DOCUMENT), ("Circular No. 89", Kind.DOCUMENT), False),
        (("Ministry of Health of Ormland", Kind.OFFICE), ("Ministry of Ports of Ormland", Kind.OFFICE), False),
    ],
)
def test_named_actors_across_languages(one: tuple[str, Kind], other: tuple[str, Kind], same: bool) -> None:
    assert same_named(Mention(*one), Mention(*other)) is same


def test_a_circle_of_parents_ends() -> None:
    assert FAMILIES.root("Ring A") in ("Ring A", "Ring B")
