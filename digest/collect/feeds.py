"""Feeds to the entries that lead to stories: RSS and Atom as feedparser knows them, without anything to fetch."""

from __future__ import annotations

import io
import re
from typing import Any

from digest.collect import addresses
from digest.collect.types import Feed, Item
from digest.read import ReadError, dates, dom
from digest.text import clean, language_code, squeeze

_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_MARKED_UP = re.compile(r"[<&]")
_START = 1_000
FULL = 100
"""Words from which on the text that a feed gives counts as the story's own: a teaser is a sentence or two."""


def is_page(data: bytes) -> bool:
    """Whether ``data`` begins as a web page does, whatever it was sent as."""
    return _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:_START]) is not None


def read(data: bytes, address: str, kind: str = "") -> Feed | None:
    """Return the feed in ``data``, fetched from ``address`` with the media type ``kind``; None where it is none."""
    import feedparser  # it takes a while to load

    if is_page(data):
        return None
    # A file, not a string: feedparser would take a string for an address to fetch.
    said: dict[str, str] = {"content-location": address, **({"content-type": kind} if kind else {})}
    found: Any = feedparser.parse(io.BytesIO(data), response_headers=said)
    if not found.version and not found.entries:
        return None
    language = language_code(_said(found.feed.get("language")))
    items = [item for entry in found.entries if (item := _item(entry, address, language))]
    home = addresses.normal(_said(found.feed.get("link")), address)
    return Feed(_words(_said(found.feed.get("title"))) or None, home, tuple(items), len(found.entries) - len(items))


def _item(entry: Any, base: str, language: str | None) -> Item | None:
    """Return an entry as an item, None where it has no address that can be fetched."""
    # FeedBurner puts an address of its own in the place of the story's
    links = (_said(entry.get(key)) for key in ("feedburner_origlink", "link"))
    link = next((found for each in links if each and (found := addresses.normal(each, base))), None)
    if link is None:
        return None
    dated = (_said(entry.get(key)) for key in ("published", "created", "updated"))
    texts = [_said(each.get("value")) for each in entry.get("content") or ()]
    html = max([*texts, _said(entry.get("summary"))], key=len)
    return Item(
        link,
        _words(_said(entry.get("title"))) or None,
        next((day for each in dated if each and (day := dates.iso(each))), None),
        _words(_said(entry.get("author"))) or None,
        language_code(_said(entry.get("language"))) or language,
        html or None,
    )


def _words(text: str) -> str:
    """Return the words of what may be HTML."""
    if not _MARKED_UP.search(text):
        return squeeze(clean(text))
    try:
        page = dom.parse(text)
    except ReadError:
        return ""
    return squeeze(" ".join(part.text for part in dom.parts(page))) if page else ""


def _said(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
