"""Numbers, dates and lists as they stand in a sentence."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from digest.lines import Tally
from digest.text import capital

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
UNDATED = "date not known"
NO_OUTLET = "outlet unknown"


def number(n: int) -> str:
    """Return ``n`` in words up to twelve, in figures beyond."""
    return _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"


def chance(confidence: float) -> str:
    """Return how likely something found by rules is right, in words: of a guess, never all of a hundred."""
    return f"right in {min(round(100 * confidence), 99)} of 100"


def counted(n: int, one: str, many: str = "") -> str:
    """Return ``n`` in figures with its noun: "1 article", "2,225 articles"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def spelled(n: int, one: str, many: str = "") -> str:
    """Return ``n`` in words with its noun: "one article", "six people"."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def times(n: int) -> str:
    """Return how often: "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(n, f"{number(n)} times")


def tally(found: Tally) -> str:
    """Return a tally for a list or a table: "14", or where copies are among them "14 reports, 9 texts"."""
    if not found.copied:
        return f"{found.reports:,}"
    return f"{counted(found.reports, 'report')}, {counted(found.texts, 'text')}"


def often(found: Tally) -> str:
    """Return how often: "twice", or where some are copies "three times in reports, twice in texts"."""
    return f"{times(found.reports)} in reports, {times(found.texts)} in texts" if found.copied else times(found.reports)


def articles(found: Tally) -> str:
    """Return how many articles: "35 articles", or where copies are among them "35 reports, 32 texts"."""
    return tally(found) if found.copied else counted(found.reports, "article")


def quotations(found: Tally) -> str:
    """Return how many quotations: "12 quotations", or where some are copies "12 quotations in reports, 9 in texts"."""
    every = counted(found.reports, "quotation")
    return f"{every} in reports, {found.texts:,} in texts" if found.copied else every


def size(n: int) -> str:
    """Return so many bytes as a reader weighs a file: "640 bytes", "2.1 KB", "31 MB"."""
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if n >= bytes_:
            return f"{n / bytes_:.1f} {unit}" if n < 10 * bytes_ else f"{n // bytes_:,} {unit}"
    return counted(n, "byte")


def outlet_name(name: str | None, *, alone: bool = False) -> str:
    """Return an outlet's name or, where it is not known, what stands for it, in a sentence or ``alone`` in a line."""
    return name or (capital(NO_OUTLET) if alone else NO_OUTLET)


def listed(items: Sequence[str]) -> str:
    """Return the items as a list in a sentence: "a, b and c"."""
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)


def day(iso: str) -> str:
    """Return an ISO date as in a sentence: "24 August 2018"."""
    when = date.fromisoformat(iso)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def period(first: str, last: str) -> str:
    """Return two ISO dates as a period: "11 July to 24 August 2018", "4 to 20 May 2025", "4 May 2025"."""
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    if a == b:
        return day(first)
    if (a.year, a.month) == (b.year, b.month):
        return f"{a.day} to {day(last)}"
    return f"{a.day} {_MONTHS[a.month - 1]} to {day(last)}" if a.year == b.year else f"{day(first)} to {day(last)}"


@functools.lru_cache(maxsize=4096)
def when(iso: str | None) -> Markup:
    """Return an ISO date for a table or a line of provenance, its longer months shortened: "24 Aug 2018"."""
    if not iso:
        return Markup('<span class="soft">{}</span>').format(UNDATED)
    at = date.fromisoformat(iso)
    month = _MONTHS[at.month - 1]
    shown = f"{at.day} {month if len(month) < 5 else month[:3]} {at.year}"
    return Markup('<time datetime="{}">{}</time>').format(iso, shown)


def week_of(iso: str) -> str:
    """Return the day of a bar on an axis: "9 Jul"."""
    at = date.fromisoformat(iso)
    return f"{at.day} {_MONTHS[at.month - 1][:3]}"


def month_of(iso: str) -> str:
    """Return the month of a bar on an axis: "Jul 2018"."""
    at = date.fromisoformat(iso)
    return f"{_MONTHS[at.month - 1][:3]} {at.year}"
