"""The folder of the site: what a build may replace, and how the new site takes the place of the old one.

A site is built beside the one that stands and put in its place when it is whole, in one step where the system has one
(Linux's renameat2, macOS' renamex_np). So a build that fails, is interrupted or killed leaves what was there, and
of two builds at once one comes after the other. What a killed build left beside the site goes with the next build; a
lock that the system drops with its process (flock) tells it from a build at work.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from digest.model import DigestError

if sys.platform != "win32":
    import fcntl

MARK = "404.html"
"""A file that every site has: a folder without it was not made by a build."""


def demand_replaceable(site: Path, precious: Iterable[Path], seeds: Path) -> None:
    """Raise DigestError where replacing ``site`` would delete what no build has made, or its pages become articles.

    ``precious`` are files and folders that must not lie in it, ``seeds`` is the folder with the articles.
    """
    site = site.resolve()
    for path in (seeds, *precious):
        if path.resolve().is_relative_to(site):
            raise DigestError(f"{site}: a build empties this folder, and {path} lies in it; name another one with -d")
    if site.is_relative_to(seeds.resolve()):
        raise DigestError(f"{site}: here the pages would be read as articles of {seeds}; name another folder with -d")
    if site.exists() and not site.is_dir():
        raise DigestError(f"{site}: this is not a folder; name another one with -d")
    left = _prefix(site)  # by a killed build
    if site.is_dir() and any(not path.name.startswith(left) for path in site.iterdir()) and not (site / MARK).is_file():
        raise DigestError(
            f"{site}: a build empties this folder, but it holds files that no build has made; "
            "name another one with -d, or empty it yourself"
        )


# In a build's folder: the new site, and what stood in its place.
_NEW, _OLD = "new", "old-"
_IS_OLD = re.compile(r"old-\d+")
_LONG = 24 * 3600
"""Seconds after which a build has ended, where no lock tells it."""
_NO_LOCK = -1


@contextmanager
def replacing(site: Path) -> Iterator[Path]:
    """Yield the folder to build in; when all went well, it takes the place of ``site``.

    In a folder that cannot be renamed (a mount, or one whose parent cannot be written to), what is in it is replaced.
    """
    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    fixed = site.is_dir() and (os.path.ismount(site) or not os.access(site.parent, os.W_OK))
    around = site if fixed else site.parent
    _tidy(around, site)
    with _beside(around, site) as beside:
        new = beside / _NEW
        yield new
        if fixed:
            _replace_inside(new, site, beside / f"{_OLD}0")
        else:
            # Who may read a site is a person's to say, and stays; where none stands yet, the system says it.
            with suppress(FileNotFoundError):
                new.chmod(stat.S_IMODE(site.stat().st_mode))
            _exchange(new, site, beside)


@contextmanager
def _beside(around: Path, site: Path) -> Iterator[Path]:
    """Yield a folder in ``around`` that is locked as long as this process is there, and is gone afterwards."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_prefix(site), dir=around))
        with suppress(BlockingIOError, FileNotFoundError):
            held = _lock(folder)
            if folder.is_dir():
                break
            _unlock(held)
        # another build took it for a left one before it was locked
    try:
        yield folder
    finally:
        # what cannot be removed is hidden, and goes with the next build
        shutil.rmtree(folder, ignore_errors=True)
        _unlock(held)


def _prefix(site: Path) -> str:
    return f".{site.name}-digest-"


def _tidy(around: Path, site: Path) -> None:
    """Remove what killed builds of ``site`` left in ``around``; where one has taken the site away, it comes back."""
    for folder in sorted(around.glob(f"{glob.escape(_prefix(site))}*")):
        try:
            held = _lock(folder)
        except OSError:
            continue  # a build is at work there, or just gone
        try:
            inside = [path.name for path in folder.iterdir()]
            ours = all(name == _NEW or _IS_OLD.fullmatch(name) for name in inside)
            if not ours or (held == _NO_LOCK and time.time() - folder.stat().st_mtime < _LONG):
                continue
            olds = sorted(set(inside) - {_NEW}, key=lambda name: int(name.removeprefix(_OLD)))
            if olds and not site.exists():
                (folder / olds[-1]).rename(site)
            shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            continue  # another build has cleared it away, or the build that was at work there is done
        finally:
            _unlock(held)


def _lock(folder: Path) -> int:
    """Lock ``folder`` for this process and return the open file that holds the lock, _NO_LOCK where there are none.

    Raises OSError when the folder is gone, BlockingIOError when it is locked already.
    """
    if sys.platform == "win32":
        return _NO_LOCK
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
            return _NO_LOCK
        raise
    return held


def _unlock(held: int) -> None:
    if held != _NO_LOCK:
        os.close(held)


def _exchange(new: Path, site: Path, attic: Path) -> None:
    """Put ``new`` where ``site`` is, and what is there into ``attic``; where that fails, it comes back."""
    for n in count():
        if _swapped(new, site):
            return
        old = attic / f"{_OLD}{n}"
        with suppress(FileNotFoundError):  # there is none yet, or another build is about to put its own there
            site.rename(old)
        try:
            new.rename(site)
            return
        except BaseException as error:
            if isinstance(error, OSError) and error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                continue  # the other build was first, and its site is the old one now
            if old.exists() and not site.exists():
                old.rename(site)
            raise


def _replace_inside(new: Path, site: Path, old: Path) -> None:
    """Put what is in ``new`` into ``site``, and what is there into ``old``; where that fails, all of it goes back.

    Hidden files are no part of a site and stay, such as the repository that it is a checkout of.
    """
    names = [path.name for path in new.iterdir()]
    gone = [path.name for path in site.iterdir() if path.name in names or not path.name.startswith(".")]
    steps = [(site / name, old / name) for name in gone] + [(new / name, site / name) for name in names]
    old.mkdir()
    done: list[tuple[Path, Path]] = []
    try:
        for here, there in steps:
            here.rename(there)
            done.append((here, there))
    except BaseException:
        for here, there in reversed(done):
            there.rename(here)
        raise


def _swapped(one: Path, other: Path) -> bool:
    """Let two folders take each other's place in one step; return whether the system could, and both were there."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            at, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)
            return not ctypes.CDLL(None).renameat2(at, names[0], at, names[1], exchange)
        if sys.platform == "darwin":
            return not ctypes.CDLL(None).renamex_np(*names, 2)  # RENAME_SWAP of renamex_np(2)
    except (OSError, AttributeError):
        pass  # an older C library
    return False
