"""Reading, searching, filtering, and following a quotation to its place."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from searching import found, open_search
from sites import Site, watched

pytestmark = pytest.mark.browser


def facet(page: Page, name: str) -> tuple[str, int]:
    """Choose the first value of a facet; return the value and the count beside it."""
    label = page.locator(f"#facets label:has(input[name={name}]), .facets label:has(input[name={name}])").first
    value = label.locator("input").get_attribute("value")
    count = int(label.locator("span").last.inner_text().replace(",", ""))
    label.locator("input").check()
    expect(page).to_have_url(re.compile(rf"[?&]{name}="))
    return value or "", count


def in_view(page: Page, anchor: str) -> bool:
    return page.evaluate(
        """id => { const e = document.getElementById(id); if (!e) return false; const r = e.getBoundingClientRect();
        return r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight; }""",
        anchor,
    )


def test_front_page_shows_quotations_that_lead_to_their_place(page: Page, example: Site) -> None:
    page.goto(example.address)
    assert page.locator("h1").count() == 1
    link = page.locator("main a[href*='articles/'][href*='#q-']").first
    link.click()
    page.wait_for_url("**/articles/**#q-*")
    assert in_view(page, urlsplit(page.url).fragment)


@pytest.mark.parametrize("section", ["actors", "topics", "outlets"])
def test_rows_of_a_table_lead_to_their_words(section: str, page: Page, example: Site) -> None:
    """The largest page of a section: every row has its place, and at it stand the row's words."""
    largest = max((example.folder / section).glob("*/index.html"), key=lambda path: path.stat().st_size)
    where = f"{example.address}{section}/{largest.parent.name}/"
    page.goto(where)
    rows = page.locator("tr:has(td.said)")
    count = rows.count()
    assert count > 5
    assert rows.locator("a[href*='articles/'][href*='#q-']").count() >= count
    for n in (0, count // 2, count - 1):
        page.goto(where)
        row = rows.nth(n)
        words = [plain(part) for part in row.locator("td.said > span").all_text_contents()]
        row.locator("a[href*='#q-']").first.click()
        page.wait_for_url("**/articles/**#q-*")
        anchor = urlsplit(page.url).fragment
        assert in_view(page, anchor)
        assert plain(page.locator(f"#{anchor}").text_content() or "")[:20] == words[0][:20]


def plain(text: str) -> str:
    """Return ``text`` without quotation marks and with single spaces: the marks are the page's, the words not."""
    return " ".join(re.sub("[\"“”„«»‹›‘’‚']", "", text).split())


def test_a_row_leads_to_the_wordings_side_by_side(page: Page, example: Site) -> None:
    page.goto(example.address + "actors/samira-vennor/")
    page.locator("table.lines a.small", has_text="also in").first.click()
    shown = page.locator("table.side:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_be_in_viewport()
    shown.locator("a.who").first.click()
    expect(page.locator(".l-con:target")).to_be_visible()


def test_search_finds_a_word_and_follows_it_to_its_place(page: Page, example: Site) -> None:
    open_search(page, example)
    page.fill("#q", "dam")
    page.press("#q", "Enter")
    expect(page).to_have_url(re.compile(r"[?&]q=dam"))
    assert found(page) > 0
    expect(page.locator("#results mark").first).to_have_text(re.compile("dam", re.IGNORECASE))
    page.locator("#results figure.q a.place").first.click()
    page.wait_for_url("**/articles/**#q-*")
    assert in_view(page, urlsplit(page.url).fragment)


def test_filters_narrow_to_the_count_beside_them(page: Page, example: Site) -> None:
    whole = open_search(page, example, "?type=quotation")
    for name in ("speaker", "topic", "outlet"):
        value, count = facet(page, name)
        expect(page.locator("#chips")).to_contain_text(value, ignore_case=True)
        assert found(page) == count
        assert parse_qs(urlsplit(page.url).query)[name] == [value]
        page.locator("#chips a", has_text=value).click()
        expect(page.locator("#chips")).not_to_contain_text(value, ignore_case=True)
        assert found(page) == whole


def test_filters_of_speaker_and_outlet_hold_together(page: Page, example: Site) -> None:
    open_search(page, example, "?type=quotation")
    speaker, _ = facet(page, "speaker")
    found(page)
    outlet, count = facet(page, "outlet")
    assert found(page) == count
    assert set(page.locator("#results .who").all_inner_texts()) == {speaker}
    for chain in page.locator("#results .chain").all_inner_texts():
        assert outlet in chain


def test_one_box_finds_english_and_german_by_their_own_stems(page: Page, example: Site) -> None:
    # Each query is another form of the word than the one in the articles.
    open_search(page, example, "?q=dammed&language=en")
    english = found(page)
    open_search(page, example, "?q=Staudamms&language=de")
    assert english > 0
    assert found(page) > 0


def test_a_search_is_an_address(page: Page, example: Site) -> None:
    first = open_search(page, example, "?q=dam")
    page.fill("#q", "xyzzyx")
    page.press("#q", "Enter")
    expect(page.locator("#count")).to_contain_text("Nothing found")
    assert page.locator("#results li").count() == 0
    open_search(page, example, "?q=dam&type=quotation&sort=date")
    dates = [d for d in page.locator("#results time").evaluate_all("all => all.map(t => t.dateTime)") if d]
    assert dates == sorted(dates, reverse=True)
    page.locator("#chips a").first.click()
    expect(page.locator("#chips a")).to_have_count(0)
    assert found(page) == first
    page.go_back()
    expect(page.locator("#chips a")).to_have_count(1)


def test_every_result_leads_to_a_place_that_is_there(page: Page, example: Site) -> None:
    open_search(page, example, "?sort=date")
    links = page.locator("#results a").evaluate_all("all => all.map(a => a.href)")
    assert len(links) > 20
    for link in links:
        path, _, anchor = link.removeprefix(example.address).partition("#")
        html = (example.folder / path / "index.html").read_text(encoding="utf-8")
        assert not anchor or re.search(rf'\sid="?{anchor}[\s">]', html), link


def test_nothing_found_says_what_to_do(page: Page, example: Site) -> None:
    assert open_search(page, example, "?q=dam&outlet=Nowhere") == 0
    assert "under these filters" in page.inner_text("#count")
    page.locator("#nothing a").click()
    assert found(page) > 0
    # A word that is in no article finds nothing, not what is left of the query without it.
    assert open_search(page, example, "?q=dam+xyzzyx") == 0
    expect(page.locator("#nothing")).to_contain_text("Fewer words")


def test_a_phrase_is_found_as_it_stands(page: Page, example: Site) -> None:
    whole = open_search(page, example, "?q=river+invoices&type=quotation")
    assert open_search(page, example, "?q=%22river+does+not+send+invoices%22&type=quotation") > 0
    assert open_search(page, example, "?q=%22invoices+river%22&type=quotation") == 0
    assert whole > 0


def test_a_quotation_is_not_found_by_what_is_only_shown_beside_it(page: Page, example: Site) -> None:
    open_search(page, example, "?q=txt")
    assert page.locator("#results figure.q").count() == 0
    open_search(page, example, "?q=wrenk")
    for quotation in page.locator("#results figure.q").all():
        assert "wrenk" in quotation.inner_text().casefold()


def test_results_come_in_pages(page: Page, example: Site) -> None:
    whole = open_search(page, example)
    assert whole > 20
    assert page.locator("#results > li").count() == 20
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile(r"page=2"))
    expect(page.locator("#results")).to_have_attribute("start", "21")


def test_keys_reach_the_box_and_the_first_result(page: Page, example: Site) -> None:
    open_search(page, example, "?q=dam")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#results a.place").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#results a.place").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")


def test_markup_in_a_query_stays_text(page: Page, example: Site) -> None:
    open_search(page, example, "?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&speaker=%3Cb%3Ex")
    assert page.locator("#count img, #chips b, #facets b").count() == 0
    expect(page.locator("#chips")).to_contain_text("<b>x")


def test_theme_is_toggled_and_kept(page: Page, example: Site) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(example.address)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("button.theme").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(example.address + "actors/")
    assert page.evaluate(ground) == dark


@pytest.mark.parametrize("javascript", [True, False])
def test_the_address_of_who_was_merged_leads_to_the_one_who_stayed(
    chromium: Browser, example: Site, javascript: bool
) -> None:
    with chromium.new_context(java_script_enabled=javascript) as context:
        page, wrong = watched(context)
        page.goto(example.address + "actors/katharina-lindqvar/")
        page.wait_for_url("**/actors/katarina-lindqvar/")
        expect(page.locator("h1")).to_have_text("Katarina Lindqvar")
        assert wrong == []


def test_seed_is_searched_too(page: Page, seed: Site) -> None:
    assert open_search(page, seed, "?q=Afghanistan&type=quotation") > 0
    expect(page.locator("#results")).to_contain_text("Sergei Ivanov")


def test_pages_work_without_javascript(chromium: Browser, example: Site) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(example.address)
        page.locator("main a[href*='#q-']").first.click()
        page.wait_for_url("**/articles/**#q-*")
        assert page.locator("main").inner_text().strip()
        page.goto(example.address + "search/")
        expect(page.locator("main")).to_contain_text("JavaScript")
