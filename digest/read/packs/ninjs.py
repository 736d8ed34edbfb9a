"""IPTC ninjs, news as JSON: one item, or a list of several (https://iptc.org/standards/ninjs/).

The releases 1.x, 2.x and 3.x name things differently: ``body_xhtml`` became a list of ``bodies``, ``headline`` a list
of ``headlines``, ``byline`` ``by``, and 3.0 writes ``versionCreated`` where 2.x writes ``versioncreated``. So keys are
compared in lower case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from digest.decisions import ArticleMeta
from digest.read import dates
from digest.read.encoding import decode
from digest.read.errors import ReadError
from digest.read.packs.pieces import FRAGMENT, WITHDRAWN, Document, Piece, document, markup, plain
from digest.text import address, clean, language_code, slug, squeeze

_OTHER = "this is no news in JSON: an item of IPTC ninjs has a “uri”, and a “headline” or a body"
_TEXTS = frozenset({"text", "composite", ""})
_BODIES = ("body_xhtml", "body_html", "body_text")
_DATES = ("firstcreated", "versioncreated", "contentcreated")

Item = Mapping[str, Any]


def read(data: bytes) -> Document:
    """Return the articles in a JSON file. Raises ReadError when it is not JSON or no news."""
    text, _ = decode(data)
    try:
        found: Any = msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ReadError("format", "this is not JSON, or it breaks off; save it anew") from error
    if isinstance(found, dict):
        inside = [v for v in found.values() if _is_list_of_items(v)] if not _is_item(found) else []
        if len(inside) != 1:
            return _one(found)
        found = inside[0]
    if not _is_list_of_items(found):
        raise ReadError("format", _OTHER)
    return document(_named(item) for item in map(_lowered, found))


def _one(found: dict[str, Any]) -> Document:
    piece = _piece(_lowered(found))
    if isinstance(piece, ReadError):
        raise piece
    return document([("", "", piece)], single=True)


def _is_list_of_items(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) and _is_item(one) for one in value)


def _is_item(value: Mapping[str, Any]) -> bool:
    keys = {key.lower() for key in value}
    bears = {"headline", "headlines", "bodies", *_BODIES, "type"}
    return "uri" in keys and not bears.isdisjoint(keys)


def _lowered(item: object) -> Item:
    return {key.lower(): value for key, value in item.items()} if isinstance(item, dict) else {}


def _named(item: Item) -> tuple[str, str, Piece | ReadError]:
    uri, headline = _text(item.get("uri")), _headline(item)
    return slug(uri or headline or "item"), uri or headline, _piece(item)


def _piece(item: Item) -> Piece | ReadError:
    if not _is_item(item):
        return ReadError("format", _OTHER)
    if (status := _text(item.get("pubstatus")).lower()) in WITHDRAWN:
        return ReadError("withdrawn", f"its publisher says that this item is {status}")
    if (kind := _text(item.get("type")).lower()) not in _TEXTS:
        return ReadError("format", f"this item is of the type “{kind[:40]}”, not a text")
    body = _body(item)
    if body is None:
        return ReadError("empty", "the item has no text of its own; save the one it refers to")
    title = _headline(item) or None
    marked, words = body
    until = _text(item.get("embargoed"))
    return Piece(
        FRAGMENT if marked else ".txt",
        (markup if marked else plain)(title, words),
        ArticleMeta(
            title=title,
            outlet=_outlet(item),
            published=next(filter(None, (dates.iso(_text(item.get(key))) for key in _DATES)), None),
            byline=_text(item.get("by")) or _text(item.get("byline")) or None,
            language=language_code(_text(item.get("language"))),
            url=_address(item),
        ),
        notes=(f"its publisher held this item back until {until[:40]}",) if until else (),
    )


def _body(item: Item) -> tuple[bool, str] | None:
    """Return whether the item's text is marked up, and the text; marked up goes before plain, the longest first."""
    found = [(key != "body_text", _raw(item.get(key))) for key in _BODIES]
    for body in map(_lowered, _listed(item.get("bodies"))):
        kind = _text(body.get("contenttype")).lower()
        found.append(("html" in kind or "xml" in kind, _raw(body.get("value"))))
    usable = [one for one in found if one[1].strip()]
    return max(usable, key=lambda one: (one[0], len(one[1])), default=None)


def _headline(item: Item) -> str:
    """Return the main headline; the release 2.0 made a list of it, in which the first need not be the main one."""
    several = [h for h in map(_lowered, _listed(item.get("headlines"))) if _text(h.get("value"))]
    main = [h for h in several if _text(h.get("role")).lower() == "main"] or several
    return _text(main[0].get("value")) if main else _text(item.get("headline")) or _text(item.get("title"))


def _outlet(item: Item) -> str | None:
    """Return who published the item: a source that is called so, else the first one, else who holds the copyright."""
    sources = [s for s in map(_lowered, _listed(item.get("infosources")) + _listed(item.get("infosource"))) if s]
    named = sorted(sources, key=lambda s: "publisher" not in _text(s.get("role")).lower())
    holder = item.get("copyrightholder")
    said = [_text(s.get("name")) for s in named] + [_text(holder) or _text(_lowered(holder).get("name"))]
    return next(filter(None, said), None)


def _address(item: Item) -> str | None:
    """Return the page that an item is rendered as; its uri is a name and need not lead anywhere."""
    pages = [r for r in map(_lowered, _listed(item.get("renditions"))) if "html" in _text(r.get("contenttype"))]
    return next(filter(None, (address(_text(page.get("href"))) for page in pages)), None)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _raw(value: object) -> str:
    return value if isinstance(value, str) else ""


def _text(value: object) -> str:
    return squeeze(clean(value)) if isinstance(value, str) else ""
