"""Golden articles and cases against the engine; ``golden.py`` says how they are written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from golden import HERE, RULE, Case, MisreadError, analysed, cases, check, check_case, known_failures

GOLDEN = sorted(HERE.glob("*/*.txt"))
SEED = next((HERE.parents[1] / "seeds").glob("000_*.txt"))
CASES = cases()
FAILURES = known_failures()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_golden(path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition(RULE)
    check(analysed(text, path.parent.name), expected)


def test_the_seed() -> None:
    check(analysed(SEED.read_text(encoding="utf-8"), "en"), (HERE / "seed.expected").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [c for c in CASES if c.id not in FAILURES], ids=lambda c: c.id)
def test_case(case: Case) -> None:
    check_case(case)


def test_known_failures_still_fail() -> None:
    """Whoever mends the engine strikes out the lines of the cases that it now gets right, so that they stay right."""
    passing = []
    for case in CASES:
        if case.id in FAILURES:
            try:
                check_case(case)
            except MisreadError:
                continue
            passing.append(case.id)
    assert not passing, "these are right now; strike them out in known-failures.txt:\n" + "\n".join(passing)


def test_known_failures_are_cases() -> None:
    counts = Counter(FAILURES)
    assert not [x for x in counts if counts[x] > 1]
    assert not set(FAILURES) - {case.id for case in CASES}


@pytest.mark.parametrize("code", ["en", "de"])
def test_every_phenomenon_has_its_paragraph(code: str) -> None:
    """The gate is as wide as it says: at least ninety phenomena a language, each named once and with its own words."""
    mine = [c for c in CASES if c.code == code]
    counts = Counter([*(c.id for c in mine), *(f"{c.code} | {c.headline} | {c.body}" for c in mine)])
    assert not [x for x in counts if counts[x] > 1]
    assert len(mine) >= 90, f"{len(mine)} phenomena in {sum(c.paragraphs for c in mine)} paragraphs"


def test_a_difference_shows_both_readings() -> None:
    analysis = analysed("In brief\n\n“Wait,” said Ida Quill.\n", "en")
    check(analysis, "direct | Wait | Ida Quill | Ida Quill\nnot Brief\n")
    with pytest.raises(MisreadError) as misread:
        check(analysis, "fragment | Wait\nnot Ida Quill\nactor Nobody | person | Nobody\n")
    shown = str(misread.value).splitlines()
    assert {"- fragment | Wait", "+ direct | Wait | Ida Quill | Ida Quill", "! not Ida Quill"} < set(shown)
    assert "! actor Nobody | person | Nobody" in shown


def test_every_golden_article_states_something() -> None:
    assert len(GOLDEN) >= 20
    for path in GOLDEN:
        assert RULE in path.read_text(encoding="utf-8"), path.name
