"""Cases and figures over them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import language
from digest.measure.figures import Share, figures
from digest.measure.gold import Gold
from digest.measure.judge import judge
from digest.measure.match import CLOSE, EXACT, LOOSE, Counted
from digest.measure.quotes import Quote, Who
from digest.model import Span

ENGLISH = language.load("en")
TEXT = "word " * 60
NAMES = ["Ida Quill", "Bram Oxley", "the mayor", "she"]
WHOS = st.one_of(
    st.just(Who()), st.builds(Who, words=st.sampled_from(NAMES), name=st.sampled_from([None, "Ida Quill"]))
)


@st.composite
def articles(draw: st.DrawFn) -> Gold:
    """An article of equal words with quotations that do not overlap."""
    edges = sorted(draw(st.sets(st.integers(0, 59), max_size=12)))
    quotes = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        kind = draw(st.sampled_from(["direct", "mixed", "indirect"]))
        a, b = 5 * start, 5 * end + 4
        parts = (Span(a, a + 4),) if kind == "mixed" else ()
        quotes.append(Quote(kind, a, b, parts, draw(WHOS)))
    return Gold("bay/1", TEXT, "en", tuple(quotes))


COUNTED = st.sampled_from(["direct", "quoted", "reported"])
LEAST = st.sampled_from([EXACT, CLOSE, LOOSE])


@given(articles(), COUNTED, LEAST)
def test_what_was_marked_is_found_whole(gold: Gold, counted: Counted, least: float) -> None:
    seen = figures(judge(gold, gold.quotes, counted, least, ENGLISH).cases)
    assert {seen.spans.f1, seen.lenient.f1, seen.strict.f1} in ({1.0}, {None})
    assert seen.speakers.lenient.right == seen.speakers.lenient.all
    assert sum(share.lenient.all for share in seen.by_label.values()) == seen.speakers.lenient.all


@given(articles(), COUNTED, LEAST)
def test_nothing_found_is_nothing_right(gold: Gold, counted: Counted, least: float) -> None:
    seen = figures(judge(gold, [], counted, least, ENGLISH).cases)
    assert seen.spans.right == seen.spans.found == seen.lenient.right == seen.published.all == 0
    assert seen.spans.recall in (0.0, None)
    assert seen.spans.precision is None


@given(articles(), articles(), COUNTED, LEAST, st.randoms())
def test_no_order_matters(gold: Gold, other: Gold, counted: Counted, least: float, random: object) -> None:
    there, back = list(gold.quotes), list(other.quotes)
    random.shuffle(there)  # type: ignore[attr-defined]
    random.shuffle(back)  # type: ignore[attr-defined]
    straight = judge(gold, other.quotes, counted, least, ENGLISH)
    assert judge(replace(gold, quotes=tuple(there)), back, counted, least, ENGLISH) == straight


@given(articles(), articles(), COUNTED, LEAST)
def test_every_unit_is_counted_once(gold: Gold, other: Gold, counted: Counted, least: float) -> None:
    judged = judge(gold, other.quotes, counted, least, ENGLISH)
    seen = figures(judged.cases)
    assert seen.spans.right <= min(seen.spans.found, seen.spans.gold)
    assert seen.strict.right <= seen.lenient.right <= seen.spans.right
    assert len(judged.cases) == seen.spans.found + seen.spans.gold - seen.spans.right
    found = [case.found for case in judged.cases if case.found]
    assert len({(unit.start, unit.end) for unit in found}) == len(found)


def marked(text: str, words: str, speaker: str | None, name: str | None = None, kind: str = "direct") -> Quote:
    start = text.index(words)
    return Quote(kind, start, start + len(words), (), Who(speaker, None, name))  # type: ignore[arg-type]


SAID = (
    "“Nobody sails,” said Ida Quill. “The boats stay,” she said. “Go home,” a docker said. “Why?” "
    "The quay was “old”, they say. “Fish”"
)


def test_figures_by_hand() -> None:
    gold = Gold(
        "bay/2",
        SAID,
        "en",
        (
            marked(SAID, "Nobody sails", "Ida Quill", "Ida Quill"),
            marked(SAID, "The boats stay", "she", "Ida Quill"),
            marked(SAID, "Go home", "a docker"),
            marked(SAID, "Why", None),
            marked(SAID, "The quay was “old", "they", kind="indirect"),
        ),
    )
    found = (
        marked(SAID, "Nobody sails", "Quill", "Ida Quill"),
        marked(SAID, "The boats stay", "she", "Lena Vask"),
        marked(SAID, "Why", "a docker"),
        marked(SAID, "old", "they"),
        marked(SAID, "Fish", "she"),
    )
    judged = judge(gold, found, "direct", EXACT, ENGLISH)
    seen = figures(judged.cases)
    assert judged.left_out == 1
    assert (seen.spans.right, seen.spans.found, seen.spans.gold) == (3, 4, 4)
    assert (seen.lenient.right, seen.strict.right) == (2, 2)
    assert seen.lenient.f1 == pytest.approx(0.5)
    assert seen.speakers.lenient == Share(2, 2)
    assert seen.by_label["named"].strict == Share(1, 1)
    assert seen.by_label["nominal"].lenient.share is None
    assert seen.published == Share(1, 2)
    assert seen.published_by_label == {"named": Share(1, 1), "pronoun": Share(0, 1)}


def test_a_span_that_is_nearly_right_counts_from_four_fifths_on() -> None:
    gold = Gold("bay/3", SAID, "en", (marked(SAID, "The boats stay", "she"),))
    found = (marked(SAID, "e boats stay", "she"),)
    assert figures(judge(gold, found, "direct", EXACT, ENGLISH).cases).spans.f1 == 0
    assert figures(judge(gold, found, "direct", CLOSE, ENGLISH).cases).spans.f1 == 1
