"""Long tables cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

ROWS = 200
"""A table has at most so many rows a page: with its CSS and JavaScript, such a page weighs some 28 KB compressed."""
FIRST = 50
"""So many rows of a table stand on a page that shows other things as well, and the rest on pages of their own."""
NEAR = 2
"""The page links lead to the first and the last page and to so many on either side of this one."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """One page of a long table. ``url`` is site-relative; ``pages`` are the addresses of all pages of the table."""

    rows: Sequence[T]
    number: int
    url: str
    pages: tuple[str, ...]
    total: int

    @property
    def shown(self) -> list[tuple[int, str] | None]:
        """The page numbers to link to, with their addresses; ``None`` where some are left out."""
        near = {1, len(self.pages), *range(self.number - NEAR, self.number + NEAR + 1)}
        numbers = [n for n in range(1, len(self.pages) + 1) if n in near]
        found: list[tuple[int, str] | None] = []
        for before, n in zip([0, *numbers], numbers, strict=False):
            if n > before + 1:
                found.append(None)
            found.append((n, self.pages[n - 1]))
        return found


def sheets(rows: Sequence[T], first: str, base: str, begins: int = ROWS, most: int = ROWS) -> list[Sheet[T]]:
    """Return ``rows`` as pages: the first at ``first``, the others at ``base`` and their number (``base2/``).

    The first page has up to ``begins`` rows, each other one up to ``most``.
    """
    cuts = [0, *range(min(begins, len(rows)), len(rows), most), len(rows)] if rows else [0, 0]
    pages = (first, *(f"{base}{n}/" for n in range(2, len(cuts))))
    return [Sheet(rows[cuts[n - 1] : cuts[n]], n, pages[n - 1], pages, len(rows)) for n in range(1, len(cuts))]


def beginning(rows: Sequence[T], url: str) -> list[Sheet[T]]:
    """Return the first of ``rows`` alone, where all of them stand in another table."""
    return [Sheet(rows[:FIRST], 1, url, (url,), len(rows))]
