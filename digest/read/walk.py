"""Which files under the given paths are inputs, and why the others are not."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.edition import Skipped
from digest.model import DigestError
from digest.read import names
from digest.read.packs.pieces import Member

_NOT_REGULAR = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An input: a file, or a ``member`` of one. ``root`` is the folder that its shown path is relative to."""

    path: Path
    root: Path
    member: Member | None = None


def find(paths: Sequence[Path], suffixes: Collection[str]) -> Iterator[Found | Skipped]:
    """Yield the files under ``paths`` in order: those of a folder sorted by name, each file once.

    Hidden files, backups of editors, sidecars and the folders of saved pages are no inputs and are passed over;
    everything else that cannot be read is ``Skipped`` with its reason. Links inside a folder are not followed, so that
    nothing is published twice or from outside. Raises DigestError when a path does not exist.
    """
    seen: set[str] = set()
    for path in paths:
        if not path.exists():
            raise DigestError(f"{path}: there is no such file or folder; check the spelling")
        found = _walk(path, path, suffixes) if path.is_dir() else _judged(path, path.parent, suffixes)
        for one in found:
            # a file inside a folder that is given as well is one article, not two
            place = os.path.realpath(one.path) if isinstance(one, Found) and len(paths) > 1 else None
            if place is None or place not in seen:
                yield one
            if place is not None:
                seen.add(place)


def shown(path: Path, root: Path, member: Member | None = None) -> str:
    """Return ``path`` relative to ``root`` as it is shown: with slashes, and � for bytes that are no UTF-8.

    What is a member of the file stands behind a ``!``.
    """
    relative = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    whole = os.fsencode(relative.as_posix()).decode("utf-8", "replace")
    return f"{whole}!{member.name}" if member else whole


def _walk(top: Path, root: Path, suffixes: Collection[str]) -> Iterator[Found | Skipped]:
    folders = [top]
    pending: list[Iterator[Path]] = []
    while folders or pending:
        if folders:
            folder = folders.pop()
            try:
                pending.append(_listed(folder))
            except OSError as error:
                yield _skipped(folder, root, "unreadable", f"the folder cannot be opened ({error.strerror})")
                continue
        path = next(pending[-1], None)
        if path is None:
            pending.pop()
        elif (mode := _mode(path)) is not None and stat.S_ISLNK(mode):
            yield _skipped(path, root, "link", "links are not followed; put the file itself here")
        elif mode is not None and stat.S_ISDIR(mode):
            folders.append(path)
        else:
            yield from _judged(path, root, suffixes)


def _listed(folder: Path) -> Iterator[Path]:
    """Return what in a folder may be an input, sorted by name."""
    there = sorted(folder.iterdir(), key=lambda p: p.name)
    beside = {path.name.casefold() for path in there}
    kept = (path for path in there if not names.is_passed_over(path.name))
    # a page's folder is one; a file that is called so is a file
    return (path for path in kept if not (names.belongs_to(path.name, beside) and path.is_dir()))


def _mode(path: Path) -> int | None:
    """Return what ``path`` itself is, or None where its folder may be listed but not entered."""
    try:
        return path.lstat().st_mode
    except OSError:
        return None


def _judged(path: Path, root: Path, suffixes: Collection[str]) -> Iterator[Found | Skipped]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield _skipped(path, root, "unreadable", f"the file cannot be looked at ({error.strerror})")
        return
    if not stat.S_ISREG(mode):
        what = _NOT_REGULAR.get(stat.S_IFMT(mode), "something else")
        yield _skipped(path, root, "not a file", f"this is {what}, not a file; put the text into a file")
    elif names.ending(path.name) not in suffixes:
        unknown = names.unknown_format(path.name, suffixes)
        yield _skipped(path, root, unknown.code, str(unknown))
    else:
        yield Found(path, root)


def _skipped(path: Path, root: Path, code: str, reason: str) -> Skipped:
    return Skipped(shown(path, root), code, reason)
