"""Files of stories: found by the key in their name, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from digest.collect import addresses
from digest.writing import naming

_UNDONE = ".undone"


def kept(folder: Path) -> dict[str, Path]:
    """Return the files of stories under ``folder`` by the key in their name."""
    found = {}
    for path in sorted(folder.glob("*/*.md")):
        if key := addresses.key_in(path.name):
            found[key] = path
    return found


def sweep(folder: Path) -> None:
    """Remove what a run left that was ended while it wrote; hidden files are no articles, but git would keep them."""
    for beside in (*folder.glob(f".*{_UNDONE}"), *folder.glob(f"*/.*{_UNDONE}")):
        beside.unlink(missing_ok=True)


def replaced(path: Path, text: str) -> bool:
    """Make ``text`` what ``path`` holds, at one moment; return whether it was not so before.

    Whoever reads the file meanwhile, or finds it after a power cut, sees the old one or the new one.
    """
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}{_UNDONE}")
    try:
        with naming(path), beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True
