"""The network as readers meet it: lines lead to quotations, the keyboard reaches each, no label covers another."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page
from sites import Site

pytestmark = pytest.mark.browser

LABELS = """svg => [...svg.querySelectorAll('text')].map(text => {
  const box = text.getBoundingClientRect();
  return [text.textContent, box.left, box.top, box.right, box.bottom];
})"""


def lines(page: Page, drawing: str) -> list[tuple[str, str]]:
    """Return the sentence and the address of each line of a drawing."""
    found = page.locator(f"svg.{drawing} a:has(path)").all()
    return [(str(a.get_attribute("aria-label")), urljoin(page.url, str(a.get_attribute("href")))) for a in found]


@pytest.mark.parametrize("topic", [None, "politics"])
def test_each_line_opens_exactly_the_quotations_that_its_sentence_counts(
    chromium: Browser, example: Site, topic: str | None
) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(example.address + "network/")
        if topic:
            page.locator("#topics").get_by_role("link", name=topic, exact=True).click()
            assert page.locator("h1").inner_text() == f"Who speaks about whom on {topic}"
        found = lines(page, "wide")
        assert len(found) >= 8
        for sentence, address in found:
            (speaker, about), count = sentence.split(", about "), re.search(r" · (\d+), about ", sentence)
            page.goto(address)
            group = page.locator("tbody:target")
            names = group.locator("th a").all_inner_texts()
            assert speaker.startswith(names[0])
            assert names[1] == about
            # what a copy of a text repeats is counted once
            words = set(group.locator("td.said > span").all_inner_texts())
            assert len(words) == (int(count[1]) if count else 1)


def test_a_topic_leads_to_its_network(page: Page, example: Site) -> None:
    page.goto(example.address + "topics/politics/")
    page.get_by_role("link", name="The network on politics").click()
    assert page.locator("svg.wide").is_visible()
    page.get_by_role("link", name="Other topics").click()
    assert page.locator("#topics a").count() > 1


@pytest.mark.parametrize("drawing", ["wide", "narrow"])
def test_no_label_covers_another(drawing: str, example: Site, page: Page) -> None:
    page.set_viewport_size({"width": 1440 if drawing == "wide" else 360, "height": 900})
    page.goto(example.address + "network/")
    width = page.evaluate("document.documentElement.clientWidth")
    labels = page.locator(f"svg.{drawing}").evaluate(LABELS)
    assert len(labels) > 10
    for n, (text, left, top, right, bottom) in enumerate(labels):
        assert left >= 0, text
        assert right <= width, text
        for other, a, b, c, d in labels[n + 1 :]:
            assert right <= a or c <= left or bottom <= b or d <= top, (text, other)


def test_the_keyboard_reaches_each_name_and_line_in_the_order_of_reading(page: Page, example: Site) -> None:
    page.goto(example.address + "network/")
    links = page.locator("svg.wide a")
    wanted = [a.get_attribute("href") for a in links.all()]
    links.first.focus()
    reached = []
    for _ in wanted:
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
        page.keyboard.press("Tab")
    assert reached == wanted
    # the drawing for phones is not there for anybody then
    assert not page.locator("svg.narrow").is_visible()
    assert page.evaluate("document.activeElement.closest('main') !== null && !document.activeElement.closest('svg')")


def test_a_line_that_has_the_focus_shows_it(page: Page, example: Site) -> None:
    page.goto(example.address + "network/")
    line = page.locator("svg.wide a:has(path)").first
    plain = line.locator("path").evaluate("path => getComputedStyle(path).stroke")
    page.locator("svg.wide a").first.focus()
    page.keyboard.press("Tab")
    assert line.evaluate("a => a === document.activeElement")
    assert line.locator("text").evaluate("text => getComputedStyle(text).outlineStyle") == "solid"
    assert line.locator("path").evaluate("path => getComputedStyle(path).stroke") != plain
