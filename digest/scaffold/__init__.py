"""What ``digest new`` lays out: a monitor that builds as it is.

Every file stands under ``files/`` as it will be written, but for two things: a name that begins with a dot begins with
``dot.`` here, because tools treat such files as their own, and ``@VERSION@`` is the version of this program.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from digest import __version__
from digest.model import DigestError

_VERSION = "@VERSION@"


def lay_out(folder: Path) -> list[Path]:
    """Write a fresh monitor into ``folder``, which is made where it is missing; return the files.

    Raises DigestError when ``folder`` is a file or holds anything.
    """
    if folder.exists() and not folder.is_dir():
        raise DigestError(f"{folder}: this is a file; name a folder that is empty or does not exist")
    if folder.is_dir() and any(folder.iterdir()):
        raise DigestError(f"{folder}: this folder is not empty; name one that is empty or does not exist")
    return _copy(files(__name__) / "files", folder)


def _copy(source: Traversable, target: Path) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for each in sorted(source.iterdir(), key=lambda s: s.name):
        path = target / (each.name.removeprefix("dot") if each.name.startswith("dot.") else each.name)
        if each.is_dir():
            written += _copy(each, path)
        else:
            path.write_text(each.read_text(encoding="utf-8").replace(_VERSION, __version__), encoding="utf-8")
            written.append(path)
    return written
