"""Quotations over time, in weeks, months or years, whichever gives a readable number of bars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from digest.dossiers import Bucket, Presence, Timeline
from digest.gather.counts import tallied
from digest.lines import Line, Tally

DATED = 3
"""Below so many dated articles there is no timeline: two points are not a course of time."""
WEEKS, MONTHS, YEARS = 26, 36, 100
"""A timeline has at most so many bars of a week or a month; beyond them a bar is a year. Over more years than these
there is none: then a date is wrong, and two bars a century apart tell nobody."""

REGULAR, SHARE = 3, 3
"""A regular voice is quoted in so many weeks at least, and in one of so many weeks that have articles."""
PERIPHERAL = 6
"""Whoever is quoted in fewer weeks than ``REGULAR`` is a peripheral voice, where so many weeks have articles: to be
quoted in two of three says nothing."""

Unit = Literal["week", "month", "year"]


def timeline(by: Iterable[Line], about: Iterable[Line] = ()) -> Timeline | None:
    """Return the timeline of ``by`` and ``about``.

    There is none below three dated articles, within one stretch of time, or beyond a century.
    """
    spoken, told = list(by), list(about)
    if len({line.article.id for line in (*spoken, *told) if line.article.published}) < DATED:
        return None
    mine, others = _dated(spoken), _dated(told)
    days = [day for day, _ in (*mine, *others)]
    first, last = min(days), max(days)
    if last.year - first.year > YEARS:
        return None
    unit = _unit(first, last)
    start = _STARTS[unit]
    held, held_about = (tallied((start(day), key) for day, key in dated) for dated in (mine, others))
    buckets, day = [], start(first)
    while True:
        buckets.append(Bucket(day.isoformat(), held.get(day, Tally()), held_about.get(day, Tally())))
        if day == start(last):
            break
        day = _next(day, unit)
    return Timeline(unit, tuple(buckets)) if len(buckets) > 1 else None


def presence(lines: Iterable[Line], weeks: int) -> Presence | None:
    """Return in how many weeks somebody with these ``lines`` is quoted, out of so many that have articles.

    What copies repeat later is not said again. There is none without a dated line, or where too few weeks tell nothing.
    """
    first: dict[int, str] = {}
    for line in lines:
        if day := line.article.published:
            first[line.original] = min(day, first.get(line.original, day))
    held = len({week(day) for day in first.values()})
    if not held:
        return None
    if held < REGULAR:
        return Presence("peripheral", held, weeks) if weeks >= PERIPHERAL else None
    return Presence("regular" if SHARE * held >= weeks else "occasional", held, weeks)


def in_time(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` oldest first, those of one article in its order; of copies the earliest."""
    ordered = sorted(lines, key=lambda x: (x.article.published or "~", x.article.id, x.number))
    first: dict[int, Line] = {}
    for line in ordered:
        first.setdefault(line.original, line)
    return tuple(first.values())


def week(iso: str) -> str:
    """Return the Monday of the week of an ISO date."""
    return _monday(date.fromisoformat(iso)).isoformat()


def _dated(lines: Iterable[Line]) -> list[tuple[date, int]]:
    """Return the days of ``lines``, each with the number by which copies count once."""
    return [(date.fromisoformat(line.article.published), line.original) for line in lines if line.article.published]


def _unit(first: date, last: date) -> Unit:
    if (_monday(last) - _monday(first)).days < 7 * WEEKS:
        return "week"
    return "month" if (last.year - first.year) * 12 + last.month - first.month < MONTHS else "year"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next(day: date, unit: Unit) -> date:
    if unit == "week":
        return day + timedelta(days=7)
    if unit == "month":
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date(day.year + 1, 1, 1)


_STARTS: dict[Unit, Callable[[date], date]] = {
    "week": _monday,
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}
