"""What can be seen: contrast, focus, room for a finger, and what remains in print and in forced colours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from sites import Site

pytestmark = pytest.mark.browser

# Every text that shows, with its contrast by WCAG 2.2 (1.4.3) against the nearest ground that is painted.
FAINT = """() => {
  const pen = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data;
  };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => {
    for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; }
    return [255, 255, 255];
  };
  const found = new Map(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (!walk.currentNode.data.trim() || !e.checkVisibility() || box.width < 2 || e.closest('.vh, .skip')) continue;
    texts += 1;
    const inSvg = e instanceof SVGElement;
    const [a, b] = [light(rgba(inSvg ? style.fill : style.color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) found.set(e.tagName + '.' + (e.getAttribute('class') || ''), ratio.toFixed(2));
  }
  return [texts, Object.fromEntries(found)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: str, page: Page, example: Site) -> None:
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    faint, seen = {}, 0
    for url in [*example.kinds(), "search/?q=dam"]:
        page.goto(example.address + url, wait_until="networkidle" if "?" in url else "load")
        texts, found = page.evaluate(FAINT)
        seen += texts
        if found:
            faint[url] = found
    assert faint == {}
    assert seen > 1000


def test_the_skip_link_skips(page: Page, example: Site) -> None:
    page.goto(example.address + "actors/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_there_is_room_for_a_finger(phone: Page, example: Site) -> None:
    small = {}
    for url in example.kinds():
        phone.goto(example.address + url)
        boxes = phone.locator("button, select, input[type=search], .foot nav a, .to-foot, .pages a, .facet label")
        heights = boxes.evaluate_all(
            "all => all.filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 60), e.offsetHeight])"
        )
        # WCAG 2.2 (2.5.8): 24 pixels; a heading's sort button stands alone in its cell.
        if found := [h for h in heights if h[1] < 24 and '<button type="button">' not in h[0]]:
            small[url] = found
    assert small == {}


def test_layers_differ_without_colour(page: Page, example: Site) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(example.address + "articles/dam-talks-open/")
    styles = [
        page.locator(f".text .{layer}").first.evaluate("e => getComputedStyle(e).textDecorationStyle")
        for layer in ("l-src", "l-cue", "l-con")
    ]
    assert styles == ["double", "dotted", "solid"]


def test_print_is_dark_on_white_and_without_navigation(page: Page, example: Site) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(example.address + "articles/dam-talks-open/")
    for hidden in (".top", ".foot nav", ".legend"):
        assert not page.locator(hidden).is_visible(), hidden
    assert page.locator(".text").is_visible()
    assert page.locator(".notes").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 25, 24)"


def test_nothing_moves(page: Page, example: Site) -> None:
    for url in ("", "search/?q=dam"):
        page.goto(example.address + url, wait_until="networkidle")
        moving = (
            "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
        )
        assert page.evaluate(f"{moving}.length + document.getAnimations().length") == 0
