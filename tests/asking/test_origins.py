"""Counting: which statements are one act of saying, and whose voices they are (the rulings of the casebook)."""

from __future__ import annotations

from sayso.asking.match import Match
from sayso.asking.origins import Folded, fold_origins
from sayso.asking.voices import Families
from sayso.model.document import Document
from sayso.model.dossier import Kept
from sayso.model.registry import Actor, Outlet, Registry
from sayso.model.span import Span
from sayso.model.statement import Kind, Mention, Stance, Statement
from sayso.neural.pairs import Related

FAMILIES = Families(
    Registry(
        outlets=(Outlet("Brine Post", (), None, "Salt Media"), Outlet("Tide Daily"), Outlet("Saltwire")),
        actors=(Actor("Foreign Ministry of Ormland", (), "Government of Ormland"),),
    )
)


def said(
    outlet: str,
    source: str | None = None,
    kind: Kind = Kind.OFFICE,
    *,
    stance: Stance = Stance.DENIES,
    day: str = "2034-08-07",
    published: str = "2034-08-07",
    channel: str = "news",
    via: tuple[str, ...] = (),
    text: str = "",
) -> Match:
    """A statement by *source* (the outlet itself where none is named) in a document of *outlet*."""
    document = Document(
        text=f"{text}{outlet} {published}", outlet=outlet, channel=channel, published=f"{published}T10:00:00"
    )
    mention = Mention(source, kind, Span(0, 1)) if source else Mention(outlet, kind)
    statement = Statement(
        id=f"{outlet}/{source}/{day}/{stance}",
        document=document.hash,
        attribution="a" if source else None,
        source=mention,
        via=tuple(Mention(name, Kind.OUTLET) for name in via),
        extent=Span(0, 5),
        stance=stance,
        date=day,
        channel=channel,
        own=source is None,
    )
    return Match(Kept(statement, document, "2034-08-15"), stance, 0.9, Related(0.1, 0.8, 0.1, 0.0))


def fold(*matches: Match, copies: tuple[tuple[Match, Match], ...] = ()) -> Folded:
    links = {one.kept.document.hash: other.kept.document.hash for one, other in copies}
    return fold_origins(matches, FAMILIES, links)


def test_offices_that_copy_each_other_are_many_origins_and_one_voice() -> None:
    offices = [said(f"Consulate of Ormland in {place}", channel="telegram") for place in ("Brine", "Tarvik", "Lisk")]
    side = fold(*offices, copies=((offices[1], offices[0]), (offices[2], offices[0]))).sides[Stance.DENIES]
    assert (side.statements, side.origins, side.voices) == (3, 3, 1)


def test_unsigned_posts_that_copy_each_other_are_one_origin() -> None:
    posts = [
        said(name, kind=Kind.OUTLET, stance=Stance.ASSERTS, channel="telegram") for name in ("Brine Chat", "Lisk Chat")
    ]
    folded = fold(*posts, copies=((posts[1], posts[0]),))
    side = folded.sides[Stance.ASSERTS]
    assert (side.statements, side.origins, side.voices) == (2, 1, 1)
    assert [fold.reason for origin in folded.origins for fold in origin.folds] == ["copy"]


def test_of_a_post_and_its_copy_on_one_day_the_post_is_the_origin() -> None:
    copy, post = (
        said(name, kind=Kind.OUTLET, stance=Stance.ASSERTS, channel="telegram", published=published)
        for name, published in (("Brine Chat", "2034-08-08"), ("Lisk Chat", "2034-08-07"))
    )
    folded = fold(copy, post, copies=((copy, post),))
    assert [origin.actor for origin in folded.origins] == ["Lisk Chat"]
    assert set(folded.voice_of.values()) == {"Lisk Chat"}


def test_a_relay_shares_the_origin_of_what_it_passes_on() -> None:
    act = said("Embassy of Ormland in Selvia", channel="telegram")
    relay = said("Tide Daily", "Embassy of Ormland in Selvia", via=("Saltwire",), published="2034-08-09")
    folded = fold(act, relay)
    assert folded.sides[Stance.DENIES].origins == 1
    assert folded.origins[0].folds[0].reason == "cites"
    assert folded.origins[0].actor == "Embassy of Ormland in Selvia"


def test_the_same_person_on_two_days_is_two_origins_and_one_voice() -> None:
    side = fold(
        said("Tide Daily", "Ivo Brandt", Kind.PERSON, day="2034-08-05"),
        said("Tide Daily", "Ivo Brandt", Kind.PERSON, day="2034-08-06"),
    ).sides[Stance.DENIES]
    assert (side.origins, side.voices) == (2, 1)


def test_unnamed_sources_of_one_report_are_one_origin() -> None:
    side = fold(
        said("Tide Daily", "an officer of the port guard", Kind.ANONYMOUS),
        said("Tide Daily", "a clerk of the harbour office", Kind.ANONYMOUS),
    ).sides[Stance.DENIES]
    assert (side.origins, side.voices) == (1, 1)


def test_an_unnamed_source_is_followed_through_the_citing_outlet() -> None:
    first = said("Brine Post", "an officer of the port guard", Kind.ANONYMOUS)
    relay = said(
        "Tide Daily", "unnamed officer of the port guard", Kind.ANONYMOUS, via=("Brine Post",), published="2034-08-08"
    )
    assert fold(first, relay).sides[Stance.DENIES].origins == 1


def test_sides_are_counted_apart() -> None:
    folded = fold(
        said("Brine Post", "Ivo Brandt", Kind.PERSON),
        said("Tide Daily", "Ada Lund", Kind.PERSON, stance=Stance.ASSERTS),
    )
    assert {stance: side.origins for stance, side in folded.sides.items()} == {Stance.ASSERTS: 1, Stance.DENIES: 1}


def test_the_range_holds_the_best_count() -> None:
    folded = fold(*(said("Tide Daily", f"Person {name}", Kind.PERSON) for name in ("Ada", "Bea", "Cleo")))
    low, high = folded.sides[Stance.DENIES].origins_range
    assert low <= folded.sides[Stance.DENIES].origins <= high


def test_a_report_under_an_agencys_line_is_the_wires() -> None:
    act = said("Embassy of Ormland in Selvia", channel="telegram")
    relay = said("Tide Daily", "Embassy of Ormland in Selvia", via=("Saltwire",), text="BRINE (Saltwire) — ")
    (origin,) = fold(act, relay).origins
    assert [(one.reason, one.evidence) for one in origin.folds] == [("wire", "taken over from Saltwire")]


def test_the_only_unnamed_source_of_a_cited_report_is_the_one_that_is_cited() -> None:
    first = said("Saltwire", "clerk at the lock", Kind.ANONYMOUS)
    relay = said("Tide Daily", "employee of the canal", Kind.ANONYMOUS, via=("Saltwire",), published="2034-08-09")
    assert fold(first, relay).sides[Stance.DENIES].origins == 1
    second = said("Saltwire", "driver", Kind.ANONYMOUS, published="2034-08-07", day="2034-08-06")
    assert fold(first, second, relay).sides[Stance.DENIES].origins > 0


def test_the_document_beside_a_numbered_one_in_a_report_is_that_one() -> None:
    quoted = said("Tide Daily", "circular № 88", Kind.DOCUMENT, stance=Stance.ASSERTS, day="2034-08-01")
    again = said("Tide Daily", "document", Kind.DOCUMENT, stance=Stance.ASSERTS, day="2034-08-07")
    assert fold(quoted, again).sides[Stance.ASSERTS].origins == 1


def test_a_branch_of_an_owned_body_puts_its_own_name_to_a_copied_notice() -> None:
    families = Families(
        Registry(actors=(Actor("Brine Bank", (), "Brine Holding"), Actor("Brine Savings", (), "Brine Holding")))
    )
    notices = [said(name, kind=Kind.OUTLET, channel="website") for name in ("Brine Bank", "Brine Savings")]
    links = {notices[1].kept.document.hash: notices[0].kept.document.hash}
    side = fold_origins(notices, families, links).sides[Stance.DENIES]
    assert (side.origins, side.voices) == (2, 1)
