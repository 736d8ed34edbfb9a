"""The weights: files that can be read, functions that stay in their range, and a fit that finds what is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import language, weights
from digest.measure.fit import PROMISED, SURE, fit, too_high, write
from digest.measure.gold import load
from digest.measure.labelled import Labelled, labelled
from digest.model import DigestError
from digest.recognise.choice import evidence

ROOT = Path(__file__).parents[1]


def tables(read: weights.Weights) -> tuple[Mapping[str, float], ...]:
    """Return what weights hold; they themselves equal nothing but themselves."""
    return read.speaker, read.speech, read.sure


@pytest.mark.parametrize("code", language.available())
def test_every_language_has_weights_for_every_decision(code: str) -> None:
    read = weights.load(code)
    assert read.speaker
    assert read.speech
    assert set(read.sure) == {"bias", "speech", "speaker", "mixed", "alone", "cutoff"}


@pytest.mark.parametrize("file", sorted(weights.FOLDER.glob("??.tsv")), ids=lambda p: p.stem)
def test_a_file_says_how_and_on_what_it_was_fitted(file: Path) -> None:
    head = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert "digest fit" in head[0]
    assert "articles" in head[1]


def test_a_language_without_weights_has_those_of_english() -> None:
    assert tables(weights.load("xx")) == tables(weights.load("en"))


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "xx.tsv"
    file.write_text("# head\nspeaker\tfirst\t1.5\nspeaker\tfirst\n", encoding="utf-8")
    with pytest.raises(DigestError, match=r"xx\.tsv:3: “speaker\tfirst” is not one of"):
        weights.read(file)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_shares_sum_to_one_and_keep_the_order(scores: list[float]) -> None:
    shares = weights.softmax(scores)
    assert sum(shares) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares)
    best = max(range(len(scores)), key=lambda i: scores[i])
    assert shares[best] == max(shares)


@given(st.floats(0, 1))
def test_logit_is_the_way_back(share: float) -> None:
    assert weights.logistic(weights.logit(share)) == pytest.approx(share, abs=2e-6)


def cases(n: int) -> list[list[Labelled]]:
    """Return articles in which the proposal of the better rule is right, and long words in marks are speech."""
    speech = Labelled(
        (("rule a", "near"), ("rule b", "near")), (2, 0), (False, True), ("words 8",), True, keys=(1, 2), known=True
    )
    term = Labelled((("rule b", "near"),), (0,), (False,), ("words 1",), False, keys=(1,), known=True)
    return [[speech, term] for _ in range(n)]


def test_a_fit_finds_what_is_there() -> None:
    found = fit(cases(20))
    assert found.speaker["rule a"] > found.speaker["rule b"]
    assert found.speech["words 8"] > 0 > found.speech["words 1"]


def test_the_same_cases_give_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(fit(cases(10)), tmp_path / name, ("Weights of xx, fitted by digest fit on nothing:",))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert tables(weights.read(tmp_path / "one")) == tables(fit(cases(10)))


def test_the_key_of_the_examples_is_labelled() -> None:
    golds = [gold for gold in load(ROOT / "examples" / "gold.jsonl") if gold.language == "en"]
    seen = [case for gold in golds for case in labelled(gold, weights.load("en"))]
    marked = [case for case in seen if case.speech]
    assert len(marked) > 30
    assert all(len(case.right) == len(case.proposals) for case in seen)
    assert sum(max(case.right, default=0) > 0 for case in marked) > len(marked) / 2  # a pronoun is no name


@given(st.lists(st.tuples(st.integers(-800, 800), st.booleans()), min_size=1, max_size=60))
def test_what_is_called_sure_keeps_the_promise_where_it_was_counted(rows: list[tuple[int, bool]]) -> None:
    verdicts = [((x / 100,), right) for x, right in rows]
    down = too_high(verdicts, [1.0])
    line = weights.logit(SURE) - 1e-6
    sure = [right for x, right in verdicts if x[0] - down >= line]
    assert down >= 0
    assert sum(sure) >= PROMISED * len(sure)


def test_a_source_without_a_rival_is_no_surer_for_its_whole_share() -> None:
    alone, rival = evidence(0.9, 1.0, mixed=False, alone=True), evidence(0.9, 0.99, mixed=False, alone=False)
    assert alone["speaker"] == 0 < rival["speaker"]
    assert evidence(0.9, 1.0, mixed=False, alone=False)["speaker"] < weights.logit(1.0)
