"""What stands behind the table of who leaves out whom on a topic or in a week: quotations, or articles without any."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.addresses import cell, quoted_where_at
from digest.lines import Line, Outlet, Tally
from digest.model import Actor, Article
from digest.output import Page
from digest.page.linked import Entity
from digest.page.press import Press
from digest.page.sheets import Sheet, Shown, of_line, sheets
from digest.relations import Matrix, Silence


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands behind one cell: the ``lines`` that it counts, or the ``articles`` that leave the speaker out.

    ``quoting`` are the cells of those that do quote the speaker, by outlet.
    """

    speaker: Actor
    outlet: Outlet
    says: Tally | Silence
    lines: tuple[Line, ...]
    articles: tuple[Article, ...]
    quoting: tuple[tuple[Outlet, str], ...]

    @property
    def place(self) -> str:
        """Where it begins; no other cell of one table has it."""
        return cell(self.speaker.id, self.outlet.key)


Row = tuple[Cell, Line | None]
"""A quotation of a cell; none where the cell is a silence."""


def behind(matrix: Matrix, lines: Iterable[Line], page: str) -> list[Sheet[Row]]:
    """Return what stands behind the cells of the table on ``page``, in pages: row by row, each from left to right.

    ``lines`` are those that the table was made of, newest first.
    """
    held: dict[tuple[str, Outlet], list[Line]] = defaultdict(list)
    for line in lines:
        for speaker in line.speakers:
            held[speaker.id, line.outlet].append(line)
    rows: list[Row] = []
    for row in matrix.rows:
        who = row.speaker
        found = list(zip(matrix.outlets, row.cells, row.shown, strict=True))
        quoting = tuple((outlet, cell(who.id, outlet.key)) for outlet, says, _ in found if isinstance(says, Tally))
        for outlet, says, articles in found:
            if says != "no story":
                own = tuple(held.get((who.id, outlet), ()))
                made = Cell(who, outlet, says, own, articles, quoting)
                rows += [(made, line) for line in own] or [(made, None)]
    url = quoted_where_at(page)
    return sheets(rows, url, url, _of_row)


def _of_row(row: Row) -> Shown:
    """Return what a row shows; the first of its cell stands under a line that says whose it is."""
    own, line = row
    if line:
        shown = of_line(line)
        return Shown(shown.text, (own.place, *shown.links))
    titles = sum(len(article.title.encode()) for article in own.articles)
    return Shown(titles, (own.place, *(article.id for article in own.articles)))


def addresses(every: Sequence[Sheet[Row]]) -> dict[str, str]:
    """Return where each cell begins, by its place."""
    found: dict[str, str] = {}
    for sheet in every:
        for own, _ in sheet.rows:
            found.setdefault(own.place, f"{sheet.url}#{own.place}")
    return found


def pages(
    every: Sequence[Sheet[Row]], title: str, section: str, press: Press, back: Sequence[tuple[str, str]]
) -> Iterator[Page]:
    """Yield the pages behind a table; ``back`` leads to the page that has it, from the outermost on."""
    at: Mapping[str, str] = addresses(every)
    for sheet in every:
        numbered = f"{title}, page {sheet.number} of {len(sheet.pages)}" if len(sheet.pages) > 1 else title
        yield press.page(
            "quoted-where.html",
            sheet.url,
            numbered,
            f"{title}: the quotations, and the articles without them.",
            section,
            entity=Entity("CollectionPage", above=back[-1:]),
            heading=title,
            back=back,
            sheet=sheet,
            at=at,
            cells=[
                (own[0][0], [line for _, line in own if line])
                for own in (list(rows) for _, rows in itertools.groupby(sheet.rows, key=lambda row: row[0].place))
            ],
        )
