"""The columns of each table and what they hold: one list, by which every format writes them.

JSON Lines and Parquet have them as they are. What a cell or a database cannot hold is spread: of a source or an actor
each field has a column of its own there (``spread``). ``docs/commands.md`` says what each means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "text", "day", "number", "share", "yes", "texts", "piece", "pieces", "source", "actor", "actors", "carriers",
    "topics", "matches", "counts", "roles",
]  # fmt: skip
"""What a column holds: text, an ISO date, a whole number, a number from 0 to 1, whether something is so, or texts.

A piece is words with their offsets, a source one with what it is; an actor has id, name and type, a carrier (through
whom words came) name, id and role, a topic id and name, a match also its score and its evidence. Counts are how often
each of some names stands, roles what an actor is called and where.
"""
Columns = Mapping[str, Kind]

_SPREAD: Mapping[Kind, tuple[str, ...]] = MappingProxyType({"source": ("_label",), "actor": ("_id", "_type")})

QUOTATIONS: Columns = MappingProxyType(
    {
        "id": "text",
        "article": "text",
        "title": "text",
        "byline": "text",
        "outlet": "text",
        "published": "day",
        "date_basis": "text",
        "url": "text",
        "path": "text",
        "text_id": "text",
        "story": "text",
        "story_title": "text",
        "page": "text",
        "utterance": "text",
        "printed_by": "number",
        "printed_by_outlets": "number",
        "language": "text",
        "kind": "text",
        "start": "number",
        "end": "number",
        "text": "text",
        "parts": "pieces",
        "cue": "piece",
        "source": "source",
        "speaker": "actor",
        "speakers": "actors",
        "role": "text",
        "unsure": "yes",
        "unresolved": "yes",
        "via": "carriers",
        "about": "texts",
        "about_names": "texts",
        "topics": "texts",
        "listed_under": "topics",
        "confidence": "share",
        "rule": "text",
        "how": "text",
        "flaws": "texts",
        "decided": "yes",
    }
)
ARTICLES: Columns = MappingProxyType(
    {
        "id": "text",
        "title": "text",
        "byline": "text",
        "outlet": "text",
        "published": "day",
        "date_basis": "text",
        "url": "text",
        "path": "text",
        "text_id": "text",
        "story": "text",
        "story_title": "text",
        "page": "text",
        "sha256": "text",
        "language": "text",
        "quotations": "texts",
        "speakers": "texts",
        "unsure_speakers": "texts",
        "actors": "texts",
        "topics": "matches",
        "notes": "texts",
    }
)
ACTORS: Columns = MappingProxyType(
    {
        "id": "text",
        "name": "text",
        "type": "text",
        "gender": "text",
        "wikidata": "text",
        "page": "text",
        "quotations": "number",
        "unsure": "number",
        "aliases": "counts",
        "roles": "roles",
    }
)


def spread(columns: Columns) -> Iterator[tuple[str, str, Kind]]:
    """Yield the columns as a table of plain cells has them: the name, that of the column it is of, and its kind."""
    for name, kind in columns.items():
        for end in ("", *_SPREAD.get(kind, ())):
            yield f"{name}{end}", name, kind
