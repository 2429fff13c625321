"""The page in a real browser: asking, following a quote, correcting and undoing, signing in and out, by keyboard alone."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import ADA, PASSWORD

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; run: make install")
Page, Browser = playwright.Page, playwright.Browser
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; install the package chromium")

QUESTION = "Is it true that the port of Lantern Bay will not let seasonal workers in?"
IN_RUSSIAN = "Правда ли, что порт Лантерн-Бей не пустит сезонных рабочих?"
PAGES = ["/", f"/?q={QUESTION}", "/?q=Has+the+lighthouse+been+sold%3F", "/claims", "/documents", "/documents/{document}",
         "/actors", "/sources", "/watch", "/review", "/sign-in"]  # fmt: skip
WIDTHS = (360, 768, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(base_url=served, locale="en-GB")
    context.set_default_timeout(90_000)
    yield context.new_page()
    context.close()


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.fill("input[name=name]", ADA)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")
    page.get_by_text("Sign out").wait_for()


def ask(page: Page, question: str) -> None:
    page.goto("/")
    page.fill("#q", question)
    page.click("form.ask button")
    page.locator("article.dossier").first.wait_for()


@pytest.mark.parametrize("question", [QUESTION, IN_RUSSIAN])
def test_a_quote_opens_at_its_words_in_the_document(page: Page, question: str) -> None:
    ask(page, question)
    link = page.locator("blockquote a").first
    words = " ".join(link.inner_text().split())
    link.click()
    mark = page.locator("mark:has(:target)")
    mark.wait_for()
    assert mark.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"
    shown = " ".join(mark.inner_text().removeprefix("▸").split())
    assert words.startswith(shown[:20]) or shown.startswith(words[:20])


def test_the_page_speaks_russian(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, locale="ru-RU")
    page = context.new_page()
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "ru"
    assert re.search("[а-я]", page.locator("form.ask button").inner_text())
    context.close()


def test_a_statement_is_corrected_and_the_correction_undone(page: Page) -> None:
    sign_in(page)
    ask(page, QUESTION)
    first = page.locator("ol.lines > li").first
    place = f"[id='{first.get_attribute('id')}']"
    first.locator("summary").click()
    first.locator("input[name=why]").fill("about another port")
    with page.expect_navigation():
        first.get_by_role("button", name="Not about this question").click()
    # another statement of the same speaker may take its place, so the statement is looked for, not the count
    page.locator("article.dossier").first.wait_for()
    assert page.locator(place).count() == 0
    page.goto("/review")
    assert "about another port" in page.locator("main").inner_text()
    page.locator("li", has_text="about another port").locator("input[name=why]").fill("it is this one")
    with page.expect_navigation():
        page.get_by_role("button", name="Undo").click()
    page.get_by_text("counts no more").first.wait_for()
    ask(page, QUESTION)
    assert page.locator(place).count() == 1


def test_signing_out_takes_the_tools_away(page: Page) -> None:
    sign_in(page)
    page.goto("/watch")
    assert page.locator("main form").count() > 0
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("Sign in").first.wait_for()
    page.goto("/watch")
    assert page.locator("main form").count() == 0


def test_everything_is_done_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("article.dossier").first.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('blockquote a')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/documents/"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_serious_fault_of_accessibility(browser: Browser, served: str, path: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(base_url=served, color_scheme=scheme, bypass_csp=True)
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.goto(with_document(page, path))
    found = axe.run(page).response["violations"]
    context.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(browser: Browser, served: str, width: int) -> None:
    context = browser.new_context(base_url=served, viewport={"width": width, "height": 900})
    context.set_default_timeout(90_000)
    page = context.new_page()
    wide = []
    for number, path in enumerate(PAGES):
        page.goto(with_document(page, path))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
        kept = os.environ.get("SAYSO_SCREENSHOTS")
        if kept:
            page.screenshot(path=Path(kept) / f"{number}-{width}.png", full_page=True)
    context.close()
    assert wide == []


def test_it_works_without_scripts_and_in_few_bytes(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, java_script_enabled=False)
    context.set_default_timeout(90_000)
    page = context.new_page()
    bodies: list[int] = []
    page.on("response", lambda answer: bodies.append(len(answer.body())))
    ask(page, QUESTION)
    drawn = sum(len(svg) for svg in re.findall(r"<svg.*?</svg>", page.content(), re.DOTALL))
    context.close()
    assert sum(bodies[-4:]) - drawn < 150_000


def with_document(page: Page, path: str) -> str:
    """*path* with a document of the desk in it, where it names one."""
    if "{document}" not in path:
        return path
    page.goto("/documents")
    return page.locator("main a[href^='/documents/']").first.get_attribute("href") or path
