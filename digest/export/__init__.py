"""What can be taken away: the edition as tables, as JSON Lines, as a database and as news items, one module a format.

An exporter is a pure function from an edition to the bytes of a file, piece by piece. The same edition gives the same
bytes. Quotations are those shown as speech (``model.SAYS``); ``digest annotate`` also tells the fragments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from digest.edition import Edition
from digest.export import csv, jsonl, ninjs, parquet, records, sqlite
from digest.export.places import NAME, places
from digest.model import DigestError
from digest.output import Download
from digest.writing import naming
from digest.writing import write as write_file


class Exporter(Protocol):
    """Writes an edition; ``site_url`` is the address of its site, which ends in a slash, empty where it has none."""

    def __call__(self, edition: Edition, site_url: str = "", /) -> Iterator[bytes]:
        """Yield the bytes of the file, piece by piece."""


TABLES = ("quotations", "articles", "actors")


@dataclass(frozen=True, slots=True)
class Export:
    """A file that can be exported: the ``tables`` that it holds, its format, and who writes it.

    ``extra`` is the extra of the package that it takes to write it, and the module that it brings; empty for most.
    """

    format: str
    tables: tuple[str, ...]
    write: Exporter
    extra: tuple[str, str] | None = None


_PARQUET = ("parquet", "pyarrow")

EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "quotations.csv": Export("csv", ("quotations",), csv.quotations),
        "articles.csv": Export("csv", ("articles",), csv.articles),
        "actors.csv": Export("csv", ("actors",), csv.actors),
        "quotations.jsonl": Export("jsonl", ("quotations",), jsonl.quotations),
        "articles.jsonl": Export("jsonl", ("articles",), jsonl.articles),
        "actors.jsonl": Export("jsonl", ("actors",), jsonl.actors),
        "digest.sqlite": Export("sqlite", TABLES, sqlite.edition),
        "articles.ninjs.jsonl": Export("ninjs", ("articles", "quotations"), ninjs.articles),
        "quotations.parquet": Export("parquet", ("quotations",), parquet.quotations, _PARQUET),
        "articles.parquet": Export("parquet", ("articles",), parquet.articles, _PARQUET),
        "actors.parquet": Export("parquet", ("actors",), parquet.actors, _PARQUET),
    }
)
"""Every file that can be exported, by its name."""

PLAIN = tuple(name for name, export in EXPORTS.items() if not export.extra)
"""The files that are written where nobody chooses: those that need no extra."""


def rows(edition: Edition) -> dict[str, int]:
    """Return how many rows each of ``TABLES`` has."""
    counts = (sum(1 for _ in records.spoken(edition)), len(edition.articles), len(edition.actors))
    return dict(zip(TABLES, counts, strict=True))


def demand(names: Collection[str]) -> None:
    """Raise DigestError where one of the files needs an extra that is not installed."""
    for name in names:
        extra = EXPORTS[name].extra
        if extra and find_spec(extra[1]) is None:
            raise DigestError(
                f"{name} needs {extra[1]}, which is not installed; "
                f"`python -m pip install 'newsroom-digest[{extra[0]}]'` installs it"
            )


def write_all(edition: Edition, folder: Path, names: Collection[str] = PLAIN, site_url: str = "") -> list[Download]:
    """Write the exports of these names into ``folder``, which is made where it is missing; return what they hold.

    Raises DigestError where one needs what is not installed.
    """
    demand(names)
    folder.mkdir(parents=True, exist_ok=True)
    counted = rows(edition)
    written = []
    for name in names:
        export = EXPORTS[name]
        path = folder / name
        write(export.write(edition, site_url), path)
        written.append(
            Download(name, export.format, {table: counted[table] for table in export.tables}, path.stat().st_size)
        )
    return written


def write(pieces: Iterator[bytes], path: Path) -> None:
    """Write ``pieces`` to ``path``, replacing what is there. Raises OSError, with its name."""
    with naming(path), path.open("wb") as file:
        file.writelines(pieces)


def write_places(edition: Edition, folder: Path, site_url: str = "") -> None:
    """Write the places of each article's quotations into its own folder in ``folder``, beside its page."""
    for analysis in edition.articles:
        write_file(folder / analysis.article.id / NAME, places(analysis, site_url))
