"""Timeline and provenance of a dossier as SVG, drawn without a browser so that they print, mail and export.

Both are plain columns and rows, so no layout library is needed: a graph from documents to origins has two ranks. Every
node is a link; each picture has a title and a description for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from sayso.model.dossier import Dossier, Line
from sayso.model.edtf import day_of
from sayso.model.statement import Stance

Link = Callable[[Line], str]
ORDER = (Stance.ASSERTS, Stance.DENIES, Stance.QUESTIONS, Stance.WITHDRAWS)
ROW, LEFT, WIDE = 26, 150, 760
LONGEST = 42


STYLE = (
    "text{font:13px sans-serif;fill:#111}.day{font-weight:600}.asserts{fill:#b45309}.denies{fill:#1d4ed8}"
    ".questions{fill:#6d28d9}.withdraws{fill:#15803d}line,path{stroke:#555;fill:none}.tie{stroke-dasharray:4 3}"
)


def standing_alone(svg: str) -> str:
    """The picture with its own colours and fonts, for a file; on a page the style sheet gives them."""
    head, _, rest = svg.partition("</desc>")
    return f"{head}</desc><style>{STYLE}</style>{rest}"


def _short(text: str, most: int = LONGEST) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= most else folded[: most - 1] + "…"


def _safe(text: str) -> str:
    return escape("".join(c if c.isprintable() else " " for c in text), quote=True)


def _opened(width: int, height: int, name: str, title: str, description: str) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="group" aria-labelledby="{name}-t {name}-d" class="picture {name}">',
        f'<title id="{name}-t">{_safe(title)}</title><desc id="{name}-d">{_safe(description)}</desc>',
    ]


def timeline(dossier: Dossier, link: Link, words: dict[Stance, str], title: str) -> str:
    """One row a statement in the order of saying, a column for each side, withdrawals tied to what they take back."""
    by_id = {line.kept.statement.id: line for line in dossier.lines}
    lines = [by_id[name] for name in dossier.timeline if name in by_id]
    sides = [stance for stance in ORDER if stance in dossier.sides]
    column = {stance: LEFT + number * 26 for number, stance in enumerate(sides)}
    text_at = LEFT + len(sides) * 26 + 10
    height = 40 + ROW * max(1, len(lines))
    told = "; ".join(
        f"{line.kept.statement.date or '?'}: {line.source.name} {words[line.stance]}" for line in lines[:60]
    )
    out = _opened(WIDE, height, "timeline", title, told)
    for stance in sides:
        x = column[stance]
        out.append(f'<line x1="{x}" y1="24" x2="{x}" y2="{height - 8}" stroke-opacity=".25"/>')
    row_of = {line.kept.statement.id: 40 + ROW * number for number, line in enumerate(lines)}
    day = None
    for line in lines:
        y, x = row_of[line.kept.statement.id], column[line.stance]
        said = day_of(line.kept.statement.date) or line.kept.statement.date or "?"
        if said != day:
            out.append(f'<text class="day" x="8" y="{y + 4}">{_safe(_short(said, 18))}</text>')
            day = said
        out.append(
            f'<a href="{_safe(link(line))}"><circle class="{line.stance.value}" cx="{x}" cy="{y}" r="7"/>'
            f'<text x="{text_at}" y="{y + 4}">{_safe(_short(line.source.name))} — {_safe(words[line.stance])}</text></a>'
        )
        back = row_of.get(line.withdrawn_by or "")
        if back is not None and line.withdrawn_by in by_id:
            other = column[by_id[line.withdrawn_by].stance]
            out.append(f'<path class="tie" d="M{x} {y} C {x - 40} {y}, {other - 40} {back}, {other} {back}"/>')
    return "\n".join([*out, "</svg>"])


def provenance(dossier: Dossier, link: Link, words: dict[Stance, str], title: str) -> str:
    """From each document back to its origin: origins left, documents right, copies folded into one node."""
    by_id = {line.kept.statement.id: line for line in dossier.lines}
    groups: dict[tuple[str, str], list[Line]] = {}
    for origin in dossier.origins:
        for name in origin.statements:
            line = by_id.get(name)
            if line is not None:
                groups.setdefault((origin.id, line.copy_of or line.kept.document.shown_id), []).append(line)
    nodes = sorted(groups, key=lambda key: [one.id for one in dossier.origins].index(key[0]))
    height = 40 + ROW * max(1, len(nodes))
    told = "; ".join(
        f"{origin.actor} {words[origin.stance]}, in {len(origin.statements)} statements"
        for origin in dossier.origins[:60]
    )
    out = _opened(WIDE, height, "provenance", title, told)
    placed: dict[str, list[int]] = {}
    for number, key in enumerate(nodes):
        y = 30 + ROW * number
        placed.setdefault(key[0], []).append(y)
        members = groups[key]
        document = members[0].kept.document
        more = f" ×{len(members)}" if len(members) > 1 else ""
        via = " ← ".join(mention.name for mention in members[0].kept.statement.via)
        label = (document.outlet or document.shown_id) + more + (f" ({via})" if via else "")
        out.append(
            f'<a href="{_safe(link(members[0]))}"><text x="420" y="{y + 4}">{_safe(_short(label, 48))}</text></a>'
        )
    for origin in dossier.origins:
        rows = placed.get(origin.id)
        if not rows:
            continue
        middle = sum(rows) / len(rows)
        first = by_id[origin.statements[0]]
        out.append(
            f'<a href="{_safe(link(first))}"><circle class="{origin.stance.value}" cx="16" cy="{middle}" r="7"/>'
            f'<text x="30" y="{middle + 4}">{_safe(_short(origin.actor))}</text></a>'
        )
        for y in rows:
            out.append(f'<path d="M330 {middle} C 370 {middle}, 370 {y}, 412 {y}" stroke-opacity=".5"/>')
    return "\n".join([*out, "</svg>"])
