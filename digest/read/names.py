"""The names of files: their endings, and which files are passed over because they belong to another one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

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

    __slots__ = ("_folders",)

    def __init__(self, paths: Iterable[str]) -> None:
        """Take every path there is, with slashes."""
        pages = (PurePosixPath(path) for path in paths if ending(path) in _PAGES)
        self._folders = frozenset(f"{page.with_suffix('')}{end}".casefold() for page in pages for end in _FOLDERS)

    def belongs(self, path: str) -> bool:
        """Whether ``path`` lies in such a folder."""
        return any(str(above).casefold() in self._folders for above in PurePosixPath(path).parents)


def belongs_to(folder: str, beside: Collection[str]) -> bool:
    """Whether a folder of this name holds what belongs to a saved page; ``beside`` are the names that lie with it."""
    low = folder.casefold()
    stems = [low.removesuffix(end.casefold()) for end in _FOLDERS if low.endswith(end.casefold())]
    return any(f"{stem}{page}" in beside for stem in stems for page in _PAGES)


def unknown_format(name: str, formats: Collection[str]) -> ReadError:
    """Return the error of a file whose ending says that it cannot be read."""
    own = ending(name)
    said = f"“{own}”" if own else "a name without an ending"
    return ReadError("format", f"{said} is no format that can be read; the formats are {', '.join(sorted(formats))}")
