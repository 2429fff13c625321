"""What a request brings: the visitor and what that visitor may do, the desk, the answer to a question."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Form, Request

from sayso.desk.base import Desk
from sayso.model.account import Role
from sayso.model.dossier import Answer
from sayso.verbs.ask import iter_answers
from sayso.web.access import COOKIE, Gate, Visitor, check_csrf, require
from sayso.web.desk_threads import DeskThreads

LONGEST_QUESTION = 4_000


def desk_of(request: Request) -> DeskThreads:
    """The server's desk."""
    found: DeskThreads = request.app.state.desk
    return found


def gate_of(request: Request) -> Gate:
    """The server's gate."""
    found: Gate = request.app.state.gate
    return found


async def visitor_of(request: Request) -> Visitor:
    """Who asks."""
    cookie, token = request.cookies.get(COOKIE), request.headers.get("authorization")
    return await desk_of(request).run(lambda desk: gate_of(request).visitor(cookie, token, desk.view()))


Who = Annotated[Visitor, Depends(visitor_of)]


async def reader_of(who: Who) -> Visitor:
    """The visitor, who may read."""
    require(who, Role.READER)
    return who


async def editor_of(who: Who) -> Visitor:
    """The visitor, who may change the desk."""
    require(who, Role.EDITOR)
    return who


Reader = Annotated[Visitor, Depends(reader_of)]
Editor = Annotated[Visitor, Depends(editor_of)]


async def poster_of(who: Editor, csrf: Annotated[str, Form(max_length=200)]) -> Visitor:
    """The visitor, who may change the desk and sent a form of this session."""
    check_csrf(who, csrf)
    return who


Poster = Annotated[Visitor, Depends(poster_of)]


async def answer_to(request: Request, question: str) -> Answer:
    """The answer to a question."""
    threads = desk_of(request)

    def work(desk: Desk) -> Answer:
        return next(iter_answers([question[:LONGEST_QUESTION]], desk, threads.models))

    return await threads.run_long(work)
