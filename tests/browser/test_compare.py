"""A first-time reader asks which papers left somebody out and who contradicts it, with scripts and without."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect
from sites import Site

pytestmark = pytest.mark.browser


def left_out(page: Page, site: Site, speaker: str) -> list[str]:
    """Return the papers that left ``speaker`` out, found as a reader does: by the menu, the row and its rings."""
    page.goto(site.address)
    page.get_by_role("link", name="Compare", exact=True).first.click()
    row = page.locator("#outlets tr", has=page.get_by_role("link", name=speaker, exact=True))
    rings = row.locator("td.sil")
    found = []
    for n in range(rings.count()):
        outlet = rings.nth(n).get_attribute("data-l")
        address = urljoin(page.url, str(rings.nth(n).locator("a").get_attribute("href")))
        found.append((outlet, address))
    papers = []
    for outlet, address in found:
        page.goto(address)
        section = page.locator("section:target")
        assert section.locator("h2 .who").inner_text() == outlet
        story = section.locator("ul.rank a").first
        assert "Left out." in section.inner_text()
        story.click()
        assert speaker not in page.locator(".notes").all_inner_texts()
        papers.append(str(outlet))
    return papers


def test_which_papers_left_it_out(page: Page, example: Site) -> None:
    assert left_out(page, example, "Greta Holmwick") == [
        "Harbour Courier",
        "Veldmark Examiner",
        "Osterhavener Tageblatt",
    ]


def test_which_papers_left_it_out_is_answered_without_scripts(chromium: Browser, example: Site) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        assert left_out(context.new_page(), example, "Tobias Wrenk") == ["Veldmark Examiner"]


def test_every_number_opens_as_many_quotations_as_it_says_without_scripts(chromium: Browser, example: Site) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(example.address + "compare/")
        cells = page.locator("td:is(.w1, .w2, .w3) a").all()
        # where copies are counted once, the number of all reports stands behind it for who listens
        numbers = [
            (re.findall(r"\d+", str(a.text_content())), urljoin(page.url, str(a.get_attribute("href")))) for a in cells
        ]
        assert len(numbers) > 20
        tables = 0
        for number, address in numbers:
            page.goto(address)
            if "#" in address:
                assert page.locator("section:target figure.q").count() == int(number[0]), address
            else:
                assert page.locator("tbody tr").count() == int(number[-1]), address
                tables += 1
        assert 0 < tables < len(numbers)


def test_a_ring_of_a_topic_leads_on_a_phone_to_where_its_articles_stand(chromium: Browser, example: Site) -> None:
    with chromium.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(example.address + "topics/diplomacy/")
        rings = page.locator("#silence td.sil a").all()
        for address in [urljoin(page.url, str(ring.get_attribute("href"))) for ring in rings]:
            page.goto("about:blank")
            page.goto(address)
            group = page.locator("tbody:target")
            assert "Left out." in group.inner_text()
            expect(group.locator("th")).to_be_in_viewport()
        assert len(rings) > 3


def test_who_contradicts_it(chromium: Browser, example: Site) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(example.address + "actors/davit-morresk/")
        page.get_by_role("navigation", name="On this page").get_by_role("link", name="Who denies").click()
        answers = page.locator("#answers figure")
        found = [answers.nth(n).locator(".who").first.inner_text() for n in range(answers.count())]
        assert "Henrik Aldane" in found
        answer = answers.nth(found.index("Henrik Aldane"))
        assert "rejected" in answer.locator(".meta").inner_text()
        answer.locator(".chain a", has_text="Northern Front").first.click()
        assert "rejected the offer" in page.locator(".text").inner_text()


def test_two_speakers_are_chosen_from_a_list_and_a_box_narrows_it(page: Page, example: Site) -> None:
    page.goto(example.address + "compare/")
    page.locator("#pairs p.more a").click()
    rows = page.locator("#pairs-t tbody tr:visible")
    every = rows.count()
    page.get_by_label("Filter these rows").fill("nollick")
    assert 0 < rows.count() < every
    rows.get_by_role("link", name="Jasper Nollick and Ruben Ockley").click()
    assert page.locator("h1").inner_text() == "Jasper Nollick and Ruben Ockley"
    said = page.locator("#each-other .two > section").nth(1)
    assert "I do not know what Mr Nollick calls a building" in said.inner_text()


def test_two_outlets_show_whom_only_one_quotes(chromium: Browser, example: Site) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(example.address + "compare/")
        page.locator("#rivals").get_by_role("link", name="Harbour Courier and Brennicker Bote").click()
        page.locator("#only").get_by_role("link", name="Greta Holmwick").click()
        assert "Harbour Courier" in page.locator("section:target h2").inner_text()
        assert "Left out." in page.locator("section:target").inner_text()
