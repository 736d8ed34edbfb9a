"""Long tables cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

ROWS = 500
"""A table has at most so many rows a page: a browser shows that many in 0.2 s."""
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


def sheets(rows: Sequence[T], first: str, base: str) -> list[Sheet[T]]:
    """Return ``rows`` as pages: the first at ``first``, the others at ``base`` and their number (``base2/``)."""
    count = max(1, -(-len(rows) // ROWS))
    pages = (first, *(f"{base}{n}/" for n in range(2, count + 1)))
    return [Sheet(rows[(n - 1) * ROWS : n * ROWS], n, pages[n - 1], pages, len(rows)) for n in range(1, count + 1)]
