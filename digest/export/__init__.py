"""What can be taken away: the edition as tables and as JSON Lines, one file a format.

An exporter is a pure function from an edition to the bytes of a file, piece by piece. The same edition gives the same
bytes. Quotations are those shown as speech (``model.SAYS``); ``digest annotate`` also tells the fragments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from digest.export import csv, jsonl
from digest.model import Edition

Exporter = Callable[[Edition], Iterator[bytes]]

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "quotations.csv": csv.quotations,
        "quotations.jsonl": jsonl.quotations,
        "articles.jsonl": jsonl.articles,
        "actors.jsonl": jsonl.actors,
    }
)
"""Every file that can be exported, by its name: what it holds, a dot, its format."""


def write_all(edition: Edition, folder: Path) -> list[Path]:
    """Write every export of ``edition`` into ``folder``, which is made where it is missing; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, exporter in EXPORTERS.items():
        path = folder / name
        write(exporter(edition), path)
        written.append(path)
    return written


def write(pieces: Iterator[bytes], path: Path) -> None:
    """Write ``pieces`` to ``path``, replacing what is there."""
    with path.open("wb") as file:
        file.writelines(pieces)
