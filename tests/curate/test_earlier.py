"""What people decided, carried out on earlier versions of articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from editions import BOARD, IDA, TOM, Writer

from digest import build, curate
from digest.decisions import Curation, Decided, KnownAs, Merge, Reject, Split, SpokenBy, Withhold
from digest.edition import History, Version
from digest.model import Actor, Analysis

SAID = Decided("corrections.yml:1", "asked for by her", "Nora Feld", "2025-06-01")
PEOPLE = {who.id: who for who in (IDA, TOM, BOARD)}


def finished(writer: Writer) -> Analysis:
    analysis = writer.analysis()
    named = dict.fromkeys(m.actor for m in analysis.mentions if m.actor)
    return replace(analysis, actors=tuple(PEOPLE[id_] for id_ in named))


def versions() -> tuple[Analysis, Analysis]:
    """Return an article and its earlier version, where Tom says what Ida says now, and the board spoke too."""
    now, before = Writer("one"), Writer("one")
    now.says(IDA, "The bridge is closed")
    before.says(TOM, "The bridge is closed")
    before.says(BOARD, "It will be opened in May")
    return finished(now), finished(before)


def shown(
    now: Analysis, before: Analysis, decided: Curation, *others: Analysis
) -> tuple[tuple[History, ...], dict[str, Actor]]:
    whole = build._resolved([now, *others], decided)
    history = History("one", (Version(now, "c" * 40, "2025-03-02"), Version(before)))
    return curate.earlier([history], *whole, decided), whole[1]


def who(history: History) -> list[list[str]]:
    return [[s.id for q in v.analysis.quotations for s in q.speakers] for v in history.versions]


def test_without_decisions_versions_are_shown_as_they_were_read() -> None:
    (found,), _ = shown(*versions(), Curation())
    assert who(found) == [["ida-quill"], ["tom-ferrow", "bridge-board"]]
    assert found.versions[0].commit == "c" * 40


def test_what_is_no_quotation_and_no_actor_is_none_in_any_version() -> None:
    now, before = versions()
    lines = (Reject(before.quotations[1].id, SAID), Reject("tom-ferrow", SAID))
    (found,), _ = shown(now, before, Curation(corrections=lines))
    assert who(found) == [["ida-quill"], []]
    assert len(found.versions[1].analysis.quotations) == 1


def test_who_was_said_to_speak_speaks_in_every_version() -> None:
    now, before = versions()
    assert now.quotations[0].id == before.quotations[0].id
    line = SpokenBy(now.quotations[0].id, ("bridge-board",), SAID)
    other = Writer("two")
    other.says(BOARD, "We are a board")
    (found,), _ = shown(now, before, Curation(corrections=(line,)), finished(other))
    assert who(found) == [["bridge-board"], ["bridge-board", "bridge-board"]]


def test_actors_that_are_one_or_several_are_so_before_too() -> None:
    now, before = versions()
    merge = Curation(corrections=(Merge("ida-quill", ("tom-ferrow",), SAID),))
    other = Writer("two")
    other.says(TOM, "I am here")
    (found,), _ = shown(now, before, merge, finished(other))
    assert who(found) == [["ida-quill"], ["ida-quill", "bridge-board"]]
    split = Curation(corrections=(Split("ida-quill", "ida-quill-younger", ("one",), SAID, "Ida Quill"),))
    other.says(IDA, "So am I")
    earlier = Writer("one")
    earlier.says(IDA, "The bridge is open")
    (found,), _ = shown(now, finished(earlier), split, finished(other))
    assert who(found) == [["ida-quill-younger"], ["ida-quill-younger"]]


def test_of_a_withheld_article_there_is_no_history() -> None:
    now, before = versions()
    found, _ = shown(now, before, Curation(corrections=(Withhold(SAID, article="one"),)))
    assert found == ()


@pytest.mark.parametrize("what", ["quotation", "actor"])
def test_an_article_in_which_something_is_withheld_shows_no_version(what: str) -> None:
    now, before = versions()
    held = {"quotation": now.quotations[0].id, "actor": "ida-quill"}[what]
    (found,), _ = shown(now, before, Curation(corrections=(Withhold(SAID, **{what: held}),)))
    assert found == History("one", withheld=True)


@pytest.mark.parametrize(
    "printed", ["Tom Ferrow", "FERROW was there", "Ferrows Haus", "Tóm  Ferrów", "@tomferrow", "Mr Ferrow"]
)
def test_who_is_withheld_and_stood_in_an_earlier_version_only_keeps_it_back(printed: str) -> None:
    now, before, other = Writer("one"), Writer("one"), Writer("two")
    now.says(IDA, "The bridge is closed")
    before.says(IDA, "The bridge is closed")
    before.block(f"Nobody asked {printed} about it.")
    other.says(TOM, "I was never there")
    withhold = Curation(corrections=(Withhold(SAID, actor="tom-ferrow"),))
    (found,), _ = shown(finished(now), finished(before), withhold, finished(other))
    assert found == History("one", withheld=True)


@pytest.mark.parametrize(("printed", "kept_back"), [("Ada Baker", True), ("Mr Baker", True), ("a baker", False)])
def test_a_surname_that_is_a_word_keeps_a_version_back_as_a_name_only(printed: str, kept_back: bool) -> None:
    """Who says that a Baker of before is somebody else guesses, and would publish whom a wrong guess means."""
    clara = Actor("clara-baker", "Clara Baker", "person", {"Clara Baker": 1})
    now, before, other = Writer("one"), Writer("one"), Writer("two")
    now.says(IDA, "The bridge is closed")
    before.says(IDA, "The bridge is closed")
    before.block(f"Nobody asked {printed} about it.")
    other.says(clara, "I was never there")
    withhold = Curation(corrections=(Withhold(SAID, actor="clara-baker"),))
    (found,), _ = shown(finished(now), finished(before), withhold, replace(other.analysis(), actors=(clara,)))
    assert found.withheld == kept_back


def test_words_that_are_withheld_in_one_article_keep_back_the_versions_of_another() -> None:
    now, before, other = Writer("one"), Writer("one"), Writer("two")
    now.says(IDA, "The bridge is closed")
    before.says(IDA, "My daughter is very ill")
    said = other.says(TOM, "My daughter is very ill")
    withhold = Curation(corrections=(Withhold(SAID, quotation=said.id),))
    (found,), _ = shown(finished(now), finished(before), withhold, finished(other))
    assert found.withheld


def test_who_is_known_by_lines_only_keeps_a_version_back() -> None:
    now, before = Writer("one"), Writer("one")
    now.says(IDA, "The bridge is closed")
    before.says(IDA, "The bridge is closed")
    before.block("Mary Brask was not asked.")
    lines = Curation(
        actors={"mary-brask": KnownAs("mary-brask", SAID, name="Mary Brask")},
        corrections=(Withhold(SAID, actor="mary-brask"),),
    )
    (found,), _ = shown(finished(now), finished(before), lines)
    assert found.withheld


def test_an_article_that_has_nothing_to_do_with_it_keeps_its_history() -> None:
    now, before, other = Writer("one"), Writer("one"), Writer("two")
    now.says(IDA, "The bridge is closed")
    before.says(IDA, "The bridge is open")
    other.says(TOM, "I was never there")
    (found,), _ = shown(
        finished(now), finished(before), Curation(corrections=(Withhold(SAID, actor="tom-ferrow"),)), finished(other)
    )
    assert len(found.versions) == 2


def test_the_earlier_versions_of_one_article_are_withheld_by_its_address() -> None:
    now, before = versions()
    (found,), actors = shown(now, before, Curation(corrections=(Withhold(SAID, versions="one"),)))
    assert found == History("one", withheld=True)
    assert "ida-quill" in actors


def test_a_line_that_withholds_versions_is_read_and_held_against_the_articles(tmp_path: Path) -> None:
    said = "\n  why: she asked\n  by: desk\n  on: 2025-06-01\n"
    lines = f"- withhold: articles/one/#edited{said}- withhold: articles/two#edited{said}- withhold: actors/eva{said}"
    (tmp_path / "corrections.yml").write_text(lines, encoding="utf-8")
    decided = curate.load(tmp_path)
    assert [each.versions for each in decided.of(Withhold)] == ["one", "two", None]
    now, _ = versions()
    wrong = curate.misfits(decided, [now], [])
    assert len(wrong) == 2
    assert "there is no article “two”" in wrong[0]
    assert "there is no actor “eva”" in wrong[1]
    assert wrong[1].endswith("where an article named them before an edit, withhold articles/ID/#edited")
