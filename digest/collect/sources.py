"""What is to be collected: addresses, lists of feeds in OPML, and the list in mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from digest.collect import addresses
from digest.collect.types import Source
from digest.model import DigestError
from digest.text import clean, squeeze

_LARGEST_LIST = 5_000_000


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
    if len(data) > _LARGEST_LIST:
        raise DigestError(f"{path}: this is larger than {_LARGEST_LIST:,} bytes; split the list")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DigestError(f"{path}: this is no OPML ({error.msg}); export the list of feeds anew") from error
    if tree.getroottree().docinfo.doctype or etree.QName(tree).localname.lower() != "opml":
        raise DigestError(f"{path}: this is no OPML; export the list of feeds from your feed reader")
    found = list(_outlines(tree, path, outlet))
    if not found:
        raise DigestError(f'{path}: there is no feed in this list; write <outline type="rss" xmlUrl="https://…"/>')
    yield from found


def _outlines(tree: Any, path: Path, outlet: str | None) -> Iterator[Source]:
    for outline in tree.iter("outline", "Outline"):
        said = {name.lower(): value for name, value in outline.attrib.items()}
        if "xmlurl" not in said:
            continue
        address = addresses.normal(said["xmlurl"])
        if address is None:
            place = f"{path}, line {outline.sourceline}"
            raise DigestError(f"{place}: “{said['xmlurl']}” is no address that can be fetched; mend or remove it")
        yield Source(address, outlet, squeeze(clean(said.get("title") or said.get("text") or "")) or None)
