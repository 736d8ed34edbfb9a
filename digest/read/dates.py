"""Dates as people and programs write them, to ISO dates. What can be read two ways is not read at all."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

# The first newspaper is of 1605. The upper end is fixed, not today, so that a build does not depend on its day.
EARLIEST = datetime.date(1605, 1, 1)
LATEST = datetime.date(2100, 12, 31)

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?![\d-])")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)")
_IN_NAME = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?![0-9A-SU-Za-su-z])")
_WORDS = re.compile(r"[^\W\d_]{3}")


def iso(text: str, languages: tuple[str, ...] = ("en",)) -> str | None:
    """Return ``text`` as ``YYYY-MM-DD``, or None.

    ISO 8601 dates and times, mail dates (RFC 5322), "2018/7/12", "12.7.2018" (where a dot stands, the day comes first)
    and dates with the month in words of one of ``languages`` are read; "3/4/2018" and "next Tuesday" are not. A time's
    date is the one printed, in its own time zone.
    """
    text = text.strip()
    if len(text) > 80:
        return None
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _made(*match.groups())
    if match := _YEAR_FIRST.match(text):
        return _made(match.group(1), match.group(3), match.group(4))
    if match := _DAY_FIRST.match(text):
        return _made(*reversed(match.groups()))
    if not _WORDS.search(text):
        return None
    return _mail_date(text) or _in_words(text, languages)


def in_name(stem: str) -> str | None:
    """Return the date in a file name (``2018-07-12-talks``, ``20180712``), or None."""
    for match in _IN_NAME.finditer(stem):
        if found := _made(match.group(1), match.group(3), match.group(4)):
            return found
    return None


def _made(year: str, month: str, day: str) -> str | None:
    try:
        return _within(datetime.date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _within(date: datetime.date) -> str | None:
    return date.isoformat() if EARLIEST <= date <= LATEST else None


def _mail_date(text: str) -> str | None:
    try:
        return _within(parsedate_to_datetime(text).date())
    except (ValueError, OverflowError, IndexError):
        return None


def _in_words(text: str, languages: tuple[str, ...]) -> str | None:
    import dateparser  # only here: it takes as long to load as three articles to read, and few dates are in words

    # absolute-time alone: "yesterday" would make the build depend on its day
    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
    found = dateparser.parse(text, languages=list(languages), settings=settings)
    return _within(found.date()) if found else None
