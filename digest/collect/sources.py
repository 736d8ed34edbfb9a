"""What is to be collected: addresses, lists of feeds in OPML, and the list in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.collect import addresses
from digest.collect.types import Source
from digest.model import DigestError
from digest.read import ReadError, limits
from digest.read.packs import xml
from digest.text import clean, clip, squeeze

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def gathered(listed: Iterable[str | Mapping[str, Any]], root: Path) -> list[Source]:
    """Return the sources that ``listed`` names, each address once, in order.

    Each is an address, an OPML file (relative to ``root``), or a mapping with either as ``url`` and an ``outlet``.
    Raises DigestError naming what is none of these.
    """
    found: dict[str, Source] = {}
    for each in listed:
        for source in _sources(each, root):
            found.setdefault(source.address, source)
    return list(found.values())


def _sources(listed: str | Mapping[str, Any], root: Path) -> Iterator[Source]:
    if isinstance(listed, str):
        outlet, named = None, listed
    else:
        outlet, named = listed.get("outlet"), str(listed.get("url", ""))
        if set(listed) - {"url", "outlet"} or not named or not isinstance(outlet, str | None):
            raise DigestError(f"collect: “{dict(listed)}” is not understood; write `url: ADDRESS` and `outlet: NAME`")
    address = addresses.normal(named)
    if address:
        yield Source(address, outlet)
    elif "://" in named:
        raise DigestError(f"{named}: this is no address that can be fetched; it begins with https:// or http://")
    else:
        yield from opml(root / named, outlet)


def opml(path: Path, outlet: str | None = None) -> Iterator[Source]:
    """Yield the feeds of an OPML 2.0 file, however deep its outlines are nested, each with the title it has there.

    Raises DigestError when the file cannot be read, or names no feed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DigestError(f"{path}: the list cannot be opened ({error.strerror}); name a file or an address") from error
    if len(data) > limits.MAX_BYTES:
        raise DigestError(f"{path}: this is larger than {limits.MAX_BYTES:,} bytes; split the list")
    try:
        root = xml.parse(xml.text_of(data)[0])
    except ReadError as error:
        raise DigestError(f"{path}: this is no OPML ({error}); export the list of feeds anew") from error
    if xml.local(root).lower() != "opml":
        raise DigestError(f"{path}: this is no OPML; export the list of feeds from your feed reader")
    found = list(_outlines(root, path, outlet))
    if not found:
        raise DigestError(f'{path}: there is no feed in this list; write <outline type="rss" xmlUrl="https://…"/>')
    yield from found


def _outlines(root: Element, path: Path, outlet: str | None) -> Iterator[Source]:
    for outline in root.iter():
        said = {name.lower(): value for name, value in outline.attrib.items()}
        if xml.local(outline).lower() != "outline" or "xmlurl" not in said:
            continue
        address = addresses.normal(said["xmlurl"])
        if address is None:
            wrong = clip(clean(said["xmlurl"]), 60)
            raise DigestError(f"{path}: “{wrong}” is no address that can be fetched; mend or remove it")
        yield Source(address, outlet, squeeze(clean(said.get("title") or said.get("text") or "")) or None)
