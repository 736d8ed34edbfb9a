"""What the tests of files that hold many articles share: the articles in a file, and what of it is skipped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from reading import LANGUAGES

from digest import read
from digest.edition import Skipped
from digest.model import Article


def inside(*paths: Path) -> tuple[dict[str, Article], dict[str, str]]:
    """Return the articles under ``paths`` by their shown paths, and the code of each input that is skipped."""
    articles: dict[str, Article] = {}
    skipped: dict[str, str] = {}
    for found in read.find(list(paths)):
        if isinstance(found, Skipped):
            assert len(found.reason.splitlines()) == 1
            skipped[found.path] = found.code
            continue
        place = read.shown(found.path, found.root, found.member)
        try:
            articles[place] = read.read(found.path, found.root, None, LANGUAGES, member=found.member)
        except read.ReadError as error:
            skipped[place] = error.code
        else:
            assert len(read.content_hash(found.path, member=found.member)) == 64
    return articles, skipped


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of ``files``, compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
