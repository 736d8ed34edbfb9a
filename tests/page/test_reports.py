"""Where reports of one text are among what is counted, pages say so; where there are none, a number is a number."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from editions import IDA, SITE, TOM, Writer, digest, topic

from digest.output import Page
from digest.page import render


def copied_site() -> dict[str, Page]:
    """One text in three reports by three outlets, and an article of its own."""
    written = []
    for n, id_ in enumerate(("wire", "echo", "post", "own")):
        writer = Writer(id_, outlet=f"The {id_.title()}", published=f"2025-03-{4 + 7 * (n // 2):02}")
        writer.topics = (topic("x:1", "Bridges"),)
        if id_ == "own":
            writer.says(TOM, "Ask somebody else")
        else:
            writer.says(IDA, "The bridge will stand in May", about=("tom-ferrow",))
            writer.says(IDA, "And it will hold")
        written.append(writer)
    whole = digest(*written, texts={"wire": "wire", "echo": "wire", "post": "wire"})
    return {page.url: page for page in render(whole, SITE)}


def shown(page: Page) -> str:
    return " ".join(BeautifulSoup(page.html, "lxml").get_text(" ").split())


def test_a_count_says_how_many_reports_and_how_many_texts() -> None:
    pages = copied_site()
    ida = shown(pages["actors/ida-quill/"])
    assert "named in 3 reports, 1 text" in ida
    assert "Quoted six times in 3 reports, twice in 1 text, by three outlets" in ida
    assert "Most in the week of 3 Mar: 4 reports, 2 texts. What copies repeat counts once." in ida
    assert "4 reports, 2 texts 4 outlets 7 quotations in reports, 3 in texts" in shown(pages[""])
    assert "7 quotations in reports, 3 in texts, newest first" in shown(pages["quotations/"])
    assert pages[""].description.startswith(
        "7 quotations in reports, 3 in texts; 2 speakers in 4 reports, 2 texts; each"
    )
    topic = shown(pages["topics/bridges/"])
    assert "are quoted seven times in 4 reports, three times in 2 texts, by four outlets" in topic
    assert "Ida Quill is quoted most, six times in reports, twice in texts." in topic
    row = BeautifulSoup(pages["actors/"].html, "lxml").find("a", href="../actors/ida-quill/").find_parent("tr")
    assert [(td.text.strip(), td.get("data-v")) for td in row.find_all("td", "num")] == [
        ("6 reports, 2 texts", "2"),
        ("0", None),
        ("3 reports, 1 text", "1"),
    ]
    # where there are no copies, a number is a number
    assert not re.search(r"reports?\b", shown(pages["outlets/the-own/"]))


def test_a_topic_shows_what_copies_repeat_once() -> None:
    figures = BeautifulSoup(copied_site()["topics/bridges/"].html, "lxml").select("figure.q blockquote")
    assert sorted(f.text.strip("“”") for f in figures) == [
        "And it will hold",
        "Ask somebody else",
        "The bridge will stand in May",
    ]


def test_an_article_lists_the_reports_of_its_text_and_the_index_shows_copies() -> None:
    pages = copied_site()
    section = BeautifulSoup(pages["articles/echo/"].html, "lxml").find(id="reports")
    assert section.h2.text.startswith("One text in 3 reports")
    assert [a["href"] for a in section.select("td a")] == ["../../articles/wire/", "../../articles/post/"]
    assert "This one is the earliest" not in section.text
    assert "This one is the earliest" in pages["articles/wire/"].html
    assert BeautifulSoup(pages["articles/own/"].html, "lxml").find(id="reports") is None
    index = BeautifulSoup(pages["articles/"].html, "lxml")
    marked = {a["href"]: a.text for a in index.select("th a[href$='#reports']")}
    assert marked == {
        "../articles/wire/#reports": "first of 3 reports of one text",
        "../articles/echo/#reports": "one of 3 reports of one text",
        "../articles/post/#reports": "one of 3 reports of one text",
    }
