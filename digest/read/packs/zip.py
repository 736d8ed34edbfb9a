"""ZIP: articles in any format, and containers that are no ZIP themselves, as if they lay in a folder of its name.

APPNOTE.TXT 6.3.10 (PKWARE). Nothing is unpacked to the disk. What an archive can be made to do, Bartel (2019), "A
better zip bomb" (USENIX WOOT), names: many members, huge ones, overlapping ones; so sizes, ratio and number are capped
before anything is unpacked, and only what zlib makes is read at all.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from digest.read import limits, names
from digest.read.errors import ReadError
from digest.read.packs.pieces import Key

_ENCRYPTED = 0x1
_UTF8 = 0x800
_LOCAL = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 65_535
_UNSAFE = "the name leads out of its archive; rename it"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
KEY_LENGTH = 5
"""How many numbers of a key are the place in a ZIP: offset, packed and unpacked size, method, checksum."""


def listed(file: BinaryIO) -> Iterator[tuple[str, Key | ReadError]]:
    """Yield the name of every file in an archive with its place, or why it is not read.

    Raises ReadError when it is no ZIP archive or has too many members.
    """
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, LookupError) as error:
        raise ReadError("broken", "this is no ZIP archive, or it is broken; pack it anew") from error
    if len(infos) > limits.MAX_MEMBERS:
        raise limits.too_many(len(infos))
    whole = 0
    for info in infos:
        name = _name(info)
        if info.is_dir():
            continue
        refused = _refused(info, name)
        whole += 0 if refused else info.file_size
        if not refused and whole > limits.MAX_UNPACKED:
            why = f"the files before it in the archive have {limits.MAX_UNPACKED:,} bytes already; split it"
            refused = ReadError("too large", why)
        yield name, refused or (info.header_offset, info.compress_size, info.file_size, info.compress_type, info.CRC)


def unpacked(file: BinaryIO, key: Key) -> bytes:
    """Return the bytes of the member at ``key``. Raises ReadError when they are not what the archive's list says."""
    offset, packed, size, method, checksum = key[:KEY_LENGTH]
    file.seek(offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise _broken()
    *_, name, extra = _LOCAL.unpack(head)
    file.seek(offset + _LOCAL.size + name + extra)
    data = file.read(packed)
    if method == zipfile.ZIP_DEFLATED:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = unpacking.decompress(data, size + 1)
        except zlib.error as error:
            raise _broken() from error
    if len(data) != size or zlib.crc32(data) != checksum:
        raise _broken()
    return data


def _broken() -> ReadError:
    return ReadError("broken", "this is not in the archive as its list says; pack it anew")


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Many programs write UTF-8 without saying so, which then reads as IBM's code page 437."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return name


def _refused(info: zipfile.ZipInfo, name: str) -> ReadError | None:
    if names.is_too_long(name):
        why = f"a name may have {limits.MAX_NAME:,} bytes and {limits.MAX_FOLDERS} folders; rename it"
        return ReadError("unsafe name", why)
    path = PurePosixPath(name)
    drive = name[1:2] == ":"
    if path.is_absolute() or ".." in path.parts or "\\" in name or drive or "\0" in info.orig_filename or not path.name:
        return ReadError("unsafe name", _UNSAFE)
    if stat.S_ISLNK(info.external_attr >> 16):
        return ReadError("link", "links are not followed; pack the file itself")
    if info.flag_bits & _ENCRYPTED:
        return ReadError("encrypted", "this is encrypted; pack it without a password")
    if info.compress_type not in _METHODS:
        return ReadError("format", "this is packed in a way that few programs read; pack it with deflate")
    if info.file_size > limits.MAX_RATIO * max(info.compress_size, 1):
        why = f"this unpacks to more than {limits.MAX_RATIO} times its size, as no text does; put the file itself here"
        return ReadError("ratio", why)
    return None


def _check_directory(file: BinaryIO) -> None:
    """Raise ReadError when the list of members, which is read whole, is too large."""
    length = file.seek(0, 2)
    file.seek(max(0, length - _LONGEST_COMMENT - _END.size))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise ReadError("broken", "this is no ZIP archive, or it is broken; pack it anew")
    _, _, _, _, entries, size, _, _ = _END.unpack_from(tail, at)
    # 2**32 - 1 means that the long form of the list's end has it; by then the archive itself tells
    size = length if size == 0xFFFFFFFF else size
    if entries != 0xFFFF and entries > limits.MAX_MEMBERS:
        raise limits.too_many(entries)
    if size > limits.MAX_DIRECTORY:
        raise limits.too_many(None)
