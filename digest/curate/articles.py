"""``articles.yml``: what is known about an article, by its id; the keys are the fields of ``decisions.ArticleMeta``."""

from __future__ import annotations

from dataclasses import fields

import yaml

from digest.curate.sheet import Entry, Sheet, keyed, named_blocks
from digest.curate.values import iso_date
from digest.decisions import ArticleMeta
from digest.text import address, language_code, squeeze

NAME = "articles.yml"

_KEYS = tuple(f.name for f in fields(ArticleMeta))
_DATES = frozenset({"published", "on"})


def parse(sheet: Sheet) -> tuple[dict[str, ArticleMeta], dict[str, str]]:
    """Return what the file says about each article, and where; its mistakes are noted in the sheet."""
    metas: dict[str, ArticleMeta] = {}
    places: dict[str, str] = {}
    for entry in named_blocks(sheet, "article id", "outlet: Name"):
        metas[entry.key] = ArticleMeta(**_values(sheet, entry.block))
        places[entry.key] = sheet.at(entry.at)
    return metas, places


def _values(sheet: Sheet, node: yaml.MappingNode) -> dict[str, str]:
    values: dict[str, str] = {}
    for key, entry in keyed(sheet, node, _KEYS).items():
        if not isinstance(entry.value, yaml.ScalarNode):
            sheet.wrong(entry.at, f"“{key}” takes a single text, not a list or keys of its own")
            continue
        raw = squeeze(entry.value.value)
        value, expected = _understood(entry, raw)
        if value is None:
            sheet.wrong(entry.at, f"“{raw}” does not fit “{key}”; {expected}")
        else:
            values[key] = value
    return values


def _understood(entry: Entry, raw: str) -> tuple[str | None, str]:
    """Return the value as it is stored, or None and what is expected."""
    if entry.key in _DATES:
        return iso_date(raw), "write a date as YYYY-MM-DD"
    if entry.key == "url":
        return address(raw), "write an address that begins with https:// or http://"
    if entry.key == "language":
        return language_code(raw), "write a code such as en or de"
    return raw or None, "write some words or leave the key out"
