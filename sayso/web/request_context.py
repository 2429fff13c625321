"""What pages and API share: the visitor, the desk, the answer to a question."""

from __future__ import annotations

from fastapi import Request

from sayso.desk.base import Desk
from sayso.model.dossier import Answer
from sayso.verbs.ask import iter_answers
from sayso.web.access import COOKIE, Gate, Visitor
from sayso.web.desk_thread import DeskThread

LONGEST_QUESTION = 4_000


def desk_of(request: Request) -> DeskThread:
    """The server's desk."""
    found: DeskThread = request.app.state.desk
    return found


def gate_of(request: Request) -> Gate:
    """The server's gate."""
    found: Gate = request.app.state.gate
    return found


async def visitor_of(request: Request) -> Visitor:
    """Who asks."""
    cookie, token = request.cookies.get(COOKIE), request.headers.get("authorization")
    return await desk_of(request).run(lambda desk: gate_of(request).visitor(cookie, token, desk.view()))


async def answer_to(request: Request, question: str) -> Answer:
    """The answer to a question."""
    thread = desk_of(request)

    def work(desk: Desk) -> Answer:
        return next(iter_answers([question[:LONGEST_QUESTION]], desk, thread.models))

    return await thread.run(work)
