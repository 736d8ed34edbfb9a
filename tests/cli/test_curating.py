"""``digest curate``: questions in a terminal, answers as lines that the next build takes."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest import build, curate
from digest.cli import cli
from digest.cli.asking import Answer, Question
from digest.cli.curating import walk
from digest.decisions import Apart, Merge, One, Reject, Rename, Split, SpokenBy

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    shutil.copytree(
        EXAMPLES,
        tmp_path / "monitor",
        ignore=shutil.ignore_patterns("actors.yml", "corrections.yml", "topics.yml", "site", ".digest"),
    )
    letters = "Letters\n\n“It rains on both banks,” said Greta M. Holmwick, a reader.\n"
    (tmp_path / "monitor" / "seeds" / "letters.txt").write_text(letters, encoding="utf-8")
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
    asked = [Question("…", "?", {"r": Answer(("- reject: q-0123456789",))})]
    assert list(walk(tmp_path / "corrections.yml", asked, lambda _: next(answers), print, "Nora Feld")) == [1]
    assert [each.decided.why for each in curate.load(tmp_path).corrections] == ["a bell"]


@pytest.mark.parametrize(("said", "written"), [(["r", "u", "r", "a sign"], [1]), (["r", "q"], [])])
def test_an_answer_is_taken_back_or_dropped_where_its_reason_is_asked(
    tmp_path: Path, said: list[str], written: list[int]
) -> None:
    answers = iter(said)
    asked = [Question("…", "?", {"r": Answer(("- reject: q-0123456789",))})]
    assert list(walk(tmp_path / "corrections.yml", asked, lambda _: next(answers), print, "Nora Feld")) == written
    assert [each.decided.why for each in curate.load(tmp_path).corrections] == ["a sign"][: len(written)]
    assert next(answers, None) is None


def test_white_space_is_no_reason(tmp_path: Path) -> None:
    answers = iter(["r", "  "])
    asked = [Question("…", "?", {"r": Answer(("- reject: q-0123456789",))})]
    assert list(walk(tmp_path / "corrections.yml", asked, lambda _: next(answers), print, "Nora Feld")) == [1]
    assert [each.decided.why for each in curate.load(tmp_path).corrections] == ["read in the article"]


def test_two_names_that_may_be_one_are_a_merge() -> None:
    merge = Answer(("- merge: [a, b]",), frozenset({"b"}))
    question = Question("", "", {"y": merge})
    assert question.answer("y") == merge
    assert question.answer("a") is None


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
    asked = [
        Question(
            "",
            f"{one} {two}",
            {"y": Answer((f"- merge: [{one}, {two}]",), frozenset({two}))},
            frozenset({one, two}),
        )
        for one, two in pairs
    ]
    file = tmp_path / "corrections.yml"
    assert list(walk(file, asked, lambda q: "" if q.startswith("Why") else "y", lambda _: None, "N")) == [1, 2]
    found = curate.load(tmp_path).corrections
    assert [(m.kept, m.others) for m in found if isinstance(m, Merge)] == [("a", ("b",)), ("a", ("e",))]


def test_several_speak_and_a_name_will_do() -> None:
    nobody = Answer(("- speaker: q\n  is: nobody",), frozenset("q"))
    asked = Question(
        "", "", {"n": nobody}, frozenset("q"), ("q",), ("ida-quill",), frozenset({"ida-quill", "tom-ferrow"})
    )
    said = {
        "1": "ida-quill",
        "Tom Ferrow": "tom-ferrow",
        "1, tom-ferrow": "[ida-quill, tom-ferrow]",
        "1,1": "ida-quill",
        "n": "nobody",
    }
    assert {answer: asked.answer(answer) for answer in said} == {
        answer: Answer((f"- speaker: q\n  is: {ids}",), frozenset("q")) for answer, ids in said.items()
    }
    assert [asked.answer(answer) for answer in ("0", "2", "²", "1,", "Tom", ",")] == [None] * 6
    assert (asked.near("Tom Ferow"), asked.near("x"), asked.near("")) == ("tom-ferrow", "", "")


def test_a_name_that_is_nearly_known_is_proposed(monitor: Path) -> None:
    done = answer(monitor, "Greta Holmwik", "q")
    assert "“Greta Holmwik” is no answer here; did you mean greta-holmwick?" in done.output


def test_the_last_line_is_taken_back_and_asked_again(monitor: Path) -> None:
    file = monitor / "curation" / "corrections.yml"
    held = "# ours\r\n- {rename: greta-holmwick, to: Dr Holmwick, why: so, by: N, on: 2025-06-01}"
    file.write_bytes(held.encode())
    done = answer(monitor, "u", "n", "", "n", "", "u", "u", "u", "r", "no words", "q")
    assert done.exit_code == 0, done.output
    assert done.output.count("“u” is no answer here") == 2, "there is nothing to take back yet, and no more at the end"
    assert "1 line written to" in done.output
    assert [type(each) for each in curate.load(monitor / "curation").corrections] == [Rename, Reject]
    assert file.read_bytes().startswith(held.encode())


def test_what_somebody_else_wrote_meanwhile_is_not_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "corrections.yml"
    told: list[str] = []

    def answers() -> Iterator[str]:
        yield from ("r", "")
        file.write_bytes(file.read_bytes() + b"# mine\n")
        yield from ("u", "q")

    given = answers()
    asked = [Question("", "", {"r": Answer((f"- reject: q-{n:010}",))}) for n in range(3)]
    assert list(walk(file, asked, lambda _: next(given), told.append, "N")) == [1, 1]
    assert any("was changed by somebody else meanwhile" in line for line in told)
    assert file.read_text(encoding="utf-8").endswith("# mine\n")


def test_the_first_line_taken_back_leaves_no_file(tmp_path: Path) -> None:
    given = iter(["r", "", "u", "q"])
    asked = [Question("", "", {"r": Answer((f"- reject: q-{n:010}",))}) for n in range(2)]
    assert list(walk(tmp_path / "corrections.yml", asked, lambda _: next(given), lambda _: None, "N")) == [1, 0]
    assert not (tmp_path / "corrections.yml").exists()


def test_two_that_are_two_are_not_asked_of_again(monitor: Path) -> None:
    def pairs(output: str) -> list[str]:
        return [line for line in output.splitlines() if "(actors/" in line]

    before = answer(monitor, *[""] * 400)
    unsure = before.output.count("Who speaks?")
    made = answer(monitor, *[""] * unsure, "n", "father and son", "q")
    assert "1 line written" in made.output
    (apart,) = curate.load(monitor / "curation").corrections
    assert isinstance(apart, Apart)
    after = answer(monitor, *[""] * 400)
    assert pairs(after.output) == pairs(before.output)[1:]


LAND = """The land at the fjord was sold, the government said after the election. The owner Ola Brenning told parliament
that the ministry had paid for it. “It was mine,” Brenning said."""
GAME = """Vestre United won the football match of the league after a late goal. Striker Ola Brenning headed in a
free-kick in the second half of the cup tie. “We never gave up,” Brenning said after the match."""


@pytest.mark.parametrize("said", ["y", "n"])
def test_one_name_of_perhaps_two_people(monitor: Path, said: str) -> None:
    for name, text in (("land", LAND), ("game", GAME)):
        (monitor / "seeds" / f"{name}.txt").write_text(f"{name.title()}\n\n{text}", encoding="utf-8")
    before = answer(monitor, *[""] * 400).output
    assert "Ola Brenning (actors/ola-brenning/): in articles on sport and in others; nothing connects them" in before
    others = before.count("Who speaks?") + before.count("Are they one?")
    made = answer(monitor, *[""] * others, said, "read", "q")
    assert "1 line written" in made.output
    (found,) = curate.load(monitor / "curation").corrections
    if isinstance(found, Split):
        assert (found.into, len(found.articles)) == ("ola-brenning-2", 1)
    assert isinstance(found, One if said == "y" else Split)
    assert "Is it one person?" not in answer(monitor, *[""] * 400).output


QUARREL = {
    "echo.md": "---\ntitle: The quay\ndate: 2025-03-04\noutlet: Osterfeld Echo\n---\n\n“The bridge will stand in May "
    "and not before,” said Ida Quill.\n",
    "gull.md": "---\ntitle: The pier\ndate: 2025-03-05\noutlet: Gull Post\n---\n\n“The bridge will stand in May and "
    "not before,” said Tom Ferrow.\n",
}


@pytest.fixture
def quarrel(tmp_path: Path) -> Path:
    """A monitor in which two papers give the same words to two speakers."""
    (tmp_path / "seeds").mkdir()
    for name, text in QUARREL.items():
        (tmp_path / "seeds" / name).write_text(text, encoding="utf-8")
    return tmp_path


def spoken_by(root: Path) -> dict[str, tuple[list[str], bool]]:
    """Return who speaks in each article, and whether a person said so."""
    whole = build.edition(build.Settings(root / "seeds", root / "curation", root))
    return {a.article.id: ([s.id for s in q.speakers], q.decided) for a in whole.articles for q in a.quotations}


@pytest.mark.parametrize(
    ("said", "echo", "gull", "kinds"),
    [
        ("1", ["ida-quill"], ["ida-quill"], [SpokenBy, SpokenBy]),
        ("Tom Ferrow", ["tom-ferrow"], ["tom-ferrow"], [SpokenBy, SpokenBy]),
        ("1,2", ["ida-quill", "tom-ferrow"], ["ida-quill", "tom-ferrow"], [SpokenBy, SpokenBy]),
        ("b", ["ida-quill"], ["tom-ferrow"], [SpokenBy, SpokenBy]),
        ("n", [], [], [SpokenBy, SpokenBy]),
        ("m", ["ida-quill"], ["ida-quill"], [Merge]),
    ],
)
def test_the_same_words_of_two_speakers_are_asked_once(
    said: str, echo: list[str], gull: list[str], kinds: list[type], quarrel: Path
) -> None:
    done = answer(quarrel, said, "", "")
    assert done.output.count("Who says it?") == 1, done.output
    assert ">>> The bridge will stand in May and not before <<<" in done.output
    assert {"  1 Ida Quill", "  2 Tom Ferrow"} <= set(done.output.splitlines())
    assert f"{len(kinds)} line" in done.output
    assert [type(each) for each in curate.load(quarrel / "curation").corrections] == kinds
    assert spoken_by(quarrel) == {"echo": (echo, SpokenBy in kinds), "gull": (gull, SpokenBy in kinds)}
    assert "Who says it?" not in answer(quarrel).output


def test_words_of_two_speakers_are_left_open_and_taken_back(quarrel: Path) -> None:
    file = quarrel / "curation" / "corrections.yml"
    assert "Nothing was written" in answer(quarrel, "").output
    letters = "Letters\n\n“It rains on both banks,” she said.\n"
    (quarrel / "seeds" / "letters.txt").write_text(letters, encoding="utf-8")
    assert answer(quarrel, *[""] * 9).output.count("Who speaks?") == 1
    done = answer(quarrel, "n", "", "u", "", "b", "")
    assert "2 lines written" in done.output, "both at once are two lines"
    assert len(curate.load(quarrel / "curation").corrections) == 2
    assert file.read_text(encoding="utf-8").count("why: ") == 2


def test_one_who_was_decided_is_not_decided_again(quarrel: Path) -> None:
    whole = build.edition(build.Settings(quarrel / "seeds", quarrel / "curation", quarrel))
    (id_,) = (q.id for a in whole.articles if a.article.id == "gull" for q in a.quotations)
    (quarrel / "curation").mkdir()
    line = f"- {{speaker: {id_}, is: tom-ferrow, why: heard, by: N, on: 2025-06-01}}\n"
    for said, speakers in (("2", ["tom-ferrow"]), ("b", ["ida-quill"]), ("n", [])):
        (quarrel / "curation" / "corrections.yml").write_text(line, encoding="utf-8")
        assert "1 line written" in answer(quarrel, said, "").output
        assert spoken_by(quarrel) == {"echo": (speakers, True), "gull": (["tom-ferrow"], True)}


def test_what_was_decided_in_this_walk_is_not_asked_in_another_way(tmp_path: Path) -> None:
    spoken = Answer(("- speaker: q-0000000001\n  is: nobody",), frozenset({"q-0000000001"}))
    asked = [
        Question("", "", {"n": spoken}, frozenset({"q-0000000001"})),
        Question("", "", {"n": spoken}, frozenset({"q-0000000001", "q-0000000002"})),
    ]
    file = tmp_path / "corrections.yml"
    assert list(walk(file, asked, lambda q: "" if q.startswith("Why") else "n", lambda _: None, "N")) == [1]


def talk(monitor: Path, *typed: bytes) -> tuple[int, str]:
    """Run the program in a terminal of its own and type, each time it asks; return its exit code and what it showed.

    Who presses Ctrl-C in the very moment in which the question appears may have to do so twice: Python looks for
    signals before it waits for the line, and another one wakes it.
    """
    pid, terminal = pty.fork()
    if pid == 0:
        command = [sys.executable, "-m", "digest", "curate", str(monitor), "--by", "Nora Feld"]
        os.execv(sys.executable, command)  # noqa: S606 - it takes this process's place
    termios.tcsetwinsize(terminal, (24, 400))
    seen = b""
    waiting = list(typed)
    while True:
        if typed[-1] == b"\x03" and not waiting and not select.select([terminal], [], [], 3)[0]:
            os.write(terminal, typed[-1])
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says so where the other side has gone
            break
        if not piece:
            break
        seen += piece
        asked = seen.count(b"q stops: ") + seen.count("in the article”: ".encode())
        if waiting and asked > len(typed) - len(waiting):
            os.write(terminal, waiting.pop(0))
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen.decode("utf-8", "replace")


@pytest.mark.parametrize(("end", "code"), [(b"q\n", 0), (b"\x04", 0), (b"\x03", 130)])
def test_a_person_at_a_terminal_stops_at_any_time_and_goes_on_later(monitor: Path, end: bytes, code: int) -> None:
    done, shown = talk(monitor, b"n\n", b"he \x7f\x7fshe is not named\n", b"n\n", b"\n", b"u\n", end)
    assert done == code, shown
    assert "1 line written to" in shown
    assert "Traceback" not in shown
    (line,) = curate.load(monitor / "curation").corrections
    assert line.decided.why == "hshe is not named", "the terminal lets a line be edited"
    first, again = shown, talk(monitor, b"q\n")[1]
    number = int(re.search(r"1 of (\d+)", first)[1])  # type: ignore[index] - it asks
    assert f"1 of {number - 1}" in again


def test_ctrl_c_at_the_reason_writes_nothing(monitor: Path) -> None:
    done, shown = talk(monitor, b"n\n", b"\x03")
    assert done == 130, shown
    assert "Nothing was written" in shown
    assert not (monitor / "curation" / "corrections.yml").exists()
