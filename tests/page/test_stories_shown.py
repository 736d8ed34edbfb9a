"""Stories on the pages of topics, outlets, articles and on the front page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from editions import BOARD, IDA, SITE, TOM, Writer, edition, topic

from digest.gather import gather
from digest.page import render


@pytest.fixture(scope="module")
def pages() -> dict[str, BeautifulSoup]:
    written = []
    for n, (outlet, actor) in enumerate([("Osterfeld Echo", IDA), ("Lower Post", TOM), ("Gull Sheet", BOARD)]):
        writer = Writer(f"a{n}", f"Bridge, part {n}", outlet=outlet, published=f"2025-03-0{n + 3}")
        writer.says(actor, f"Nobody has told us of part {n} yet")
        writer.topics = (topic("bridges"),)
        written.append(writer)
    copy = Writer("copy", "Lamps", outlet="Gull Sheet", published="2025-03-09")
    lamps = Writer("lamps", "Lamps are lit", outlet="Lower Post", published="2025-03-08")
    lamps.topics = copy.topics = (topic("bridges"),)
    whole = edition(*written, copy, lamps, texts={"copy": "lamps"})
    of = {"a0": "a0", "a1": "a0", "a2": "a0", "lamps": "lamps", "copy": "lamps"}
    made = render(gather(replace(whole, stories=of), SITE), SITE)
    return {page.url: BeautifulSoup(page.html, "html.parser") for page in made}


def test_a_topic_lists_stories_with_their_articles(pages: dict[str, BeautifulSoup]) -> None:
    (section,) = pages["topics/bridges/"].select("#stories")
    single, several = section.select(":scope > ul > li")
    assert single.get_text(" ", strip=True) == "Lamps Gull Sheet , 9 Mar 2025 · one text in 2 reports"
    assert several.small
    assert several.small.get_text() == (
        "3 articles by 3 outlets, 3 to 5 March 2025; quotes Bridge Board, Ida Quill and Tom Ferrow"
    )
    assert [a.get_text() for a in several.select("a.who")] == ["Bridge, part 2", "Bridge, part 1", "Bridge, part 0"]


def test_an_article_leads_to_the_others_of_its_story(pages: dict[str, BeautifulSoup]) -> None:
    (section,) = pages["articles/a1/"].select("#story")
    assert [a["href"] for a in section.select("a")] == ["../../articles/a2/", "../../articles/a0/"]
    assert not pages["articles/lamps/"].select("#story")


def test_the_front_page_shows_what_several_articles_tell(pages: dict[str, BeautifulSoup]) -> None:
    assert [a.get_text() for a in pages[""].select("#stories > ul > li > span > a")] == ["Bridge, part 2"]


def test_an_outlet_shows_whom_it_leaves_out_and_where(pages: dict[str, BeautifulSoup]) -> None:
    rows = [li.get_text(" ", strip=True) for li in pages["outlets/lower-post/"].select("#missed li")]
    assert rows == [
        "Bridge Board Gull Sheet quotes it; not here: Bridge, part 1 1",
        "Ida Quill Osterfeld Echo quotes her; not here: Bridge, part 1 1",
    ]
