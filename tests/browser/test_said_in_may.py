"""A first-time reader asks what somebody said on a topic in May, and where it is printed: with scripts and without.

Which papers left it out and who contradicts it is asked in ``test_compare.py``.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from searching import found
from sites import Site

pytestmark = pytest.mark.browser

WHO, WHAT, TOPIC, MONTH = "Tobias Wrenk", "labour strike", "medtop:20000530", "2025-05"

Place = tuple[str, str, str]
"""An article, a quotation in it, and the outlet that printed it."""


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answer(folder: Path) -> set[Place]:
    """Return what the exports say: the places of the quotations, with their outlets."""
    on = {row["id"] for row in rows(folder, "articles.csv") if TOPIC in row["topics"].split(" | ")}
    said = [r for r in rows(folder, "quotations.csv") if r["speaker"] == WHO and r["published"].startswith(MONTH)]
    return {(row["article"], row["id"], row["outlet"]) for row in said if row["article"] in on}


def places(page: Page, addresses: list[str]) -> set[Place]:
    """Follow each address to its place, and return where it leads and who printed it, as the page says."""
    reached = set()
    for address in addresses:
        page.goto(urljoin(page.url, address))
        at = urlsplit(page.url)
        words = page.locator(f"[id='{at.fragment}']").first
        assert words.is_visible()
        reached.add((at.path.split("/")[-2], at.fragment, page.locator("p.under bdi").first.inner_text()))
    return reached


def test_the_search_answers(page: Page, example: Site) -> None:
    page.goto(example.address)
    page.locator("#fs").press("Enter")
    page.wait_for_url("**/search/**")
    found(page)
    for name, value in (("type", "quotation"), ("speaker", WHO), ("topic", WHAT), ("month", MONTH)):
        page.locator(f"input[name={name}][value='{value}']").check()
        expect(page).to_have_url(re.compile(rf"[?&]{name}="))
    expected = answer(example.folder)
    assert found(page) == len(expected) > 1
    links = page.locator("#results a[href*='#q-']")
    assert places(page, [str(a.get_attribute("href")) for a in links.all()]) == expected


def test_the_page_of_the_topic_answers_when_its_table_is_filtered(page: Page, example: Site) -> None:
    page.goto(example.address)
    page.get_by_role("link", name="Topics", exact=True).first.click()
    page.get_by_role("link", name=WHAT.capitalize(), exact=True).first.click()
    page.get_by_label("Filter these rows").fill("Wrenk May 2025")
    shown = page.locator("#on-t tbody tr:visible", has=page.get_by_role("link", name=WHO, exact=True))
    links = [str(row.locator("a[href*='#q-']").last.get_attribute("href")) for row in shown.all()]
    assert places(page, links) == answer(example.folder)


def test_the_page_of_the_topic_answers_without_scripts(chromium: Browser, example: Site) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(example.address)
        page.get_by_role("link", name="Topics", exact=True).first.click()
        page.get_by_role("link", name=WHAT.capitalize(), exact=True).first.click()
        in_may = page.locator("#on-t tbody tr", has=page.locator(f"time[datetime^='{MONTH}']"))
        shown = in_may.filter(has=page.locator("td:nth-child(2)", has_text=WHO))
        links = [str(row.locator("a[href*='#q-']").last.get_attribute("href")) for row in shown.all()]
        assert places(page, links) == answer(example.folder)
