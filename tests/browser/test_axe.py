"""axe-core finds nothing on any kind of page, at three widths, in both themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from sites import Site, installed

pytestmark = pytest.mark.browser

STATES = ("404.html", "search/?q=dam", "search/?q=xyzzyx&outlet=Nowhere")
"""What a reader sees beside every kind of page as it comes."""

# All rules of axe that are no experiments, and the size of targets of WCAG 2.2 (2.5.8), which axe leaves out by itself.
LIGHT = {"rules": {"target-size": {"enabled": True}}}
# The themes differ in colours and in nothing else.
DARK = {"runOnly": ["color-contrast", "link-in-text-block"]}
# What is folded in is read as well.
FOUND = """async options => {
  document.querySelectorAll('details').forEach(e => { e.open = true; });
  const { violations } = await axe.run({ resultTypes: ['violations'], ...options });
  return violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '));
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    return (installed("axe-core") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(width: int, scheme: str, axe: str, page: Page, example: Site) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert violations(page, axe, example, scheme, [*example.kinds(), *STATES]) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_site_of_one_article(scheme: str, axe: str, phone: Page, seed: Site) -> None:
    assert violations(phone, axe, seed, scheme, seed.kinds()) == {}


def violations(page: Page, axe: str, site: Site, scheme: str, urls: list[str]) -> dict[str, list[str]]:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = {}
    for url in urls:
        page.goto(site.address + url, wait_until="networkidle" if url.startswith("search") else "load")
        page.evaluate(axe)
        if wrong := page.evaluate(FOUND, DARK if scheme == "dark" else LIGHT):
            found[url] = wrong
    return found
