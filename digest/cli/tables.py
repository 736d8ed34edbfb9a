"""Quotations as rows that a person reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.cli import difference
from digest.cli.console import plain
from digest.cli.difference import Change, Record, value
from digest.output import KIND_WORDS
from digest.text import clip, fold

QUOTATIONS: tuple[str, ...] = ("Speaker", "Words", "How", "Via", "When", "Place")
CHANGES: tuple[str, ...] = ("Change", *QUOTATIONS)

_NOBODY = ("unresolved", "unnamed")

LONGEST_SUMMARY = 500
"""Rows of a Markdown table; GitHub refuses a step summary of more than a megabyte."""
_LONGEST_CELL = 600
# What may mean something within a line of GitHub's Markdown, and nothing else: such lines are read in a terminal too.
_SIGNS = re.compile(r"[*_\[\]~]|[\\`<|@#$^]|&(?=#?\w+;)|:(?=//|\w*:)|(?<=www)\.")
JOINER = "\N{WORD JOINER}"
"""Behind a sign that calls somebody or refers to an issue, which forges look for when the Markdown is read already."""
_READABLE = "*_[]~"
"""Of these signs, those that a backslash before them keeps readable and safe. The others are written as numbers, which
never mean anything (CommonMark 0.31, 2.5)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which quotations to show: by a part of the speaker's or outlet's name, and by kind."""

    speaker: str | None
    outlet: str | None
    kinds: tuple[str, ...]

    def __call__(self, record: Record) -> bool:
        """Whether to show the quotation."""
        return record["kind"] in self.kinds and self._speaks(record) and _holds(record.get("outlet"), self.outlet)

    def _speaks(self, record: Record) -> bool:
        speakers = difference.speakers(record)
        if self.speaker in _NOBODY:
            return not speakers and self.speaker == _why_nobody(record)
        return self.speaker is None or any(
            who["id"] == self.speaker or _holds(who["name"], self.speaker) for who in speakers
        )


def _why_nobody(record: Record) -> str:
    """Return the word for a quotation without an actor, as ``lines.unnamed`` and ``unresolved`` tell them apart."""
    described = (record.get("source") or {}).get("label") == "nominal"
    return "unnamed" if described or record.get("decided") else "unresolved"


def _holds(name: str | None, part: str | None) -> bool:
    return part is None or (name is not None and fold(part) in fold(name))


def quotation(record: Record) -> tuple[str, ...]:
    """Return the cells of one quotation, in the order of QUOTATIONS."""
    kind, cue = KIND_WORDS[record["kind"]], value(record, "cue")
    return (
        _speaker(record),
        record["text"],
        f"{kind}: {cue}" if cue else kind,
        value(record, "via"),
        record.get("published") or "not known",
        f"{record['path']}:{record['start']}-{record['end']} {record['id']}",
    )


def change(change: Change) -> tuple[str, ...]:
    """Return the cells of one difference, in the order of CHANGES."""
    label: str = change.kind
    if change.before:
        was = [f"{field} was {value(change.before, field) or 'not known'}" for field in change.fields]
        label += f" ({'; '.join(was)})"
    return (label, *quotation(change.record))


def markdown(summary: str, header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with ``summary`` above it. Whatever an article says stays text."""
    shown = lines[:LONGEST_SUMMARY]
    table = [header, ["---"] * len(header), *([escaped(cell) for cell in line] for line in shown)]
    pieces = [f"**{summary}**\n\n"] if summary else []
    if lines:
        pieces += [f"| {' | '.join(line)} |\n" for line in table]
    if len(lines) > len(shown):
        pieces.append(f"\n… and {len(lines) - len(shown)} more.\n")
    return "".join(pieces)


def _speaker(record: Record) -> str:
    if who := value(record, "speaker"):
        return who
    source = value(record, "source")
    return f"not resolved ({source})" if source else "not resolved"


def escaped(cell: str) -> str:
    """Return words of an article so that nothing in them means anything in Markdown."""
    return _SIGNS.sub(_written, clip(plain(cell), _LONGEST_CELL))


def _written(sign: re.Match[str]) -> str:
    held = sign.group()
    if held in _READABLE:
        return f"\\{held}"
    return f"&#{ord(held)};{JOINER if held in '@#' else ''}"
