"""Every address that a built site names inside itself is there: pages, files, places on pages, and parts of a page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree, html
from sites import Site, installed

pytestmark = pytest.mark.browser

LINKS = ("href", "src", "action", "formaction", "poster", "data")
"""The attributes of HTML that hold one address."""
PARTS = ("for", "headers", "list", "form", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
"""Those that hold ids of the same page."""


@pytest.fixture(params=["example", "seed"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def pages(site: Site) -> dict[str, html.HtmlElement]:
    return parsed(site)


def parsed(site: Site) -> dict[str, html.HtmlElement]:
    """Return the pages of a site by their addresses below it."""
    return {
        path.relative_to(site.folder).as_posix().removesuffix("index.html"): html.parse(str(path)).getroot()
        for path in sorted(site.folder.rglob("*.html"))
    }


def test_every_link_leads_somewhere(site: Site, pages: dict[str, html.HtmlElement]) -> None:
    ids = {where: set(page.xpath("//@id")) for where, page in pages.items()}
    links = [(where, link) for where, page in pages.items() for link in linked(page)]
    assert len(links) > 500
    assert [f"{where}: {link}" for where, link in links if not leads(site, ids, where, link)] == []


def linked(page: html.HtmlElement) -> Iterator[str]:
    yield from (element.get(name) for name in LINKS for element in page.iter() if name in element.attrib)
    for refresh in page.xpath("//meta[@http-equiv='refresh']/@content"):
        yield refresh.partition("url=")[2]
    for data in page.xpath("//script[@type='application/ld+json']/text()"):
        yield from named(json.loads(data), "url")


def named(data: Any, *keys: str) -> Iterator[str]:
    """Return the texts under ``keys`` anywhere in ``data``."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from named(value, *keys)
    elif isinstance(data, list):
        for value in data:
            yield from named(value, *keys)


def leads(site: Site, ids: dict[str, set[str]], where: str, link: str) -> bool:
    if where == "404.html" and not link.startswith(urlsplit(site.address).path):
        # It is shown at any address, so without a `site_url` its links start at the server's root.
        link = link.removeprefix("/")
    whole = urlsplit(urljoin(site.address + where, link))
    if not whole.geturl().startswith(site.address):
        return whole.scheme in ("http", "https", "mailto", "data") and whole.hostname != "127.0.0.1"
    target = unquote(whole.path).removeprefix(urlsplit(site.address).path).removesuffix("index.html")
    if target in ids:
        return not whole.fragment or unquote(whole.fragment) in ids[target]
    return (site.folder / target).is_file()


def test_every_part_of_a_page_that_another_names_is_there_once(pages: dict[str, html.HtmlElement]) -> None:
    for where, page in pages.items():
        ids = Counter(page.xpath("//@id"))
        assert [name for name, times in ids.items() if times > 1] == [], where
        parts = {part for name in PARTS for value in page.xpath(f"//@{name}") for part in value.split()}
        assert parts - set(ids) == set(), where


def test_everything_in_the_feeds_is_there(example: Site) -> None:
    links = []
    for feed in example.folder.rglob("*.xml"):
        if feed.name != "sitemap.xml":
            links += etree.parse(feed).xpath("//@href")
    for path in example.folder.rglob("*.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data, dict) and "jsonfeed" in str(data.get("version")):
            links += named(data, "url", "home_page_url", "feed_url")
    inside = [link for link in links if link.startswith(example.address)]
    assert len(inside) > 100
    ids = {where: set(page.xpath("//@id")) for where, page in parsed(example).items()}
    assert [link for link in inside if not leads(example, ids, "", link)] == []


def test_the_sitemap_keeps_to_its_schema_and_names_every_page(example: Site) -> None:
    schema = etree.XMLSchema(etree.parse(installed("sitemap") / "schema" / "sitemap.xsd"))
    sitemap = etree.parse(example.folder / "sitemap.xml")
    schema.assertValid(sitemap)
    listed = [str(loc.text) for loc in sitemap.iter("{*}loc")]
    pages = {}
    for path in example.folder.rglob("index.html"):
        address = example.address + path.relative_to(example.folder).as_posix().removesuffix("index.html")
        if found := re.search(r'<link rel="canonical" href="([^"]+)"', path.read_text(encoding="utf-8")):
            pages[address] = found[1]
    assert all(address == canonical for address, canonical in pages.items())
    assert sorted(listed) == sorted(pages)
