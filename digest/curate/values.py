"""Values that stand in several files: dates, ids, and why, by whom and when something was decided."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import yaml

from digest.curate.sheet import Entry, Sheet, text
from digest.decisions import Decided
from digest.text import slug

DECIDED = ("why", "by", "on")

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_QUOTATION = re.compile(r"q-[0-9a-f]{10}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")


def iso_date(raw: str) -> str | None:
    """Return an ISO date, None for anything else."""
    if not _ISO.fullmatch(raw):
        return None
    try:
        return datetime.date.fromisoformat(raw).isoformat()
    except ValueError:
        return None


def date(sheet: Sheet, entry: Entry | None) -> str | None:
    """Return the date that a key gives."""
    raw = text(sheet, entry) if entry else None
    found = iso_date(raw) if raw else None
    if entry and raw and found is None:
        sheet.wrong(entry.at, f"“{raw}” does not fit “{entry.key}”; write a date as YYYY-MM-DD")
    return found


def wikidata(sheet: Sheet, entry: Entry | None) -> str | None:
    """Return a Wikidata id."""
    raw = text(sheet, entry) if entry else None
    if entry is None or raw is None or _WIKIDATA.fullmatch(raw):
        return raw
    sheet.wrong(entry.at, f"“{raw}” does not fit “{entry.key}”; write the id of an item, such as Q30")
    return None


def is_quotation(id_: str) -> bool:
    """Whether an id is one of a quotation."""
    return _QUOTATION.fullmatch(id_) is not None


def actor_id(sheet: Sheet, node: yaml.Node, raw: str) -> str | None:
    """Return the id of an actor, as it stands in the address of the actor's page."""
    if raw == slug(raw):
        return raw
    sheet.wrong(node, f"“{raw}” is no actor's id; write it as in the address of its page: “{slug(raw)}”")
    return None


def decided(sheet: Sheet, node: yaml.Node, entries: Mapping[str, Entry]) -> Decided | None:
    """Return why, by whom and when something was decided; every one of the three has to stand there."""
    missing = [key for key in DECIDED if key not in entries]
    if missing:
        listed = " and ".join(f"“{key}”" for key in missing)
        sheet.wrong(node, f"{listed} {'is' if len(missing) == 1 else 'are'} missing; say why, by whom and on which day")
        return None
    why, by = text(sheet, entries["why"]), text(sheet, entries["by"])
    on = date(sheet, entries["on"])
    return Decided(sheet.at(node), why, by, on) if why and by and on else None
