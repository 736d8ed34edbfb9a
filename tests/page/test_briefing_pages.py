"""The pages of the weeks: what they say, what they leave out where there is little, and where they lead."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup
from editions import BOARD, IDA, SITE, TOM, WIRE, Writer, digest, edition, told, topic

from digest.gather import gather
from digest.model import Actor
from digest.output import Page
from digest.page import render
from digest.page.sheets import WHOLE
from digest.page.weekly import title
from digest.since import Changes


def pages(*written: Writer, **more: object) -> dict[str, Page]:
    return {page.url: page for page in render(digest(*written, **more), SITE)}


def text(page: Page) -> str:
    return " ".join(BeautifulSoup(page.html, "html.parser").get_text(" ").split())


def section(page: Page, id_: str) -> str:
    found = BeautifulSoup(page.html, "html.parser").find(id=id_)
    return " ".join(found.get_text(" ").split()) if found else ""


def month() -> list[Writer]:
    """Four weeks; in the last one two outlets, a new voice, a carrier and somebody who is spoken about."""
    written = []
    for week, day in enumerate(("2025-03-04", "2025-03-11", "2025-03-18")):
        early = Writer(f"early-{week}", published=day)
        early.says(TOM, f"In week {week} the ferry ran as it should run")
        early.topics = (topic("t:1", "ferries"),)
        written.append(early)
    echo, post = Writer("echo", published="2025-03-25"), Writer("post", outlet="Lower Post", published="2025-03-26")
    echo.says(IDA, "The bridge will stand in May, whatever the river does", via=(WIRE,), about=("bridge-board",))
    post.says(IDA, "The bridge will stand in May, whatever the river does")
    post.says(IDA, "I will say it a third time if anybody likes")
    post.says(TOM, "I have heard that before, and from the same mouth", about=("ida-quill",))
    for writer in (echo, post):
        writer.topics = (topic("t:2", "bridges"),)
    return [*written, echo, post]


def test_a_week_says_who_spoke_how_often_and_what_is_new() -> None:
    page = pages(*month())["briefings/2025-w13/"]
    assert page.title == "Briefing, week 13 of 2025"
    assert page.description == "24 to 30 March 2025: 2 articles by 2 outlets: 4 quotations by 2 speakers."
    said = text(page)
    assert "Ida Quill is quoted most, three times by two outlets, once through Gull Wire." in said
    assert "Two outlets print what Ida Quill says: The bridge will stand in May, whatever the river does ." in said
    assert "Ida Quill is quoted for the first time." in said
    assert "Ida Quill new 3 Lower Post, Osterfeld Echo Gull Wire 1" in section(page, "voices")
    assert "Ida Quill on Bridge Board said 1" in section(page, "about")
    topics = "Bridges none in the weeks before 2 Ferries fewer than usual 1.0 a week before 0"
    assert section(page, "topics") == f"Topics articles, against the weeks before {topics}"


def test_a_week_of_one_article_says_what_is_new_and_what_was_dated_by_a_person() -> None:
    early, late = Writer("early", published="2025-03-04"), Writer("late", "Late news", published="2025-03-11")
    late.says(IDA, "The bridge will stand in May, whatever the river does")
    late.article = replace(late.article, date_basis="curation")
    found = gather(edition(early, late), SITE, Changes(None, "0.1.0", articles=("late",)))
    page = next(page for page in render(found, SITE) if page.url == "briefings/2025-w11/")
    assert section(page, "new").startswith("New since the last edition 1 article Late news")
    assert section(page, "voices") == ""


def test_what_is_said_of_silence_and_of_coming_back_has_the_numbers_that_it_was_found_by() -> None:
    written = [Writer(f"week-{n}", published=day) for n, day in enumerate(("2025-01-06", "2025-01-15", "2025-01-22"))]
    for speaker in (IDA, TOM):
        written[0].says(speaker, f"The bridge was a dream, as {speaker.name} said")
    late = [
        Writer(f"late-{n}", outlet=outlet, published="2025-03-25")
        for n, outlet in enumerate(("Osterfeld Echo", "Lower Post", "Unterer Bote"))
    ]
    for writer in late:
        writer.topics = (topic("t:1", "bridges"),)
        writer.says(TOM, "She has promised it to me on three occasions")
    for writer in late[:2]:
        writer.says(IDA, "The bridge will stand in May, whatever comes")
    page = pages(*written, *late, stories=told(late))["briefings/2025-w13/"]
    assert "Quoted again after eight weeks or more: Tom Ferrow and Ida Quill." in text(page)
    assert section(page, "left-out").startswith(
        "Left out had the story; two or more others quote them Unterer Bote does not quote Ida Quill"
    )


def test_a_week_leads_to_its_neighbours_and_to_all() -> None:
    html = BeautifulSoup(pages(*month())["briefings/2025-w11/"].html, "html.parser")
    links = {a.get_text(): a["href"] for a in html.select("nav.pages a")}
    assert links == {
        "Week 10": "../../briefings/2025-w10/",
        "All weeks": "../../briefings/",
        "Week 12": "../../briefings/2025-w12/",
    }


def test_a_week_leads_to_its_quotations_in_the_table_of_all() -> None:
    early, late = Writer("early", published="2025-03-04"), Writer("late", published="2025-03-11")
    for n in range(WHOLE.rows + 1):
        late.says(IDA, f"This is line {n}")
    early.says(IDA, "This one comes first")
    early.says(IDA, "This one comes next")
    made = pages(early, late)
    found = {}
    for week in ("2025-w10", "2025-w11"):
        (link,) = [
            a
            for a in BeautifulSoup(made[f"briefings/{week}/"].html, "html.parser").select(".more a")
            if a.string == "table of all"
        ]
        found[week] = str(link["href"]).removeprefix("../../")
    assert found == {"2025-w10": "quotations/2/", "2025-w11": "quotations/"}
    assert "This one comes first" in made["quotations/2/"].html


def test_over_new_year_the_year_is_said() -> None:
    made = pages(Writer("a", published="2024-12-24"), Writer("b", published="2025-01-08"))
    assert "Week 52 of 2024" in text(made["briefings/2025-w02/"])
    assert [h.get_text() for h in BeautifulSoup(made["briefings/"].html, "html.parser").select("h2")] == [
        "20251 week",
        "20241 week",
    ]


def test_a_week_with_one_article_has_no_tables() -> None:
    page = pages(*month())["briefings/2025-w10/"]
    html = BeautifulSoup(page.html, "html.parser")
    assert not html.find_all("table")
    assert "All of it stands in one article by Osterfeld Echo: Mayor promises a bridge ." in text(page)
    assert "In week 0 the ferry ran as it should run" in text(page)


def test_a_week_in_which_nobody_is_quoted_says_so() -> None:
    silent, other = Writer("silent"), Writer("other")
    made = pages(silent, other)["briefings/2025-w10/"]
    assert "Nobody is quoted this week." in text(made)
    assert made.description.endswith("2 articles by 1 outlet: nobody is quoted.")


def test_an_edition_without_dates_has_one_sentence() -> None:
    one, other = Writer("one", published=None), Writer("other", published=None)
    made = pages(one, other)
    assert [url for url in made if url.startswith("briefings/")] == ["briefings/"]
    assert "No article has a date, so there is no week to tell of." in text(made["briefings/"])
    assert "Latest briefing" not in text(made[""])
    assert "The article has no date" in text(pages(one)["briefings/"])


def test_the_list_says_what_stands_in_no_week() -> None:
    made = pages(*month(), Writer("blank", published=None))
    assert "1 article without a date is in none of them: add its date ." in text(made["briefings/"])
    assert "Week 13 24 to 30 March 2025 bridges Ida Quill , Tom Ferrow 2 4 2" in text(made["briefings/"])


def test_the_front_page_leads_to_the_latest_week() -> None:
    said = section(pages(*month())[""], "briefing")
    assert said.startswith("Latest briefing 24 to 30 March 2025 Week 13: bridges . 2 articles by 2 outlets: 4 quot")
    assert said.endswith("All 4 weeks .")


def test_copies_are_said_to_be_copies() -> None:
    one, copy = Writer("one"), Writer("copy", outlet="Lower Post")
    for writer in (one, copy):
        writer.says(IDA, "The bridge will stand in May, whatever the river does")
    page = pages(one, copy, texts={"one": "one", "copy": "one"})["briefings/2025-w10/"]
    assert "2 reports, 1 text by 2 outlets: 2 quotations in reports, 1 in texts, by 1 speaker." in page.description
    assert page.html.count("<blockquote") == 1


def test_a_headline_stays_in_one_line() -> None:
    one = Writer("one")
    one.says(IDA, "The bridge will stand in May, whatever the river does")
    one.topics = (
        topic("t:1", "the building and the upkeep of bridges"),
        topic("t:2", "the upkeep of rivers, lakes and canals"),
    )
    (briefing,) = digest(one).briefings
    assert title(briefing) == "Week 10: the building and the upkeep of bridges"


def test_many_names_are_counted() -> None:
    written = [*month()[:3], Writer("many", published="2025-03-25"), Writer("more", published="2025-03-26")]
    crowd = tuple(Actor(f"p{n}", f"Person {n}", "person") for n in range(9))
    for n, person in enumerate(crowd):
        written[3].says(person, f"I am the one who speaks in line {n} of this article")
    said = text(pages(*written, actors=(IDA, TOM, BOARD, *crowd))["briefings/2025-w13/"])
    assert (
        "Quoted for the first time: Person 0, Person 1, Person 2, Person 3, Person 4, Person 5 and three more." in said
    )
