"""``digest curate``: questions in a terminal, answers as lines that the next build takes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest import build, curate
from digest.cli import cli
from digest.cli.curating import Question, walk
from digest.decisions import Merge, Reject, SpokenBy

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES, tmp_path / "monitor")
    return tmp_path / "monitor"


def answer(monitor: Path, *answers: str) -> Result:
    return CliRunner().invoke(
        cli, ["curate", str(monitor), "--by", "Nora Feld"], input="".join(f"{a}\n" for a in answers)
    )


def test_each_answer_becomes_a_line_that_the_next_build_takes(monitor: Path) -> None:
    done = answer(monitor, "1", "the paper says “he”", "n", "", "greta-holmwick", "", "r", "no words: a sign", "q")
    assert done.exit_code == 0, done.output
    assert "4 lines written to" in done.output
    found = curate.load(monitor / "curation").corrections
    assert [type(each) for each in found] == [SpokenBy, SpokenBy, SpokenBy, Reject]
    assert [each.decided.by for each in found] == ["Nora Feld"] * 4
    assert [each.decided.why for each in found] == [
        "the paper says “he”",
        "read in the article",
        "read in the article",
        "no words: a sign",
    ]
    whole = build.edition(build.Settings(monitor / "seeds", monitor / "curation", monitor))
    said = {q.id: q for a in whole.articles for q in a.quotations}
    first, second, third, gone = found
    assert isinstance(first, SpokenBy)
    assert isinstance(second, SpokenBy)
    assert isinstance(third, SpokenBy)
    assert isinstance(gone, Reject)
    assert said[first.quotation].decided
    assert said[second.quotation].speaker is None
    assert [s.id for s in said[third.quotation].speakers] == ["greta-holmwick"]
    assert gone.id not in said


def test_what_was_answered_is_not_asked_again(monitor: Path) -> None:
    first = answer(monitor, "q").output.splitlines()
    answer(monitor, "n", "", "q")
    again = answer(monitor, "q").output.splitlines()
    number = next(line for line in first if line.startswith("1 of ")).removeprefix("1 of ")
    assert f"1 of {int(number) - 1}" in again


def test_an_answer_that_is_none_is_asked_again_and_nothing_is_written(monitor: Path) -> None:
    done = answer(monitor, "nobody-at-all", "99", "q")
    assert "“nobody-at-all” is no answer here" in done.output
    assert "“99” is no answer here" in done.output
    assert "Nothing was written" in done.output
    assert not (monitor / "curation" / "corrections.yml").exists()


def test_lines_are_added_behind_those_there_are(monitor: Path) -> None:
    file = monitor / "curation" / "corrections.yml"
    file.write_text("- {rename: greta-holmwick, to: Dr Holmwick, why: so, by: N, on: 2025-06-01}", encoding="utf-8")
    answer(monitor, "n", "", "q")
    assert len(curate.load(monitor / "curation").corrections) == 2


@pytest.mark.parametrize("why", ["a\x7f bell\x07", "a\x80\ufffe bell", "a\udcff bell"])
def test_what_no_file_may_hold_is_left_out_of_an_answer(tmp_path: Path, why: str) -> None:
    answers = iter(["r", why])
    asked = [Question("…", "?", {"r": "- reject: q-0123456789"})]
    assert walk(tmp_path / "corrections.yml", asked, lambda _: next(answers), print, "Nora Feld") == 1
    assert [each.decided.why for each in curate.load(tmp_path).corrections] == ["a bell"]


def test_white_space_is_no_reason(tmp_path: Path) -> None:
    answers = iter(["r", "  "])
    asked = [Question("…", "?", {"r": "- reject: q-0123456789"})]
    walk(tmp_path / "corrections.yml", asked, lambda _: next(answers), print, "Nora Feld")
    assert [each.decided.why for each in curate.load(tmp_path).corrections] == ["read in the article"]


def test_two_names_that_may_be_one_are_a_merge() -> None:
    question = Question("", "", {"y": "- merge: [a, b]"})
    assert question.line("y") == "- merge: [a, b]"
    assert question.line("a") is None


def test_pairs_are_asked_last(monitor: Path) -> None:
    skipped = [""] * 400
    done = answer(monitor, *skipped)
    asked = done.output.count("Are they one?")
    assert asked > 0
    before = done.output.count("Who speaks?")
    made = answer(monitor, *[""] * before, "y", "initials", "q")
    assert "1 line written" in made.output
    (merge,) = curate.load(monitor / "curation").corrections
    assert isinstance(merge, Merge)


@pytest.mark.parametrize("held", ["[]\n", "# nothing yet\n", ""])
def test_a_file_without_decisions_takes_the_first(monitor: Path, held: str) -> None:
    (monitor / "curation" / "corrections.yml").write_text(held, encoding="utf-8")
    answer(monitor, "n", "", "q")
    assert len(curate.load(monitor / "curation").corrections) == 1


def test_a_list_that_ends_takes_nothing_and_stays_as_it_is(monitor: Path) -> None:
    file = monitor / "curation" / "corrections.yml"
    held = "- {rename: greta-holmwick, to: Dr Holmwick, why: so, by: N, on: 2025-06-01}\n...\n"
    file.write_text(held, encoding="utf-8")
    done = answer(monitor, "n", "", "q")
    assert done.exit_code == 1
    assert "nothing can be added to this file" in done.output
    assert file.read_text(encoding="utf-8") == held


def test_who_was_merged_is_not_asked_of_again(tmp_path: Path) -> None:
    pairs = [("a", "b"), ("b", "c"), ("d", "b"), ("a", "e")]
    asked = [Question("", f"{one} {two}", {"y": f"- merge: [{one}, {two}]"}, pair=(one, two)) for one, two in pairs]
    file = tmp_path / "corrections.yml"
    assert walk(file, asked, lambda question: "" if question.startswith("Why") else "y", lambda _: None, "N") == 2
    found = curate.load(tmp_path).corrections
    assert [(m.kept, m.others) for m in found if isinstance(m, Merge)] == [("a", ("b",)), ("a", ("e",))]
