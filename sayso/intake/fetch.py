"""The one door to the network: pages and feeds by address, politely and within limits."""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from sayso.errors import InputRefused
from sayso.intake.addresses import GuardedBackend
from sayso.intake.base import USUAL_MOST, Named

AGENT = "sayso/0.1 (reads public pages once for a fact-checking desk)"
ROBOT = "sayso"
REDIRECTS = 5
RETRIES = 2
GOOD_TYPES = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf",
              "application/json", "application/feed+json", "application/ld+json", "application/pdf",
              "application/activity+json", "application/vnd.openxmlformats", "application/warc", "application/gzip",
              "application/x-gzip", "message/rfc822", "application/octet-stream")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """Limits of one request.

    Attributes:
        max_bytes: of the body, encodings taken off.
        seconds: for everything, from the first connection to the last byte.
        idle_seconds: for any single wait.
        pace_seconds: between two requests to one host.
        allowed: hosts that may be private.
    """

    max_bytes: int = USUAL_MOST
    seconds: float = 60.0
    idle_seconds: float = 15.0
    pace_seconds: float = 1.0
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to one request; ``named`` is None where the page has not changed."""

    named: Named | None
    status: int
    etag: str | None = None
    modified: str | None = None


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses; keeps robots.txt, pace and connections for the time of one run.

    Args:
        limits: of each request.
        sleep, clock: for tests.
    """

    limits: FetchLimits = field(default_factory=FetchLimits)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _robots: dict[str, Protego | None] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)
    _client: httpx.Client | None = None

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What stands at *url*, redirects followed.

        Args:
            etag, modified: of the version that is known, for a conditional request.

        Raises:
            InputRefused: it may not be fetched, does not answer, or breaks a limit.
        """
        at = url
        for _ in range(REDIRECTS + 1):
            self._check(at)
            if not self._permitted(at):
                raise InputRefused(
                    "the site's robots.txt asks not to fetch it", where=at, remedy="save the page by hand"
                )
            status, headers, body = self._patiently(at, _conditions(etag, modified))
            if status in (301, 302, 303, 307, 308) and "location" in headers:
                at = urljoin(at, headers["location"])
                continue
            if status == 304:
                return Fetched(None, status, etag, modified)
            if status != 200:
                raise InputRefused(f"the site answers {status}", where=at, remedy=_remedy(status))
            kind = headers.get("content-type", "").split(";")[0].strip().casefold()
            if kind and not kind.startswith(GOOD_TYPES):
                raise InputRefused(f"of type {kind}, not a text", where=at, remedy="save what it says as text")
            return Fetched(Named(at, body, url=at), status, headers.get("etag"), headers.get("last-modified"))
        raise InputRefused(
            f"more than {REDIRECTS} redirects", where=url, remedy="open it in a browser, copy the address"
        )

    def _check(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            host = parts.hostname
            _ = parts.port
        except ValueError as error:
            raise InputRefused(f"not a valid address ({error})", where=url, remedy="check it") from error
        if parts.scheme not in ("http", "https") or not host:
            raise InputRefused("not a web address", where=url, remedy="give one that starts with https://")
        if parts.username or parts.password:
            raise InputRefused("holds a password", where=parts.hostname, remedy="sayso does not go behind sign-ins")

    def _permitted(self, url: str) -> bool:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        rules = self._robots[site]
        return rules is None or rules.can_fetch(url, ROBOT)

    def _read_robots(self, site: str) -> Protego | None:
        """The site's rules; none where it has no robots.txt, all closed where it fails to answer (RFC 9309, 2.3.1)."""
        at = f"{site}/robots.txt"
        for _ in range(REDIRECTS + 1):
            self._check(at)
            status, headers, body = self._request(at, {}, most=500_000)
            if status in (301, 302, 303, 307, 308) and "location" in headers:
                at = urljoin(at, headers["location"])
                continue
            if status >= 500:
                return Protego.parse("User-agent: *\nDisallow: /")
            return Protego.parse(body.decode("utf-8", "replace")) if status == 200 else None
        return None

    def _patiently(self, url: str, headers: dict[str, str]) -> tuple[int, httpx.Headers, bytes]:
        """One request, repeated after a wait where the site asks for patience or drops the connection."""
        for attempt in range(RETRIES + 1):
            try:
                status, answered, body = self._request(url, headers, most=self.limits.max_bytes)
            except _Dropped as error:
                if attempt == RETRIES:
                    raise InputRefused(str(error), where=url, remedy="try again later") from error
                self.sleep(_backoff(attempt))
                continue
            if status not in (429, 502, 503, 504) or attempt == RETRIES:
                return status, answered, body
            self.sleep(min(30.0, _retry_after(answered.get("retry-after")) or _backoff(attempt)))
        raise AssertionError("unreachable")

    def _request(self, url: str, headers: dict[str, str], most: int) -> tuple[int, httpx.Headers, bytes]:
        self._keep_pace(urlsplit(url).netloc)
        began = self.clock()
        body = bytearray()
        try:
            with self._open().stream("GET", url, headers=headers) as answer:
                for piece in answer.iter_bytes(65_536):
                    body += piece
                    if len(body) > most:
                        raise InputRefused(
                            f"larger than the limit of {most} bytes", where=url, remedy="raise SAYSO_MAX_BYTES"
                        )
                    if self.clock() - began > self.limits.seconds:
                        raise InputRefused(
                            f"not finished after {self.limits.seconds:g} seconds", where=url, remedy="try again later"
                        )
                return answer.status_code, answer.headers, bytes(body)
        except httpx.DecodingError as error:
            raise InputRefused("its compression is damaged", where=url, remedy="try again later") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise InputRefused(f"not a valid address ({error})", where=url, remedy="check it") from error
        except httpx.TimeoutException as error:
            raise _Dropped("does not answer in time") from error
        except httpx.HTTPError as error:
            raise _Dropped(f"cannot be reached ({error})") from error

    def _keep_pace(self, host: str) -> None:
        waited = self.clock() - self._last.get(host, float("-inf"))
        if waited < self.limits.pace_seconds:
            self.sleep(self.limits.pace_seconds - waited)
        self._last[host] = self.clock()

    def _open(self) -> httpx.Client:
        if self._client is None:
            wait = self.limits.idle_seconds
            self._client = httpx.Client(
                transport=GuardedTransport(self.limits.allowed),
                headers={"User-Agent": AGENT, "Accept-Language": "*"},
                timeout=httpx.Timeout(wait),
                trust_env=False,
                follow_redirects=False,
            )
        return self._client

    def close(self) -> None:
        """Closes the connections."""
        if self._client is not None:
            self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Dropped(Exception):
    """A request that may succeed when repeated."""


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._response.iter_stream()
        except httpcore.TimeoutException as error:
            raise httpx.ReadTimeout(str(error)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise httpx.ReadError(str(error)) from error

    def close(self) -> None:
        self._response.close()


class GuardedTransport(httpx.BaseTransport):
    """httpx over connections that GuardedBackend makes."""

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=GuardedBackend(allowed), max_connections=4
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request, its errors told in httpx's words."""
        inner = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        try:
            response = self._pool.handle_request(inner)
        except httpcore.TimeoutException as error:
            raise httpx.ConnectTimeout(str(error)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise httpx.ConnectError(str(error)) from error
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        """Closes all connections."""
        self._pool.close()


def _conditions(etag: str | None, modified: str | None) -> dict[str, str]:
    known = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {key: value for key, value in known.items() if value}


def _backoff(attempt: int) -> float:
    """Two, four, eight seconds, each with a random part so that many desks do not come back together."""
    return float(2 ** (attempt + 1) * random.uniform(0.5, 1.5))  # noqa: S311


def _retry_after(value: str | None) -> float | None:
    if not value:
        return None
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _remedy(status: int) -> str:
    if status in (401, 402, 403):
        return "it may need a sign-in or keep programs out; save the page by hand"
    if status in (404, 410):
        return "check the address; the page may be gone"
    return "try again later"
