"""The pages of comparison: every number and every ring leads to what it stands on."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from editions import BOARD, IDA, SITE, TOM, Writer, digest, told, topic

from digest.lines import Outlet, Tally
from digest.page import render, views
from digest.page.sheets import WHOLE
from digest.relations import Matrix, SilenceRow


def world() -> list[Writer]:
    found = []
    for n, (outlet, speaker) in enumerate([("Echo", IDA), ("Echo", IDA), ("Post", TOM), ("Bote", BOARD)]):
        writer = Writer(f"a{n}", outlet=outlet, published=f"2025-03-0{4 + n}")
        writer.topics = (topic("x:1", "bridges"), topic("x:2", "money"))[: 1 + n % 2]
        writer.says(speaker, f"The bridge will stand in {n} years")
        found.append(writer)
    return found


def site(*writers: Writer) -> dict[str, BeautifulSoup]:
    """Return the pages of articles that are all on one story."""
    found = digest(*writers, stories=told(writers))
    return {page.url: BeautifulSoup(page.html, "html.parser") for page in render(found, SITE)}


def test_each_number_and_each_ring_opens_what_it_stands_on() -> None:
    pages = site(*world())
    cells = pages["compare/"].select("table.matrix td")
    links = [(cell, cell.find("a")) for cell in cells]
    assert all(link for cell, link in links if "non" not in cell["class"])
    opened = 0
    for cell, link in links:
        if not link:
            assert cell.get_text(" ", strip=True) == "· not quoted"
            continue
        url, _, anchor = str(link["href"]).removeprefix("../").partition("#")
        section = pages[url].find(id=anchor)
        assert section
        assert section.select_one("h2 .who").get_text() == cell["data-l"]  # type: ignore[union-attr] - it has one
        if "sil" in cell["class"]:
            assert "Left out." in section.get_text()
            assert section.select("ul.rank a")
        else:
            assert len(section.select("figure.q")) == int(link.get_text())
        opened += 1
    assert opened > 8


def rows(pages: dict[str, BeautifulSoup], url: str) -> list[str]:
    """Return the words in the rows of a table, through all of its pages."""
    nav = pages[url].select("nav.pages a")
    every = dict.fromkeys([url, *(str(a["href"]).removeprefix("../" * url.count("/")) for a in nav)])
    return [cell.get_text(" ", strip=True) for page in every for cell in pages[page].select("tbody td.said > span")]


def test_a_number_opens_exactly_what_it_counts_however_much_that_is() -> None:
    few, many, copied = Writer("few", outlet="Post"), Writer("many", outlet="Echo"), Writer("copied", outlet="Post")
    for writer in (few, many, copied):
        writer.topics = (topic("x:1", "bridges"), topic("x:2", "money"))
    for n in range(views.IN_ONE):
        few.says(TOM, f"A bridge of {n} planks is one")
    for n in range(WHOLE.rows + 1):
        many.says(IDA, f"The bridge has {n} planks")
    many.says(TOM, "One plank is enough for me")
    copied.says(IDA, "The bridge has 3 planks")
    elsewhere = Writer("elsewhere", outlet="Echo")
    elsewhere.topics = (topic("x:3", "rivers"),)
    elsewhere.says(IDA, "The river has no bed")
    pages = site(few, many, copied, elsewhere)
    opened = {}
    for cell in pages["compare/"].select("table.matrix td:has(a)"):
        url, _, anchor = str(cell.select("a")[0]["href"]).removeprefix("../").partition("#")
        if anchor:
            section = pages[url].find(id=anchor)
            assert isinstance(section, Tag)
            found = [q.get_text() for q in section.select("blockquote")]
            assert not section.select("p.more")
        else:
            found = rows(pages, url)
        number = cell.get_text(" ", strip=True)
        assert number == str(len(found)) or (number, found) == ("○ left out", [])
        opened[url, anchor] = found
    assert len(opened["actors/ida-quill/compared/on-bridges/", ""]) == WHOLE.rows + 2
    assert "“The river has no bed”" not in opened["actors/ida-quill/compared/on-bridges/", ""]
    assert len(opened["actors/ida-quill/compared/in-echo/", ""]) == WHOLE.rows + 2
    assert opened["actors/tom-ferrow/compared/", "in-post"] == [f"“A bridge of {n} planks is one”" for n in range(3)]
    (all_,) = pages["actors/ida-quill/compared/"].select("#on-bridges p.more a")
    assert all_.get_text() == f"All {WHOLE.rows + 2} quotations by Ida Quill on bridges"
    assert str(all_["href"]).endswith("actors/ida-quill/compared/on-bridges/")


@pytest.mark.parametrize("page", ["topics/bridges/", "briefings/2025-w10/"])
def test_each_number_and_each_ring_of_a_topic_and_a_week_opens_what_stands_behind_it(page: str) -> None:
    echo, post, bote = (Writer(o.lower(), f"News in {o}", outlet=o) for o in ("Echo", "Post", "Bote"))
    early = Writer("early", "Earlier news", outlet="Post", published="2025-03-03")
    for writer, speakers in ((echo, (IDA, IDA, TOM)), (post, (TOM,)), (early, (TOM,)), (bote, (BOARD,))):
        writer.topics = (topic("x:1", "bridges"),)
        for n, speaker in enumerate(speakers):
            writer.says(speaker, f"{speaker.name} tells {writer.article.id} of {n} bridges")
    elsewhere = Writer("elsewhere", outlet="Echo", published="2025-05-01")
    elsewhere.topics = (topic("x:2", "fish"),)
    elsewhere.says(IDA, "This is said of fish, and in another month")
    found = digest(echo, post, early, bote, elsewhere, stories=told([echo, post, early], [bote], [elsewhere]))
    pages = {page.url: BeautifulSoup(page.html, "html.parser") for page in render(found, SITE)}
    opened = {}
    for link in pages[page].select("table.matrix td a"):
        url, _, anchor = str(link["href"]).removeprefix("../" * page.count("/")).partition("#")
        group = pages[url].find(id=anchor)
        assert isinstance(group, Tag)
        assert url == f"{page}quoted-where/"
        head = group.select("th a")
        own = [cell.get_text() for cell in group.select("td.said > span")]
        articles = [a.get_text() for a in group.select("ul.rank a")]
        opened[head[0].get_text(), head[1].get_text()] = (link.get_text(" ", strip=True), own, articles)
        for other in group.select("p.more a"):
            assert pages[url].find(id=str(other["href"]).partition("#")[2])
    assert opened == {
        ("Ida Quill", "Echo"): ("2", [f"“Ida Quill tells echo of {n} bridges”" for n in (0, 1)], []),
        ("Ida Quill", "Post"): ("○ left out", [], ["News in Post", "Earlier news"]),
        ("Tom Ferrow", "Echo"): ("1", ["“Tom Ferrow tells echo of 2 bridges”"], []),
        ("Tom Ferrow", "Post"): ("2", [f"“Tom Ferrow tells {id_} of 0 bridges”" for id_ in ("post", "early")], []),
        ("Bridge Board", "Bote"): ("1", ["“Bridge Board tells bote of 0 bridges”"], []),
    }


def test_silences_are_named_with_those_who_do_quote() -> None:
    (first, *_) = site(*world())["compare/"].select("#silences li")
    assert first.get_text(" ", strip=True).startswith(
        "Bote, Ida Quill story on 7 March 2025, no quotation; Echo quotes her"
    )


def test_an_actor_and_an_outlet_lead_to_their_comparison() -> None:
    pages = site(*world())
    assert pages["actors/ida-quill/"].select('a[href="../../actors/ida-quill/compared/"]')
    assert pages["outlets/echo/"].select('a[href="../../compare/#outlets"]')


def test_too_little_to_compare_is_one_sentence() -> None:
    writer = Writer("a")
    writer.says(IDA, "There is one article")
    page = site(writer)["compare/"]
    assert page.select_one("p.empty").get_text() == "This article has too few speakers and topics to be compared."  # type: ignore[union-attr] - it is there
    assert not page.select("table")


def test_a_large_matrix_is_shown_in_pieces() -> None:
    outlets = tuple(Outlet(f"Outlet {n}", str(n)) for n in range(7))
    rows = tuple(SilenceRow(IDA, Tally(7, 7), tuple(Tally(n, n) for n in range(7)), ((),) * 7) for _ in range(13))
    pieces = views.pieces(Matrix(outlets, rows))
    assert [(name, len(m.rows), len(m.outlets)) for name, m in pieces] == [
        ("", 12, 6),
        ("Outlet 6", 12, 1),
        ("1 more speaker", 1, 6),
        ("1 more speaker and Outlet 6", 1, 1),
    ]
    assert pieces[1][1].rows[0].cells == (Tally(6, 6),)


def test_answers_say_whether_they_are_about_an_actor_or_beside_its_words() -> None:
    writer = Writer("a")
    writer.topics = (topic("x:1", "bridges"),)
    writer.says(IDA, "The bridge is late")
    writer.reports(TOM, "the bridge was late", about=("bridge-board",))
    writer.cue("denied")
    pages = site(writer)
    (beside,) = pages["actors/ida-quill/"].select("#answers figure")
    assert beside.h3
    assert beside.h3.get_text() == "Beside her words, on bridges"
    assert "denied" in beside.get_text()
    (about,) = pages["actors/bridge-board/"].select("#answers figure h3")
    assert about.get_text() == "About it, on bridges"
    assert not pages["actors/tom-ferrow/"].select("#answers")
    assert len(pages["topics/bridges/"].select("#denials figure")) == 1


def test_a_pair_stands_side_by_side_and_is_found_from_everywhere() -> None:
    writer = Writer("a", outlet="Echo")
    writer.topics = (topic("x:1", "bridges"),)
    for n in range(6):
        writer.says(IDA, f"The bridge is late by {n} years")
        writer.says(TOM, f"The bridge was never {n} years late", about=("ida-quill",) * (n == 0))
    pages = site(writer, Writer("b"))
    page = pages["compare/ida-quill--tom-ferrow/"]
    lede = page.select_one("p.lede")
    assert lede
    assert lede.get_text() == (
        "Both are quoted on bridges. There, Ida Quill is quoted six times and Tom Ferrow six times. "
        "Tom Ferrow speaks about Ida Quill once."
    )
    one, other = page.select("#on-bridges .two > section")
    assert [q.get_text() for q in one.select("blockquote")] == [
        f"“The bridge is late by {n} years”" for n in (0, 2, 3, 5)
    ]
    assert len(other.select("blockquote")) == views.SIDE
    for url in ("compare/", "compare/pairs/", "actors/ida-quill/", "actors/tom-ferrow/", "topics/bridges/"):
        assert [a for a in pages[url].select("a") if "compare/ida-quill--tom-ferrow/" in str(a["href"])], url


def test_two_outlets_stand_side_by_side_with_whom_only_one_quotes() -> None:
    pages = site(*world())
    page = pages[next(url for url in pages if url.startswith("compare/outlets/"))]
    first, second = page.select("#only .two > section")
    assert first.select("li")
    assert second.select("li")
    for link in first.select("li a"):
        assert "compared/#in-" in str(link["href"])
    assert pages["outlets/echo/"].select('a[href^="../../compare/outlets/"]')
    (pair, *_) = pages["topics/bridges/"].select("#compared p.more a")
    url, _, anchor = str(pair["href"]).removeprefix("../../").partition("#")
    assert len(pages[url].select(f"#{anchor} .two > section")) == 2


def test_the_pieces_of_a_side_are_spread_from_the_first_to_the_last() -> None:
    writer = Writer("a")
    for n in range(11):
        writer.says(IDA, f"Number {n} in all")
    lines = digest(writer).lines
    assert views.spread(lines[:3]) == list(lines[:3])
    assert [lines.index(line) for line in views.spread(lines)] == [0, 3, 7, 10]
