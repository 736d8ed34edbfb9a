"""The whole edition compared: who is quoted where, on what, and who is left out."""

from __future__ import annotations

import difflib

import pytest
from editions import BOARD, IDA, TOM, Writer, digest, topic
from hypothesis import given
from hypothesis import strategies as st

from digest.gather.compare import ON, OUTLETS
from digest.gather.silence import ALIKE, _alike
from digest.lines import Tally
from digest.text import fold


def written(name: str, outlet: str | None, published: str | None, on: str) -> Writer:
    writer = Writer(name, outlet=outlet, published=published)
    writer.topics = (topic(on, on),)
    return writer


def four() -> list[Writer]:
    """Echo quotes Ida on bridges in the week of 3 March; Post had that story, Bote another, Gull one a week later."""
    echo = written("echo", "Echo", "2025-03-04", "x:bridges")
    echo.says(IDA, "The bridge will stand in May")
    echo.says(IDA, "It will carry lorries")
    echo.says(TOM, "I have heard that before")
    post = written("post", "Post", "2025-03-09", "x:bridges")
    post.says(TOM, "The bridge will be late again")
    bote = written("bote", "Bote", "2025-03-05", "x:fish")
    bote.says(TOM, "Nobody caught a single one")
    gull = written("gull", "Gull", "2025-03-10", "x:bridges")
    gull.says(BOARD, "We have no money left")
    return [echo, post, bote, gull]


def test_a_silence_takes_the_same_topic_in_the_same_week() -> None:
    found = digest(*four()).comparison
    assert found.matrix
    columns = [outlet.name for outlet in found.matrix.outlets]
    cells = {row.speaker.name: dict(zip(columns, row.cells, strict=True)) for row in found.matrix.rows}
    assert cells["Ida Quill"] == {"Echo": Tally(2, 2), "Post": "left out", "Bote": "no story", "Gull": "no story"}
    assert cells["Tom Ferrow"]["Gull"] == "no story"
    assert cells["Bridge Board"] == {"Echo": "no story", "Post": "no story", "Bote": "no story", "Gull": Tally(1, 1)}


def test_a_silence_comes_with_the_articles_that_show_it() -> None:
    found = digest(*four()).comparison
    ida = next(s for s in found.standings if s.speaker == IDA)
    assert ida.url == "actors/ida-quill/compared/"
    held = {own.outlet.name: own for own in ida.outlets}
    assert [line.words for line in held["Echo"].lines] == ["The bridge will stand in May", "It will carry lorries"]
    assert (held["Post"].silence, [a.id for a in held["Post"].stories]) == ("left out", ["post"])
    assert held["Bote"].stories == ()
    assert [(own.topic.name, len(own.lines)) for own in ida.topics] == [("x:bridges", 2)]


def test_the_longest_silences_are_of_those_that_others_quote_most() -> None:
    (gap,) = digest(*four()).comparison.gaps
    assert (gap.outlet.name, gap.speaker, gap.elsewhere, gap.article.id) == ("Post", IDA, Tally(2, 2), "post")
    assert [outlet.name for outlet in gap.quoting] == ["Echo"]


def test_a_silence_counts_the_quotations_of_outlets_that_have_no_column() -> None:
    writers = []
    for n in range(OUTLETS):
        writers.append(written(f"o{n:02}", f"Outlet {n:02}", "2025-03-04", "x:1"))
        for k in range(3):
            writers[-1].says(TOM, f"I say {k} in {n}")
    small = written("small", "Small", "2025-03-05", "x:1")
    small.says(IDA, "Nobody large prints me")
    small.says(IDA, "Nobody at all but one")
    found = digest(*writers, small).comparison
    assert found.matrix
    assert "Small" not in {outlet.name for outlet in found.matrix.outlets}
    assert {gap.speaker.name for gap in found.gaps} == {"Ida Quill"}
    assert {gap.elsewhere for gap in found.gaps} == {Tally(2, 2)}
    assert {outlet.name for gap in found.gaps for outlet in gap.quoting} == {"Small"}


def test_what_an_outlet_without_a_name_prints_makes_no_silence() -> None:
    echo, post = written("echo", "Echo", "2025-03-04", "x:1"), written("post", "Post", "2025-03-04", "x:2")
    unknown = written("unknown", None, "2025-03-04", "x:2")
    echo.says(IDA, "I speak of the first")
    post.says(TOM, "I speak of the second")
    unknown.says(IDA, "I speak of the second to nobody known")
    also = written("also", "Post", "2025-03-05", "x:1")
    found = digest(echo, post, unknown, also).comparison
    (gap,) = found.gaps
    assert (gap.speaker, gap.elsewhere, gap.article.id) == (IDA, Tally(1, 1), "also")
    ida = next(s for s in found.standings if s.speaker == IDA)
    assert [[a.id for a in own.stories] for own in ida.outlets if own.silence] == [["also"]]


def test_speakers_are_set_against_topics() -> None:
    grid = digest(*four()).comparison.grid
    assert grid
    assert [t.name for t in grid.topics] == ["x:bridges", "x:fish"]
    assert [(speaker.name, total.texts, [n.texts for n in cells]) for speaker, total, cells in grid.rows] == [
        ("Tom Ferrow", 3, [2, 1]),
        ("Ida Quill", 2, [2, 0]),
        ("Bridge Board", 1, [1, 0]),
    ]


def test_whoever_is_quoted_on_much_has_every_topic_of_the_table_on_their_page() -> None:
    writers = []
    for n in range(20):
        writers.append(written(f"i{n:02}", "Echo", "2025-03-04", f"x:{n:02}"))
        for k in range(1 + (n < ON)):
            writers[-1].says(IDA, f"Number {n} is mine and not yours in {k} years")
        if n >= ON:
            writers.append(written(f"t{n:02}", "Post", "2025-03-04", f"x:{n:02}"))
            for k in range(4):
                writers[-1].says(TOM, f"Number {n} is nobody's business in {k} years")
    found = digest(*writers).comparison
    assert found.grid
    ida = next(s for s in found.standings if s.speaker == IDA)
    assert set(found.grid.topics) < {own.topic for own in ida.topics}
    assert len(ida.topics) == ON + len(found.grid.topics)


def test_without_outlets_dates_or_topics_there_is_nothing_to_compare() -> None:
    unknown = [written(name, None, "2025-03-04", name) for name in ("a", "b")]
    for writer in unknown:
        writer.says(IDA, f"Nobody printed {writer.article.id}")
        writer.says(TOM, f"Somebody printed {writer.article.id}")
    found = digest(*unknown).comparison
    assert found.matrix is None
    assert found.gaps == ()
    assert found.grid
    assert [(s.speaker.name, s.outlets, len(s.topics)) for s in found.standings] == [
        ("Ida Quill", (), 2),
        ("Tom Ferrow", (), 2),
    ]
    undated = [written("a", "Echo", None, "x:1"), written("b", "Post", None, "x:1")]
    undated[0].says(IDA, "It has no date")
    assert digest(*undated).comparison.matrix is not None
    assert digest(*undated).comparison.gaps == ()
    lonely = Writer("a")
    lonely.says(IDA, "There is no topic here")
    assert digest(lonely).comparison.standings == ()


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [("Oleksiy Brandov", "Oleksij Brandow", True), ("Henrik Aldane", "Marit Aldane", False), ("Ida", "Adi", False)],
)
def test_names_alike_may_be_one(one: str, other: str, wanted: bool) -> None:
    assert _alike(one, other) is wanted


@given(st.text("abc ", max_size=12), st.text("abc ", max_size=12))
def test_what_the_letters_rule_out_is_not_alike(one: str, other: str) -> None:
    a, b = fold(one), fold(other)
    assert _alike(one, other) == (difflib.SequenceMatcher(None, a, b).ratio() >= ALIKE)
