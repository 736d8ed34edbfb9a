"""RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom: an entry is an article, whole or as an excerpt.

The standards: RSS Advisory Board, "RSS 2.0 Specification"; RSS-DEV, "RDF Site Summary 1.0" with the module content;
RFC 4287 (Atom). feedparser knows what writers of feeds make of them; it gets what ``entries`` left of the feed, in
UTF-8, and nothing to fetch.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from digest.decisions import ArticleMeta
from digest.read import dates, dom
from digest.read.errors import ReadError
from digest.read.packs import entries
from digest.read.packs.pieces import FRAGMENT, Document, Piece, document, markup, plain
from digest.text import address, clean, digest_of, language_code, slug, squeeze

ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
"""The names of root elements, in lower case, that a feed has."""

_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\W*$")
_SHORT = 500
# What marks the way by which a reader came, and never another page: the parameters that campaign and mail tools add
# (Google Analytics, Facebook, Mailchimp, HubSpot, AT Internet, Webtrekk, Adobe), after their own documentation.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|igshid|yclid|mc_[ce]id|_hs\w+|mkt_tok|at_\w+|xtor|"
    r"wt_\w+|s_cid|icid|cmpid|ocid|ns_(?:campaign|mchannel|source|linkname|fee)|share_id",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.(?:x?html?|php|aspx?|jsp)$", re.IGNORECASE)
_MARKED_UP = re.compile(r"[<&]")
_TAGS = re.compile(r"<[^<>]*>")
_TAG = re.compile(r"<[A-Za-z/!]")
# RSS 2.0 wants an address there, and a name in brackets behind it
_MAILED = re.compile(r"[^\s()]+@[^\s()]+\s*\(([^()]+)\)|([^<>@]+)<[^\s<>]+@[^\s<>]+>")
_LONGEST_AUTHOR = 500
_PLAIN = "text/plain"
_WORDS = re.compile(r"^text/|html$|xml$|^$")
_EXCERPT = "the feed holds no more than an excerpt of this article"


def read(text: str) -> Document:
    """Return the entries of a feed, given as mended XML. Raises ReadError when nothing in it can be read."""
    feed, found = parsed(text)
    return document(_pieces(found, feed))


def parsed(text: str) -> tuple[Any, list[tuple[str, Any]]]:
    """Return what feedparser makes of a feed, given as mended XML: what it says of itself, and its entries in order.

    One that cannot be read is a ReadError, beside what tells it from others. Raises ReadError when nothing can be read.
    """
    import feedparser

    stripped, found = entries.stripped(text)
    # as bytes in a file: what it gets as a string it would take for a path or an address
    source = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + stripped.encode("utf-8", "replace"))
    made: Any = feedparser.parse(source, sanitize_html=False, resolve_relative_uris=False)
    known = iter(made.entries)
    each = ((identity, one if isinstance(one, ReadError) else next(known, None)) for identity, one in found)
    return made.feed, [(identity, one) for identity, one in each if one is not None]


def _pieces(found: Sequence[tuple[str, Any]], feed: Any) -> Iterator[tuple[str, str, Piece | ReadError]]:
    base = address(_said(feed.get("link"))) or ""
    for number, (identity, each) in enumerate(found, 1):
        if isinstance(each, ReadError):
            yield f"entry-{number}", identity, each
        else:
            yield _entry(each, feed, base, number)


def _entry(entry: Any, feed: Any, base: str, number: int) -> tuple[str, str, Piece | ReadError]:
    """Return an entry's name, what tells it from others, and the entry as a piece."""
    facts = facts_of(entry, feed, base)
    title, url = facts.title or "", facts.url
    guid = _said(entry.get("id"))
    name = named_after(url) if url else slug(guid or title or f"entry-{number}")
    piece = piece_of(entry, feed, facts)
    if piece is None:
        why = "the entry has neither content nor an excerpt; save the page that it leads to"
        return name, guid or digest_of(title or str(number)), ReadError("empty", why)
    return name, guid or url or digest_of(title, piece.data.decode("utf-8", "replace")), piece


def facts_of(entry: Any, feed: Any, base: str) -> ArticleMeta:
    """Return what an entry and its feed say of an article; a relative address is taken from ``base``."""
    source = entry.get("source")
    return ArticleMeta(
        title=title_of(entry) or None,
        outlet=(title_of(source) if isinstance(source, dict) else "") or title_of(feed) or None,
        published=_date(entry),
        url=_link(entry, base),
        byline=_authors(entry),
        language=language_code(_said(entry.get("language"))),
    )


def piece_of(entry: Any, feed: Any, facts: ArticleMeta) -> Piece | None:
    """Return the article that an entry holds itself, with a note where it is an excerpt; None where it holds none."""
    content, excerpt = _content(entry)
    if not content:
        return None
    is_plain, body = content
    return Piece(
        ".txt" if is_plain else FRAGMENT,
        (plain if is_plain else markup)(facts.title, body),
        facts,
        language_code(_said(feed.get("language"))),
        (_EXCERPT,) if excerpt else (),
    )


def named_after(url: str) -> str:
    """Return a name for what lies at ``url``: its host and path, and its query where that tells pages apart."""
    parts = urlsplit(url)
    path = _ENDING.sub("", parts.path.rstrip("/"))
    query = parts.query if parts.query else ""
    return slug(f"{(parts.hostname or '').removeprefix('www.')} {path} {query}")


def without_tracking(url: str) -> str:
    """Return an address without what campaigns added to it: the page is the same, and so is its name."""
    parts = urlsplit(url)
    kept = [each for each in parts.query.split("&") if not _TRACKING.fullmatch(each.partition("=")[0])]
    return urlunsplit(parts._replace(query="&".join(kept))) if parts.query else url


def _link(entry: Any, base: str) -> str | None:
    # FeedBurner puts an address of its own in the place of the article's
    for key in ("feedburner_origlink", "link", "id" if entry.get("guidislink") else "link"):
        said = _said(entry.get(key))
        if said and (found := address(_joined(base, said))):
            return without_tracking(found)
    return None


def _joined(base: str, said: str) -> str:
    try:
        return urljoin(base, said)
    except ValueError:
        return ""


def title_of(entry: Any) -> str:
    """Return the words in the title of an entry or a feed, which may be marked up."""
    detail = entry.get("title_detail") or {}
    title = _said(entry.get("title"))
    return squeeze(clean(title)) if detail.get("type") == _PLAIN else words_of(title)


def _content(entry: Any) -> tuple[tuple[bool, str] | None, bool]:
    """Return the entry's text as ``(plain, text)``, the longest there is, and whether it is an excerpt only."""
    whole = [c for c in entry.get("content") or () if _said(c.get("value")) and _WORDS.search(c.get("type") or "")]
    if whole:
        best = max(whole, key=lambda c: len(c["value"]))
        return _unmarked(best["value"], best.get("type")), False
    summary = _said(entry.get("summary"))
    if not summary:
        return None, False
    is_plain, text = _unmarked(summary, (entry.get("summary_detail") or {}).get("type"))
    return (is_plain, text), _is_excerpt(text, is_plain=is_plain)


def _is_excerpt(text: str, *, is_plain: bool) -> bool:
    """Whether a description is too short for an article, or says at its end that there is more."""
    words = squeeze(text if is_plain else unescape(_TAGS.sub(" ", text)))
    return len(words) < _SHORT or _CUT.search(words[-20:]) is not None


def _unmarked(text: str, kind: str | None) -> tuple[bool, str]:
    """Return whether ``text`` is plain, and the text; a description without a tag is plain, whatever it is called."""
    if kind == _PLAIN:
        return True, text
    return (False, text) if _TAG.search(text) else (True, unescape(text))


def _date(entry: Any) -> str | None:
    # asked for what is not there, feedparser answers with another date
    for key in (key for key in ("published", "created", "updated") if key in entry):
        raw = _said(entry.get(key))
        if raw and (found := dates.iso(raw)):
            return found
        parsed = entry.get(f"{key}_parsed")
        if parsed and (found := _day(parsed)):
            return found
    return None


def _day(parsed: Any) -> str | None:
    try:
        return dates.iso(datetime.date(*parsed[:3]).isoformat())
    except ValueError:
        return None


def _authors(entry: Any) -> str | None:
    printed = _said(entry.get("author"))[:_LONGEST_AUTHOR]
    if mailed := _MAILED.fullmatch(printed):
        names = [mailed.group(1) or mailed.group(2)]
    else:
        names = [_said(each.get("name")) for each in entry.get("authors") or () if isinstance(each, dict)]
    kept = dict.fromkeys(words_of(name) for name in names if mailed or "@" not in printed + name)
    return ", ".join(name for name in kept if any(map(str.isalpha, name)) and "://" not in name) or None


def words_of(text: str) -> str:
    """Return the words of a piece of HTML, or of a text that may be one."""
    if not _MARKED_UP.search(text):
        return squeeze(clean(text))
    try:
        page = dom.parse(text)
    except ReadError:
        return ""
    return squeeze(" ".join(part.text for part in dom.parts(page))) if page else ""


def _said(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
