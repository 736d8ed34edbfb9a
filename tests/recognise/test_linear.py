"""No text takes more than its length in work: counted in calls, which are the same on every machine."""

from __future__ import annotations

import sys

import bench
import pytest

SIZE = 1_500  # a few sentences of the greatest length, so that what is bounded by a sentence has reached its bound


def calls(name: str, size: int) -> int:
    """Return how many functions are called, of Python and of C, to read a text of this shape.

    The text is read once before, so that what is kept of words from one text to the next is kept for every size.
    """
    text, code = bench.shaped(name, size)
    bench.analysed(text, code)
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        bench.analysed(text, code)
    finally:
        sys.setprofile(before)
    return count


@pytest.fixture(scope="module", autouse=True)
def everything_loaded() -> None:
    for code in ("en", "de"):
        bench.analysed("A text to load the program with", code)


@pytest.mark.parametrize("name", bench.SHAPES)
def test_four_times_the_text_takes_four_times_the_work(name: str) -> None:
    assert calls(name, 4 * SIZE) < 5 * calls(name, SIZE)
