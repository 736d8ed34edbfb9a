"""What a page picks: the columns that tell something, the quotation that stands for a speaker, a role to show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from editions import IDA, SITE, TOM, WIRE, Writer, digest, role, topic

from digest.model import Source
from digest.page import render, views


def names(writer: Writer, *without: str, dated: bool = True, named: bool = True) -> list[str]:
    return [key for key, _, _ in views.columns(digest(writer).lines, without, dated=dated, named=named)]


@pytest.mark.parametrize(
    ("dated", "named", "shown"),
    [
        (True, True, ["date", "speaker", "said", "how", "outlet", "article"]),
        (False, True, ["speaker", "said", "how", "outlet", "article"]),
        (True, False, ["date", "speaker", "said", "how", "via", "article"]),
    ],
)
def test_a_column_stands_where_the_edition_knows_what_belongs_in_it(
    dated: bool,
    named: bool,
    shown: list[str],
) -> None:
    writer = Writer("bridge")
    writer.says(IDA, "So it is", via=(WIRE,))
    assert names(writer, dated=dated, named=named) == shown


def test_through_whom_stands_where_words_came_through_someone() -> None:
    writer = Writer("bridge")
    writer.says(IDA, "So it is")
    assert "via" not in names(writer, "outlet")


def test_a_clear_quotation_stands_for_a_speaker() -> None:
    writer = Writer("bridge")
    writer.topics = (topic("x:1", "Bridges"),)
    writer.says(IDA, "So it may be", confidence=0.6)
    writer.says(IDA, "So it is said", flaws=("no closing quotation mark",))
    writer.reports(IDA, "so it was")
    writer.says(IDA, "So it is")
    for n in range(views.FEW):
        writer.says(TOM, f"So it is {n}", confidence=0.6)
    dossier = next(d for d in digest(writer).topics if d.topic.id == "x:1")
    shown = {
        lines[0].speaker.name: (n.reports, [line.words for line in lines]) for n, lines in views.by_speaker(dossier)
    }
    assert shown == {"Tom Ferrow": (views.FEW, ["So it is 0"]), "Ida Quill": (4, ["So it is"])}


def test_a_quotation_that_stands_above_stands_for_no_speaker_again() -> None:
    writer = Writer("bridge")
    writer.topics = (topic("x:1", "Bridges"),)
    for n in range(views.FEW + 1):
        writer.says(IDA, f"The bridge of {n} planks stands in the river")
    dossier = next(d for d in digest(writer).topics if d.topic.id == "x:1")
    above = {highlight.line.words for highlight in dossier.highlights}
    ((_, (shown,)),) = views.by_speaker(dossier)
    assert above
    assert shown.words not in above


def test_the_role_in_a_list_is_in_the_language_of_the_site() -> None:
    old, new = Writer("old", published="2025-01-01"), Writer("new", published="2025-02-01", language="de")
    old.block("Ida Quill, mayor, spoke.")
    new.block("Ida Quill, Bürgermeisterin, sprach.")
    for writer in (old, new):
        writer.says(IDA, "So it is")
    found = digest(old, new, actors=(replace(IDA, roles=(role("mayor", old), role("Bürgermeisterin", new))),))
    assert [views.role(found.actors[0], code).text for code in ("en", "de", "fr")] == [
        "mayor",
        "Bürgermeisterin",
        "Bürgermeisterin",
    ]


def test_the_words_that_mean_the_speaker_stand_beside_the_verb() -> None:
    writer = Writer("bridge")
    start = writer.block("She is sure of it.")
    writer.says(IDA, "So it is", source=Source(start, start + 3, "She", "pronoun"))
    writer.says(IDA, "So it was")
    site = {page.url: page for page in render(digest(writer), SITE)}
    rows = BeautifulSoup(site["quotations/"].html, "html.parser").select("td[data-l=How]")
    assert [row.get_text(" ", strip=True) for row in rows] == ["direct She said", "direct said"]
    assert [q.get_text() for row in rows for q in row.select("q")] == ["She"]
