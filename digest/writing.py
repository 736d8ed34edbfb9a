"""Files written, and what the system refuses as one sentence with the file, the room that is left, and the way out."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.text import clean, squeeze

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NOWHERE = "No usable temporary directory"
"""What Python says where no folder for temporary files takes anything."""
_LACKING = (*_FULL, errno.EFBIG, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE)
_WAYS_OUT = {
    errno.ENOSPC: "make room there and run this again",
    errno.EDQUOT: "make room there and run this again",
    errno.EFBIG: "allow larger files (ulimit -f), or name a place that takes them",
    errno.EIO: "look after the disk, and see that it has room",
    errno.EMFILE: "allow more open files (ulimit -n)",
    errno.ENFILE: "close other programs",
    errno.EACCES: "check who may read and write there",
    errno.EPERM: "check who may read and write there",
    errno.EROFS: "name a place that can be written to",
    errno.ENOENT: "check the spelling, and that its folder is there",
    errno.ENOTDIR: "a file stands where a folder is needed; name another place",
    errno.EBADF: "the caller has closed standard input or output; leave it open",
}


def write(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, whose folder is made where it is missing. Raises OSError, with its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming(path):
        path.write_bytes(content)


def sentence(error: OSError) -> str:
    """Return what the system refused, with its file and the way out where it is known; a full disk's room as well."""
    if _NOWHERE in str(error):
        return f"{error.strerror}; make room in one of them, or name another folder in TMPDIR"
    # a file that could not be copied has two names, and the second is what was to be written
    name = error.filename2 or error.filename
    said = f"{squeeze(clean(str(name or 'input or output')))}: {error.strerror or error}"
    if error.errno in _FULL and isinstance(name, str) and (room := _room(Path(name))):
        said += f" ({room})"
    way_out = _WAYS_OUT.get(error.errno or 0)
    return f"{said}; {way_out}" if way_out else said


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name ``path`` in what the system refuses meanwhile: of a file that is open, it does not say which it was."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def is_lacking(error: OSError) -> bool:
    """Whether the machine lacks room, or another thing that no input can help."""
    return error.errno in _LACKING or _NOWHERE in str(error)


def _room(path: Path) -> str:
    """Return how much room there is where ``path`` lies, "" where that is not known."""
    there = next((folder for folder in (path, *path.absolute().parents) if folder.is_dir()), None)
    try:
        usage = shutil.disk_usage(there or path)
    except OSError:
        return ""
    return f"{usage.free / 1e6:,.1f} of {usage.total / 1e6:,.1f} MB are free, which is too little"
