"""Parquet, column by column with what each holds: days as dates, what there are several of as lists.

The keys are those of JSON Lines. Written by Apache Arrow, which comes with the extra ``parquet``
(https://arrow.apache.org/docs/python/parquet.html); the same edition gives the same bytes with the same Arrow.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from digest.export import records
from digest.export.records import Record
from digest.model import Edition

GROUP = 20_000
"""So many rows are held at a time, and written as one group."""

Columns = dict[str, Any]
"""The columns of a table in their order, with their types, which are Arrow's; it ships no types of its own for mypy."""


def quotations(edition: Edition) -> Iterator[bytes]:
    """Yield the table of quotations."""
    import pyarrow as arrow  # an extra: nothing else may need it

    text, place = arrow.string(), [("start", arrow.int32()), ("end", arrow.int32())]
    piece = arrow.struct([*place, ("text", text)])
    actor = arrow.struct([("id", text), ("name", text), ("type", text)])
    columns = {
        **dict.fromkeys(("id", "article", "path", "title", "byline", "outlet"), text),
        "published": arrow.date32(),
        **dict.fromkeys(("date_basis", "url", "language", "text_id", "page", "utterance", "kind"), text),
        **dict(place),
        "text": text,
        "parts": arrow.list_(piece),
        "cue": piece,
        "source": arrow.struct([*place, ("text", text), ("label", text)]),
        "speaker": actor,
        "speakers": arrow.list_(actor),
        "via": arrow.list_(arrow.struct([("name", text), ("id", text), ("role", text)])),
        **dict.fromkeys(("about", "topics"), arrow.list_(text)),
        "confidence": arrow.float64(),
        **dict.fromkeys(("rule", "how"), text),
        "flaws": arrow.list_(text),
        "decided": arrow.bool_(),
    }
    return _table(columns, (records.quotation(analysis, q, edition) for analysis, q in records.spoken(edition)))


def articles(edition: Edition) -> Iterator[bytes]:
    """Yield the table of articles."""
    import pyarrow as arrow

    text = arrow.string()
    topic = arrow.struct([("id", text), ("name", text), ("score", arrow.float64()), ("evidence", arrow.list_(text))])
    columns = {
        **dict.fromkeys(("id", "path", "title", "byline", "outlet"), text),
        "published": arrow.date32(),
        **dict.fromkeys(("date_basis", "url", "language", "text_id", "sha256"), text),
        **dict.fromkeys(("notes", "quotations", "speakers", "actors"), arrow.list_(text)),
        "topics": arrow.list_(topic),
    }
    return _table(columns, (records.article(analysis, edition) for analysis in edition.articles))


def actors(edition: Edition) -> Iterator[bytes]:
    """Yield the table of actors; their names with how often each stands are a map."""
    import pyarrow as arrow

    text, number = arrow.string(), arrow.int32()
    role = arrow.struct(
        [("text", text), ("article", text), ("start", number), ("end", number), ("past", arrow.bool_())]
    )
    columns = {
        **dict.fromkeys(("id", "name", "type", "gender", "wikidata"), text),
        "aliases": arrow.map_(text, number),
        "roles": arrow.list_(role),
        "quotations": number,
    }
    return _table(columns, records.actors(edition))


def _table(columns: Columns, found: Iterator[Record]) -> Iterator[bytes]:
    """Yield the file of a table, whole: its end says where its groups begin."""
    import pyarrow as arrow
    from pyarrow.parquet import ParquetWriter

    schema = arrow.schema(list(columns.items()))
    file = io.BytesIO()
    with ParquetWriter(file, schema, compression="zstd") as table:
        while group := list(islice(found, GROUP)):
            values = {name: [_value(name, record[name]) for record in group] for name in columns}
            table.write_table(arrow.table(values, schema=schema))
    yield file.getvalue()


def _value(name: str, value: object) -> object:
    """Return a value as Arrow takes it: a day as a date, a map as its pairs, a path in valid UTF-8."""
    if name == "published":
        return date.fromisoformat(value) if isinstance(value, str) else None
    if isinstance(value, str):
        return records.plain(value)
    return list(value.items()) if name == "aliases" and isinstance(value, dict) else value
