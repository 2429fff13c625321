"""The pages for people: server-rendered, working without scripts. Every change is a form with the session's token."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from sayso.desk.base import Desk, Wanted
from sayso.errors import NotFound
from sayso.intake.base import Named
from sayso.model.account import Role
from sayso.model.codec import answer_to_dict
from sayso.model.document import CHANNELS
from sayso.model.dossier import Answer, Dossier, Kept, Line
from sayso.model.review import Act, effective
from sayso.model.statement import Stance
from sayso.showing.difference import difference
from sayso.showing.marked import Mark, cut
from sayso.showing.pictures import provenance, standing_alone, timeline
from sayso.showing.raster import to_png
from sayso.showing.summary import LONG, citations_of, claim_review_draft, reply_of, summary_of
from sayso.verbs.add import Added, add_documents
from sayso.verbs.arrivals import iter_arrivals, iter_held
from sayso.verbs.fetching import fetcher
from sayso.verbs.review import review as keep_review
from sayso.verbs.show import find_shown
from sayso.verbs.sources import follow, unfollow
from sayso.verbs.watch import unwatch, watch
from sayso.web.access import COOKIE, SESSION_SECONDS, Visitor, check_csrf
from sayso.web.language import chosen, direction, known, words_in
from sayso.web.request_context import LONGEST_QUESTION, Poster, Reader, Who, answer_to, desk_of, gate_of

HERE = Path(__file__).parent
LANGUAGE_COOKIE = "sayso_language"
pages = APIRouter(include_in_schema=False)
Asked = Annotated[str, Query(max_length=LONGEST_QUESTION)]
Token = Annotated[str, Form(max_length=200)]
Words = Annotated[str, Form(max_length=LONGEST_QUESTION)]

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
_templates.filters["direction"] = direction
_templates.globals["static_version"] = "1"


def _language(request: Request) -> str:
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return chosen(request.headers.get("accept-language"), asked)


def _page(request: Request, template_name: str, who: Visitor | None, status: int = 200, **values: Any) -> Response:
    """A rendered page; a visitor without a session gets one, since forms need its token."""
    language = _language(request)
    words = words_in(language)
    template = _templates.overlay()
    template.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    cookie = None
    csrf = who.csrf if who else ""
    if who is not None and not csrf and who.role is not None:
        cookie, csrf = gate_of(request).session()
    body = template.get_template(template_name).render(
        language=language, languages=known(), here=request.url.path, who=who, csrf=csrf,
        editing=who is not None and who.may(Role.EDITOR), **values,
    )  # fmt: skip
    answer = HTMLResponse(body, status)
    if cookie:
        _set_session(request, answer, cookie)
    if request.query_params.get("lang") in known():
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, samesite="lax", httponly=True)
    return answer


def _set_session(request: Request, answer: Response, cookie: str) -> None:
    answer.set_cookie(
        COOKIE, cookie, max_age=SESSION_SECONDS, httponly=True, samesite="lax", secure=gate_of(request).secure
    )


def error_page(request: Request, status: int, what: str, remedy: str | None) -> Response:
    """An error told to a person."""
    return _page(request, "error.html", None, status, what=what, remedy=remedy, code=status)


def _place(line: Line | Kept) -> str:
    kept = line.kept if isinstance(line, Line) else line
    return f"/documents/{kept.document.hash}#s-{kept.statement.id}"


_templates.globals["place"] = _place


def _side_words(_: Any) -> dict[Stance, str]:
    return {Stance.ASSERTS: _("asserts"), Stance.DENIES: _("denies"), Stance.QUESTIONS: _("doubts"), Stance.WITHDRAWS: _("takes back")}  # fmt: skip


def _pictured(dossier: Dossier, words: NullTranslations) -> dict[str, Any]:
    told = _side_words(words.gettext)
    return {
        "dossier": dossier,
        "sentence": summary_of(dossier, words.gettext, words.ngettext),
        "timeline": timeline(dossier, _place, told, words.gettext("Who said what, when")),
        "provenance": provenance(dossier, _place, told, words.gettext("From each document back to its origin")),
        "reply": reply_of(dossier, words.gettext, words.ngettext),
        "sides": [(stance, dossier.sides[stance], [one for one in dossier.lines if one.stance is stance]) for stance in Stance if stance in dossier.sides],
    }  # fmt: skip


@pages.get("/")
async def home(request: Request, who: Reader, q: Asked = "") -> Response:
    """Ask, and the answer."""
    words = words_in(_language(request))
    question = " ".join(q.split())
    answer: Answer | None = None
    shown: list[dict[str, Any]] = []
    if question:
        answer = await answer_to(request, question)
        shown = [_pictured(one, words) for one in answer.dossiers]
    size = await desk_of(request).run(lambda desk: desk.view().size())
    return _page(request, "ask.html", who, question=question, answer=answer, shown=shown, size=size, words=_side_words(words.gettext))  # fmt: skip


@pages.get("/download/{what}")
async def download(
    request: Request, who: Reader, what: str, q: Asked, n: Annotated[int, Query(ge=0, le=20)] = 0
) -> Response:
    """A dossier as a picture or text: timeline and provenance (svg, png), reply.txt, citations.txt, claimreview.json, answer.json."""
    answer = await answer_to(request, " ".join(q.split()) or "?")
    if what == "answer.json":
        return JSONResponse(answer_to_dict(answer))
    if n >= len(answer.dossiers):
        raise NotFound("nothing known about this on this desk", where=q[:80])
    dossier = answer.dossiers[n]
    words = words_in(_language(request))
    headers = {"Content-Disposition": f'attachment; filename="{quote(what)}"'}
    picture, _, form = what.rpartition(".")
    if picture in ("timeline", "provenance") and form in ("svg", "png"):
        svg = standing_alone(str(_pictured(dossier, words)[picture]))
        if form == "svg":
            return Response(svg, media_type="image/svg+xml", headers=headers)
        return Response(to_png(svg), media_type="image/png", headers=headers)
    if what == "reply.txt":
        return PlainTextResponse(reply_of(dossier, words.gettext, words.ngettext, most=LONG), headers=headers)
    if what == "citations.txt":
        return PlainTextResponse(citations_of(dossier), headers=headers)
    if what == "claimreview.json":
        return JSONResponse(claim_review_draft(dossier), headers=headers, media_type="application/ld+json")
    raise NotFound("no such download", where=what)


@pages.get("/documents")
async def documents(
    request: Request, who: Reader, words: Asked = "", outlet: str = "", channel: str = "", lang_of: str = "", since: str = "", until: str = "",
    cursor: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:  # fmt: skip
    """Search and filter documents."""
    wanted = Wanted(words=words or None, outlet=outlet or None, channel=channel or None, lang=lang_of or None, since=since or None, until=until or None, before=cursor, limit=50)  # fmt: skip
    found = await desk_of(request).run(lambda desk: desk.view().find_documents(wanted))
    asked = {"words": words, "outlet": outlet, "channel": channel, "lang_of": lang_of, "since": since, "until": until}
    more = urlencode({**{key: value for key, value in asked.items() if value}, "cursor": found[-1].number}) if len(found) == wanted.limit else None  # fmt: skip
    return _page(request, "documents.html", who, found=found, asked=asked, channels=CHANNELS, more=more)


@pages.get("/documents/{name}")
async def document(request: Request, who: Reader, name: str) -> Response:
    """A kept document with its statements marked."""

    def work(desk: Desk) -> Any:
        shown = find_shown(name, desk.view())
        if isinstance(shown, Kept):
            return shown
        url = shown.document.url
        view = desk.view()
        versions = view.versions(url) if url else []
        at = next((number for number, one in enumerate(versions) if one.document == shown.document.hash), 0)
        before = view.document(versions[at - 1].document) if at else None
        changes = difference(before.text, shown.document.text) if before else []
        return shown, versions, changes, view.original(shown.document.hash) is not None

    found = await desk_of(request).run(work)
    if isinstance(found, Kept):
        return RedirectResponse(_place(found), 303)
    shown, versions, changes, archived = found
    marks = [
        Mark(one.statement.extent, one.statement.id, one.statement.source.name)
        for one in shown.statements
        if one.statement.stance is not None
    ]
    return _page(request, "document.html", who, document=shown.document, pieces=cut(shown.document.text, marks), statements=shown.statements, versions=versions, changes=changes, archived=archived, stances=list(Stance))  # fmt: skip


@pages.get("/claims")
async def claims(request: Request, who: Reader) -> Response:
    """What circulates."""
    from sayso.asking.circulating import circulating

    found = await desk_of(request).run(lambda desk: circulating(desk.view(), 2))
    return _page(request, "claims.html", who, found=found)


@pages.get("/actors")
async def actors(request: Request, who: Reader, name: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Who speaks on this desk, and what one of them said."""

    def work(desk: Desk) -> Any:
        view = desk.view()
        if not name:
            return view.speakers(200), [], None
        entry = next((one for one in view.registry().actors if name in (one.name, *one.aliases)), None)
        return [], view.said_by(name, 100), entry

    found, said, entry = await desk_of(request).run(work)
    return _page(request, "actors.html", who, found=found, name=name, said=said, entry=entry)


@pages.get("/sources")
async def sources(request: Request, who: Reader) -> Response:
    """Feeds and channels, and adding documents."""
    found = await desk_of(request).run(lambda desk: desk.view().sources())
    return _page(request, "sources.html", who, found=found, added=None)


@pages.post("/sources")
async def change_source(request: Request, who: Poster, address: Words, act: Token = "add") -> Response:
    """Adds or removes a source."""
    work = unfollow if act == "remove" else follow
    await desk_of(request).run(lambda desk: work(desk, address.strip()))
    return RedirectResponse("/sources", 303)


@pages.post("/add")
async def add(request: Request, who: Poster, text: Words = "", files: list[UploadFile] | None = None) -> Response:
    """Adds files, addresses or pasted text."""
    threads, settings = desk_of(request), request.app.state.settings
    given = [Named(one.filename or "upload", await one.read()) for one in files or [] if one.filename]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    addresses = [line for line in lines if line.startswith(("http://", "https://"))]
    if lines and not addresses:
        given.append(Named("pasted text", text.encode("utf-8", "replace")))

    def work(desk: Desk) -> Added:
        def arriving() -> Any:
            for one in given:
                yield from iter_held(one, settings.max_bytes)
            if addresses:
                with fetcher(settings) as door:
                    yield from iter_arrivals(addresses[:20], settings.max_bytes, door)

        return add_documents(arriving(), desk, threads.models)

    done = await threads.run_long(work)
    found = await threads.run(lambda desk: desk.view().sources())
    return _page(request, "sources.html", who, found=found, added=done)


@pages.get("/watch")
async def watching(request: Request, who: Reader) -> Response:
    """The kept questions."""
    found = await desk_of(request).run(lambda desk: desk.view().watched())
    return _page(request, "watch.html", who, found=found)


@pages.post("/watch")
async def change_watch(request: Request, who: Poster, question: Words, act: Token = "add") -> Response:
    """Keeps a question or lets it go."""
    work = unwatch if act == "remove" else watch
    await desk_of(request).run(lambda desk: work(desk, question))
    return RedirectResponse("/watch", 303)


@pages.get("/review")
async def reviewing(request: Request, who: Reader) -> Response:
    """The log of corrections."""
    log = await desk_of(request).run(lambda desk: desk.view().reviews())
    counting = {one.number for one in effective(log)}
    return _page(request, "review.html", who, log=list(reversed(log)), counting=counting)


@pages.post("/review")
async def change_review(
    request: Request, who: Poster, act: Annotated[Act, Form()], target: Words, why: Words, value: Words = "", back: Words = "/review",
) -> Response:  # fmt: skip
    """Keeps a correction."""
    name = who.name or "this machine"
    await desk_of(request).run(lambda desk: keep_review(desk, act, target, value or None, who=name, why=why))
    # only paths of this page: an address in "back" would lead elsewhere
    safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/review"
    return RedirectResponse(safe, 303)


@pages.get("/sign-in")
async def sign_in_form(request: Request) -> Response:
    """The form."""
    return _page(request, "sign_in.html", None, wrong=None)


@pages.post("/sign-in")
async def sign_in(request: Request, name: Token, password: Annotated[str, Form(max_length=1000)]) -> Response:
    """Starts a session."""
    address = request.client.host if request.client else "unknown"
    gate = gate_of(request)
    account = await desk_of(request).run(lambda desk: gate.sign_in(name, password, address, desk.view()))
    answer = RedirectResponse("/", 303)
    _set_session(request, answer, gate.session(account.name)[0])
    return answer


@pages.post("/sign-out")
async def sign_out(request: Request, who: Who, csrf: Token) -> Response:
    """Ends the session."""
    check_csrf(who, csrf)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE)
    return answer
