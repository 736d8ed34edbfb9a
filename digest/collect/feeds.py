"""Feeds to the entries that lead to stories, read as ``read`` reads a feed that is a file."""

from __future__ import annotations

import re
from typing import Any

from digest.collect import addresses
from digest.collect.types import Feed, Item
from digest.read import ReadError
from digest.read.packs import feed, xml

_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_START = 1_000


def is_page(data: bytes) -> bool:
    """Whether ``data`` begins as a web page does, whatever it was sent as."""
    start = data.removeprefix(b"\xef\xbb\xbf")[:_START].lstrip()
    while start.startswith(b"<!--"):
        start = start.partition(b"-->")[2].lstrip()
    return _PAGE.match(start) is not None


def read(data: bytes, address: str) -> Feed | None:
    """Return the feed in ``data``, fetched from ``address``; None where it is none. Raises ReadError."""
    if is_page(data) or b"<" not in data:
        return None
    text, _ = xml.text_of(data)
    if xml.first_element(text) not in feed.ROOTS:
        return None
    said, found = feed.parsed(text)
    items = [_item(entry, said, address) for _, entry in found if not isinstance(entry, ReadError)]
    home = said.get("link")
    return Feed(
        feed.title_of(said) or None,
        addresses.normal(home, address) if isinstance(home, str) else None,
        tuple(item for item in items if item),
        len(found) - sum(item is not None for item in items),
    )


def _item(entry: Any, said: Any, base: str) -> Item | None:
    """Return an entry as an item, None where it has no address that can be fetched."""
    facts = feed.facts_of(entry, said, base)
    link = addresses.normal(facts.url) if facts.url else None
    return Item(link, facts, feed.piece_of(entry, said, facts)) if link else None
