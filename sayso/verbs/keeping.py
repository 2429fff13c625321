"""``sayso erase``, ``retention``, ``backup`` and ``restore``: taking things off a desk, and bringing a whole desk back."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sayso.desk.base import Desk
from sayso.desk.sqlite import SqliteDesk
from sayso.errors import DeskError, NotFound, UsageError
from sayso.model.erasure import Erasure


def erase_document(desk: Desk, name: str, *, who: str, why: str) -> Erasure:
    """Takes one document away, by its hash or given id.

    Raises:
        NotFound: the desk holds no such document.
        UsageError: no reason is given.
    """
    document = desk.view().document(name)
    if document is None:
        raise NotFound("no document of this desk", where=name, remedy="take an id from sayso ask or show")
    return desk.writer().erase("document", [document.hash], who=who, why=_reason(why))


def erase_actor(desk: Desk, name: str, *, who: str, why: str) -> Erasure:
    """Takes away every document in which an actor speaks, relays, publishes or writes, and its registry entries.

    Raises:
        NotFound: the desk knows no such actor.
        UsageError: no reason is given.
    """
    view = desk.view()
    hashes = view.documents_of(name)
    registry = view.registry()
    known = {*(one.name for one in registry.actors), *(one.name for one in registry.outlets)}
    if not hashes and name not in known:
        raise NotFound("no actor of this desk has that name", where=name, remedy="give it as sayso shows it")
    return desk.writer().erase("actor", hashes, who=who, why=_reason(why), actor=name)


def retain(desk: Desk, source: str, days: int | None) -> None:
    """Makes a rule that what comes from an outlet or channel is let go after so many days, or with None takes it back.

    Raises:
        UsageError: the rule would let go at once.
        NotFound: there is no rule to take back.
    """
    if days is None and source not in {one.source for one in desk.view().retentions()}:
        raise NotFound("no rule for that source", where=source, remedy="see: sayso retention list")
    if days is not None and days < 1:
        raise UsageError(f"{days} days is no time to keep anything", where=source, remedy="give 1 or more")
    desk.writer().set_retention(source, days)


def let_go(desk: Desk, *, who: str, today: datetime | None = None) -> list[Erasure]:
    """Erases what the desk's retention rules no longer keep; one record of erasure for each rule that let something go."""
    now = today or datetime.now(UTC)
    done = []
    for rule in desk.view().retentions():
        before = (now - timedelta(days=rule.days)).isoformat(timespec="seconds")
        hashes = desk.view().documents_before(rule.source, before)
        if hashes:
            why = f"retention: {rule.source} is kept {rule.days} days"
            done.append(desk.writer().erase("retention", hashes, who=who, why=why))
    return done


def restore(backup: Path, place: str, *, replace: bool = False) -> None:
    """Puts a backup in the place of a desk, after reading it whole; the old desk stays until the new one is there.

    Raises:
        UsageError: there is a desk already and *replace* is False, or the place is no file.
        DeskError: the backup is missing or damaged.
    """
    target = Path(place)
    if "://" in place:
        raise UsageError("only desks in a file are restored", where=place, remedy="give a path with --desk")
    if target.exists() and not replace:
        raise UsageError("there is a desk already", where=place, remedy="name another with --desk, or add --replace")
    beside = target.with_name(f".{target.name}.restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, beside)
        problems = _problems(beside, str(backup))
        if problems:
            raise DeskError(f"the backup is damaged ({problems[0]})", where=str(backup), remedy="take an older one")
        for tail in ("-wal", "-shm", ".vectors"):
            Path(f"{place}{tail}").unlink(missing_ok=True)
        os.replace(beside, target)
    except OSError as error:
        raise DeskError(
            f"cannot be restored ({error.strerror})", where=str(backup), remedy="check the paths"
        ) from error
    finally:
        for tail in ("", "-wal", "-shm", ".vectors"):
            Path(f"{beside}{tail}").unlink(missing_ok=True)


def _problems(copy: Path, backup: str) -> tuple[str, ...]:
    """What is wrong with the copy of a backup; an error in opening it is the backup's."""
    try:
        with SqliteDesk(str(copy), create=False) as desk:
            return tuple(desk.view().health().problems)
    except DeskError as error:
        remedy = (
            error.remedy if error.remedy and "--desk" not in error.remedy else "give a file that sayso backup wrote"
        )
        raise DeskError(error.what, where=backup, remedy=remedy) from error


def _reason(why: str) -> str:
    if not why.strip():
        raise UsageError("erasing needs a reason", remedy="say why with --why")
    return why.strip()
