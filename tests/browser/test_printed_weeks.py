"""A briefing on paper and on screens: two pages for a week, and nothing lost at any width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from sites import Site

pytestmark = pytest.mark.browser

SHEETS = re.compile(rb"/Type\s*/Page\b")
"""A page in a PDF file, as Chromium writes it: uncompressed page objects (ISO 32000-1, 7.7.3.3)."""


def weeks(site: Site) -> list[str]:
    return sorted(f"briefings/{path.parent.name}/" for path in site.folder.glob("briefings/*/index.html"))


def test_a_week_prints_on_two_pages(page: Page, example: Site) -> None:
    printed = {}
    for url in weeks(example):
        page.goto(example.address + url)
        sparse = page.locator(".sheet").count() == 0
        printed[url] = (len(SHEETS.findall(page.pdf(prefer_css_page_size=True))), 1 if sparse else 2)
    assert len(printed) == 13
    assert {url: n for url, n in printed.items() if n[0] != n[1]} == {}


def test_on_paper_the_quotations_stand_in_two_columns_and_the_tables_on_a_page_of_their_own(
    page: Page, example: Site
) -> None:
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.goto(example.address + "briefings/2025-w21/")
    assert page.locator(".brief-cols").evaluate("e => getComputedStyle(e).columnCount") == "2"
    assert page.locator(".sheet").evaluate("e => getComputedStyle(e).breakBefore") == "page"
    assert not page.locator(".brief .pages").is_visible()


@pytest.mark.parametrize("width", [320, 640, 1440])
def test_a_mail_fits_any_width_and_asks_for_nothing(width: int, page: Page, example: Site) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for url in weeks(example):
        page.goto(f"{example.address}{url}mail.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
    assert [url for url in asked if not url.endswith("/mail.html")] == []


def test_from_the_front_page_a_reader_gets_to_the_words(page: Page, example: Site) -> None:
    page.goto(example.address)
    page.locator("#briefing a").first.click()
    page.wait_for_url("**/briefings/2025-w22/")
    page.get_by_role("link", name="Week 21").click()
    page.wait_for_url("**/briefings/2025-w21/")
    figure = page.locator(".q").first
    words = figure.locator("blockquote").inner_text().strip('„“”"')
    figure.locator(".chain a[href*='articles/']").click()
    assert words in page.locator(".text :target").inner_text().replace("\n", " ")
