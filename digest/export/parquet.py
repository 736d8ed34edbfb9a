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

from digest.edition import Edition
from digest.export import columns, records
from digest.export.columns import Columns, Kind
from digest.export.records import Record

GROUP = 20_000
"""So many rows are held at a time, and written as one group."""


def quotations(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield the table of quotations."""
    return _table(columns.QUOTATIONS, records.quotations(edition, site_url))


def articles(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield the table of articles."""
    return _table(columns.ARTICLES, records.articles(edition, site_url))


def actors(edition: Edition, site_url: str = "") -> Iterator[bytes]:
    """Yield the table of actors; their names with how often each stands are a map."""
    return _table(columns.ACTORS, records.actors(edition, site_url))


def _types() -> dict[Kind, Any]:
    """Return the type that Arrow has for each kind of column; it ships no types of its own for mypy."""
    import pyarrow as arrow  # an extra: nothing else may need it

    text, number, yes, share = arrow.string(), arrow.int32(), arrow.bool_(), arrow.float64()
    place = [("start", number), ("end", number)]
    piece = arrow.struct([*place, ("text", text)])
    actor = arrow.struct([("id", text), ("name", text), ("type", text)])
    topic = [("id", text), ("name", text)]
    return {
        "text": text,
        "day": arrow.date32(),
        "number": number,
        "share": share,
        "yes": yes,
        "texts": arrow.list_(text),
        "piece": piece,
        "pieces": arrow.list_(piece),
        "source": arrow.struct([*place, ("text", text), ("label", text)]),
        "actor": actor,
        "actors": arrow.list_(actor),
        "carriers": arrow.list_(arrow.struct([("name", text), ("id", text), ("role", text)])),
        "topics": arrow.list_(arrow.struct(topic)),
        "matches": arrow.list_(arrow.struct([*topic, ("score", share), ("evidence", arrow.list_(text))])),
        "counts": arrow.map_(text, number),
        "roles": arrow.list_(arrow.struct([("text", text), ("article", text), *place, ("past", yes)])),
    }


def _table(held: Columns, found: Iterator[Record]) -> Iterator[bytes]:
    """Yield the file of a table, whole: its end says where its groups begin."""
    import pyarrow as arrow
    from pyarrow.parquet import ParquetWriter

    types = _types()
    schema = arrow.schema([(name, types[kind]) for name, kind in held.items()])
    file = io.BytesIO()
    with ParquetWriter(file, schema, compression="zstd") as table:
        while group := list(islice(found, GROUP)):
            values = {name: [_value(kind, record[name]) for record in group] for name, kind in held.items()}
            table.write_table(arrow.table(values, schema=schema))
    yield file.getvalue()


def _value(kind: Kind, value: Any) -> object:
    """Return a value as Arrow takes it: a day as a date, a map as its pairs, a path in valid UTF-8."""
    if kind == "day":
        return date.fromisoformat(value) if value else None
    if kind == "counts":
        return list(value.items())
    return records.plain(value) if isinstance(value, str) else value
