"""CSV after RFC 4180: a header, commas, CRLF, quotes doubled; UTF-8 without a byte order mark.

A spreadsheet runs a cell that begins like a formula, and an article may say anything. Such a cell is therefore written
with an apostrophe before it (the advice of OWASP, "CSV Injection"), and so is a cell that begins with an apostrophe
itself. Hence every cell that begins with an apostrophe has one too many, and ``unguard`` takes it away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from digest.export import records
from digest.model import Analysis, Edition, Quotation

COLUMNS = (
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
    yield _row(COLUMNS)
    for analysis, q in records.spoken(edition):
        cells = _cells(analysis, q, edition)
        yield _row([cells[name] for name in COLUMNS])


def _cells(analysis: Analysis, q: Quotation, edition: Edition) -> dict[str, str]:
    flat = {
        "parts": BETWEEN.join(part.text for part in q.parts),
        "cue": q.cue.text if q.cue else "",
        "source": q.source.text if q.source else "",
        "source_label": q.source.label if q.source else "",
        "speaker": q.speaker.name if q.speaker else "",
        "speaker_id": q.speaker.id if q.speaker else "",
        "speaker_type": q.speaker.type if q.speaker else "",
        "speakers": BETWEEN.join(s.name for s in q.speakers),
        "via": BETWEEN.join(f"{v.name} ({v.role})" for v in q.via),
        "about": BETWEEN.join(q.about),
        "topics": BETWEEN.join(q.topics),
        "flaws": BETWEEN.join(q.flaws),
        "decided": "yes" if q.decided else "",
    }
    found = records.quotation(analysis, q, edition)
    plain = {name: _text(value) for name, value in found.items() if name not in flat}
    return {**plain, **flat}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _row(cells: list[str] | tuple[str, ...]) -> bytes:
    row = io.StringIO(newline="")
    csv.writer(row, lineterminator="\r\n").writerow([guard(cell) for cell in cells])
    return row.getvalue().encode("utf-8", "backslashreplace")
