"""What differs between two texts, and that the difference, carried out, makes one of the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.edits import Difference, Piece, Row
from digest.gather.difference import Budget, difference, rewording

WORDS = st.lists(st.sampled_from(["the", "ferry", "Quill", "said,", "“no”", "it's", "2", "."]), min_size=1, max_size=12)
PARAGRAPHS = st.lists(WORDS.map(" ".join), max_size=9)


def carried_out(old: list[str], found: Difference) -> list[str]:
    """Apply a difference to the paragraphs it was made for, demanding that what it removes is there."""
    left, made = list(old), []
    for row in found.rows:
        if row.kind == "same":
            made += left[: row.count]
            del left[: row.count]
            continue
        before = "".join(p.text for p in row.pieces if p.kind != "inserted")
        if row.kind != "added":
            assert left.pop(0) == before
        if row.kind != "removed":
            made.append("".join(p.text for p in row.pieces if p.kind != "removed"))
    assert left == []
    return made


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_difference_makes_the_new_text_of_the_old(old: list[str], new: list[str]) -> None:
    found = difference(old, new)
    assert carried_out(old, found) == new
    assert found.nothing == (old == new)


@given(WORDS.map(" ".join), WORDS.map(" ".join), st.integers(0, 3_000))
def test_a_rewording_holds_both_wordings(old: str, new: str, left: int) -> None:
    pieces = rewording(old, new, Budget(left))
    if pieces is None:
        return
    assert "".join(p.text for p in pieces if p.kind != "inserted") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_only_what_changed_is_marked() -> None:
    old = ["Ferry stops", "The ferry stops on Monday.", "Nobody knows why.", "It rained."]
    new = ["Ferry stops", "The ferry stops on Friday.", "A gull was seen on the quay.", "Nobody knows why."]
    assert difference(old, new).rows == (
        Row("same"),
        Row(
            "changed",
            (
                Piece("same", "The ferry stops on"),
                Piece("removed", " Monday"),
                Piece("inserted", " Friday"),
                Piece("same", "."),
            ),
        ),
        Row("added", (Piece("inserted", "A gull was seen on the quay."),)),
        Row("same"),
        Row("removed", (Piece("removed", "It rained."),)),
    )


def test_a_word_that_stayed_by_chance_is_shown_with_those_around_it() -> None:
    (row,) = difference(["The mayor of Osterfeld will not go to the harbour today."], ["Nobody of us knows."]).rows[:1]
    assert row.kind == "removed"
    pieces = rewording("He left the old town hall", "She kept the new town hall", Budget())
    assert pieces == (
        Piece("removed", "He left the old"),
        Piece("inserted", "She kept the new"),
        Piece("same", " town hall"),
    )


def test_words_before_the_first_one_are_an_insertion() -> None:
    assert rewording("both sides agreed", "According to her both sides agreed", Budget()) == (
        Piece("inserted", "According to her "),
        Piece("same", "both sides agreed"),
    )


@pytest.mark.parametrize("n", [3_000, 6_000])
def test_texts_that_are_too_much_work_are_not_compared(n: int) -> None:
    # every other paragraph is the same one: each would be looked at from each
    old = [x for i in range(n) for x in ("*", f"old {i}")]
    new = [x for i in range(n) for x in ("*", f"new {i}")]
    budget = Budget()
    assert difference(old, new, budget).beyond
    assert budget == Budget()


def test_long_paragraphs_that_are_too_much_work_are_one_removed_and_one_added() -> None:
    old = " ".join(f"the old{i} a" for i in range(1_000))
    new = " ".join(f"the new{i} a" for i in range(1_000))
    assert [row.kind for row in difference(["Head", old], ["Head", new]).rows] == ["same", "removed", "added"]


def test_a_name_that_changed_in_every_paragraph_of_a_long_text_is_one_change_in_each() -> None:
    old = [f"Paragraph {n}: the mayor Ida Quill spoke about pier {n} again." for n in range(300)]
    new = [each.replace("Ida", "Ada") for each in old]
    assert {row.kind for row in difference(old, new).rows} == {"changed"}
    shifted = ["A new beginning.", *new[:150], "Something else entirely.", *new[152:]]
    found = difference(old, shifted)
    assert carried_out(old, found) == shifted
    assert (found.number("changed"), found.number("added"), found.number("removed")) == (298, 2, 2)
