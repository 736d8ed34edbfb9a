"""Spellings of one name: which are one, which may be, and which are two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.knowledge import variants


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Katarina Lindqvar", "Katharina Lindqvar"),
        ("Oleksiy Brandov", "Oleksij Brandow"),
        ("Jusuf Tamm", "Yusuf Tamm"),
        ("Ida Chareni", "Ida Khareni"),
        ("Нина Брандова", "Nina Brandova"),
        ("Mike Quern", "Michael Quern"),
        ("Zoë Müller", "Zoe Muller"),
        ("Anna-Maria Vask", "Anna Maria Vask"),
        ("Ida Quill", "IDA QUILL"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert variants.same_name(one, other)
    assert variants.same_name(other, one)
    assert variants.surname_key(one) == variants.surname_key(other)
    assert variants.maybe_same(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Ida Quill", "Quill", "surname"),
        ("I. Quill", "Ida Quill", "initial"),
        ("Ida Marta Quill", "Ida Quill", "middle"),
        ("Emilia Quill", "Emilija Quill", None),
        ("Marten Quill", "Martin Quill", "letter"),
        ("Ida Quill", "Ada Quill", None),
        ("Ida Quill", "Ida Quern", None),
        ("Tom Smith", "Tom Smit", None),
        ("", "Quill", None),
    ],
)
def test_names_that_may_be_one(one: str, other: str, why: str | None) -> None:
    assert why == variants.maybe_same(one, other) == variants.maybe_same(other, one)
    assert variants.same_name(one, other) is (one == "Emilia Quill")


@pytest.mark.parametrize(
    ("one", "other"), [("Henrik Aldane", "Marit Aldane"), ("Quill", "Quill"), ("Tom Smit", "Tom Smith")]
)
def test_names_of_two(one: str, other: str) -> None:
    assert not variants.same_name(one, other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    assert variants.same_name(one, other) == variants.same_name(other, one)
    assert variants.maybe_same(one, other) == variants.maybe_same(other, one)
    assert variants.body_key(one) == variants.body_key(one)
