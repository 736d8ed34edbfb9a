"""JSON Lines: one object a line, UTF-8, `\\n` at the end of each (https://jsonlines.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from digest.edition import Edition
from digest.export import records

# JSON allows these inside a string, but some readers take them for the end of a line.
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPES = [(sign.encode(), escape.encode()) for sign, escape in _LINE_ENDS.items()]
_ENCODER = msgspec.json.Encoder()


def line(record: records.Record) -> bytes:
    """Return ``record`` as a line of JSON, with a space behind commas and colons.

    A path that is not valid UTF-8 holds lone surrogates; they are written as JSON's own escapes, so that the line is
    valid UTF-8 and Python reads the path back.
    """
    try:
        text = msgspec.json.format(_ENCODER.encode(record), indent=0)
    except UnicodeEncodeError:  # msgspec, which is six times as fast, has no escapes for surrogates
        text = json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace")
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text + b"\n"


def quotations(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield a line for every quotation shown as speech."""
    return map(line, records.quotations(edition, site_url))


def articles(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield a line for every article."""
    return map(line, records.articles(edition, site_url))


def actors(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield a line for every actor, by id."""
    return map(line, records.actors(edition, site_url))
