"""In which other ways what an article prints may be typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.knowledge import variants
from digest.model import Actor
from digest.spellings import Spellings

ACTORS = {
    actor.id: actor
    for actor in (
        Actor("ali-khamenei", "Ali Khamenei", "person", {"Khamenei": 3, "Ayatollah Khamenei": 1}),
        Actor("germany", "Germany", "state", {"Germany": 4, "Berlin": 2}),
        Actor("who", "World Health Organization", "organisation", {"WHO": 2}),
        Actor("ida-quill", "Ida Quill", "person", {"Ida Quill": 2, "Mayor Quill": 5, "the Mayor of Quill": 1}),
        Actor("jost-groebel", "Jost Groebel", "person", {"Jost Groebel": 1}),
        Actor("pavlo-lunenko", "Павло Луненко", "person", {"Луненко": 1}),
    )
}
SPELLINGS = Spellings(ACTORS)


@pytest.mark.parametrize(
    ("text", "actor", "found"),
    [
        ("Khamenei spoke", "ali-khamenei", {"хаменеи", "chamenei", "ali", "خامنه"}),
        ("Germany agreed", "germany", {"германия", "deutschland", "allemagne"}),
        ("The WHO agreed", "who", {"world", "health", "organization", "weltgesundheitsorganisation"}),
        ("Quill agreed", "ida-quill", {"ida"}),
        ("Groebel agreed", "jost-groebel", {"grobel", "jost"}),
        ("Луненко согласен", "pavlo-lunenko", {"lunenko", "pavlo", "павло"}),
    ],
)
def test_a_text_is_found_by_every_spelling_of_whom_it_names(text: str, actor: str, found: set[str]) -> None:
    assert found <= set(SPELLINGS.beside(text, [actor]))


def test_what_is_no_name_is_no_spelling() -> None:
    assert SPELLINGS.beside("Quill agreed", ["ida-quill"]) == ("ida",)
    assert "berlin" not in SPELLINGS.beside("Germany agreed", ["germany"])
    assert SPELLINGS.beside("Nobody agreed", ["not-there"]) == ()


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("Zürich", {"zuerich"}),
        ("Zu\u0308rich", {"zuerich"}),
        ("Łódź", {"lodz"}),
        ("Straße", {"strasse"}),
        ("Ærø", {"aero", "aeroe"}),
        ("Zuerich", set()),
        ("café", set()),
        ("Хаменеи", {"khamenei"}),
    ],
)
def test_a_word_is_typed_as_a_keyboard_allows(word: str, ways: set[str]) -> None:
    assert variants.ways(word) == ways


def test_a_name_that_is_printed_in_pairs_is_found_with_one_letter() -> None:
    assert variants.ways("Zuerich", name=True) == {"zurich"}
    assert SPELLINGS.beside("Frauen fragen quer", []) == ()


@given(st.text(), st.lists(st.sampled_from(sorted(ACTORS))))
def test_nothing_is_added_that_the_text_has(text: str, named: list[str]) -> None:
    found = SPELLINGS.beside(text, named)
    assert found == tuple(sorted(set(found)))
    assert SPELLINGS.beside(f"{text} {' '.join(found)}", named) == ()
