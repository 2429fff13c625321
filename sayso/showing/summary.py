"""A dossier in one sentence, and as texts to send: reply, citations, a draft of a ClaimReview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sayso.model.dossier import Dossier, Line
from sayso.model.statement import Stance

Translate = Callable[[str], str]
Plural = Callable[[str, str, int], str]
LONG, SHORT = 40, 4


def summary_of(dossier: Dossier, _: Translate, ngettext: Plural) -> str:
    """Who says what, with counts: "Denied by 4 sources (1 voice); asserted by 1 source (1 voice)"."""
    frames = {
        Stance.DENIES: _("denied by {origins} ({voices})"),
        Stance.ASSERTS: _("asserted by {origins} ({voices})"),
        Stance.QUESTIONS: _("doubted by {origins} ({voices})"),
        Stance.WITHDRAWS: _("taken back by {origins} ({voices})"),
    }
    parts = []
    for stance in (Stance.DENIES, Stance.ASSERTS, Stance.QUESTIONS, Stance.WITHDRAWS):
        side = dossier.sides.get(stance)
        if side is not None:
            origins = ngettext("{n} origin", "{n} origins", side.origins).format(n=side.origins)
            voices = ngettext("{n} voice", "{n} voices", side.voices).format(n=side.voices)
            parts.append(frames[stance].format(origins=origins, voices=voices))
    if dossier.corrections:
        count = len(dossier.corrections)
        parts.append(ngettext("{n} correction", "{n} corrections", count).format(n=count))
    sentence = "; ".join(parts)
    return sentence[:1].upper() + sentence[1:] + "."


def reply_of(dossier: Dossier, _: Translate, ngettext: Plural, *, most: int = SHORT) -> str:
    """The dossier as plain text for a reply: the sentence, then one line for each origin, original words quoted."""
    lines = [dossier.claim, "", summary_of(dossier, _, ngettext), ""]
    first: dict[str, Line] = {}
    for line in dossier.lines:
        first.setdefault(line.origin, line)
    for line in list(first.values())[:most]:
        document = line.kept.document
        where = document.url or document.outlet or document.shown_id
        quote = " ".join(line.kept.statement.extent.quote(document.text).split())
        said = line.kept.statement.date or _("date unknown")
        lines.append(f"- {line.source.name}, {_(line.stance.value)}, {said}: “{quote}” ({where})")
    if len(first) > most:
        lines.append(_("… and {n} more").format(n=len(first) - most))
    lines.extend(["", _("This lists who says what on this desk. It does not say what is true.")])
    return "\n".join(lines)


def citations_of(dossier: Dossier) -> str:
    """A list of sources: outlet, title, day, address, characters."""
    out = []
    for line in dossier.lines:
        document, extent = line.kept.document, line.kept.statement.extent
        facts = [document.outlet, document.title, (document.published or "")[:10], document.url]
        told = ". ".join(fact for fact in facts if fact)
        out.append(f"{line.source.name}. {told}. [{extent.start}:{extent.end}]")
    return "\n".join(dict.fromkeys(out))


def claim_review_draft(dossier: Dossier) -> dict[str, Any]:
    """A ClaimReview (schema.org) to be finished by a person: rating and author are left empty on purpose."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "creativeWorkStatus": "draft: rating and author to be filled in by whoever signs it",
        "claimReviewed": dossier.claim,
        "author": None,
        "reviewRating": None,
        "itemReviewed": {
            "@type": "Claim",
            "appearance": [
                {"@type": "CreativeWork", "url": line.kept.document.url, "author": {"name": line.source.name}}
                for line in dossier.lines
                if line.stance is Stance.ASSERTS and line.kept.document.url
            ],
        },
        "citation": [one for one in citations_of(dossier).splitlines() if one],
    }
