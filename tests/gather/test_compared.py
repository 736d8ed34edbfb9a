"""The whole edition compared: who is quoted where, on what, and who is left out."""

from __future__ import annotations

import difflib
from dataclasses import replace

import pytest
from editions import BOARD, IDA, TOM, Writer, digest, told, topic
from hypothesis import given
from hypothesis import strategies as st

from digest.dossiers import Digest
from digest.gather.compare import ON, OUTLETS
from digest.gather.silence import ALIKE, _alike
from digest.gather.stories import WORDS
from digest.lines import Tally
from digest.relations import Comparison, Silence
from digest.text import fold


def written(name: str, outlet: str | None, published: str | None, on: str) -> Writer:
    writer = Writer(name, outlet=outlet, published=published)
    writer.topics = (topic(on, on),)
    return writer


def four() -> list[Writer]:
    """Echo quotes Ida on a bridge; Post had that story, Bote another, and Gull one on another bridge."""
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


def compared(date: str | None = "2025-03-04") -> Comparison:
    """Return ``four`` compared; without a date where ``date`` is None."""
    echo, post, bote, gull = four()
    for writer in (echo, post) if date is None else ():
        writer.article = replace(writer.article, published=None, date_basis="none")
    return digest(echo, post, bote, gull, stories=told([echo, post], [bote], [gull])).comparison


@pytest.mark.parametrize("date", ["2025-03-04", None])
def test_a_silence_takes_the_same_story_whether_its_date_is_known_or_not(date: str | None) -> None:
    found = compared(date)
    assert found.matrix
    columns = [outlet.name for outlet in found.matrix.outlets]
    cells = {row.speaker.name: dict(zip(columns, row.cells, strict=True)) for row in found.matrix.rows}
    assert cells["Ida Quill"] == {"Echo": Tally(2, 2), "Post": "left out", "Bote": "no story", "Gull": "no story"}
    assert cells["Tom Ferrow"]["Gull"] == "no story"
    assert cells["Bridge Board"] == {"Echo": "no story", "Post": "no story", "Bote": "no story", "Gull": Tally(1, 1)}


def cell(found: Digest, speaker: str, outlet: str, on: str = "") -> Tally | Silence:
    """Return what the table of all articles, or that of a topic, has of a speaker in an outlet."""
    matrix = next(d.matrix for d in found.topics if d.topic.id == on) if on else found.comparison.matrix
    assert matrix
    (row,) = (row for row in matrix.rows if row.speaker.id == speaker)
    return row.cells[[o.name for o in matrix.outlets].index(outlet)]


@pytest.mark.parametrize(("words", "wanted"), [(WORDS - 1, "no story"), (WORDS, "left out")])
def test_an_article_too_short_to_quote_anybody_leaves_out_nobody(words: int, wanted: Silence) -> None:
    echo, brief = written("echo", "Echo", "2025-03-04", "x:1"), written("brief", "Brief", "2025-03-04", "x:1")
    echo.says(IDA, "The bridge will stand in May")
    brief.block("bridge " * (words - len(brief.text.split())))
    assert cell(digest(echo, brief, stories=told([echo, brief])), "ida-quill", "Brief") == wanted


def test_who_cuts_a_quotation_from_a_text_that_others_print_leaves_its_speaker_out() -> None:
    echo, post = written("echo", "Echo", "2025-03-04", "x:1"), written("post", "Post", "2025-03-04", "x:1")
    for writer in (echo, post):
        writer.says(TOM, "The bridge will be late again")
    echo.says(IDA, "The bridge will stand in May")
    found = digest(echo, post, texts={"post": "echo"}, stories=told([echo, post]))
    assert cell(found, "ida-quill", "Post") == "left out"


def test_who_is_quoted_in_a_story_on_another_topic_is_not_left_out_of_it() -> None:
    echo, post = written("echo", "Echo", "2025-03-04", "x:1"), written("post", "Post", "2025-03-04", "x:1")
    echo.says(IDA, "The bridge will stand in May")
    post.says(IDA, "The fish will stay where they are", topics=("x:2",))
    post.says(TOM, "I have heard that before")
    post.topics = (topic("x:1"), topic("x:2"))
    found = digest(echo, post, stories=told([echo, post]))
    assert cell(found, "ida-quill", "Post", on="x:1") == "no story"
    assert cell(found, "tom-ferrow", "Echo", on="x:1") == "left out"


def test_a_silence_on_a_topic_shows_the_articles_that_leave_the_speaker_out() -> None:
    echo = written("echo", "Echo", "2025-03-01", "x:1")
    early, late, other = (
        written(name, "Post", f"2025-03-0{n}", "x:1") for n, name in enumerate(("early", "late", "other"), 2)
    )
    echo.says(IDA, "The bridge will stand in May")
    for writer in (early, late, other):
        writer.says(TOM, f"I have heard that in {writer.article.id}")
    found = digest(echo, early, late, other, stories=told([echo, early, late], [other]))
    matrix = next(d.matrix for d in found.topics if d.topic.id == "x:1")
    assert matrix
    shown = {row.speaker.id: [[a.id for a in own] for own in row.shown] for row in matrix.rows}
    assert shown == {"ida-quill": [["late", "early"], []], "tom-ferrow": [[], ["echo"]]}


def test_a_silence_comes_with_the_articles_that_show_it() -> None:
    found = compared()
    ida = next(s for s in found.standings if s.speaker == IDA)
    assert ida.url == "actors/ida-quill/compared/"
    held = {own.outlet.name: own for own in ida.outlets}
    assert [line.words for line in held["Echo"].lines] == ["The bridge will stand in May", "It will carry lorries"]
    assert (held["Post"].silence, [a.id for a in held["Post"].stories]) == ("left out", ["post"])
    assert held["Bote"].stories == ()
    assert [(own.topic.name, len(own.lines)) for own in ida.topics] == [("x:bridges", 2)]


def test_the_longest_silences_are_of_those_that_others_quote_most() -> None:
    (gap,) = compared().gaps
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
    found = digest(*writers, small, stories=told([*writers, small])).comparison
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
    also.block("bridge " * WORDS)
    found = digest(echo, post, unknown, also, stories=told([echo, also], [post, unknown])).comparison
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


def test_without_outlets_or_topics_there_is_nothing_to_compare() -> None:
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
