"""Numbers and dates as a person writes them."""

from __future__ import annotations

import pytest

from digest.page import english


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2025-05-04", "2025-05-04", "4 May 2025"),
        ("2025-05-04", "2025-05-20", "4 to 20 May 2025"),
        ("2018-07-11", "2018-08-24", "11 July to 24 August 2018"),
        ("2018-12-31", "2019-01-01", "31 December 2018 to 1 January 2019"),
    ],
)
def test_periods(first: str, last: str, shown: str) -> None:
    assert english.period(first, last) == shown


def test_dates() -> None:
    assert english.when("2018-08-24") == '<time datetime="2018-08-24">24 Aug 2018</time>'
    assert english.when("2018-07-12") == '<time datetime="2018-07-12">12 July 2018</time>'
    assert "date not known" in english.when(None)


def test_no_guess_is_right_for_certain() -> None:
    assert english.chance(0.704) == "right in 70 of 100"
    assert english.chance(0.999) == "right in 99 of 100"


def test_counts() -> None:
    assert [english.counted(n, "article") for n in (0, 1, 2225)] == ["0 articles", "1 article", "2,225 articles"]
    assert [english.spelled(n, "person", "people") for n in (1, 12, 13)] == ["one person", "twelve people", "13 people"]
    assert [english.times(n) for n in (1, 2, 3, 40)] == ["once", "twice", "three times", "40 times"]
    assert [english.listed(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_an_outlet_that_is_not_known_is_called_one_thing() -> None:
    assert english.outlet_name("taz") == english.outlet_name("taz", alone=True) == "taz"
    assert english.outlet_name(None) == english.outlet_name("") == "outlet unknown"
    assert english.outlet_name(None, alone=True) == "Outlet unknown"
