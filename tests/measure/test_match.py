"""Units and pairs: what is compared with what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.measure.match import CLOSE, EXACT, LOOSE, Unit, found_units, inside, left_out, overlap, pairs, units
from digest.measure.quotes import Quote
from digest.model import QuotationKind, Span

PLAIN = Quote("direct", 0, 1)


def at(text: str, words: str, kind: QuotationKind = "direct", *parts: str) -> Quote:
    start = text.index(words)
    pieces = tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)
    return Quote(kind, start, start + len(words), pieces)


def cut(text: str, found: list[Unit]) -> list[str]:
    return [text[unit.start : unit.end] for unit in found]


@pytest.mark.parametrize(
    "words",
    [
        "We wait.\n\n“We shall not wait long",
        "We wait.” “We shall not wait long",
        "We wait.“ „We shall not wait long",
        "We wait.« »We shall not wait long",
        "We wait.'' ''We shall not wait long",
    ],
)
def test_what_is_quoted_is_cut_where_it_is_reopened(words: str) -> None:
    text = f"“{words}.” she said."
    (quote,) = [at(text, words)]
    assert cut(text, units(text, [quote], "direct")) == ["We wait", "We shall not wait long"]


def test_marks_and_spaces_at_the_ends_do_not_count() -> None:
    text = "Then: “… 5 % more, $9!” ``so´´"
    assert cut(text, units(text, [at(text, "“… 5 % more, $9!”")], "direct")) == ["5 % more, $9"]
    assert cut(text, units(text, [at(text, "``so´´")], "direct")) == ["so"]
    assert units(text, [at(text, "“…")], "direct") == []


def test_each_way_of_counting_has_its_units() -> None:
    text = "“One,” she said. The sum was “two” and “three”, he said. It was four, they said. A “term”."
    quotes = [
        at(text, "One"),
        at(text, "The sum was “two” and “three”", "mixed", "two", "three"),
        at(text, "It was four", "indirect"),
        at(text, "term", "fragment"),
    ]
    assert cut(text, units(text, quotes, "direct")) == ["One"]
    assert cut(text, units(text, quotes, "quoted")) == ["One", "two", "three"]
    assert cut(text, units(text, quotes, "reported")) == ["The sum was “two” and “three", "It was four"]
    assert cut(text, found_units(text, quotes, "direct")) == ["One", "two", "three"]
    out = {counted: [text[s.start : s.end] for s in left_out(quotes, counted)] for counted in ("direct", "quoted")}
    assert out == {"direct": ["The sum was “two” and “three”", "It was four"], "quoted": ["It was four"]}
    assert left_out(quotes, "reported") == []


def test_what_stands_twice_counts_once() -> None:
    text = "“We wait.”"
    assert len(units(text, [at(text, "We wait"), at(text, "We wait.")], "direct")) == 1


def test_what_lies_in_reported_speech_is_told() -> None:
    found = [Unit(1, 5, PLAIN), Unit(8, 23, PLAIN), Unit(12, 17, PLAIN), Unit(40, 44, PLAIN)]
    assert inside(found, [Span(10, 30), Span(11, 13)]) == [False, True, True, False]
    assert inside(found, []) == [False] * 4


def test_the_best_pairs_are_taken_first() -> None:
    gold = [Unit(0, 10, PLAIN), Unit(12, 20, PLAIN)]
    found = [Unit(0, 9, PLAIN), Unit(0, 10, PLAIN), Unit(13, 20, PLAIN)]
    assert pairs(gold, found, EXACT) == [(0, 1)]
    assert pairs(gold, found, CLOSE) == [(0, 1), (1, 2)]


def test_a_long_unit_before_hides_none_behind_it() -> None:
    found = [Unit(0, 100, PLAIN), Unit(1, 3, PLAIN), Unit(50, 60, PLAIN)]
    assert pairs([Unit(50, 60, PLAIN)], found, EXACT) == [(0, 2)]


SPANS = st.sets(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda t: (t[0], t[0] + t[1])), max_size=12).map(
    lambda found: [Unit(start, end, PLAIN) for start, end in sorted(found)]
)
LEAST = st.sampled_from([EXACT, CLOSE, LOOSE])


@given(SPANS, SPANS, LEAST)
def test_pairs_are_one_to_one_and_close_enough(gold: list[Unit], found: list[Unit], least: float) -> None:
    made = pairs(gold, found, least)
    assert len({i for i, _ in made}) == len({j for _, j in made}) == len(made)
    assert all(overlap(gold[i], found[j]) >= least for i, j in made)
    left = ({*range(len(gold))} - {i for i, _ in made}, {*range(len(found))} - {j for _, j in made})
    assert not [(i, j) for i in left[0] for j in left[1] if overlap(gold[i], found[j]) >= least]


@given(SPANS, LEAST)
def test_everything_is_paired_with_itself(found: list[Unit], least: float) -> None:
    assert pairs(found, found, least) == [(i, i) for i in range(len(found))]


@given(SPANS, SPANS)
def test_exactly_the_same_spans_are_paired(gold: list[Unit], found: list[Unit]) -> None:
    spans = {(unit.start, unit.end) for unit in gold} & {(unit.start, unit.end) for unit in found}
    assert {(gold[i].start, gold[i].end) for i, _ in pairs(gold, found, EXACT)} == spans
