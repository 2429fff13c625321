"""What of one document a dossier lists: a body's statement and its spokesman's."""

from __future__ import annotations

import pytest

from sayso.asking.match import Match
from sayso.asking.select import select
from sayso.asking.voices import Families
from sayso.model.document import Document
from sayso.model.dossier import Kept
from sayso.model.registry import Registry
from sayso.model.span import Span
from sayso.model.statement import Kind, Mention, Stance, Statement
from sayso.neural.pairs import Related

FAMILIES = Families(Registry())
LEAD = "The Harbour Office of Vell has denied that the quay is shut."


def said(text: str, part: str, content: str, source: Mention, *, outlet: str = "Tide Daily") -> Match:
    start, within = text.index(part), text.index(content)
    document = Document(text=text, outlet=outlet, channel="news", published="2034-08-07T10:00:00")
    statement = Statement(
        id=part,
        document=document.hash,
        attribution=part,
        source=source,
        content=(Span(within, within + len(content)),),
        extent=Span(start, start + len(part)),
        stance=Stance.DENIES,
    )
    return Match(Kept(statement, document, "2034-08-15"), Stance.DENIES, 0.9, Related(0.1, 0.8, 0.1, 0.0))


@pytest.mark.parametrize(
    ("quotation", "listed"),
    [
        ("“It is open,” its spokesman Odo Lenk said.", ["Odo Lenk"]),
        ("“It is open,” its spokesman Odo Lenk told the Tide Daily.", ["Harbour Office of Vell", "Odo Lenk"]),
        ("“The Tide Daily knows it is open,” its spokesman Odo Lenk said.", ["Odo Lenk"]),
    ],
)
def test_a_release_and_an_interview_are_two_acts(quotation: str, listed: list[str]) -> None:
    text = f"{LEAD} {quotation}"
    office = Mention("Harbour Office of Vell", Kind.OFFICE)
    lead = said(text, LEAD, "that the quay is shut", office)
    spokesman = said(
        text, quotation, quotation[: quotation.index("”") + 1], Mention("Odo Lenk", Kind.PERSON, None, office.name)
    )
    assert sorted(one.kept.statement.source.name for one in select([lead, spokesman], FAMILIES)) == listed
