"""Long tables cut into pages, each of which stays light enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from digest.dossiers import ActorDossier, ArticleDossier, Briefing, Count
from digest.lines import Line


@dataclass(frozen=True, slots=True)
class Room:
    """What a table may take of a page: so many rows, and so many bytes compressed as they are estimated here."""

    rows: int
    weight: int


WHOLE = Room(500, 17_500)
"""A page of a table alone: with its CSS and JavaScript it weighs less than 30,000 bytes compressed."""
PART = Room(50, 4_500)
"""The beginning of a table on a page that shows other things as well; the rest stands on pages of its own."""
ROW, LETTERS, FIRST_TIME, AGAIN = 30, 3, 45, 3
"""A row adds so many bytes to a compressed page; every so many bytes of its text one; a link so many where it stands on
the page for the first time, and so many where it stands there again.

Fitted on 456 tables of four sites with up to 2,225 articles: of those that take more than 9,000 bytes, none takes more
than estimated, and half of them 6 in 100 less. A real compressor is not asked, for not all of them make the same bytes
of the same page, and the same inputs must give the same pages.
"""
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


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row shows: so many bytes of text that is its own, and the addresses or names of what it links to."""

    text: int
    links: tuple[object, ...] = ()


def of_line(line: Line) -> Shown:
    """Return what the row of a quotation shows."""
    actors = (actor.id for actor in (*line.speakers, *line.about))
    return Shown(len(line.words.encode()), (line.article.id, line.outlet.url, *actors, *(via.name for via in line.via)))


def of_article(dossier: ArticleDossier) -> Shown:
    """Return what the row of an article shows."""
    return Shown(len(dossier.article.title.encode()), (dossier.outlet.url, *(topic.id for topic in dossier.topics[:3])))


def of_actor(dossier: ActorDossier) -> Shown:
    """Return what the row of an actor shows."""
    roles = (len(role.text.encode()) for role in dossier.roles)
    return Shown(len(dossier.actor.name.encode()) + max(roles, default=0))


def of_count(count: Count) -> Shown:
    """Return what a line of a ranked list shows."""
    return Shown(len(f"{count.name}{count.note}".encode()) + sum(len(part.encode()) for part, _ in count.parts))


def of_briefing(briefing: Briefing) -> Shown:
    """Return what a line of the list of briefings shows: its week, and how many said how much, all in numbers."""
    return Shown(LETTERS * ROW, (briefing.week.id,))


def sheets(
    rows: Sequence[T], first: str, base: str, shown: Callable[[T], Shown], begins: Room = WHOLE
) -> list[Sheet[T]]:
    """Return ``rows`` as pages: the first at ``first``, the others at ``base`` and their number (``base2/``).

    The first page has as many rows as ``begins`` has room for, each other one as many as a page of its own; one at
    least, for a row is not cut. ``shown`` says what a row shows, from which its weight is estimated.
    """
    cuts = [*_cuts(rows, shown, begins), len(rows)]
    pages = (first, *(f"{base}{n}/" for n in range(2, len(cuts))))
    return [Sheet(rows[cuts[n - 1] : cuts[n]], n, pages[n - 1], pages, len(rows)) for n in range(1, len(cuts))]


def _cuts(rows: Sequence[T], shown: Callable[[T], Shown], room: Room) -> Iterator[int]:
    """Yield where the pages of ``rows`` begin; the first has ``room``, the others a page of their own."""
    yield 0
    begun, weight, seen = 0, 0, set[object]()
    for n, row in enumerate(rows):
        of = shown(row)
        adds = ROW + of.text // LETTERS + sum(AGAIN if link in seen else FIRST_TIME for link in of.links)
        if n > begun and (n - begun == room.rows or weight + adds > room.weight):
            yield n
            begun, weight, room = n, 0, WHOLE
            adds = ROW + of.text // LETTERS + FIRST_TIME * len(set(of.links))
            seen.clear()
        weight += adds
        seen.update(of.links)


def beginning(every: Sequence[Sheet[T]]) -> list[Sheet[T]]:
    """Return the first page of a table alone, where all of its rows stand in another table."""
    first = every[0]
    return [replace(first, pages=(first.url,))]
