"""What the tests of reading share: an article from a file written on the spot."""

from __future__ import annotations

from pathlib import Path

from digest import read
from digest.decisions import ArticleMeta
from digest.model import Article

LANGUAGES = ("de", "en")


def article(folder: Path, name: str, content: str | bytes, meta: ArticleMeta | None = None) -> Article:
    """Write ``content`` to ``folder/name`` and return the article that is read from it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read.read(path, folder, meta, LANGUAGES)


def blocks(found: Article) -> list[tuple[str, str]]:
    """Return the kind and the words of each block."""
    return [(b.kind, found.text[b.start : b.end]) for b in found.blocks]
