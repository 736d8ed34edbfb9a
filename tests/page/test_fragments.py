"""Links to the words at the source: text fragments that a browser finds there."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from editions import IDA, Writer, digest
from hypothesis import given
from hypothesis import strategies as st

from digest.excerpts import excerpted
from digest.lines import Line
from digest.page import fragments


def line(url: str | None) -> Line:
    writer = Writer("bridge", url=url)
    writer.says(IDA, "The bridge will stand in May")
    return digest(writer).lines[0]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://echo.example/a", "https://echo.example/a#:~:text=The%20bridge%20will%20stand%20in%20May"),
        ("https://echo.example/#/a", "https://echo.example/#/a:~:text=The%20bridge%20will%20stand%20in%20May"),
        ("https://echo.example/a#:~:text=x", "https://echo.example/a#:~:text=The%20bridge%20will%20stand%20in%20May"),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_the_source_is_opened_at_the_words(url: str | None, address: str | None) -> None:
    assert fragments.at_source(line(url)) == address


def test_where_no_words_can_be_named_the_article_is_opened() -> None:
    writer = Writer("bridge", url="https://echo.example/a")
    writer.says(IDA, "d’accord")
    assert fragments.at_source(digest(writer).lines[0]) == "https://echo.example/a"


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ("It will stand.", "It will stand"),
        ("We can’t wait for the so-called bridge", "wait for the so-called bridge"),
        ("“We” wait, and “they” build, as it were", "build, as it were"),
        (
            "The bridge will stand in May, the board says, and nobody will drown again, said Quill",
            "The bridge will stand in,will drown again, said Quill",
        ),
        ("The bridge will stand\nin May and in June", "The bridge will stand,in May and in June"),
        ("— … —", ""),
        ("one two “three four five six” seven", "three four five six"),
    ],
)
def test_the_terms_hold_whole_words_and_no_quotation_marks(said: str, terms: str) -> None:
    found = fragments.directive(f"Before. {said} After.", 8, 8 + len(said))
    assert unquote(found) == terms


def test_its_own_punctuation_is_escaped() -> None:
    said = "so-called, May & June"
    assert fragments.directive(said, 0, len(said)) == "so%2Dcalled%2C%20May%20%26%20June"


def test_words_that_stand_twice_are_told_apart_by_those_before() -> None:
    text = "They say we wait here. The crowd said we wait here too."
    start = text.rindex("we wait")
    assert unquote(fragments.directive(text, start, start + 12)) == "here. The crowd said-,we wait here"
    marked = "They say we wait here. The crowd: “we wait here” too."
    start = marked.rindex("we wait")
    assert unquote(fragments.directive(marked, start, start + 12)) == "we wait here"


def test_where_words_before_are_left_out_they_may_be_the_same() -> None:
    text = "\n" * 40 + "The crowd said we wait here too."
    start = text.index("we wait")
    assert unquote(fragments.directive(text, start, start + 12)) == "we wait here"
    assert unquote(fragments.directive(text, start, start + 12, hidden=True)) == "The crowd said-,we wait here"


def test_an_excerpt_is_found_at_its_whole_source() -> None:
    writer = Writer("bridge", url="https://echo.example/a")
    writer.block("They said that we wait.")
    writer.reports(IDA, "we wait")
    whole = writer.analysis()
    cut = excerpted(whole, [(b.start, b.end) for b in whole.article.blocks])
    assert cut.article.gaps
    line = replace(digest(writer).lines[0], article=cut.article)
    assert fragments.at_source(line) == "https://echo.example/a#:~:text=Ida%20Quill%20said%20that-,we%20wait"


@given(st.text("ab ,.“”’'\n-&", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_every_term_is_a_piece_of_the_words(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    found = fragments.directive(text, start, end)
    *before, named = found.split("-,")
    said = text[start:end]
    place = 0
    for term in named.split(","):
        words = unquote(term).split()
        assert not set("“”’'") & set(unquote(term))
        for word in words:
            place = said.index(word, place) + len(word)
    for prefix in before:
        assert all(word in text[:end] for word in unquote(prefix).split())
