"""What holds on every page: nothing from elsewhere, nothing inline, nothing too wide."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page
from sites import Site

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
def test_every_link_inside_leads_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue(name)
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for path in site.folder.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        here = path.relative_to(site.folder).as_posix().removesuffix("index.html")
        ids[here] = set(re.findall(r"\sid=\"?([^\s\">]+)", html))
        links += [(here, href) for href in re.findall(r"<a\s[^>]*?href=\"([^\"]*)\"", html)]
    broken = [f"{here}: {href}" for here, href in links if not leads(site, ids, here, href)]
    assert broken == []


def leads(site: Site, ids: dict[str, set[str]], here: str, href: str) -> bool:
    if here == "404.html":
        # It is shown at any address, so without a `site_url` its links start at the server's root.
        href = href.removeprefix("/")
    whole = urlsplit(urljoin(site.address + here, href.replace("&amp;", "&")))
    if not whole.geturl().startswith(site.address):
        return whole.scheme in ("http", "https", "mailto") and whole.hostname != "127.0.0.1"
    target = unquote(whole.path).removeprefix(urlsplit(site.address).path).removesuffix("index.html")
    if target in ids:
        return not whole.fragment or unquote(whole.fragment) in ids[target]
    return (site.folder / target).is_file()
