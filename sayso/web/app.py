"""The server: pages, REST API, their common guards and error answers."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from sayso.errors import SaysoError
from sayso.settings import Settings
from sayso.verbs.models import Models
from sayso.web.access import Gate
from sayso.web.desk_threads import DeskThreads
from sayso.web.limits import Bucket, Metrics
from sayso.web.pages import error_page, pages
from sayso.web.rest import rest

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
MOST_UPLOAD = 25_000_000
Handler = Callable[[Request], Awaitable[Response]]


def create_app(
    settings: Settings,
    models: Models | None = None,
    *,
    open_reading: bool = True,
    secure: bool = False,
    key: str | None = None,
    bucket: Bucket | None = None,
) -> FastAPI:
    """The application over one desk.

    Args:
        settings: which desk, and its limits.
        models: loaded models to share.
        open_reading: whether anyone may read without an account: only where none but this machine can ask.
        secure: whether cookies are for HTTPS alone.
        key: signs sessions; made anew where none is given.
        bucket: the rate limit.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.desk.close()

    app = FastAPI(
        title="sayso",
        version="1",
        summary="On whose say-so? Who asserts a rumour, who denies it, who took it back.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = DeskThreads(settings, models)
    app.state.gate = Gate(key or secrets.token_hex(32), open_reading, secure)
    app.state.settings = settings
    app.state.metrics = Metrics()
    limit = bucket or Bucket()

    @app.middleware("http")
    async def guard(request: Request, call_next: Handler) -> Response:
        began = time.perf_counter()
        answer = await _guarded(request, call_next, limit)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        route = request.scope.get("route")
        path = getattr(route, "path", "other")
        app.state.metrics.note(request.method, path, answer.status_code, time.perf_counter() - began)
        return answer

    @app.exception_handler(SaysoError)
    async def refused(request: Request, error: SaysoError) -> Response:
        return _told(request, error.status, error.what, error.remedy)

    @app.exception_handler(HTTPException)
    async def failed(request: Request, error: HTTPException) -> Response:
        return _told(request, error.status_code, str(error.detail), None)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0] if error.errors() else {"loc": (), "msg": "not valid"}
        place = ".".join(str(part) for part in first["loc"])
        return _told(request, 422, f"{place}: {first['msg']}", "see /openapi.json for what is expected")

    @app.get("/health", include_in_schema=False)
    async def health() -> PlainTextResponse:
        await app.state.desk.run(lambda desk: desk.place)
        return PlainTextResponse("ok\n")

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> PlainTextResponse:
        return PlainTextResponse(app.state.metrics.told(), media_type="text/plain; version=0.0.4")

    app.include_router(rest)
    app.include_router(pages)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app


async def _guarded(request: Request, call_next: Handler, limit: Bucket) -> Response:
    try:
        size = request.headers.get("content-length", "0")
        if not size.isdecimal() or int(size) > MOST_UPLOAD:
            return _told(request, 413, "the upload is too large", f"at most {MOST_UPLOAD} bytes at once")
        if not request.url.path.startswith("/static/"):
            limit.take(request.client.host if request.client else "unknown")
    except SaysoError as error:
        answer = _told(request, error.status, error.what, error.remedy)
        answer.headers["Retry-After"] = "5"
        return answer
    return await call_next(request)


def _told(request: Request, status: int, what: str, remedy: str | None) -> Response:
    """The error as problem details (RFC 9457) for programs, as a page for people."""
    if request.url.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": what, "status": status}
        if remedy:
            problem["detail"] = remedy
        return JSONResponse(problem, status, media_type="application/problem+json")
    return error_page(request, status, what, remedy)
