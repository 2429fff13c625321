"""``sayso review``: a person corrects what was read, matched or folded; every act is kept, none overwrites another."""

from __future__ import annotations

from sayso.desk.base import Desk, View
from sayso.errors import NotFound, UsageError
from sayso.model.review import Act, Review
from sayso.model.statement import Stance

LOOK = "take an id from sayso ask --json or sayso show"


def review(desk: Desk, act: Act, target: str, value: str | None, *, who: str, why: str) -> Review:
    """Keeps one review after checking that it concerns something on the desk.

    Args:
        desk: the desk.
        act: what to do.
        target, value: as sayso.model.review.Act tells.
        who, why: by whom and for what reason; both are needed, for those who read the log.

    Returns:
        The review with its number and time.

    Raises:
        NotFound: the statement, document or review is not on the desk.
        UsageError: the value does not fit the act, or nobody or no reason is given.
    """
    if not who.strip() or not why.strip():
        raise UsageError("a review needs who and why", remedy="give --who NAME and --why REASON")
    view = desk.view()
    target, value = _checked(view, act, target.strip(), value.strip() if value else None)
    return desk.writer().add_review(Review(act, target, value, who.strip(), why.strip()))


def _checked(view: View, act: Act, target: str, value: str | None) -> tuple[str, str | None]:
    if act in (Act.WRONG, Act.STANCE, Act.MATCH, Act.UNMATCH):
        if view.statement(target) is None:
            raise NotFound("no statement of this desk", where=target, remedy=LOOK)
        if act is Act.STANCE and value not in tuple(Stance):
            raise UsageError(f"{value!r} is no stance", remedy=f"use one of {', '.join(Stance)}")
        if act in (Act.MATCH, Act.UNMATCH) and not value:
            raise UsageError("a match needs its question", remedy="give the question's words")
        return target, value
    if act in (Act.COPY, Act.UNCOPY):
        document = view.document(target)
        original = view.document(value) if value else None
        if document is None or (act is Act.COPY and original is None):
            raise NotFound("no document of this desk", where=value if document else target, remedy=LOOK)
        if original is not None and original.hash == document.hash:
            raise UsageError("a document is no copy of itself", where=target)
        return document.hash, original.hash if original else None
    if act in (Act.JOIN, Act.SPLIT):
        if not target or not value or target == value:
            raise UsageError("two different names are needed", remedy='for example: join "the Embassy" "Embassy of X"')
        return target, value
    numbers = {one.number for one in view.reviews()}
    if not target.isdecimal() or int(target) not in numbers:
        raise NotFound("no review with that number", where=target, remedy="see: sayso review log")
    return target, None
