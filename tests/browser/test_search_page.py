"""What the search page shows and fetches, and when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from searching import found, open_search
from sites import Site, build

pytestmark = pytest.mark.browser


def test_an_order_is_offered_where_something_was_found(page: Page, example: Site) -> None:
    order = page.locator("#order")
    assert open_search(page, example, "?q=dam") > 0
    expect(order).to_be_visible()
    for nothing in ("?q=xyzzyx", "?q=dam&outlet=Nowhere", "?outlet=Nowhere"):
        assert open_search(page, example, nothing) == 0
        expect(order).to_be_hidden()
    page.locator("#nothing a").click()
    assert found(page) > 0
    expect(order).to_be_visible()


def test_on_a_phone_the_facets_are_fetched_when_they_are_opened(phone: Page, example: Site) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    whole = open_search(phone, example, "?q=dam")
    expect(phone.locator("#results > li")).to_have_count(min(whole, 20))
    assert [url for url in asked if url.endswith("facets.json")] == []
    phone.locator("#facets summary").click()
    german = phone.locator("#facets input[name=language][value=de]")
    expect(german).to_be_visible()
    german.check()
    assert 0 < found(phone) < whole
    assert [url for url in asked if url.endswith("facets.json")]


def test_facets_opened_late_are_those_of_the_last_answer(phone: Page, example: Site) -> None:
    open_search(phone, example, "?q=dam")
    phone.fill("#q", "Staudamm")
    phone.press("#q", "Enter")
    phone.wait_for_url("**?q=Staudamm")
    german = found(phone)
    phone.locator("#facets summary").click()
    expect(phone.locator("#facets label:has(input[name=language][value=de])")).to_contain_text(str(german))


def test_parts_of_objects_are_values_like_any_other(page: Page, example: Site) -> None:
    """A value may be called what every object of a script has."""
    assert open_search(page, example, "?speaker=constructor&topic=__proto__&outlet=toString") == 0
    expect(page.locator("#chips a")).to_have_count(3)
    for name, value in (("speaker", "constructor"), ("topic", "__proto__"), ("outlet", "toString")):
        label = page.locator(f"#facets label:has(input[name={name}][value={value}])")
        assert "0" in label.inner_text().split(), label.inner_text()


def test_a_site_without_a_search_says_so(
    page: Page, served: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root, address = served
    monitor = tmp_path_factory.mktemp("unsearched")
    for folder in ("seeds", "docs", "curation"):
        (monitor / folder).mkdir()
    (monitor / "seeds" / "vault.txt").write_text(
        "Vault closes\n\n“It stays closed,” said Ilse Brandl.\n", encoding="utf-8"
    )
    config = {"site_name": "Unsearched", "theme": {"name": "digest"}, "plugins": [{"digest": {"search": False}}]}
    (monitor / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    build(monitor / "mkdocs.yml", root / "unsearched")
    page.goto(f"{address}unsearched/search/?q=vault")
    expect(page.locator("#count")).to_have_text("This site was built without its search.")
