"""Readings, dossiers and claims as plain text for a terminal. Texts of documents are foreign: control characters in
them are replaced, so that none can move the cursor or turn the writing direction."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from sayso.model.document import Document
from sayso.model.dossier import Answer, Circulating, Correction, Disputed, Dossier, Kept, Line, Origin
from sayso.model.statement import Reading, Stance, Statement
from sayso.showing.words import FORMS, NEAR, NEXT, NO_STANCE, NOTHING, SIDES, UNKNOWN_DATE, counted

WIDTH = 100


def plain(text: str) -> str:
    """*text* on one line, without control and direction characters."""
    folded = " ".join(text.split())
    return "".join(
        "\ufffd" if unicodedata.category(character) in ("Cc", "Cf") and character != "\u200d" else character
        for character in folded
    )


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(plain(text), max(40, width), initial_indent=indent, subsequent_indent=indent) or [indent]


def _chain(names: Sequence[str]) -> str:
    return " ← ".join(plain(name) for name in names)


def render_statement(statement: Statement, document: Document, width: int = WIDTH) -> list[str]:
    """A statement as lines: source and stance, chain, cue, date and place, then the words."""
    stance = SIDES[statement.stance].lower() if statement.stance else NO_STANCE
    form = f" ({FORMS[statement.form]})" if statement.form else ""
    head = f"{plain(statement.source.name)} [{statement.source.kind}] — {stance}{form}"
    facts = [
        statement.date or UNKNOWN_DATE,
        statement.channel,
        f"characters {statement.extent.start}–{statement.extent.end}",
    ]
    if statement.via:
        facts.insert(0, "via " + _chain([mention.name for mention in statement.via]))
    if statement.cue:
        facts.append("cue: " + " … ".join(plain(span.quote(document.text)) for span in statement.cue))
    words = " … ".join(span.quote(document.text) for span in statement.content)
    return [head, *_wrapped(" · ".join(facts), "    ", width), *_wrapped(words, "    | ", width)]


def render_reading(document: Document, reading: Reading, width: int = WIDTH) -> list[str]:
    """A document's head and its statements."""
    head = [f"# {plain(document.title or document.shown_id)}", _document_facts(document)]
    if not reading.statements:
        return [*head, "  no statements found", ""]
    body: list[str] = []
    for statement in reading.statements:
        body.extend(["", *render_statement(statement, document, width)])
    return [*head, *body, ""]


def _document_facts(document: Document) -> str:
    facts = [document.outlet, document.channel, document.published, document.url]
    return "  " + " · ".join(plain(fact) for fact in facts if fact)


def render_answer(answer: Answer, width: int = WIDTH) -> list[str]:
    """The whole answer to one question."""
    lines = [f"? {plain(answer.text)}", ""]
    if not answer.found:
        lines.extend([NOTHING, NEXT])
        if answer.near:
            lines.extend(["", NEAR])
            for near in answer.near:
                lines.extend(_wrapped(f"({near.score:.2f}) {near.claim}", "  ", width))
        return [*lines, ""]
    for dossier in answer.dossiers:
        lines.extend(render_dossier(dossier, width))
    return lines


def render_dossier(dossier: Dossier, width: int = WIDTH) -> list[str]:
    """Sides with counts, every statement, origins with their folds, corrections, the timeline."""
    lines: list[str] = []
    for stance, side in dossier.sides.items():
        low, high = side.origins_range
        spread = f" ({low} to {high})" if (low, high) != (side.origins, side.origins) else ""
        lines.append(
            f"{SIDES[stance]:11} {counted(side.statements, 'statement', 'statements')}, "
            f"{counted(side.origins, 'origin', 'origins')}{spread}, {counted(side.voices, 'voice', 'voices')}"
        )
    for stance in dossier.sides:
        lines.extend(["", f"== {SIDES[stance]}"])
        mine = [line for line in dossier.lines if line.stance is stance]
        for line in sorted(mine, key=lambda one: dossier.timeline.index(one.kept.statement.id)):
            lines.extend(_render_line(line, width))
    lines.extend(["", "== ORIGINS", *_render_origins(dossier.origins)])
    if dossier.corrections:
        lines.extend(["", "== CORRECTIONS"])
        for correction in dossier.corrections:
            lines.extend(_render_correction(correction, width))
    if dossier.disputed:
        by_id = {line.kept.statement.id: line for line in dossier.lines}
        lines.extend(["", "== DISPUTED DOCUMENTS"])
        for one in dossier.disputed:
            lines.extend(_render_disputed(one, by_id, width))
    return [*lines, "", "== TIMELINE (by the date of saying)", *_render_timeline(dossier), ""]


def _render_line(line: Line, width: int) -> Iterator[str]:
    statement, document = line.kept.statement, line.kept.document
    form = f" ({FORMS[line.form]})" if line.form else ""
    voice = f", voice of {plain(line.voice)}" if line.voice != line.source.name else ""
    yield f"- {plain(line.source.name)}{voice}{form}"
    facts = [statement.date or UNKNOWN_DATE, f"on {statement.channel}", f"origin {line.origin}"]
    if statement.via:
        facts.append("via " + _chain([mention.name for mention in statement.via]))
    if line.copy_of:
        facts.append(f"copy of {line.copy_of}")
    if line.withdrawn_by:
        facts.append(f"taken back by {line.withdrawn_by}")
    yield from _wrapped(" · ".join(facts), "    ", width)
    yield from _wrapped(statement.extent.quote(document.text), "    | ", width)
    where = plain(document.outlet or document.shown_id)
    yield f"    {where}, document {plain(document.shown_id)}, characters {statement.extent.start}–{statement.extent.end}, seen here {line.kept.seen[:10]}"


def _render_origins(origins: Sequence[Origin]) -> Iterator[str]:
    for origin in origins:
        yield f"{origin.id}: {plain(origin.actor)}, {SIDES[origin.stance].lower()}, {origin.date or UNKNOWN_DATE}, {counted(len(origin.statements), 'statement', 'statements')}"
        for fold in origin.folds:
            yield f"    {fold.statement} folded: {fold.reason} ({plain(fold.evidence)})"


def _render_correction(correction: Correction, width: int) -> Iterator[str]:
    yield f"- {plain(correction.by)} corrects {plain(correction.corrects)} (in {plain(correction.document)}, characters {correction.start}–{correction.end})"
    yield from _wrapped(correction.quote, "    | ", width)
    if correction.not_followed_by:
        outlets = ", ".join(map(plain, correction.not_followed_by))
        yield f"    not followed on this desk by {outlets}"


def _render_disputed(one: Disputed, lines: dict[str, Line], width: int) -> Iterator[str]:
    details = one.details
    known = (("number", details.number), ("dated", details.date), ("signed by", details.signatory))
    facts = [f"{word} {plain(value)}" for word, value in known if value]
    yield f"- {plain(one.name)}" + (f" ({', '.join(facts)})" if facts else "")
    for word, names in (
        ("circulated by", one.circulated_by),
        ("called forged by", _sources(one.called_forged_by, lines)),
        ("vouched for by", _sources(one.vouched_for_by, lines)),
    ):
        if names:
            yield from _wrapped(f"{word} {', '.join(names)}", "    ", width)


def _sources(names: Sequence[str], lines: dict[str, Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines[name].source.name for name in names if name in lines))


def _render_timeline(dossier: Dossier) -> Iterator[str]:
    by_id = {line.kept.statement.id: line for line in dossier.lines}
    for name in dossier.timeline:
        line = by_id[name]
        when = line.kept.statement.date or UNKNOWN_DATE
        yield f"{when:24} {SIDES[line.stance].lower():10} {plain(line.source.name)} ({name})"


def render_kept(kept: Kept, width: int = WIDTH) -> list[str]:
    """A statement of the desk with its document."""
    return [
        *render_statement(kept.statement, kept.document, width),
        *_reviews(kept),
        _document_facts(kept.document),
        f"  seen here {kept.seen}",
        "",
    ]


def render_shown(document: Document, statements: Sequence[Kept], width: int = WIDTH) -> list[str]:
    """A document of the desk with its statements."""
    lines = [f"# {plain(document.title or document.shown_id)}", _document_facts(document)]
    for kept in statements:
        lines.extend(["", *render_statement(kept.statement, document, width), *_reviews(kept)])
    return [*lines, ""]


def _reviews(kept: Kept) -> list[str]:
    return [
        f"    review {one.number}: {' '.join(filter(None, (one.act, one.value)))}, {plain(one.who)}: {plain(one.why)}"
        for one in kept.reviews
    ]


def render_claims(claims: Sequence[Circulating], width: int = WIDTH) -> list[str]:
    """What circulates, most active first."""
    if not claims:
        return ["Nothing circulates on this desk yet.", NEXT]
    lines: list[str] = []
    for claim in claims:
        sides = ", ".join(
            f"{SIDES[stance].lower()} {claim.sides[stance]}" for stance in Stance if stance in claim.sides
        )
        documents = counted(claim.documents, "document", "documents")
        lines.append(
            f"{claim.id}  {documents}, {counted(claim.statements, 'statement', 'statements')}: {sides}; {claim.recent} in its last seven days; first seen on this desk {claim.first_seen[:10]}"
        )
        lines.extend(_wrapped(claim.text, "    | ", width))
    return lines
