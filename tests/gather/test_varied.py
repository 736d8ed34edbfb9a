"""What the reports of one text print otherwise than the earliest of them."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag
from editions import IDA, SITE, TOM, Writer, digest

from digest.build import Settings
from digest.build import edition as build
from digest.dossiers import ArticleDossier, Digest
from digest.edits import Variation
from digest.gather import gather
from digest.gather.varied import WORK
from digest.page import render
from digest.page.edited import COMPARED


def wire(id_: str, published: str, title: str = "The bridge stands") -> Writer:
    writer = Writer(id_, title=title, outlet=f"The {id_.title()}", published=published)
    writer.block("The bridge is “old” – and it’s long.")
    return writer


def texts(*writers: Writer) -> Digest:
    return digest(*writers, texts={writer.article.id: writers[0].article.id for writer in writers})


def of(found: Digest, id_: str) -> ArticleDossier:
    return next(a for a in found.articles if a.article.id == id_)


def varied(found: Digest, id_: str) -> dict[str, Variation | None]:
    return {other.article.id: other.varied for other in of(found, id_).reports}


def section(found: Digest, id_: str) -> Tag:
    page = next(p for p in render(found, SITE) if p.url == f"articles/{id_}/")
    part = BeautifulSoup(page.html, "lxml").find(id="differs")
    assert isinstance(part, Tag)
    return part


def three() -> Digest:
    first, second, third = wire("wire", "2025-03-04"), wire("echo", "2025-03-05"), wire("post", "2025-03-06")
    first.says(IDA, "The bridge will stand in May")
    second.says(IDA, "The bridge will stand in June")
    second.says(TOM, "Ask <b>me</b>")
    third.says(IDA, "The bridge will stand in May")
    return texts(first, second, third)


def test_each_report_is_compared_with_the_earliest_and_with_no_other() -> None:
    found = three()
    assert varied(found, "wire").keys() == {"echo", "post"}
    assert varied(found, "wire")["echo"] == varied(found, "echo")["wire"]
    assert varied(found, "echo")["post"] is None
    assert varied(found, "post")["echo"] is None
    same = varied(found, "post")["wire"]
    assert same is not None
    assert same.nothing
    other = varied(found, "echo")["wire"]
    assert other is not None
    assert [(row.kind, row.count) for row in other.difference.rows] == [("same", 2), ("changed", 1), ("added", 1)]
    assert [(q.before is None, q.after is None) for q in other.quotations] == [(False, False), (True, False)]


def test_the_page_shows_the_words_that_differ() -> None:
    own = section(three(), "echo")
    assert own.h2.text == "What differs from the earliest report"
    assert [a["href"] for a in own.select("h3 a")] == ["../../articles/wire/"]
    assert "The Wire, 4 Mar 2025 · 1 paragraph changed, 1 added, 2 as they were · 1 quotation reworded, 1 added" in (
        own.select_one("p.meta").text
    )
    assert "open" not in own.details.attrs
    assert [(e.name, e.text) for e in own.select("details del, details ins")] == [
        ("del", "May"),
        ("ins", "June"),
        ("ins", "“Ask <b>me</b>,” said Tom Ferrow. More follows."),
    ]
    links = [str(a["href"]) for a in own.select("a.said-then")]
    assert len(links) == 2
    assert all(link.startswith("#q-") for link in links)


def test_the_page_of_the_earliest_shows_every_later_report() -> None:
    first = section(three(), "wire")
    assert first.h2.text == "What later reports print otherwise"
    assert [a["href"] for a in first.select("h3 a")] == ["../../articles/echo/", "../../articles/post/"]
    assert first.select("p.meta")[1].text == "The Post, 6 Mar 2025 · word for word the same"
    assert len(first.select("details")) == 1
    assert all(str(a["href"]).startswith("../../articles/echo/#q-") for a in first.select("a.said-then"))


def test_marks_and_dashes_of_an_outlets_own_style_are_no_difference() -> None:
    plain = Writer("echo", title="The bridge stands", published="2025-03-05")
    plain.block('The bridge is "old" - and it\'s long.')
    found = varied(texts(wire("wire", "2025-03-04"), plain), "echo")["wire"]
    assert found is not None
    assert found.nothing


def test_an_article_that_is_the_only_report_of_its_text_says_nothing() -> None:
    found = digest(wire("wire", "2025-03-04"), wire("echo", "2025-03-05"))
    assert "differs" not in "".join(page.html for page in render(found, SITE))


def test_of_a_text_with_many_reports_the_first_ones_are_shown() -> None:
    many = [wire(f"a{n:02}", "2025-03-04", f"The bridge stands {n}") for n in range(COMPARED + 3)]
    part = section(texts(*many), "a00")
    assert len(part.select(".edit")) == COMPARED
    assert part.select_one("p.more").text == "What the other 2 reports print otherwise stands on their pages."
    assert len(section(texts(*many), "a12").select(".edit")) == 1


def test_what_would_take_too_long_is_not_compared() -> None:
    first, second = wire("wire", "2025-03-04"), wire("echo", "2025-03-05")
    for n in range(int(WORK**0.5) + 2):
        first.block("the same" if n % 2 else f"here {n}")
        second.block("the same" if n % 2 else f"there {n}")
    found = varied(texts(first, second), "echo")["wire"]
    assert found is not None
    assert found.difference.beyond
    part = section(texts(first, second), "echo")
    assert "the text is too long, and too much of it changed" in part.select_one("p.meta").text
    assert part.details is None


STORY = """The ferry sails again

{date}

The ferry between Osterfeld and Tarn sails again from Monday, after eleven weeks in the dock at the upper quay.
The harbour office said that both engines had been taken out, cleaned and put back in the same order.

“We found nothing that was broken and mended it anyway,” said harbour master Lena Vask on the landing stage.

{more}

Tickets cost what they cost last year, and the first boat leaves at six in the morning whatever the weather is.
"""


def test_nothing_that_is_withheld_comes_back_as_a_difference(tmp_path: Path) -> None:
    seeds, curation = tmp_path / "seeds", tmp_path / "curation"
    seeds.mkdir()
    curation.mkdir()
    told = "“My brother Anselm Dorrow sank it himself,” said ferryman Orrin Dorrow, who has left the town since then."
    for name, more in (
        ("a-wire", "The mayor did not come."),
        ("b-echo", told),
        ("c-post", "The mayor did not come, and nobody asked."),
    ):
        (seeds / f"{name}.txt").write_text(STORY.format(date="4 March 2025", more=more), encoding="utf-8")
    settings = Settings(seeds, curation, tmp_path)
    open_ = gather(build(settings), SITE)
    assert "Anselm Dorrow" in str(section(open_, "a-wire"))
    (curation / "corrections.yml").write_text(
        "- withhold: articles/b-echo\n  why: asked for\n  by: desk\n  on: 2025-06-01\n", encoding="utf-8"
    )
    found = gather(build(settings), SITE)
    assert set(varied(found, "a-wire")) == {"c-post"}
    assert "nobody asked" in str(section(found, "a-wire"))
    assert "Dorrow" not in "".join(page.html for page in render(found, SITE))
    (curation / "corrections.yml").write_text(
        "- withhold: articles/a-wire\n  why: asked for\n  by: desk\n  on: 2025-06-01\n", encoding="utf-8"
    )
    found = gather(build(settings), SITE)
    assert set(varied(found, "c-post")) == {"b-echo"}
    assert "did not come.</del>" not in "".join(page.html for page in render(found, SITE))
