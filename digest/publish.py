"""The folder of the site: what a build may replace, and how the new site takes the place of the old one.

A site is built beside the one that stands and put in its place when it is whole. So a build that fails or is
interrupted leaves what was there, and of two builds at once one comes after the other.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.model import DigestError

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
    if site.is_dir() and any(site.iterdir()) and not (site / MARK).is_file():
        raise DigestError(
            f"{site}: a build empties this folder, but it holds files that no build has made; "
            "name another one with -d, or empty it yourself"
        )


@contextmanager
def replacing(site: Path) -> Iterator[Path]:
    """Yield the folder to build in; when all went well, it takes the place of ``site``.

    A folder that cannot be renamed (a mount, or one whose parent cannot be written to) is yielded itself.
    """
    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    if os.path.ismount(site) or not os.access(site.parent, os.W_OK):
        yield site
        return
    with TemporaryDirectory(prefix=f".{site.name}-", dir=site.parent) as beside:
        new = Path(beside) / "new"
        yield new
        _exchange(new, site, Path(beside))


def _exchange(new: Path, site: Path, attic: Path) -> None:
    """Put ``new`` where ``site`` is, and what is there into ``attic``; where that fails, it comes back."""
    for n in count():
        old = attic / f"old-{n}"
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
