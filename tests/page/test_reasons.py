"""Reasons in words: each that is given is told, and in a sentence that stands where the page puts it."""

from __future__ import annotations

from typing import get_args

import pytest
from editions import IDA, Writer, digest

from digest.dossiers import Choice, Highlight
from digest.model import Likeness, Reason
from digest.page import reasons


def test_every_reason_has_words_of_its_own() -> None:
    writer = Writer("a")
    writer.says(IDA, "The bridge will stand in May")
    (line,) = digest(writer).lines
    chosen = {reasons.chosen(Highlight(why, line)) for why in get_args(Choice)}
    assert len(chosen) == len(get_args(Choice))
    assert len({reasons.alike(why) for why in get_args(Likeness)}) == len(get_args(Likeness))
    assert len({reasons.apart((why,)) for why in get_args(Reason)}) == len(get_args(Reason))
    assert reasons.chosen(Highlight("reported", line, outlets=3)) == "Most reported: 3 outlets"
    assert reasons.chosen(Highlight("reported", line, articles=4)) == "Most reported: 4 articles"


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (("gender",), "a man and a woman, by their titles"),
        (("office", "sport"), "an athlete and somebody in office or in a profession; nothing connects them"),
        (
            ("arts", "office", "sport"),
            "an artist, an athlete and somebody in office or in a profession; nothing connects them",
        ),
        (("subject",), "in articles on sport and in others; nothing connects them"),
    ],
)
def test_why_two_of_one_name_are_two(why: tuple[Reason, ...], words: str) -> None:
    assert reasons.apart(why) == words


def test_only_a_reading_that_holds_here_alone_is_explained() -> None:
    assert reasons.read("metonym") == "where it acts, not as a place"
    assert reasons.read("alias") == reasons.read("") == ""
