"""The page and the API as a browser and a program meet them, over a small desk of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sayso.desk.sqlite import SqliteDesk
from sayso.model.account import Account, Role, Token
from sayso.model.document import Document
from sayso.model.span import Span
from sayso.settings import Settings
from sayso.showing.marked import Mark, cut
from sayso.verbs.add import add_documents
from sayso.verbs.arrivals import Arrived
from sayso.verbs.models import Models
from sayso.web.access import digest_of, hash_password
from sayso.web.app import create_app
from sayso.web.language import chosen, direction
from sayso.web.limits import Bucket

HOSTILE = "<script>alert(1)</script>\u202e“Nobody will close the quay,” said harbour master Ivo Brandt."
PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, models: Models) -> str:
    path = str(tmp_path_factory.mktemp("web") / "desk.db")
    documents = [
        Document(text="The harbour office denied on Monday that the quay of Brine would close.", outlet="Brine Post",
                 channel="news", lang="en", published="2034-08-08", id="d1", title="Quay", url="https://b.example/1"),
        Document(text=HOSTILE, outlet="<b>Evil & Co</b>", channel="telegram", lang="en", published="2034-08-09", id="d2",
                 title="\"><img src=x onerror=alert(1)>", url="javascript:alert(1)"),
    ]  # fmt: skip
    with SqliteDesk(path) as desk:
        add_documents([Arrived(one) for one in documents], desk, models)
    return path


@pytest.fixture
def page(place: str, models: Models) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(desk=place), models, bucket=Bucket(1e6, 1e6))) as client:
        yield client


def csrf_of(page: TestClient, path: str = "/watch") -> str:
    match = re.search(r'name="csrf" value="([^"]+)"', page.get(path).text)
    assert match
    return match.group(1)


@pytest.mark.parametrize("path", ["/", "/claims", "/documents", "/actors", "/sources", "/watch", "/review", "/sign-in"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_answers_in_each_language_with_safe_headers(page: TestClient, path: str, language: str) -> None:
    answer = page.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_answer_links_each_quote_to_its_place(page: TestClient) -> None:
    told = page.get("/", params={"q": "Will the quay of Brine close?"}).text
    for path in re.findall(r'href="(/documents/[^"#]+)#s-[^"]+"', told):
        assert page.get(path).status_code == 200
    assert "It never says what is true" in told


def test_hostile_documents_are_shown_and_do_nothing(page: TestClient) -> None:
    told = page.get("/documents").text + page.get("/documents/d2").text + page.get("/", params={"q": HOSTILE}).text
    assert "<script>alert" not in told
    assert "<img src=x" not in told
    assert "<b>Evil" not in told
    assert 'href="javascript:' not in told


def test_forms_need_the_sessions_token(page: TestClient) -> None:
    token = csrf_of(page)
    assert page.post("/watch", data={"csrf": "wrong", "question": "q"}).status_code == 403
    assert page.post("/watch", data={"csrf": token, "question": "Will the quay close?"}).status_code == 200
    assert "Will the quay close?" in page.get("/watch").text


def test_a_review_goes_back_to_paths_of_this_page_only(page: TestClient) -> None:
    token = csrf_of(page)
    form = {"csrf": token, "act": "join", "target": "A", "value": "B", "why": "one office"}
    for back, lands in (("//evil.example", "/review"), ("https://evil.example", "/review"), ("/watch", "/watch")):
        answer = page.post("/review", data={**form, "back": back}, follow_redirects=False)
        assert answer.headers["location"] == lands
    assert "one office" in page.get("/review").text


def test_the_api_tells_problems_as_problem_details(page: TestClient) -> None:
    missing = page.get("/api/v1/documents/none")
    assert missing.status_code == 404
    assert missing.headers["content-type"] == "application/problem+json"
    assert missing.json()["status"] == 404
    assert page.get("/api/v1/ask").status_code == 422
    assert page.get("/api/v1/documents", params={"limit": 0}).json()["status"] == 422


def test_lists_come_by_cursor_and_unchanged_answers_are_not_sent_again(page: TestClient) -> None:
    first = page.get("/api/v1/documents", params={"limit": 1})
    assert [one["id"] for one in first.json()["documents"]] == ["d2"]
    second = page.get("/api/v1/documents", params={"limit": 1, "cursor": first.json()["next"]}).json()
    assert [one["id"] for one in second["documents"]] == ["d1"]
    again = page.get("/api/v1/documents", params={"limit": 1}, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_what_export_gives_comes_over_http_too(page: TestClient) -> None:
    lines = page.get("/api/v1/export/jsonl").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["d1", "d2"]
    claims = page.get("/api/v1/export/claim", params={"questions": ["Will the quay of Brine be closed?"]})
    assert "rating" not in claims.text.casefold()
    assert "prefix" in page.get("/api/v1/export/prov").json()
    assert page.get("/api/v1/export/parquet").status_code == 422


def test_others_need_an_account_and_a_role(tmp_path: Path, models: Models) -> None:
    place = str(tmp_path / "desk.db")
    with SqliteDesk(place) as desk:
        writer = desk.writer()
        writer.set_account(Account("ada", Role.READER, hash_password(PASSWORD)))
        writer.set_token(Token("bot", Role.EDITOR, digest_of("secret")))
    with TestClient(create_app(Settings(desk=place), models, open_reading=False, bucket=Bucket(1e6, 1e6))) as page:
        assert page.get("/").status_code == 401
        assert page.get("/api/v1/claims").status_code == 401
        bearer = {"Authorization": "Bearer secret"}
        assert page.post("/api/v1/watches", json={"text": "Will it close?"}, headers=bearer).status_code == 201
        assert page.get("/api/v1/claims", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert page.post("/sign-in", data={"name": "ada", "password": "wrong"}).status_code == 401
        assert page.post("/sign-in", data={"name": "ada", "password": PASSWORD}).status_code == 200
        cookie = next(one for one in page.cookies.jar if one.name == "sayso_session")
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert page.post("/api/v1/watches", json={"text": "x"}).status_code == 403
        token = csrf_of(page, "/")
        assert page.post("/sign-out", data={"csrf": token}).status_code == 401


def test_sign_in_is_throttled(tmp_path: Path, models: Models) -> None:
    with TestClient(create_app(Settings(desk=str(tmp_path / "d.db")), models, bucket=Bucket(1e6, 1e6))) as page:
        codes = [page.post("/sign-in", data={"name": "ada", "password": "x"}).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]


def test_too_many_requests_are_told_to_wait(place: str, models: Models) -> None:
    with TestClient(create_app(Settings(desk=place), models, bucket=Bucket(0.001, 2))) as page:
        codes = [page.get("/api/v1/claims").status_code for _ in range(3)]
    assert codes == [200, 200, 429]


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6))
def test_marked_pieces_are_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(Span(min(a, b), max(a, b)), str(n), "x") for n, (a, b) in enumerate(spans) if max(a, b) <= len(text)]
    assert "".join(piece.text for piece in cut(text, marks)) == text


def test_languages_are_negotiated() -> None:
    assert chosen("ru-RU,ru;q=0.9,en;q=0.8") == "ru"
    assert chosen("fi, en;q=0.3") == "en"
    assert chosen("nonsense;q=x") == "en"
    assert chosen("en", "ru") == "ru"
    assert direction("ar") == "rtl"


@pytest.mark.parametrize("picture", ["timeline", "provenance"])
def test_pictures_download_as_svg_and_png(page: TestClient, picture: str) -> None:
    from sayso.errors import UsageError
    from sayso.showing.raster import to_png

    try:
        to_png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    except UsageError as error:
        pytest.skip(str(error))
    asked = {"q": "Will the quay of Brine be closed?"}
    svg, png = (page.get(f"/download/{picture}.{form}", params=asked) for form in ("svg", "png"))
    assert (svg.headers["content-type"], png.headers["content-type"]) == ("image/svg+xml", "image/png")
    assert png.content.startswith(b"\x89PNG")
    width = int(re.search(r'width="(\d+)"', svg.text).group(1))  # type: ignore[union-attr]
    assert int.from_bytes(png.content[16:20]) == 2 * width


def test_a_picture_has_its_words(page: TestClient) -> None:
    from sayso.errors import UsageError
    from sayso.showing.raster import to_png

    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text x="2" y="20" font-family="sans-serif">{}</text></svg>'
    try:
        assert to_png(frame.format("")) != to_png(frame.format("Порт"))
    except UsageError as error:
        pytest.skip(str(error))
