"""The names of files: their endings, and which files are passed over because they belong to another one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

from digest.read import limits
from digest.read.errors import ReadError
from digest.read.facts import SIDECARS

_BACKUPS = ("~", ".bak", ".orig", ".swp", ".swo", ".tmp", ".part")
_MACOS = "__MACOSX"
_TWOFOLD = (".warc.gz",)
_PAGES = (".html", ".htm", ".xhtml")
# How browsers call the folder with the pictures and styles of a saved page, by their languages: Windows, "Connected
# files" (https://learn.microsoft.com/windows/win32/shell/manage#connected-files), to which Chromium and Firefox keep.
_FOLDERS = (
    "_files", ".files", "-Dateien", "_fichiers", "_bestanden", "_file", "_archivos", "-filer", "_tiedostot", "_pliki",
    "_soubory", "_elemei", "_ficheiros", "_arquivos", "_dosyalar", "_datoteke", "_fitxers", "_failid", "_fails",
    "_bylos", "_fajlovi", "_fitxategiak", "-filer_filer", "_filer",
)  # fmt: skip
_FOLDED = tuple(end.casefold() for end in _FOLDERS)
_SLASH = re.compile("/")


def ending(name: str) -> str:
    """Return a file name's ending, in lower case and without stray spaces: ``page.HTM`` -> ``.htm``."""
    low = name.strip().lower()
    twofold = next((end for end in _TWOFOLD if low.endswith(end) and len(low) > len(end)), None)
    return twofold or PurePosixPath(low).suffix.strip()


def is_passed_over(name: str) -> bool:
    """Whether a file of this name is no input: hidden, a backup, a lock or a sidecar."""
    low = name.lower()
    lock = low.startswith("#") and low.endswith("#")
    return low.startswith(".") or lock or low.endswith((*_BACKUPS, *SIDECARS))


def is_passed_over_at(path: str) -> bool:
    """Whether a path in an archive is passed over, for its own name or for that of a folder above it."""
    *above, name = path.split("/")
    return is_passed_over(name) or any(map(_is_hidden, above))


def _is_hidden(folder: str) -> bool:
    return folder == _MACOS or (folder.startswith(".") and folder not in (".", ".."))


class Saved:
    """Which paths lie in the folder of a saved page: ``page_files/`` beside ``page.html``."""

    __slots__ = ("_pages",)

    def __init__(self, paths: Iterable[str]) -> None:
        """Take every path there is, with slashes, none of them longer than a path may be."""
        pages = (PurePosixPath(path) for path in paths if ending(path) in _PAGES)
        self._pages = frozenset(str(page.with_suffix("")).casefold() for page in pages)

    def belongs(self, path: str) -> bool:
        """Whether ``path`` lies in such a folder."""
        low = str(PurePosixPath(path)).casefold()
        above = (low[: slash.start()] for slash in _SLASH.finditer(low))
        return any(folder.endswith(_FOLDED) and not self._pages.isdisjoint(_stems(folder)) for folder in above)


def belongs_to(folder: str, beside: Collection[str]) -> bool:
    """Whether a folder of this name holds what belongs to a saved page; ``beside`` are the names that lie with it."""
    return any(f"{stem}{page}" in beside for stem in _stems(folder.casefold()) for page in _PAGES)


def _stems(folder: str) -> list[str]:
    """Return what pages are called, without their endings, whose folder would be called ``folder``, which is folded."""
    return [folder.removesuffix(end) for end in _FOLDED if folder.endswith(end)]


def is_too_long(path: str) -> bool:
    """Whether a path in an archive is longer or deeper than any that a system writes."""
    return len(path.encode("utf-8", "replace")) > limits.MAX_NAME or path.count("/") > limits.MAX_FOLDERS


def unknown_format(name: str, formats: Collection[str]) -> ReadError:
    """Return the error of a file whose ending says that it cannot be read."""
    own = ending(name)
    said = f"“{own}”" if own else "a name without an ending"
    return ReadError("format", f"{said} is no format that can be read; the formats are {', '.join(sorted(formats))}")
