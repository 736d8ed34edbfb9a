"""CSV after RFC 4180: a header, commas, CRLF, quotes doubled; UTF-8 without a byte order mark.

A spreadsheet runs a cell that begins like a formula, and an article may say anything. Such a cell is therefore written
with an apostrophe before it (the advice of OWASP, "CSV Injection"), and so is a cell that begins with an apostrophe
itself. Hence every cell that begins with an apostrophe has one too many, and ``unguard`` takes it away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from digest.edition import Edition
from digest.export import columns, records
from digest.export.columns import Columns, Kind
from digest.export.records import Record

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


def quotations(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield the header and a row for every quotation shown as speech."""
    return _table(columns.QUOTATIONS, records.quotations(edition, site_url))


def articles(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield the header and a row for every article."""
    return _table(columns.ARTICLES, records.articles(edition, site_url))


def actors(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield the header and a row for every actor, by id."""
    return _table(columns.ACTORS, records.actors(edition, site_url))


def _table(held: Columns, found: Iterable[Record]) -> Iterator[bytes]:
    yield _row([name for name, _, _ in columns.spread(held)])
    for record in found:
        yield _row([cell for name, kind in held.items() for cell in cells(kind, record[name])])


def cells(kind: Kind, value: Any) -> tuple[str, ...]:
    """Return the cells of a value: one, or as many as ``columns.spread`` has columns for it."""
    match kind:
        case "yes":
            return ("yes" if value else "",)
        case "texts":
            return (BETWEEN.join(value),)
        case "pieces":
            return (BETWEEN.join(part["text"] for part in value),)
        case "piece":
            return (value["text"] if value else "",)
        case "source":
            return (value["text"], value["label"]) if value else ("", "")
        case "actor":
            return (value["name"], value["id"], value["type"]) if value else ("", "", "")
        case "actors":
            return (BETWEEN.join(who["name"] for who in value),)
        case "carriers":
            return (BETWEEN.join(f"{via['name']} ({via['role']})" for via in value),)
        case "topics":
            return (BETWEEN.join(f"{topic['name']} ({topic['id']})" for topic in value),)
        case "matches":
            return (BETWEEN.join(topic["id"] for topic in value),)
        case "counts":
            return (BETWEEN.join(f"{name} ({count})" for name, count in value.items()),)
        case "roles":
            return (BETWEEN.join(dict.fromkeys(role["text"] for role in value)),)
        case _:
            return ("" if value is None else str(value),)


def _row(row: list[str]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow([guard(cell) for cell in row])
    return written.getvalue().encode("utf-8", "backslashreplace")
