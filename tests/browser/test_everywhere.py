"""What holds on every page: nothing from elsewhere, nothing inline, nothing too wide."""

from __future__ import annotations

import functools
import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sites import Site, watched

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("name", ["example", "seed"])
def test_no_page_is_wider_than_a_phone(name: str, phone: Page, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue(name)
    wide = {}
    for url in site.kinds():
        phone.goto(site.address + url, wait_until="load")
        if over := phone.evaluate(OVERFLOW):
            wide[url] = over
    assert wide == {}


@pytest.mark.parametrize("width", [768, 1440])
def test_no_page_overflows_on_wider_screens(width: int, page: Page, example: Site) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    wide = {}
    for url in example.kinds():
        page.goto(example.address + url, wait_until="load")
        if over := page.evaluate(OVERFLOW):
            wide[url] = over
    assert wide == {}


@pytest.mark.parametrize("name", ["example", "seed"])
def test_every_page_has_a_policy_and_no_inline_script(name: str, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue(name)
    # A briefing to be sent is no page, and mail programs need its style inline; page/test_mail.py holds what it has.
    pages = sorted(path for path in site.folder.rglob("*.html") if path.name != "mail.html")
    assert len(pages) > 10
    for path in pages:
        html = path.read_text(encoding="utf-8")
        where = path.relative_to(site.folder)
        policy = re.search(r"<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"", html)
        assert policy, f"{where} has no Content-Security-Policy"
        assert "unsafe-inline" not in policy[1], where
        assert "wasm-unsafe-eval" in policy[1], where
        for script in re.findall(r"<script([^>]*)>", html):
            assert "src=" in script or "application/ld+json" in script, f"{where} has an inline script"
        assert not re.search(r"<[^>]+\s(?:on[a-z]+|style)\s*=", html), f"{where} has an inline handler or style"


@pytest.mark.parametrize("name", ["example", "seed"])
def test_every_page_weighs_less_than_30_kb_with_its_styles_and_scripts(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(name)

    @functools.cache
    def packed(path: Path) -> int:
        return len(gzip.compress(path.read_bytes()))

    heavy, assets = {}, set()
    for path in site.folder.rglob("*.html"):
        loads = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', path.read_text(encoding="utf-8"))
        # The page for wrong addresses is shown at any of them, so it names its files from the root of the host.
        found = [site.folder / re.sub(r"^.*?(?=assets/)", "", address) for address in loads]
        assets |= set(found)
        if (weight := packed(path) + sum(packed(each) for each in found)) > 30_000:
            heavy[str(path.relative_to(site.folder))] = weight
    assert heavy == {}
    assert {path.suffix for path in assets} == {".css", ".js"}


# What a reader sees with everything folded out; only buttons that copy are made by scripts.
READ = """() => {
  document.querySelectorAll('details').forEach(e => { e.open = true; });
  document.querySelectorAll('.copy').forEach(e => e.remove());
  return document.body.innerText.replace(/\\s+/g, ' ');
}"""
DEAD = "all => all.filter(e => e.checkVisibility() && !e.form).map(e => e.outerHTML)"


@pytest.mark.parametrize("name", ["example", "seed"])
def test_every_page_says_the_same_without_javascript(
    name: str, chromium: Browser, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(name)
    said: dict[str, list[str]] = {}
    for javascript in (True, False):
        with chromium.new_context(java_script_enabled=javascript) as context:
            page, wrong = watched(context)
            for url in site.kinds():
                page.goto(site.address + url)
                if not javascript:
                    assert page.locator("button, input[data-filter]").evaluate_all(DEAD) == [], url
                said.setdefault(url, []).append(page.evaluate(READ))
            page.goto(site.address + "search/")
            expect(page.locator(".nojs")).to_be_visible(visible=not javascript)
            assert wrong == []
    del said["search/"]
    assert [url for url, (with_it, without) in said.items() if with_it != without] == []
