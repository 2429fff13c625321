"""Joined and split actors, in whatever order people say so."""

from __future__ import annotations

import itertools

import pytest

from sayso.asking.copies import earliest
from sayso.asking.reviewed import Reviewed
from sayso.asking.voices import Families
from sayso.model.registry import Actor, Outlet, Registry
from sayso.model.review import Act, Review
from sayso.model.statement import Kind, Mention

REGISTRY = Registry(actors=(Actor("Main Office", ("MO",), None), Actor("Other Bureau", ("OB",), "Ministry of Ports")))


def voices(acts: list[tuple[Act, str, str]], names: list[str], registry: Registry = REGISTRY) -> dict[str, str]:
    reviewed = Reviewed.of(Review(act, one, other, "ada", "x", number=n) for n, (act, one, other) in enumerate(acts, 1))
    families = Families(reviewed.registry(registry), frozenset(reviewed.split))
    return {name: families.voice(Mention(name, Kind.OFFICE)) for name in names}


def test_a_registered_actor_joins_another_with_its_aliases() -> None:
    found = voices([(Act.JOIN, "Other Bureau", "Main Office")], ["Main Office", "MO", "Other Bureau", "OB"])
    assert set(found.values()) == {"Main Office"}


@pytest.mark.parametrize("order", list(itertools.permutations([("Ann", "Bea"), ("Bea", "Cid"), ("Cid", "Dora")])))
def test_joins_are_followed_in_any_order(order: list[tuple[str, str]]) -> None:
    found = voices([(Act.JOIN, *pair) for pair in order], ["Ann", "Bea", "Cid", "Dora"])
    assert set(found.values()) == {"Dora"}


def test_a_circle_of_joins_is_one_actor() -> None:
    found = voices([(Act.JOIN, "Ann", "Bea"), (Act.JOIN, "Bea", "Ann")], ["Ann", "Bea"])
    assert len(set(found.values())) == 1


def test_a_split_takes_back_the_join_of_that_pair_in_either_direction_and_no_other() -> None:
    apart = voices([(Act.JOIN, "Ann", "Bea"), (Act.SPLIT, "Bea", "Ann")], ["Ann", "Bea"])
    assert len(set(apart.values())) == 2
    kept = voices([(Act.JOIN, "Ann", "Bea"), (Act.SPLIT, "Ann", "Cid")], ["Ann", "Bea"])
    assert len(set(kept.values())) == 1


def test_a_circle_with_a_tail_is_one_actor() -> None:
    acts = [(Act.JOIN, "Bea", "Cid"), (Act.JOIN, "Cid", "Bea"), (Act.JOIN, "Aaa", "Bea")]
    assert len(set(voices(acts, ["Aaa", "Bea", "Cid"]).values())) == 1


def test_a_split_counts_across_a_chain_of_joins() -> None:
    found = voices(
        [(Act.JOIN, "Ann", "Bea"), (Act.JOIN, "Bea", "Dora"), (Act.SPLIT, "Ann", "Dora")], ["Ann", "Bea", "Dora"]
    )
    assert found["Ann"] != found["Dora"] == found["Bea"]


def test_an_actor_joined_to_its_own_alias_stays_as_it_is() -> None:
    assert voices([(Act.JOIN, "Other Bureau", "OB")], ["Other Bureau", "OB"]) == dict.fromkeys(
        ["Other Bureau", "OB"], "Ministry of Ports"
    )


def test_a_name_joins_an_outlet() -> None:
    registry = Registry(outlets=(Outlet("Brine Post", (), None, "Quay Media"),))
    assert voices([(Act.JOIN, "BP", "Brine Post")], ["BP"], registry) == {"BP": "Quay Media"}


def test_what_came_out_first_is_told_by_the_moment_whatever_the_offset() -> None:
    published = {"copy": "2034-08-07T23:30:00-05:00", "post": "2034-08-08T01:00:00+00:00", "undated": None}
    assert earliest(list(published), published) == "post"
