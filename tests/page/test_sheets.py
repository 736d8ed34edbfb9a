"""Long tables are cut into pages, and nothing falls between two of them."""

from __future__ import annotations

import pytest

from digest.page.sheets import FIRST, ROWS, beginning, sheets


@pytest.mark.parametrize("count", [0, 1, ROWS, ROWS + 1, 3 * ROWS, 12 * ROWS + 7])
def test_every_row_stands_on_one_page(count: int) -> None:
    rows = list(range(count))
    found = sheets(rows, "all/", "all/")
    assert [row for sheet in found for row in sheet.rows] == rows
    assert all(len(sheet.rows) <= ROWS for sheet in found)
    assert [sheet.url for sheet in found] == ["all/", *(f"all/{n}/" for n in range(2, len(found) + 1))]
    assert {sheet.total for sheet in found} == {count}


@pytest.mark.parametrize("count", [0, 1, FIRST, FIRST + 1, FIRST + ROWS, FIRST + ROWS + 1])
def test_a_table_may_begin_with_fewer_rows(count: int) -> None:
    found = sheets(range(count), "all/", "all/", FIRST)
    assert [row for sheet in found for row in sheet.rows] == list(range(count))
    assert len(found[0].rows) == min(count, FIRST)
    assert len(found) == 1 + max(0, -(-(count - FIRST) // ROWS))


def test_the_beginning_of_a_table_that_stands_elsewhere_has_no_further_pages() -> None:
    (sheet,) = beginning(range(FIRST + 1), "here/")
    assert (len(sheet.rows), sheet.total, sheet.pages) == (FIRST, FIRST + 1, ("here/",))


def test_page_links_leave_out_the_far_ones() -> None:
    found = sheets(range(20 * ROWS), "all/", "all/")
    numbers = [link[0] if link else None for link in found[9].shown]
    assert numbers == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert [link[0] if link else None for link in found[0].shown] == [1, 2, 3, None, 20]
    assert found[0].shown[0] == (1, "all/")
