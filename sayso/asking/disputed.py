"""Disputed documents: the orders, letters and scans of a dossier, who circulated each, who calls it forged, who vouches
for it, and the details by which the texts identify it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.asking.groups import Groups
from sayso.asking.match import Match
from sayso.asking.voices import same_named
from sayso.model.dossier import Details, Disputed
from sayso.model.edtf import day_of, instant
from sayso.model.statement import Form, Kind, Mention, Stance

_NUMBER = re.compile(r"(?:№|\b(?:No|Nr|Num|number|номер\w*)\b\.?|n°|n[oº]\.)\s*([\w/-]*\d[\w/-]*)", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:signed by|signature of|signed|за подписью|подписан\w*|подписью|firmad[oa] por|signée? par|unterzeichnet von|imzalı|imzasıyla)\s+"
    r"(?P<who>[^\W\d_][^,.;:()«»“”\"\n]{2,60})",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w’'.-]*(?:\s+[^\W\d_][\w’'.-]*){0,5}")
FORGED = (Form.FORGED, Form.NO_SUCH_DOCUMENT)
AROUND = 160
"""Characters around a mention of a document in which its number and signatory are looked for."""


@dataclass(slots=True)
class _Found:
    """A document while what is known of it is gathered."""

    mention: Mention
    quoted: list[Match] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def find_disputed(listed: Sequence[Match]) -> list[Disputed]:
    """The documents that statements of a dossier quote as a source, and what its other statements do to them.

    A statement that calls something forged, or says that no such document exists, is counted to the document whose number it
    gives, and to the only one where the dossier has but one.
    """
    found = _gather(listed)
    out = []
    for one in found:
        details = _details(one)
        about = [match for match in listed if _is_about(match, one, details, alone=len(found) == 1)]
        out.append(
            Disputed(
                one.mention.name,
                details,
                circulated_by=_carriers(one.quoted),
                called_forged_by=_ids(match for match in about if match.stance is Stance.DENIES),
                vouched_for_by=_ids(match for match in about if match.stance is Stance.ASSERTS),
                statements=_ids(one.quoted),
            )
        )
    return out


def _gather(listed: Sequence[Match]) -> list[_Found]:
    quoted = [one for one in listed if one.kept.statement.source.kind is Kind.DOCUMENT]
    groups = Groups()
    for number, one in enumerate(quoted):
        for other in quoted[:number]:
            numbers = _number_of(one), _number_of(other)
            alike = numbers[0] == numbers[1] if all(numbers) else same_named(_source(one), _source(other))
            if alike:
                groups.join(one.kept.statement.id, other.kept.statement.id)
    by_root: dict[str, _Found] = {}
    for one in quoted:
        source = _source(one)
        found = by_root.setdefault(groups.root(one.kept.statement.id), _Found(source))
        if len(source.name) > len(found.mention.name):
            found.mention = source
        found.quoted.append(one)
        found.texts.append(_around(one))
    return list(by_root.values())


def _source(match: Match) -> Mention:
    return match.kept.statement.source


def _around(match: Match) -> str:
    start, end = match.kept.statement.extent
    return match.kept.document.text[max(0, start - AROUND) : end + AROUND]


def _number_of(match: Match) -> str | None:
    found = _NUMBER.search(_source(match).name) or _NUMBER.search(_around(match))
    return found.group(1) if found else None


def _details(one: _Found) -> Details:
    """Number, day and signatory as the citing texts give them."""
    texts = [one.mention.name, *one.texts]
    number = next((match.group(1) for text in texts if (match := _NUMBER.search(text))), None)
    signed = next((match.group("who") for text in texts if (match := _SIGNED.search(text))), None)
    who = _NAME.match(signed) if signed else None
    days = [match.kept.statement.date for match in one.quoted if _bears_its_own_day(match)]
    return Details(number, days[0] if days else None, who.group() if who else None)


def _bears_its_own_day(match: Match) -> bool:
    published = (match.kept.document.published or "")[:10]
    day = day_of(match.kept.statement.date)
    return day is not None and day != published


def _is_about(match: Match, one: _Found, details: Details, *, alone: bool) -> bool:
    statement = match.kept.statement
    if statement.source.kind is Kind.DOCUMENT:
        return False
    quote = statement.extent.quote(match.kept.document.text)
    numbers = set(_NUMBER.findall(quote))
    if details.number is not None and numbers:
        return details.number in numbers
    return alone and statement.form in FORGED


def _carriers(quoted: Sequence[Match]) -> tuple[str, ...]:
    """Who put the document before readers, the earliest first: outlets and accounts, each once."""
    ordered = sorted(quoted, key=lambda match: instant(match.kept.document.published))
    return tuple(dict.fromkeys(match.kept.document.outlet or match.kept.document.shown_id for match in ordered))


def _ids(matches: Iterable[Match]) -> tuple[str, ...]:
    return tuple(match.kept.statement.id for match in matches)
