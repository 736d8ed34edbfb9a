"""What a real page of a really built site says to machines, and that the browser runs none of it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page
from sites import Site

pytestmark = pytest.mark.browser

HELD = "[...document.querySelectorAll('script[type=\"application/ld+json\"]')].map(s => s.textContent)"
META = "Object.fromEntries([...document.querySelectorAll('meta[property], meta[name]')].map(m =>"
META += " [m.getAttribute('property') || m.name, m.content]))"


def test_every_kind_of_page_says_what_it_is(example: Site, page: Page) -> None:
    types = {}
    for url in example.kinds():
        page.goto(example.address + url)
        (held,) = page.evaluate(HELD)
        first = json.loads(held)["@graph"][0]
        types[url] = first["@type"]
        meta = page.evaluate(META)
        assert meta["og:title"] in page.title()
        assert meta["og:type"] in ("website", "article", "profile")
        assert meta["og:site_name"] == "The Ilve Reader"
        assert meta["twitter:card"] == "summary"
    assert types[""] == "CollectionPage"
    assert types["search/"] == "SearchResultsPage"
    assert types["about/"] == "WebPage"
    assert "ProfilePage" in types.values()


def test_an_article_says_when_it_was_published_and_leads_to_its_annotations(example: Site, page: Page) -> None:
    page.goto(example.address + "articles/dam-talks-open/")
    meta = page.evaluate(META)
    assert (meta["og:type"], meta["article:published_time"]) == ("article", "2025-03-04")
    with page.expect_response("**/annotations.jsonld") as answer:
        page.evaluate("fetch(document.querySelector('link[rel=alternate][type*=anno]').href)")
    assert len(answer.value.json()["items"]) == page.locator(".text .l-con[id]").count()
