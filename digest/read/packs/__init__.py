"""Files that hold many articles: one module a container, chosen by the ending of the file's name.

``members`` says which articles a file holds, ``load`` gives one of them. What is read whole (feeds, NewsML, JSON) and
the list of a ZIP are kept for a moment, for the articles of a file are read one after the other.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Literal

from digest import language
from digest.decisions import ArticleMeta
from digest.read import facts, files, limits, names
from digest.read.encoding import decode
from digest.read.errors import ReadError
from digest.read.packs.pieces import FRAGMENT, Document, Key, Member, Piece, Refused, once

__all__ = ["FRAGMENT", "PACKS", "Key", "Member", "Piece", "Refused", "holds_many", "load", "members", "whole"]

Kind = Literal["xml", "json", "warc", "zip"]

PACKS: Mapping[str, Kind] = MappingProxyType(
    {
        ".rss": "xml",
        ".atom": "xml",
        ".xml": "xml",
        ".json": "json",
        ".warc": "warc",
        ".warc.gz": "warc",
        ".zip": "zip",
    }
)
"""How a file that may hold several articles is read, by the ending of its name."""

_KEPT = 4


def holds_many(name: str) -> bool:
    """Whether a file of this name may hold several articles."""
    return names.ending(name) in PACKS


def members(path: Path, formats: Collection[str]) -> Iterator[Member | Refused | None]:
    """Yield the articles in a file and what in it is none, in order; None where the file is one article itself.

    ``formats`` are the endings of all that can be read. Raises ReadError when the file cannot be.
    """
    kind = PACKS[names.ending(path.name)]
    if kind == "zip":
        yield from once(_in_zip(path, formats))
    elif kind == "warc":
        from digest.read.packs import warc

        with files.archive(path) as file:
            yield from warc.members(file)
    else:
        found = _document(path, *files.stamp(path))
        yield from (None,) if found.single else found.members


def load(path: Path, key: Key) -> Piece:
    """Return the article at ``key`` in a file. Raises ReadError when it cannot be read."""
    kind = PACKS[names.ending(path.name)]
    if kind == "zip":
        return _from_zip(path, key)
    if kind == "warc":
        from digest.read.packs import warc

        with files.archive(path) as file:
            return warc.load(file, key)
    return _piece(_document(path, *files.stamp(path)), key)


def whole(data: bytes, kind: Kind) -> Document:
    """Return the articles in what is read whole. Raises ReadError when it is neither a feed nor news."""
    from digest.read.packs import feed, newsml, ninjs, xml

    if kind == "json":
        return ninjs.read(data)
    text, notes = xml.text_of(data)
    root = xml.first_element(text)
    if root in feed.ROOTS:
        return _noted(feed.read(text), notes)
    if root in newsml.ROOTS:
        return _noted(newsml.read(xml.parse(text)), notes)
    raise ReadError("format", f"this XML is neither a feed nor news but “{root[:40]}”; save the articles themselves")


def _noted(found: Document, notes: tuple[str, ...]) -> Document:
    return replace(found, pieces=tuple(replace(p, notes=(*notes, *p.notes)) for p in found.pieces)) if notes else found


def _piece(found: Document, key: Key) -> Piece:
    number = key[0] if key else 0
    if number >= len(found.pieces):
        raise ReadError("broken", "the file has changed while it was read; run this again")
    return found.pieces[number]


@functools.lru_cache(maxsize=_KEPT)
def _document(path: Path, written: int, size: int) -> Document:
    """Return what is in the file ``path`` as it was ``written``, of which the cache is told by its arguments."""
    del written
    limits.check_bytes(size)
    return whole(files.bytes_of(path), PACKS[names.ending(path.name)])


# --- what lies in a ZIP -----------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1)
def _listing(path: Path, written: int, size: int) -> tuple[tuple[str, Key | ReadError], ...]:
    """Return the files in an archive, of which the cache is told as ``_document`` is; links between them are none."""
    from digest.read.packs import zip as archives

    del written, size
    with files.archive(path) as file:
        return tuple(archives.listed(file))


@functools.lru_cache(maxsize=1)
def _places(path: Path, written: int, size: int) -> tuple[Mapping[str, Key], Mapping[Key, str]]:
    """Return the place of each file in an archive by its name, and the other way round."""
    by_name: dict[str, Key] = {}
    by_place: dict[Key, str] = {}
    for name, place in _listing(path, written, size):
        if not isinstance(place, ReadError):
            by_name.setdefault(name, place)
            by_place[place] = name
    return by_name, by_place


def _in_zip(path: Path, formats: Collection[str]) -> Iterator[Member | Refused]:
    listing = _listing(path, *files.stamp(path))
    beside = names.Saved(name for name, _ in listing if not names.is_too_long(name))
    for name, place in listing:
        if names.is_passed_over_at(name) or (not names.is_too_long(name) and beside.belongs(name)):
            continue
        if isinstance(place, ReadError):
            yield Refused(shown(name), place.code, str(place))
            continue
        try:
            yield from _in_member(path, name, place, formats)
        except ReadError as error:
            yield Refused(shown(name), error.code, str(error))


def _in_member(path: Path, name: str, place: Key, formats: Collection[str]) -> Iterator[Member | Refused]:
    """Yield the articles in one file of a ZIP. Raises ReadError when it cannot be read."""
    ending = names.ending(name)
    if ending not in formats:
        raise names.unknown_format(name, formats)
    kind = PACKS.get(ending)
    if kind == "zip":
        raise ReadError("format", "archives inside archives are not opened; put this one beside the other")
    if kind is None:
        limits.check_bytes(place[2])
        yield Member(place, shown(name), PurePosixPath(name).stem)
        return
    stamp = files.stamp(path)
    if kind == "warc":
        from digest.read.packs import warc

        found: Iterator[Member | Refused | None] = warc.members(io.BytesIO(_unpacked(path, *stamp, place)))
    else:
        inside = _document_in_zip(path, *stamp, place, kind)
        found = iter((None,) if inside.single else inside.members)
    any_ = False
    for each in found:
        any_ = True
        if each is None:
            yield Member(place, shown(name), PurePosixPath(name).stem)
        elif isinstance(each, Refused):
            yield Refused(f"{shown(name)}!{each.name}", each.code, each.reason)
        else:
            yield Member((*place, *each.key), f"{shown(name)}!{each.name}", each.stem)
    if not any_:
        raise empty()


def _from_zip(path: Path, key: Key) -> Piece:
    from digest.read.packs import warc
    from digest.read.packs import zip as archives

    stamp = files.stamp(path)
    place, inner = key[: archives.KEY_LENGTH], key[archives.KEY_LENGTH :]
    by_name, by_place = _places(path, *stamp)
    if place not in by_place:
        raise ReadError("broken", "the archive has changed while it was read; run this again")
    name = by_place[place]
    kind = PACKS.get(names.ending(name))
    known, notes = _sidecars(path, name, by_name)
    if kind == "warc":
        piece = warc.load(io.BytesIO(_unpacked(path, *stamp, place)), inner)
    elif kind in ("xml", "json"):
        piece = _piece(_document_in_zip(path, *stamp, place, kind), inner)
    else:
        piece = Piece(names.ending(name), _unpacked(path, *stamp, place))
    return replace(piece, facts=facts.over(piece.facts, known), notes=(*piece.notes, *notes))


def _sidecars(path: Path, name: str, by_name: Mapping[str, Key]) -> tuple[ArticleMeta, tuple[str, ...]]:
    """Return what the sidecars of ``name`` say that lie beside it in its archive, and notes."""
    from digest.read.packs import zip as archives

    known, notes = ArticleMeta(), tuple[str, ...]()
    for beside in (str(PurePosixPath(name).with_suffix("")) + end for end in facts.SIDECARS):
        if (place := by_name.get(beside)) is not None:
            limits.check_bytes(place[2])
            with files.archive(path) as file:
                text, _ = decode(archives.unpacked(file, place))
            here, more = facts.settle(facts.entries(text, beside), beside, language.available())
            known, notes = facts.over(known, here), (*notes, *more)
    return known, notes


@functools.lru_cache(maxsize=_KEPT)
def _document_in_zip(path: Path, written: int, size: int, place: Key, kind: Kind) -> Document:
    limits.check_bytes(place[2])
    return whole(_unpacked(path, written, size, place), kind)


@functools.lru_cache(maxsize=1)
def _unpacked(path: Path, written: int, size: int, place: Key) -> bytes:
    """Return a container in a ZIP, of which the cache is told as ``_document`` is."""
    from digest.read.packs import zip as archives

    del written, size
    limits.check_packed(place[2])
    with files.archive(path) as file:
        return archives.unpacked(file, place)


def shown(name: str) -> str:
    """Return a name in an archive as it is shown: of one that is too long, the beginning."""
    return f"{facts.printable(name[: limits.MAX_NAME])}…" if names.is_too_long(name) else facts.printable(name)


def empty() -> ReadError:
    """Return the error of a container without an article."""
    return ReadError("empty", "there is no article in this file")
