"""An article that is printed from right to left, on a page whose own words run from left to right."""

from __future__ import annotations

import pytest
from editions import IDA, SITE, Writer, digest
from playwright.sync_api import Page
from sites import Site

from digest.page import render

pytestmark = pytest.mark.browser

HEADLINE = "پل تازه تا بهار باز نمی‌شود"
OUTLET = "پیک ساحل"
WORDS = "پل تا بهار آماده نمی‌شود و ما منتظر می‌مانیم"


def article() -> dict[str, str]:
    """Return the pages of an edition of one Persian article and an English one, by address."""
    writer = Writer("pol", HEADLINE, outlet=OUTLET, language="fa", url="https://peyk.example/pol")
    writer.block("باران از صبح می‌بارید و کسی روی اسکله نبود.")
    writer.says(IDA, WORDS)
    other = Writer("echo", published="2025-03-05")
    other.says(IDA, "We wait")
    return {page.url: page.html for page in render(digest(writer, other), SITE)}


def box(page: Page, selector: str) -> dict[str, float]:
    """Return where the words of an element stand: the box around its lines."""
    found: dict[str, float] = page.evaluate(
        """selector => { const range = document.createRange();
        range.selectNodeContents(document.querySelector(selector));
        const lines = [...range.getClientRects()].filter(r => r.width > 1);
        return {left: Math.min(...lines.map(r => r.left)), right: Math.max(...lines.map(r => r.right))} }""",
        selector,
    )
    return found


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_text_and_headline_begin_on_the_right(example: Site, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(example.address + "articles/")
    page.evaluate("html => { document.querySelector('main').innerHTML = html }", article()["articles/pol/"])
    for selector in ("h1.headline", ".text .row > p"):
        around = page.locator(selector).first.bounding_box()
        assert around is not None
        assert box(page, selector)["right"] == pytest.approx(around["x"] + around["width"], abs=2)
        assert page.locator(selector).first.get_attribute("dir") == "rtl"
    assert box(page, ".notes .chain")["left"] < width / 2 or width == 1440
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_outlets_name_turns_nothing_round(example: Site, page: Page) -> None:
    page.goto(example.address + "articles/")
    page.evaluate("html => { document.querySelector('main').innerHTML = html }", article()["articles/pol/"])
    outlet, whole = box(page, ".under bdi"), page.locator(".under").first
    start = whole.bounding_box()
    assert start is not None
    assert outlet["left"] == pytest.approx(start["x"], abs=2), "the name stands first in the line"
    assert whole.inner_text().startswith(f"{OUTLET} · 4 Mar 2025")


def test_a_row_of_a_table_keeps_its_words_in_their_direction(example: Site, page: Page) -> None:
    page.goto(example.address + "quotations/")
    page.evaluate("html => { document.querySelector('main').innerHTML = html }", article()["quotations/"])
    said = page.locator("td.said span[lang=fa]")
    assert said.get_attribute("dir") == "rtl"
    assert said.inner_text() == f"«{WORDS}»"
