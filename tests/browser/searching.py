"""Asking the search page."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from sites import Site


def found(page: Page) -> int:
    """Return how many entries the search page says it found, once it has answered."""
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#count")).to_have_text(re.compile(r"quotation|article|Nothing"))
    return sum(
        int(n.replace(",", "")) for n in re.findall(r"[\d,]+(?= (?:quotation|article))", page.inner_text("#count"))
    )


def open_search(page: Page, site: Site, query: str = "") -> int:
    page.goto(f"{site.address}search/{query}")
    return found(page)
