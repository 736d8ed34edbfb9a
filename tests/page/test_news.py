"""What the front page says is new."""

from __future__ import annotations

from bs4 import BeautifulSoup
from editions import IDA, SITE, Writer, edition

from digest import changes
from digest.decisions import Curation
from digest.edition import Edition
from digest.gather import gather
from digest.model import Actor
from digest.output import Page
from digest.page import render


def written(id_: str, *said: str, **more: str) -> Writer:
    writer = Writer(id_, **more)
    for words in said:
        writer.says(IDA, words)
    return writer


def front(now: Edition, before: Edition | None) -> BeautifulSoup:
    return BeautifulSoup(site(now, before)[""].html, "html.parser")


def site(now: Edition, before: Edition | None) -> dict[str, Page]:
    found = None
    if before:
        old, new = (changes.state(each, Curation(), "one") for each in (before, now))
        found = changes.compare(old, new, now, Curation())
    return {page.url: page for page in render(gather(now, SITE, found), SITE)}


OLD = written("old", "The bridge will stand in May, whatever they say")
NEW = written(
    "new",
    "It will stand in June as well",
    "Nobody has to swim across any more",
    outlet="Lower Post",
    published="2025-03-09",
)


def test_the_front_page_says_what_is_new_and_of_whom() -> None:
    (section,) = front(edition(OLD, NEW), edition(OLD)).select("#new")
    assert [li.get_text(" ") for li in section.select("li")] == [
        "1 new article Lower Post +1",
        "2 new quotations Ida Quill 2 +2",
    ]


def test_each_line_leads_to_its_part_of_what_changed() -> None:
    pages = site(edition(OLD, NEW), edition(OLD))
    leads = [a["href"] for a in BeautifulSoup(pages[""].html, "html.parser").select("#new .rank a")]
    assert leads == ["changes/#articles", "changes/#quotations"]
    changed = BeautifulSoup(pages["changes/"].html, "html.parser")
    assert [a["href"] for a in changed.select("#articles a")] == ["../articles/new/"]
    assert len(changed.select("#quotations li")) == 2


def test_new_quotations_are_marked_where_others_are_not() -> None:
    found = front(edition(OLD, NEW), edition(OLD))
    marked = {q.blockquote.get_text() for q in found.select("figure") if q.select(".flag.new") and q.blockquote}
    assert marked == {"“It will stand in June as well”", "“Nobody has to swim across any more”"}
    every = front(edition(OLD, NEW), edition(Writer("other", published="2025-01-01")))
    assert every.select("#new")
    assert not every.select(".flag.new")


def test_what_is_gone_or_renamed_is_said_too() -> None:
    found = front(edition(OLD), edition(OLD, NEW))
    assert [li.get_text(" ") for li in found.select("#new li")] == [
        "2 quotations removed Ida Quill 2 −2",
        "1 article removed −1",
    ]


def test_the_page_of_changes_says_the_same_in_the_same_words() -> None:
    for now, before in ((edition(OLD), edition(OLD, NEW)), (edition(OLD, NEW), edition(OLD))):
        pages = site(now, before)
        said = BeautifulSoup(pages["changes/"].html, "html.parser").select_one(".under")
        rows = BeautifulSoup(pages[""].html, "html.parser").select("#new li .who, #new li > span:first-child > b")
        assert said
        assert len(rows) == 2
        assert all(row.get_text() in said.get_text() for row in rows)


def test_many_speakers_are_counted_beyond_three() -> None:
    crowd = Writer("crowd")
    names = ["Ada Moor", "Bo Lind", "Cy Holt", "Di Marsh", "Ed Pool"]
    people = tuple(Actor(name.lower().replace(" ", "-"), name, "person") for name in names)
    for person in people:
        crowd.says(person, f"It was {person.name} who saw it first")
    (note,) = front(edition(OLD, crowd, actors=(IDA, *people)), edition(OLD)).select("#new li:nth-of-type(2) small")
    assert note.get_text() == "Ada Moor, Bo Lind, Cy Holt and 2 more"


def test_nothing_new_is_one_sentence_and_a_first_edition_says_nothing() -> None:
    (section,) = front(edition(OLD), edition(OLD)).select("#new")
    assert section.get_text(" ", strip=True).endswith("Nothing changed since the edition before.")
    assert not front(edition(OLD), None).select("#new")
