"""The door to the network, against a site of our own on 127.0.0.1 that does what bad sites do."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.errors import InputRefused
from sayso.intake.addresses import is_public
from sayso.intake.fetch import Fetcher, FetchLimits

PAGE = b"<html><body><article><p>The harbour office said that the quay would stay open.</p></article></body></html>"


class Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str | None]]
    answers: dict[str, int]

    def log_message(self, *args: object) -> None:
        pass

    def _send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        given = {key.replace("_", "-"): value for key, value in headers.items()}
        for key, value in {"content-type": "text/html", "content-length": str(len(body)), **given}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            self._answer()

    def _answer(self) -> None:
        type(self).asked.append((self.path, self.headers.get("if-none-match")))
        count = self.answers[self.path] = self.answers.get(self.path, 0) + 1
        match self.path:
            case "/robots.txt":
                self._send(200, b"User-agent: *\nDisallow: /closed", content_type="text/plain")
            case "/page":
                self._send(200, PAGE, etag='"v1"')
            case "/same":
                if self.headers.get("if-none-match") == '"v1"':
                    self._send(304)
                else:
                    self._send(200, PAGE, etag='"v1"')
            case "/moved":
                self._send(302, location="/page")
            case "/round":
                self._send(302, location="/round")
            case "/inward":
                self._send(302, location="http://169.254.169.254/latest/meta-data")
            case "/file":
                self._send(302, location="file:///etc/passwd")
            case "/busy":
                if count < 2:
                    self._send(429, retry_after="7")
                else:
                    self._send(200, PAGE)
            case "/endless":
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                while True:
                    self.wfile.write(b"a" * 65536)
            case "/slow":
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.end_headers()
                for _ in range(100):
                    self.wfile.write(b"a")
                    self.wfile.flush()
                    time.sleep(0.05)
            case "/short":
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.send_header("content-length", "1000")
                self.end_headers()
                self.wfile.write(b"cut off")
                self.close_connection = True
            case "/bomb":
                self._send(200, gzip.compress(b"a" * 5_000_000), content_encoding="gzip")
            case "/film":
                self._send(200, b"x", content_type="video/mp4")
            case _:
                self._send(404)


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked, Site.answers = [], {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Iterator[Fetcher]:
    limits = FetchLimits(max_bytes=1_000_000, seconds=0.8, idle_seconds=1.0, allowed=("127.0.0.1",))
    with Fetcher(limits, sleep=waits.append) as one:
        yield one


def refusal(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(InputRefused) as caught:
        fetcher.fetch(url)
    return str(caught.value)


def test_a_page_with_its_address_and_version(fetcher: Fetcher, site: str) -> None:
    got = fetcher.fetch(f"{site}/moved")
    assert got.named is not None
    assert (got.named.data, got.named.url, got.etag) == (PAGE, f"{site}/page", '"v1"')


def test_unchanged_pages_are_not_sent_again(fetcher: Fetcher, site: str) -> None:
    first = fetcher.fetch(f"{site}/same")
    again = fetcher.fetch(f"{site}/same", etag=first.etag)
    assert again.named is None
    assert again.status == 304


def test_private_addresses_stay_closed_also_after_redirects(fetcher: Fetcher, site: str) -> None:
    assert "private address" in refusal(fetcher, f"{site}/inward")
    assert "private address" in refusal(fetcher, "http://localhost:1/")
    assert "not a web address" in refusal(fetcher, f"{site}/file")
    with Fetcher(FetchLimits()) as strict:
        assert "private address" in refusal(strict, f"{site}/page")


def test_a_name_that_turns_private_between_check_and_connection_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.215.14", port)), (2, 1, 6, "", ("10.0.0.7", port))]

    monkeypatch.setattr("sayso.intake.addresses.socket.getaddrinfo", lookup)
    with Fetcher(FetchLimits()) as strict:
        assert "private address" in refusal(strict, "http://rebound.example/")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "nonsense"],
)  # fmt: skip
def test_private_addresses_by_kind(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_robots_are_heeded_and_asked_once(fetcher: Fetcher, site: str) -> None:
    assert "robots.txt" in refusal(fetcher, f"{site}/closed/1")
    assert "robots.txt" in refusal(fetcher, f"{site}/closed/2")
    assert [path for path, _ in Site.asked] == ["/robots.txt"]


def test_pace_and_patience(fetcher: Fetcher, site: str, waits: list[float]) -> None:
    assert fetcher.fetch(f"{site}/busy").status == 200
    assert 7.0 in waits
    assert any(0 < one <= 1.0 for one in waits)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/round", "more than 5 redirects"),
        ("/endless", "larger than the limit"),
        ("/bomb", "larger than the limit"),
        ("/slow", "not finished after"),
        ("/short", "cannot be reached"),
        ("/film", "of type video/mp4"),
        ("/gone", "answers 404"),
    ],
)
def test_what_bad_sites_do(fetcher: Fetcher, site: str, path: str, reason: str) -> None:
    assert reason in refusal(fetcher, site + path)


@pytest.mark.parametrize("url", ["ftp://x.example/a", "https://", "http://user:secret@x.example/", "http://[::1"])
def test_addresses_that_are_none(fetcher: Fetcher, url: str) -> None:
    told = refusal(fetcher, url)
    assert "secret" not in told
