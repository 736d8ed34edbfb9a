"""CSV after RFC 4180: a header, commas, CRLF, quotes doubled; UTF-8 without a byte order mark.

A spreadsheet runs a cell that begins like a formula, and an article may say anything. Such a cell is therefore written
with an apostrophe before it (the advice of OWASP, "CSV Injection"), and so is a cell that begins with an apostrophe
itself. Hence every cell that begins with an apostrophe has one too many, and ``unguard`` takes it away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from digest.export import records
from digest.export.records import Record
from digest.model import Actor, Analysis, Edition, Quotation

QUOTATIONS = (
    "id",
    "article",
    "title",
    "byline",
    "outlet",
    "published",
    "date_basis",
    "url",
    "path",
    "text_id",
    "page",
    "utterance",
    "language",
    "kind",
    "start",
    "end",
    "text",
    "parts",
    "cue",
    "source",
    "source_label",
    "speaker",
    "speaker_id",
    "speaker_type",
    "speakers",
    "via",
    "about",
    "topics",
    "confidence",
    "rule",
    "how",
    "flaws",
    "decided",
)
ARTICLES = (
    "id",
    "title",
    "byline",
    "outlet",
    "published",
    "date_basis",
    "url",
    "path",
    "text_id",
    "sha256",
    "language",
    "quotations",
    "speakers",
    "actors",
    "topics",
    "notes",
)
ACTORS = ("id", "name", "type", "gender", "wikidata", "quotations", "aliases", "roles")
BETWEEN = " | "
"""What stands between several values of one cell."""

# The last four are the full-width forms, which some spreadsheets treat alike.
_RUNS = tuple("=+-@\t\r\n＝＋－＠")


def guard(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet runs it."""
    return f"'{cell}" if cell.startswith(("'", *_RUNS)) else cell


def unguard(cell: str) -> str:
    """Return what ``guard`` was given."""
    return cell.removeprefix("'")


def quotations(edition: Edition) -> Iterator[bytes]:
    """Yield the header and a row for every quotation shown as speech."""
    return _table(QUOTATIONS, (_quotation(analysis, q, edition) for analysis, q in records.spoken(edition)))


def articles(edition: Edition) -> Iterator[bytes]:
    """Yield the header and a row for every article."""
    return _table(ARTICLES, (_article(analysis, edition) for analysis in edition.articles))


def actors(edition: Edition) -> Iterator[bytes]:
    """Yield the header and a row for every actor, by id."""
    return _table(ACTORS, (_actor(edition.actors[str(found["id"])], found) for found in records.actors(edition)))


def _quotation(analysis: Analysis, q: Quotation, edition: Edition) -> Record:
    return records.quotation(analysis, q, edition) | {
        "parts": [part.text for part in q.parts],
        "cue": q.cue.text if q.cue else None,
        "source": q.source.text if q.source else None,
        "source_label": q.source.label if q.source else None,
        "speaker": q.speaker.name if q.speaker else None,
        "speaker_id": q.speaker.id if q.speaker else None,
        "speaker_type": q.speaker.type if q.speaker else None,
        "speakers": [s.name for s in q.speakers],
        "via": [f"{v.name} ({v.role})" for v in q.via],
        "decided": "yes" if q.decided else None,
    }


def _article(analysis: Analysis, edition: Edition) -> Record:
    return records.article(analysis, edition) | {"topics": [topic.id for topic in analysis.topics]}


def _actor(who: Actor, found: Record) -> Record:
    aliases = sorted(who.aliases.items(), key=lambda alias: (-alias[1], alias[0]))
    return found | {
        "aliases": [f"{name} ({count})" for name, count in aliases],
        "roles": list(dict.fromkeys(role.text for role in who.roles)),
    }


def _table(columns: tuple[str, ...], found: Iterable[Record]) -> Iterator[bytes]:
    yield _row(columns)
    for record in found:
        yield _row([_cell(record[name]) for name in columns])


def _cell(value: object) -> str:
    if isinstance(value, list):
        return BETWEEN.join(map(_cell, value))
    return "" if value is None else str(value)


def _row(cells: list[str] | tuple[str, ...]) -> bytes:
    row = io.StringIO(newline="")
    csv.writer(row, lineterminator="\r\n").writerow([guard(cell) for cell in cells])
    return row.getvalue().encode("utf-8", "backslashreplace")
