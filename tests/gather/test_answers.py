"""Who answers whom, as far as a printed verb tells."""

from __future__ import annotations

from editions import BOARD, IDA, TOM, Writer, digest, topic

from digest.dossiers import Digest
from digest.gather.answers import BEFORE, BEHIND


def answers(found: Digest, id_: str) -> list[tuple[bool, str, str]]:
    dossier = next(d for d in found.actors if d.actor.id == id_)
    return [(a.about, a.line.speakers[0].name, a.line.words) for a in dossier.answers]


def test_a_denial_answers_those_beside_whom_it_stands_and_those_it_is_about() -> None:
    writer = Writer("a")
    writer.says(IDA, "The bridge is late")
    writer.reports(TOM, "the bridge was late", about=("bridge-board",))
    writer.cue("denied")
    found = digest(writer)
    assert answers(found, "ida-quill") == [(False, "Tom Ferrow", "the bridge was late")]
    assert answers(found, "bridge-board") == [(True, "Tom Ferrow", "the bridge was late")]
    assert answers(found, "tom-ferrow") == []


def test_what_is_about_somebody_is_not_beside_them_as_well_and_goes_first() -> None:
    old, new = Writer("old", published="2025-03-01"), Writer("new", published="2025-03-02")
    old.says(IDA, "The bridge is late")
    old.reports(TOM, "Quill knows anything", about=("ida-quill",))
    old.cue("denied")
    new.says(IDA, "The bridge is later still")
    new.reports(BOARD, "it was late")
    new.cue("rejects")
    assert answers(digest(old, new), "ida-quill") == [
        (True, "Tom Ferrow", "Quill knows anything"),
        (False, "Bridge Board", "it was late"),
    ]


def test_an_accusation_answers_only_those_it_is_about() -> None:
    writer = Writer("a")
    writer.says(IDA, "The bridge is late")
    writer.says(TOM, "They have eaten the money", about=("bridge-board",))
    writer.cue("accused")
    found = digest(writer)
    assert answers(found, "ida-quill") == []
    assert [about for about, *_ in answers(found, "bridge-board")] == [True]


def test_a_denial_of_nobody_known_answers_nobody() -> None:
    writer = Writer("a")
    writer.says(IDA, "The bridge is late")
    writer.says(None, "That is a lie")
    writer.cue("denied")
    assert answers(digest(writer), "ida-quill") == []


def test_a_denial_reaches_the_quotations_near_it() -> None:
    writer = Writer("a")
    writer.says(BOARD, "We were here first of all")
    for n in range(BEFORE):
        writer.says(IDA, f"The bridge is late by {n} years")
    writer.reports(TOM, "the bridge was late")
    writer.cue("disputed")
    for n in range(BEHIND + 1):
        writer.says((IDA, BOARD)[n], f"It is what it is, {n} times")
    found = digest(writer)
    assert len(answers(found, "ida-quill")) == 1
    assert answers(found, "bridge-board") == []


def test_copies_of_a_denial_count_once() -> None:
    writers = [Writer("a", published="2025-03-01"), Writer("b", published="2025-03-03")]
    for writer in writers:
        writer.topics = (topic("x:1", "bridges"),)
        writer.says(IDA, "The bridge is late")
        writer.reports(TOM, "the bridge was late")
        writer.cue("denied")
    between = Writer("c", published="2025-03-02")
    between.topics = writers[0].topics
    between.reports(TOM, "Quill was late")
    between.cue("rejected")
    found = digest(*writers, between, texts={"b": "a"})
    assert len(answers(found, "ida-quill")) == 1
    (on,) = found.topics
    assert [(line.article.id, line.words) for line in on.denials] == [
        ("b", "the bridge was late"),
        ("c", "Quill was late"),
    ]
