"""The keyboard alone reaches everything, in the order of the page, seen at every stop, and never stays caught."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from sites import SHORTENED, Site

pytestmark = pytest.mark.browser

# Everything that a finger or a mouse can work. Of radio buttons that go together the keyboard stops at one, as
# everywhere. A stop is seen by the outline of what has the focus or, in a drawing, of the words inside it.
LISTEN = """() => {
  const radios = new Set(), once = e => e.type !== 'radio' || (!radios.has(e.name) && radios.add(e.name));
  const all = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const outline = s => s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2;
  const drawn = e => outline(getComputedStyle(e));
  window.wanted = [...document.querySelectorAll(all)].filter(e => e.checkVisibility() && !e.disabled && once(e));
  window.seen = new Map();
  document.addEventListener('focusin', ({ target: e }) =>
    seen.has(e) || seen.set(e, drawn(e) || [...e.querySelectorAll('text')].some(drawn)));
  return wanted.length;
}"""
TOLD = """() => {
  const tell = e => e.outerHTML.slice(0, 120), reached = [...seen.keys()].filter(e => wanted.includes(e));
  return {
    missed: wanted.filter(e => !seen.has(e)).map(tell),
    unseen: reached.filter(e => !seen.get(e)).map(tell),
    jumped: reached.filter((e, n) => n && wanted.indexOf(e) < wanted.indexOf(reached[n - 1])).map(tell),
  };
}"""
MORE = 12
"""So many stops more than there are links and controls: boxes that scroll are stops too."""


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_the_keyboard_reaches_everything(width: int, scheme: str, page: Page, example: Site) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    wrong, stops = {}, 0
    for url in [*example.kinds(), "404.html", "search/?q=dam"]:
        page.goto(example.address + url, wait_until="networkidle" if url.startswith("search") else "load")
        if "?q=" in url:  # a first screen of answers is there before the rest of the page of them
            page.wait_for_function("document.querySelectorAll('#results > li').length === 20")
        page.evaluate(SHORTENED)
        if url.startswith("search"):  # what the answers can be narrowed by is fetched when its box is opened
            page.wait_for_selector("#facets fieldset input")
        wanted = page.evaluate(LISTEN)
        for _ in range(wanted + MORE):
            page.keyboard.press("Tab")
        stops += wanted
        if any((told := page.evaluate(TOLD)).values()):
            wrong[url] = {name: found[:5] for name, found in told.items() if found}
    assert wrong == {}
    assert stops > 1000
