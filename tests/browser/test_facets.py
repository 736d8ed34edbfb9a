"""Narrowing by facets: with words and without, with their counts, over all languages at once."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from searching import found, open_search
from sites import Site

pytestmark = pytest.mark.browser


def counts(page: Page, facet: str) -> dict[str, int]:
    """Return the values of a facet that are shown, with the numbers beside them."""
    labels = page.locator(f"#facets label:has(input[name={facet}])")
    return dict(
        labels.evaluate_all(
            "all => all.map(l => [l.querySelector('input').value, +l.lastElementChild.textContent.replace(/\\D/g, '')])"
        )
    )


def test_browsing_loads_no_search_program(page: Page, example: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert open_search(page, example, "?type=quotation&language=en") > 0
    assert [url for url in asked if url.endswith((".pagefind", "pagefind.js", ".pf_index"))] == []
    assert [url for url in asked if url.endswith("facets.json")]


def test_a_repeated_search_asks_the_server_for_what_is_new_only(page: Page, example: Site) -> None:
    open_search(page, example, "?q=dam")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#q", "dams")
    page.press("#q", "Enter")
    page.wait_for_url("**?q=dams")
    found(page)
    assert [url for url in asked if url.endswith((".json", ".pagefind", ".js"))] == []


def test_the_newest_of_all_languages_come_first(page: Page, example: Site) -> None:
    open_search(page, example, "?sort=date")
    shown = page.locator("#results > li")
    dates = [t or "" for t in shown.evaluate_all("all => all.map(l => l.querySelector('time')?.dateTime)")]
    assert dates == sorted(dates, reverse=True)
    languages = counts(page, "language")
    assert len(languages) > 1
    whole = found(page)
    assert sum(languages.values()) == whole


def test_each_count_is_what_choosing_it_finds(page: Page, example: Site) -> None:
    for query in ("?type=quotation", "?q=dam"):
        open_search(page, example, query)
        for facet in ("kind", "language", "month", "outlet"):
            for value, count in list(counts(page, facet).items())[:2]:
                assert open_search(page, example, f"{query}&{facet}={quote(value)}") == count, (query, facet, value)
                open_search(page, example, query)


def test_a_filter_leaves_the_counts_of_its_own_facet(page: Page, example: Site) -> None:
    open_search(page, example, "?q=dam")
    before = counts(page, "language")
    open_search(page, example, "?q=dam&language=de")
    assert counts(page, "language") == before
    assert found(page) == before["de"]


def test_a_value_without_a_hit_keeps_its_place(page: Page, example: Site) -> None:
    open_search(page, example)
    kinds = counts(page, "kind")
    open_search(page, example, "?type=article")
    assert counts(page, "kind") == dict.fromkeys(kinds, 0)
    expect(page.locator("#facets label.none:has(input[name=kind])")).to_have_count(len(kinds))


def test_two_values_of_a_facet_find_both(page: Page, example: Site) -> None:
    open_search(page, example, "?type=quotation")
    (one, a), (other, b) = list(counts(page, "kind").items())[:2]
    both = open_search(page, example, f"?type=quotation&kind={quote(one)}&kind={quote(other)}")
    assert both == a + b
    expect(page.locator("#chips a")).to_have_count(3)
    page.locator("#chips a", has_text=one).first.press("Enter")
    expect(page.locator("#chips a")).to_have_count(2)
    assert found(page) == b
    page.go_back()
    expect(page.locator("#chips a")).to_have_count(3)
    assert found(page) == both


def test_both_languages_answer_one_search_and_none_is_called_empty_too_soon(page: Page, example: Site) -> None:
    """The largest language answers first; what it lacks is not called missing while another may have it."""
    said: list[str] = []
    page.expose_function("heard", lambda text: said.append(text))
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => new MutationObserver(() => heard("
        "document.getElementById('count').textContent)).observe(document.getElementById('count'), { childList: true }))"
    )
    german = open_search(page, example, "?q=Staudamm")
    assert german == counts(page, "language")["de"] > 0
    assert [text for text in said if "Nothing" in text] == []
    assert open_search(page, example, "?q=Vennor") == sum(counts(page, "language").values())
    assert min(counts(page, "language").values()) > 0
    assert page.locator("#results > li").count() > 0
