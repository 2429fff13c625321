"""``/api/v1``: the objects of the command line's JSON over HTTP. Lists come by cursor; answers carry an ETag."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from sayso.desk.base import Desk, Wanted
from sayso.errors import NotFound
from sayso.model.codec import answer_to_dict, claim_to_dict, document_to_dict, kept_to_dict, shown_to_dict
from sayso.model.dossier import Kept
from sayso.model.review import Act
from sayso.verbs.export import iter_lines, prov_text
from sayso.verbs.review import review as keep_review
from sayso.verbs.show import find_shown
from sayso.verbs.sources import follow, unfollow
from sayso.verbs.watch import unwatch, watch
from sayso.web.request_context import LONGEST_QUESTION, Editor, answer_to, desk_of, editor_of, reader_of
from sayso.web.schemas import (
    PROBLEMS,
    Actors,
    Answer,
    Claims,
    Documents,
    Followed,
    KeptQuestion,
    KeptStatement,
    Numbered,
    ReadDocument,
    Responses,
    Reviews,
    Sources,
    Watches,
    answers,
)

rest = APIRouter(prefix="/api/v1", tags=["v1"], dependencies=[Depends(reader_of)])
"""Nobody gets past it who may not read; what changes the desk asks for an editor besides."""
EDITING = [Depends(editor_of)]
Text = Annotated[
    str, Query(min_length=1, max_length=LONGEST_QUESTION, examples=["Is it true that the port will close?"])
]
Limit = Annotated[int, Query(ge=1, le=200)]


EXPORTED: Responses = {
    200: {
        "content": {
            "application/x-ndjson": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
        }
    }
}


class ExportForm(StrEnum):
    """The formats of ``sayso export`` that are text."""

    JSONL = "jsonl"
    WEBANNOTATION = "webannotation"
    CLAIM = "claim"
    PROV = "prov"


class Question(BaseModel):
    """A rumour, in any language."""

    text: str = Field(min_length=1, max_length=LONGEST_QUESTION, examples=["Is it true that the port will close?"])


class NewReview(BaseModel):
    """A correction; see ``sayso review --help`` for what each act needs."""

    act: Act
    target: str = Field(min_length=1, max_length=500)
    value: str | None = Field(default=None, max_length=LONGEST_QUESTION)
    why: str = Field(min_length=1, max_length=1000)


class Address(BaseModel):
    """A source's address."""

    address: str = Field(min_length=8, max_length=2000, examples=["https://brine-post.example/rss"])


def told(request: Request, value: Any) -> Response:
    """*value* as JSON with its ETag; 304 where the asker has it already (RFC 9110, 13.1.2)."""
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    return Response(body, media_type="application/json", headers={"ETag": etag})


@rest.get("/ask", responses=answers(Answer))
async def ask(request: Request, text: Text) -> Response:
    """Dossiers for a rumour; ``found`` is false where the desk knows nothing."""
    return told(request, answer_to_dict(await answer_to(request, text)))


@rest.post("/ask", responses=answers(Answer))
async def ask_long(request: Request, question: Question) -> Response:
    """The same for long texts, which do not belong into an address."""
    return told(request, answer_to_dict(await answer_to(request, question.text)))


@rest.get("/documents", responses=answers(Documents))
async def documents(
    request: Request,
    words: Annotated[str | None, Query(max_length=200)] = None,
    outlet: Annotated[str | None, Query(max_length=200)] = None,
    channel: Annotated[str | None, Query(max_length=20)] = None,
    lang: Annotated[str | None, Query(max_length=10)] = None,
    since: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None,
    until: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None,
    cursor: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Limit = 50,
) -> Response:
    """Documents, newest on the desk first; ``next`` is the cursor of the next page."""
    wanted = Wanted(words=words, outlet=outlet, channel=channel, lang=lang, since=since, until=until, before=cursor, limit=limit)  # fmt: skip
    found = await desk_of(request).run(lambda desk: desk.view().find_documents(wanted))
    listed = [{**document_to_dict(one.document, text=False), "lang": one.lang, "seen": one.seen} for one in found]
    return told(request, {"documents": listed, "next": found[-1].number if len(found) == limit else None})


async def _shown(request: Request, name: str) -> Any:
    return await desk_of(request).run(lambda desk: find_shown(name, desk.view()))


@rest.get("/documents/{name}", responses=answers(ReadDocument))
async def document(request: Request, name: str) -> Response:
    """A document with everything read in it."""
    found = await _shown(request, name)
    if isinstance(found, Kept):
        raise NotFound("no document of this desk", where=name)
    return told(request, shown_to_dict(found.document, found.seen, found.attributions, found.statements))


@rest.get("/statements/{name}", responses=answers(KeptStatement))
async def statement(request: Request, name: str) -> Response:
    """A statement with its document."""
    found = await _shown(request, name)
    if not isinstance(found, Kept):
        raise NotFound("no statement of this desk", where=name)
    return told(request, kept_to_dict(found))


@rest.get("/claims", responses=answers(Claims))
async def claims(request: Request, smallest: Annotated[int, Query(ge=1, le=1000)] = 2, limit: Limit = 20) -> Response:
    """What circulates on this desk, most active first."""
    from sayso.asking.circulating import circulating

    found = await desk_of(request).run(lambda desk: circulating(desk.view(), smallest, limit))
    return told(request, {"claims": [claim_to_dict(one) for one in found]})


@rest.get("/export/{form}", responses=EXPORTED | PROBLEMS)
async def export(
    request: Request, form: ExportForm, questions: Annotated[list[Text] | None, Query(max_length=20)] = None
) -> Response:
    """Everything that ``sayso export`` gives as text: JSON lines, or PROV-JSON."""
    models = desk_of(request).models
    asked = questions or []

    def work(desk: Desk) -> str:
        if form is ExportForm.PROV:
            return prov_text(desk, models, asked, "json")
        return "".join(f"{line}\n" for line in iter_lines(form.value, desk, models, asked))

    kind = "application/json" if form is ExportForm.PROV else "application/x-ndjson"
    return Response(await desk_of(request).run_long(work), media_type=kind)


@rest.get("/actors", responses=answers(Actors))
async def actors(request: Request, limit: Limit = 100) -> Response:
    """Offices, organisations, outlets, and people whom the registry names."""
    found = await desk_of(request).run(lambda desk: desk.view().speakers(limit))
    rows = [
        {"name": one.name, "kind": one.kind, "statements": one.statements, "documents": one.documents} for one in found
    ]
    return told(request, {"actors": rows})


@rest.get("/sources", responses=answers(Sources))
async def sources(request: Request) -> Response:
    """The polled addresses and how they fare."""
    found = await desk_of(request).run(lambda desk: desk.view().sources())
    rows = [
        {"address": one.address, "succeeded": one.succeeded, "error": one.error, "next_try": one.next_try}
        for one in found
    ]
    return told(request, {"sources": rows})


@rest.post("/sources", status_code=201, responses=answers(Followed, 201), dependencies=EDITING)
async def add_source(request: Request, source: Address) -> Response:
    """Polls an address from now on."""
    await desk_of(request).run(lambda desk: follow(desk, source.address))
    return JSONResponse({"address": source.address}, 201)


@rest.delete("/sources", status_code=204, responses=PROBLEMS, dependencies=EDITING)
async def remove_source(request: Request, address: Annotated[str, Query(max_length=2000)]) -> Response:
    """Polls an address no more."""
    await desk_of(request).run(lambda desk: unfollow(desk, address))
    return Response(status_code=204)


@rest.get("/watches", responses=answers(Watches))
async def watches(request: Request) -> Response:
    """The kept questions."""
    found = await desk_of(request).run(lambda desk: desk.view().watched())
    return told(request, {"watches": [{"question": one.question, "since": one.since, "at": one.at} for one in found]})


@rest.post("/watches", status_code=201, responses=answers(KeptQuestion, 201), dependencies=EDITING)
async def add_watch(request: Request, question: Question) -> Response:
    """Keeps a question."""
    await desk_of(request).run(lambda desk: watch(desk, question.text))
    return JSONResponse({"question": " ".join(question.text.split())}, 201)


@rest.delete("/watches", status_code=204, responses=PROBLEMS, dependencies=EDITING)
async def remove_watch(request: Request, text: Text) -> Response:
    """Lets a question go."""
    await desk_of(request).run(lambda desk: unwatch(desk, text))
    return Response(status_code=204)


@rest.get("/reviews", responses=answers(Reviews))
async def reviews(request: Request) -> Response:
    """The log of corrections, oldest first."""
    found = await desk_of(request).run(lambda desk: desk.view().reviews())
    rows = [{"number": one.number, "act": one.act.value, "target": one.target, "value": one.value, "who": one.who, "why": one.why, "at": one.at} for one in found]  # fmt: skip
    return told(request, {"reviews": rows})


@rest.post("/reviews", status_code=201, responses=answers(Numbered, 201))
async def add_review(request: Request, who: Editor, new: NewReview) -> Response:
    """Corrects something; the signed-in name is kept with it."""

    def work(desk: Desk) -> int:
        return keep_review(desk, new.act, new.target, new.value, who=who.name or "this machine", why=new.why).number

    return JSONResponse({"number": await desk_of(request).run(work)}, 201)
