"""Files as bytes: regular ones only, and none that is larger than it may be."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from digest.read import limits
from digest.read.errors import ReadError


def bytes_of(path: Path) -> bytes:
    """Return what is in a file. Raises ReadError when it is not regular, too large, or cannot be opened."""
    with _opened(path) as (file, size):
        limits.check_bytes(size)
        data = file.read(limits.MAX_BYTES + 1)
    limits.check_bytes(len(data))
    return data


@contextmanager
def archive(path: Path) -> Iterator[BinaryIO]:
    """Open a file that holds many articles; it may be larger, for it is never read whole. Raises ReadError as above."""
    with _opened(path) as (file, size):
        limits.check_archive(size)
        yield file


def stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file does: when it was written, in nanoseconds, and its size."""
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(error) from error
    return status.st_mtime_ns, status.st_size


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    try:
        status = path.stat()
        # opening a named pipe would wait for a writer for ever
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("not a file", "this is not a regular file; put the text into a file")
        with path.open("rb") as file:
            yield file, status.st_size
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> ReadError:
    why = f"the file cannot be opened ({error.strerror}); check that it may be read"
    return ReadError("unreadable", why)
