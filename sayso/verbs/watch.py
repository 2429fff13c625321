"""``sayso watch``: kept questions, and what changed about them since they were last answered."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.desk.base import Desk
from sayso.errors import NotFound, UsageError
from sayso.model.dossier import Answer, Dossier
from sayso.model.following import Change, Watched
from sayso.model.statement import Stance
from sayso.verbs.ask import iter_answers
from sayso.verbs.models import Models


def watch(desk: Desk, question: str) -> None:
    """Keeps a question.

    Raises:
        UsageError: it is empty.
    """
    asked = " ".join(question.split())
    if not asked:
        raise UsageError("the question is empty", remedy="give the rumour as text")
    desk.writer().watch(asked)


def unwatch(desk: Desk, question: str) -> None:
    """Lets a question go.

    Raises:
        NotFound: it is not watched.
    """
    asked = " ".join(question.split())
    if asked not in {one.question for one in desk.view().watched()}:
        raise NotFound("not a watched question", where=asked, remedy="see: sayso watch --list")
    desk.writer().unwatch(asked)


def changes(desk: Desk, models: Models) -> Iterator[Change]:
    """What changed about every watched question since it was last answered; it counts as told afterwards."""
    watched = desk.view().watched()
    answers = iter_answers((kept.question for kept in watched), desk, models)
    for kept, answer in zip(watched, answers, strict=True):
        found = list(_changes_of(kept, answer))
        for _, change in found:
            if change is not None:
                yield change
        names = {name for name, _ in found}
        desk.writer().add_seen(kept.question, names - kept.seen)


def _changes_of(kept: Watched, answer: Answer) -> Iterator[tuple[str, Change | None]]:
    """Every statement and correction of the answer that is not known yet, with the change that it makes, if any."""
    for dossier in answer.dossiers:
        yield from _new_lines(kept, dossier)
        for one in dossier.corrections:
            name = f"correction {one.document} {one.by}"
            if name not in kept.seen:
                yield (
                    name,
                    Change(
                        kept.question,
                        "correction",
                        None,
                        one.by,
                        one.document,
                        one.quote,
                        one.start,
                        one.end,
                        None,
                        None,
                    ),
                )


def _new_lines(kept: Watched, dossier: Dossier) -> Iterator[tuple[str, Change | None]]:
    known_origins = {one.origin for one in dossier.lines if one.kept.statement.id in kept.seen}
    for line in dossier.lines:
        statement, document = line.kept.statement, line.kept.document
        if statement.id in kept.seen:
            continue
        withdrawal = line.stance is Stance.WITHDRAWS
        if line.origin in known_origins and not withdrawal:
            # one more relay of what is known is no news
            yield statement.id, None
            continue
        known_origins.add(line.origin)
        yield (
            statement.id,
            Change(
                kept.question,
                "withdrawal" if withdrawal else "origin",
                line.stance.value,
                line.source.name,
                document.shown_id,
                statement.extent.quote(document.text),
                statement.extent.start,
                statement.extent.end,
                statement.id,
                line.kept.seen,
            ),
        )
