"""The briefings: a page for each week that has articles, and the list of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from digest.addresses import further_at
from digest.dossiers import Briefing, Digest
from digest.output import Page
from digest.page import quoted_where, weekly
from digest.page.press import Press
from digest.page.sheets import of_briefing, of_line, sheets


def pages(digest: Digest, press: Press) -> Iterator[Page]:
    """Yield the list of briefings, the latest first, and each of them."""
    for sheet in sheets(digest.briefings, "briefings/", further_at("briefings/"), of_briefing):
        title = "Briefings" if sheet.number == 1 else f"Briefings, page {sheet.number}"
        yield press.page(
            "briefings.html",
            sheet.url,
            title,
            "What was said, week by week.",
            "briefings",
            entity=press.linker(sheet.url).collection(sheet.total),
            sheet=sheet,
            digest=digest,
        )
    # All quotations stand in one table, newest first: a week is a stretch of it.
    table = sheets(digest.lines, "quotations/", "quotations/", of_line)
    ends = list(accumulate(len(sheet.rows) for sheet in table))
    at = 0
    for briefing in digest.briefings:
        yield from _briefing(briefing, table[min(bisect_right(ends, at), len(table) - 1)].url, press)
        at += len(briefing.lines)


def _briefing(briefing: Briefing, table: str, press: Press) -> Iterator[Page]:
    """Yield the page of a week, whose quotations begin on the page ``table`` of the table of all quotations, and what
    stands behind its own table.
    """
    week = briefing.week
    cells = quoted_where.behind(briefing.matrix, briefing.lines, week.url) if briefing.matrix else []
    yield press.page(
        "briefing.html",
        week.url,
        f"Briefing, week {week.number} of {week.year}",
        f"{weekly.dates(week)}: {weekly.counts(briefing)}",
        "briefings",
        entity=press.linker(week.url).briefing(briefing),
        briefing=briefing,
        table=table,
        lede=weekly.summary(briefing, press.site.language),
        at=quoted_where.addresses(cells),
    )
    title, number = f"Who is quoted where in week {week.number} of {week.year}", f"Week {week.number}"
    yield from quoted_where.pages(cells, title, "briefings", press, [("Briefings", "briefings/"), (number, week.url)])
