"""What stands behind the lines of a network: the quotations of each, in a table that goes on from page to page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from digest.lines import Line
from digest.page.sheets import Sheet, Shown, of_line, sheets
from digest.relations import Edge, Network

Row = tuple[Edge, Line]


def pages(network: Network) -> list[Sheet[Row]]:
    """Return the quotations behind a network in pages: line by line, the most quotations first, each newest first."""
    rows = [(edge, line) for edge in network.edges for line in edge.lines]
    return sheets(rows, network.behind, network.behind, _of_row)


def _of_row(row: Row) -> Shown:
    """Return what a row shows; the first of its group stands under a line that says who speaks about whom."""
    edge, line = row
    shown = of_line(line)
    return Shown(shown.text, (edge.place, *shown.links))


def addresses(every: Sequence[Sheet[Row]]) -> dict[str, str]:
    """Return where the quotations of each line begin, by its place."""
    found: dict[str, str] = {}
    for sheet in every:
        for edge, _ in sheet.rows:
            found.setdefault(edge.place, f"{sheet.url}#{edge.place}")
    return found


def groups(sheet: Sheet[Row]) -> list[tuple[Edge, list[Line]]]:
    """Return the quotations of a page by the line that they are of."""
    return [
        (own[0][0], [line for _, line in own])
        for own in (list(rows) for _, rows in itertools.groupby(sheet.rows, key=lambda row: row[0].place))
    ]
