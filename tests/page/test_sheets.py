"""Long tables are cut into pages of so much weight, and nothing falls between two of them."""

from __future__ import annotations

import gzip
from random import Random

import pytest
from bs4 import BeautifulSoup, Tag
from editions import BOARD, IDA, SITE, TOM, Writer, digest, topic

from digest.model import Actor
from digest.page import render
from digest.page.sheets import AGAIN, FIRST_TIME, LETTERS, PART, ROW, WHOLE, Room, Shown, beginning, sheets
from digest.page.views import FOLDED


def light(_: object) -> Shown:
    """A row of which so many fit that their number decides."""
    return Shown(0)


@pytest.mark.parametrize("count", [0, 1, WHOLE.rows, WHOLE.rows + 1, 3 * WHOLE.rows, 12 * WHOLE.rows + 7])
def test_every_row_stands_on_one_page(count: int) -> None:
    rows = list(range(count))
    found = sheets(rows, "all/", "all/", light)
    assert [row for sheet in found for row in sheet.rows] == rows
    assert all(len(sheet.rows) <= WHOLE.rows for sheet in found)
    assert [sheet.url for sheet in found] == ["all/", *(f"all/{n}/" for n in range(2, len(found) + 1))]
    assert {sheet.total for sheet in found} == {count}


@pytest.mark.parametrize("count", [0, 1, PART.rows, PART.rows + 1, PART.rows + WHOLE.rows, PART.rows + WHOLE.rows + 1])
def test_a_table_may_begin_with_fewer_rows(count: int) -> None:
    found = sheets(range(count), "all/", "all/", light, PART)
    assert [row for sheet in found for row in sheet.rows] == list(range(count))
    assert len(found[0].rows) == min(count, PART.rows)
    assert len(found) == 1 + max(0, -(-(count - PART.rows) // WHOLE.rows))


def test_a_page_has_as_many_rows_as_it_may_weigh() -> None:
    # What a page links to again weighs less than what it links to for the first time, and each page begins anew.
    one = Shown(LETTERS * 1_000, ("the same",))
    first, again = ROW + 1_000 + FIRST_TIME, ROW + 1_000 + AGAIN
    fit = 1 + (WHOLE.weight - first) // again
    found = sheets(range(3 * fit), "all/", "all/", lambda _: one)
    assert [len(sheet.rows) for sheet in found] == [fit, fit, fit]


def test_a_row_too_long_for_any_page_has_one_alone() -> None:
    found = sheets(range(3), "all/", "all/", lambda n: Shown(10 * LETTERS * WHOLE.weight if n == 1 else 1), Room(9, 99))
    assert [list(sheet.rows) for sheet in found] == [[0], [1], [2]]


def test_the_beginning_of_a_table_that_stands_elsewhere_has_no_further_pages() -> None:
    (sheet,) = beginning(sheets(range(PART.rows + 1), "here/", "here/", light, PART))
    assert (len(sheet.rows), sheet.total, sheet.pages) == (PART.rows, PART.rows + 1, ("here/",))


def test_page_links_leave_out_the_far_ones() -> None:
    found = sheets(range(20 * WHOLE.rows), "all/", "all/", light)
    numbers = [link[0] if link else None for link in found[9].shown]
    assert numbers == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert [link[0] if link else None for link in found[0].shown] == [1, 2, 3, None, 20]
    assert found[0].shown[0] == (1, "all/")


WORDS = ["bridge", "toll", "river", "ferry", "levee", "council", "spring", "never", "again", "stands", "opens", "costs"]


def varied(n: int, words: int) -> str:
    """Return so many words of which no two rows have the same run, for words that repeat would weigh nothing."""
    chance = Random(n)  # noqa: S311 - the same words each time, no secret
    return " ".join(f"{chance.choice(WORDS)}{chance.randrange(200)}" for _ in range(words))


@pytest.mark.parametrize("length", [6, 90])
def test_a_voice_of_very_many_quotations_stays_light_on_every_page(length: int) -> None:
    """The pages of 500 quotations by one speaker about another weigh what they may, however long the quotations are."""
    writers = []
    for n in range(25):
        writer = Writer(f"a{n:03}", f"Report {n} on {varied(n, 4)}", outlet=f"Echo {n % 7}", published="2025-03-04")
        writer.topics = (topic("x:1", "Bridges"),)
        for k in range(20):
            writer.says(IDA, varied(20 * n + k, length), about=("tom-ferrow",))
        writers.append(writer)
    made = {page.url: page for page in render(digest(*writers, actors=(IDA, TOM, BOARD)), SITE)}
    tables = [url for url in made if url.startswith(("actors/", "topics/", "outlets/", "quotations/"))]
    assert len(tables) > 10
    heavy = {url: size for url in tables if (size := len(gzip.compress(made[url].html.encode()))) > 20_000}
    assert heavy == {}
    shown = [
        row.get_text()
        for url in ("actors/ida-quill/", *(f"actors/ida-quill/by/{n}/" for n in range(2, 99)))
        if url in made
        for row in BeautifulSoup(made[url].html, "html.parser").select("#by-t .said, #rows .said")
    ]
    assert len(shown) == 500
    assert len(set(shown)) == 500


def test_a_list_too_long_for_a_page_stands_on_pages_of_its_own() -> None:
    speakers = [Actor(f"voice-{n}", f"Voice Number {n}", "person", {f"Voice Number {n}": 1}) for n in range(FOLDED + 1)]
    writer = Writer("bridge")
    writer.topics = (topic("x:1", "Bridges"),)
    for speaker in speakers:
        writer.says(speaker, f"So says {speaker.name}")
    made = {p.url: p for p in render(digest(writer, Writer("other"), actors=(*speakers, BOARD)), SITE)}
    for url, name in (
        ("topics/bridges/", "Voices on Bridges"),
        ("outlets/osterfeld-echo/", "Whom Osterfeld Echo quotes"),
    ):
        page = BeautifulSoup(made[url].html, "html.parser")
        (link,) = [a for a in page.select(".more a") if str(a["href"]).endswith("/voices/")]
        assert link.get_text() == f"All {FOLDED + 1}"
        listed = BeautifulSoup(made[f"{url}voices/"].html, "html.parser")
        assert listed.h1
        assert listed.h1.get_text() == name
        assert {a.get_text() for a in listed.select(".rank a")} == {speaker.name for speaker in speakers}
    assert not any(url.endswith("/topics/") for url in made if url.startswith("outlets/"))


def test_a_very_long_article_goes_on_on_further_pages_and_leads_to_each_quotation() -> None:
    writer = Writer("long", url="https://echo.example/long")
    for n in range(160):
        writer.block(varied(1_000 + n, 40))
        writer.says((IDA, TOM)[n % 2], varied(n, 12))
    found = {p.url: p for p in render(digest(writer, Writer("other")), SITE)}
    first, *further = [url for url in found if url.startswith("articles/long/")]
    assert first == "articles/long/"
    assert further == [f"articles/long/{n}/" for n in range(2, len(further) + 2)]
    made = {url: BeautifulSoup(found[url].html, "html.parser") for url in (first, *further)}
    assert len(made) > 2
    for url, page in found.items():
        if url in made:
            assert len(gzip.compress((page.html + page.linked).encode())) < 20_000, url
    marked = [str(span["id"]) for page in made.values() for span in page.select(".text .l-con[id]")]
    assert marked == [q.id for q in writer.quotations]
    # Whoever follows the address of a quotation finds it on the first page, or where it leads to.
    for q in writer.quotations:
        here = made[first].find(id=q.id)
        assert isinstance(here, Tag)
        if here.name == "a":
            url, _, anchor = str(here["href"]).removeprefix("../../").partition("#")
            there = made[url].find(id=anchor)
            assert isinstance(there, Tag)
            assert "l-con" in there["class"]
    for page in made.values():
        assert len(page.select(".text .notes > div")) == len(page.select(".text .ref"))
        assert len(page.select(".onward p")) == len(further)
    assert "160 quotations, 2 speakers" in made[first].get_text()
