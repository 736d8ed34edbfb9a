"""Whether two ways of naming a speaker mean the same one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import language
from digest.measure.agree import Agreement, Label, agreement, heads, label, published
from digest.measure.quotes import Who
from digest.model import Span

STRICT, LENIENT, NONE = Agreement(True, True), Agreement(False, True), Agreement(False, False)


@pytest.mark.parametrize(
    ("code", "gold", "found", "agreed"),
    [
        ("en", "Ida Quill", "ida quill,", STRICT),
        ("en", "Mr. Oxley", "Oxley", STRICT),
        ("en", "the union’s", "The Union", STRICT),
        ("en", "she", "She", STRICT),
        ("en", "the mayor of Osterfeld, Ida Quill", "Quill", LENIENT),
        ("en", "Secretary Bram Oxley", "B. Oxley", LENIENT),
        ("en", "a spokesman for the port", "spokesman", LENIENT),
        ("en", "the port authority’s spokesman", "a port authority spokesman", STRICT),
        ("en", "Lena Vask and Bram Oxley", "Vask", LENIENT),
        ("en", "Bram Oxley, who leads the Bay Wire", "Bay Wire", NONE),
        ("en", "Quill’s spokesman", "Ida Quill", NONE),
        ("en", "a spokesman for Quill", "Quill", NONE),
        ("en", "Ida Quill", "Bram Quill", NONE),
        ("en", "Ida Quill", "Lena Vask", NONE),
        ("en", "the WHO (World Harbour Office)", "WHO", LENIENT),
        ("en", "Ilse von Arn", "von Arn", LENIENT),
        ("en", "she", "he", NONE),
        ("en", "she", "Ida Quill", NONE),
        ("de", "Bürgermeisterin Ida Quill", "Quill", LENIENT),
        ("de", "der Sprecher der Hafenwache", "die Hafenwache", NONE),
        ("de", "Angaben der Hafenwache", "die Hafenwache", LENIENT),
        ("de", "ein Sprecher des Hafens", "der Sprecher", LENIENT),
        ("de", "die Zeitung „Der Hafen“", "Der Hafen", LENIENT),
        ("de", "Frau von Arn", "von Arn", STRICT),
        ("de", "die Polizei", "der Minister", NONE),
    ],
)
def test_speakers_agree(code: str, gold: str, found: str, agreed: Agreement) -> None:
    words = language.load(code)
    assert agreement(Who(gold), Who(found), words) == agreed
    assert agreement(Who(found), Who(gold), words) == agreed


def test_a_name_may_stand_for_a_pronoun_and_so_may_its_place() -> None:
    words = language.load("en")
    she = Who("she", Span(10, 13))
    assert agreement(Who("she", None, "Ida Quill"), Who("Quill", None, "Ida Quill"), words) == STRICT
    assert agreement(she, Who("who", Span(10, 13)), words) == LENIENT
    assert agreement(she, Who("who", Span(40, 43)), words) == NONE
    assert agreement(she, Who(), words) == agreement(Who(), she, words) == NONE
    assert agreement(Who(), Who(), words) == STRICT


@pytest.mark.parametrize(
    ("code", "words", "kind"),
    [
        ("en", "Ida Quill", "named"),
        ("en", "the mayor of Osterfeld, Ida Quill", "named"),
        ("en", "US", "named"),
        ("en", "a spokesman for Ida Quill", "nominal"),
        ("en", "two of the dockers", "nominal"),
        ("en", "we", "pronoun"),
        ("en", "many", "pronoun"),
        ("de", "Die Bürgermeisterin", "nominal"),
        ("de", "Bürgermeisterin Quill", "named"),
        ("de", "man", "pronoun"),
        ("en", None, None),
    ],
)
def test_a_speaker_has_a_label(code: str, words: str | None, kind: Label | None) -> None:
    assert label(Who(words), language.load(code)) == kind


def test_a_published_name_must_be_the_marked_one() -> None:
    words = language.load("en")
    place = Span(10, 13)
    assert published(Who("she", place), Who("she", place, "Ida Quill"), words) is None
    assert published(Who("she", place, "Ida Quill"), Who("she", place, "Ida Quill"), words) is True
    assert published(Who("she", place, "Ida Quill"), Who("she", place), words) is False
    assert published(Who("she", place, "Ida Quill"), Who("she", place, "Lena Vask"), words) is False
    assert published(Who("Ida Quill", place), Who("Quill", place), words) is True
    assert published(Who("a docker"), Who("a docker"), words) is None


def test_heads_are_what_says_who_it_is() -> None:
    words = language.load("en")
    found = heads("the mayor of Osterfeld, Dr. Ida Quill Jr., and Oxley's aide – who waits", words)
    assert [head.words for head in found] == [("mayor",), ("ida", "quill"), ("aide",)]
    assert [head.name for head in found] == [(), ("ida", "quill"), ()]
    assert heads("", words) == heads("of", words) == []


NAMING = "Ida Quill Arn von the der mayor Sprecher of des and und who 's , ( ) - – Jr. Dr. B. herself WHO she 7 „ “ ’"
PIECES = st.sampled_from([*NAMING.split(), "\u00ad", "\n", ""])
PHRASES = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=8).map(" ".join))
CODES = st.sampled_from(["en", "de"])


@given(PHRASES, CODES)
def test_whoever_is_named_agrees_with_itself(phrase: str, code: str) -> None:
    words = language.load(code)
    if any(sign.isalnum() for sign in phrase):
        assert agreement(Who(phrase), Who(phrase), words) == STRICT
        assert label(Who(phrase), words) is not None


@given(PHRASES, PHRASES, CODES)
def test_agreement_has_no_direction(one: str, other: str, code: str) -> None:
    words = language.load(code)
    there, back = agreement(Who(one), Who(other), words), agreement(Who(other), Who(one), words)
    assert there == back
    assert there.lenient or not there.strict
