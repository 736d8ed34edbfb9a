"""The reliability table, the groups and the mistakes: what is made of whole gold files."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import articles, language
from digest.edition import Skipped
from digest.measure.figures import Share
from digest.measure.gold import Gold
from digest.measure.quotes import Quote, Who, found
from digest.measure.reliability import EDGES, Shown, reliability, shown
from digest.measure.report import report
from digest.model import Analysis, QuotationKind, Span

ENGLISH = language.load("en")
TEXT = (
    "Ferries stay in port\n\n“Nobody sails today,” said Ida Quill, the harbour master. Bram Oxley, a docker, said the "
    "quay was “not safe” and would stay shut. “Go home,” he told the Bay Wire. The bay is quiet."
)
QUILL, OXLEY = Who("Ida Quill", None, "Ida Quill"), Who("Bram Oxley", None, "Bram Oxley")


def at(words: str, kind: QuotationKind, who: Who, confidence: float = 0.95, *parts: str) -> Quote:
    start = TEXT.index(words)
    pieces = tuple(Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts)
    return Quote(kind, start, start + len(words), pieces, who, confidence)


SAILS = at("Nobody sails today", "direct", QUILL)
SHUT = at("the quay was “not safe” and would stay shut", "mixed", OXLEY, 0.85, "not safe")
HOME = at("Go home", "direct", OXLEY, 0.92)
GOLD = Gold("bay/1", TEXT, "en", (SAILS, SHUT, HOME), {"outlet": "Bay Wire", "lang": "en"})


def verdicts(*quotes: Quote, gold: Gold = GOLD) -> list[bool]:
    return [each.right for each in shown(gold, quotes, ENGLISH)]


def test_what_is_marked_is_right() -> None:
    assert shown(GOLD, GOLD.quotes, ENGLISH) == [
        Shown("direct", 0.95, True),
        Shown("mixed", 0.85, True),
        Shown("direct", 0.92, True),
    ]


def test_wrong_words_and_wrong_speakers_are_wrong() -> None:
    assert verdicts(replace(SAILS, who=OXLEY), replace(HOME, who=Who())) == [False, False]
    assert verdicts(at("Ida Quill", "direct", QUILL), at("The bay is quiet", "indirect", OXLEY)) == [False, False]


def test_every_piece_in_marks_must_be_right() -> None:
    split = at("Nobody sails today", "direct", QUILL, 0.9, "Nobody sails today", "The bay is quiet")
    assert verdicts(split) == [False]


def test_a_mixed_quotation_is_right_by_its_parts_or_as_a_whole() -> None:
    assert verdicts(at("the quay was “not safe”", "mixed", OXLEY, 0.9, "not safe")) == [True]
    assert verdicts(at("the quay was “not safe” and would stay shut", "mixed", OXLEY, 0.9, "not")) == [True]
    assert verdicts(at("not safe", "direct", OXLEY)) == [True]


def test_marks_inside_reported_speech_are_left_out() -> None:
    gold = replace(GOLD, quotes=(replace(SHUT, kind="indirect", parts=()),))
    assert verdicts(at("not safe", "direct", OXLEY), gold=gold) == []
    assert verdicts(SHUT, gold=gold) == [True]


def test_words_whose_speaker_nobody_marked_are_left_out() -> None:
    gold = replace(GOLD, quotes=(replace(SAILS, who=Who()), SHUT))
    assert verdicts(SAILS, replace(SHUT, who=QUILL), gold=gold) == [False]
    told = replace(GOLD, quotes=(replace(SHUT, kind="indirect", parts=(), who=Who()),))
    assert verdicts(SHUT, gold=told) == []


def test_of_two_speakers_marked_for_the_same_words_either_is_right() -> None:
    gold = replace(GOLD, quotes=(replace(SAILS, who=OXLEY), SAILS))
    assert verdicts(SAILS, gold=gold) == [True]
    assert verdicts(replace(SAILS, who=OXLEY), gold=gold) == [True]


def test_terms_are_not_judged() -> None:
    assert verdicts(replace(SAILS, kind="fragment"), at("The bay is quiet", "fragment", Who())) == []


FOUND = st.lists(st.builds(Shown, st.just("direct"), st.floats(0, 1), st.booleans()))


@given(FOUND)
def test_every_quotation_stands_in_one_row(every: list[Shown]) -> None:
    table = reliability(every)
    assert [row.low for row in table.rows] == list(EDGES)
    assert sum(row.right.all for row in table.rows) == len(every)
    assert sum(row.right.right for row in table.rows) == sum(each.right for each in every)
    assert (table.error is None) == (not every)
    assert table.error is None or 0 <= table.error <= 1
    for row in table.rows:
        assert row.mean is None or row.mean >= row.low - 1e-9  # a sum of floats


def test_the_error_is_the_mean_distance_weighed_by_the_quotations() -> None:
    every = [Shown("direct", 0.95, True)] * 3 + [Shown("direct", 0.95, False)] + [Shown("direct", 0.6, False)] * 4
    table = reliability(every)
    assert table.sure == Share(3, 4)
    assert table.error == pytest.approx((abs(0.95 - 0.75) * 4 + abs(0.6 - 0) * 4) / 8)


def test_a_report_has_groups_the_worst_first_and_mistakes() -> None:
    analysis = articles.analyse_text(TEXT, "bay")
    assert isinstance(analysis, Analysis)
    good = Gold("bay/good", analysis.article.text, "en", found(analysis), {"outlet": "Bay Wire"})
    bad = Gold("bay/bad", TEXT, "en", (SAILS,), {"outlet": "Osterfeld Courier"})
    bare = replace(good, id="bay/bare", facts={})
    skipped = Skipped("bay/bad", "empty", "there is no text in it")
    made = report([good, bad, bare], [analysis, skipped, analysis], "direct", "outlet", 5)
    assert [(group.value, group.articles) for group in made.groups] == [
        ("Osterfeld Courier", 1),
        (None, 1),
        ("Bay Wire", 1),
    ]
    assert [group.figures.lenient.f1 for group in made.groups] == [0, 1, 1]
    assert made.exact.spans.gold - made.exact.spans.right == 1
    (missed,) = made.examples
    assert (missed.mistake, missed.article, missed.words, missed.marked) == (
        "missed",
        "bay/bad",
        "Nobody sails today",
        QUILL,
    )
    assert missed.found is None


def test_mistakes_are_taken_from_all_over() -> None:
    golds = [replace(GOLD, id=f"bay/{n}", quotes=(SAILS,)) for n in range(10)]
    nothing = [Skipped(gold.id, "empty", "there is no text in it") for gold in golds]
    made = report(golds, nothing, "direct", None, 2)
    assert [example.article for example in made.examples] == ["bay/0", "bay/5"]
    assert report(golds, nothing, "direct", None, 0).examples == ()


@pytest.mark.parametrize("counted", ["direct", "quoted", "reported"])
def test_the_figures_that_count_are_exact_but_for_reported_speech(counted: str) -> None:
    made = report([GOLD], [articles.analyse_text(TEXT, "bay")], counted, None, 0)  # type: ignore[arg-type]
    assert made.main is (made.near if counted == "reported" else made.exact)
    assert made.least == (0.5 if counted == "reported" else 0.8)
