"""Web pages: trafilatura decides what belongs to the article, the tree says what each piece is and where it stands.

Trafilatura (Barbaresi 2021, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and
Extraction", ACL) finds the main text better than rules of one's own, but gives up captions, bylines and the order of
things. So its text is used as a sieve for the blocks of the page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bs4.element import Tag

from digest.read import dom, head
from digest.read.draft import Draft, Piece, is_headline, laid_out, same, titled
from digest.read.encoding import declared_in, decode
from digest.text import fold

_UNRELATED = frozenset({
    "ad", "ads", "advert", "advertisement", "advertising", "adslot", "anzeige", "anzeigen", "werbung", "sponsored",
    "promo", "newsletter", "cookie", "cookies", "consent", "share", "sharing", "social", "breadcrumb",
    "breadcrumbs", "comments", "sidebar", "related-articles",
})  # fmt: skip
_UNRELATED_TAGS = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"})
_UNRELATED_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "alert", "banner"})
_NEVER_CUT = frozenset({"html", "head", "body", "main", "article"})
_HIDING = re.compile(r"display:none|visibility:hidden")
_NO_SIZE = re.compile(r"font-size:0(?!\.?\d)")
_LISTINGS = frozenset({"ul", "ol", "dl", "table"})
_LONGEST_ITEM = 400
_CERTAIN = 40
# Trafilatura's second opinions take time with the square of the paragraphs. Of 900 measured pages none has as many.
_MANY_PARTS = 3_000
_MANY_ELEMENTS = 20_000
_ADDRESS = re.compile(r"https?://\S+$")
_BRACKETS = {"[": "]", "(": ")"}


def read(data: bytes) -> Draft:
    """Return the draft of a web page. Raises ReadError when it is not text or beyond the limits."""
    text, note = decode(data, declared_in(data))
    notes = [note] if note else []
    page = dom.parse(text)
    if page is None:
        return Draft("", (), "", notes=tuple(notes))
    known = head.facts_of(page)
    lang = head.language_of(page)
    name = head.title_element(page)
    parts = [part for part in dom.parts(page, _unrelated(page)) if not _ADDRESS.match(part.text)]
    main = _main_text(page, fast=len(parts) > _MANY_PARTS or len(page.elements) > _MANY_ELEMENTS)
    kept = _kept(parts, main) if main else []
    if not kept:
        kept = parts
        notes.append("the article could not be told from the rest of the page, so the whole page was taken")
    headline = _headline(parts, known.title, name, known.outlet)
    pieces = [Piece(p.kind, p.text) for p in _once(kept) if not (headline and same(p.text, headline))]
    if headline:
        pieces.insert(0, Piece("title", headline))
    pieces, title = titled(pieces, headline)
    laid, blocks = laid_out(pieces)
    # what stands over the text is its headline, whatever the page calls itself elsewhere
    known = replace(known, title=None)
    guess = None if known.published else head.guessed_date(page)
    return Draft(laid, blocks, title, known, "metadata" if known.published else "none", lang, guess, tuple(notes))


def _unrelated(page: dom.Page) -> set[int]:
    """Return (by ``id``) navigation, boxes, advertisements and hidden elements.

    Never one with more than half of the page's words or with a headline in it.
    """
    most = len(page.words) / 2
    headlines = [n for n, element in enumerate(page.elements) if element.name == "h1"]
    found = set()
    for element in page.elements:
        if element.name not in _NEVER_CUT and _is_unrelated(element):
            small = len(page.words_of(element)) <= most
            if small and not dom.holds(page, element, headlines):
                found.add(id(element))
    return found


def _is_unrelated(element: Tag) -> bool:
    if element.name in _UNRELATED_TAGS:
        return True
    if not element.attrs:
        return False
    if "hidden" in element.attrs or dom.attribute(element, "role") in _UNRELATED_ROLES:
        return True
    style = dom.attribute(element, "style").replace(" ", "").lower()
    if dom.attribute(element, "aria-hidden") == "true" or _HIDING.search(style):
        return True
    # around other elements it closes the gaps between them; around words it hides them
    if _NO_SIZE.search(style) and not any(isinstance(child, Tag) for child in element.contents):
        return True
    return not dom.classes(element).isdisjoint(_UNRELATED)


def _main_text(page: dom.Page, *, fast: bool) -> str | None:
    """Return the article's text as trafilatura finds it, or None; ``fast`` goes without its second opinions."""
    # it costs a third of a second to import, which plain text need not pay
    import trafilatura

    # its warnings ("discarding data") are answered here by a note on the article
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            page.tree, fast=fast, include_comments=False, include_tables=True, favor_recall=False
        )
    except Exception:  # noqa: BLE001 - trafilatura meets hostile pages here and raises what it likes; a note says so
        return None
    return getattr(found, "text", None) or None


def _kept(parts: Sequence[dom.Part], main: str) -> list[dom.Part]:
    """Return the parts that belong to the article: those in its text, and what stands among them."""
    lines = {_solid(piece.lstrip("-•* ")) for line in main.splitlines() for piece in (line, *line.split("|"))}
    whole = _solid(main)
    chosen = [part.kind != "caption" and _is_in(_solid(part.text), lines, whole) for part in parts]
    chosen = _completed(parts, chosen)
    body = [
        i
        for i, (part, yes) in enumerate(zip(parts, chosen, strict=True))
        if yes and part.kind in ("paragraph", "quote")
    ]
    if not body:
        return []
    first, last = body[0], body[-1]
    homes = {id(parts[i].element.parent if parts[i].element.name == "p" else parts[i].element) for i in body}
    start = _start(parts, first)
    kept = []
    for i, part in enumerate(parts):
        at_home = id(part.element.parent) in homes
        extra = (
            (start <= i <= last and part.kind in ("caption", "byline"))
            or (first < i < last and at_home and part.element.name == "p")
            or (i > first and at_home and _in_brackets(part.text))
        )
        if chosen[i] or extra:
            kept.append(part)
    return kept


def _completed(parts: Sequence[dom.Part], chosen: Sequence[bool]) -> list[bool]:
    """Return ``chosen`` with the rest of each list and table of which it has most already.

    Trafilatura drops what is nested in a cell or an item. A table or list that holds headings or a whole paragraph is
    the layout of a page.
    """
    tops = [_listing(part.element) for part in parts]
    inside: dict[int, list[int]] = {}
    for i, top in enumerate(tops):
        if top is not None:
            inside.setdefault(id(top), []).append(i)
    done = list(chosen)
    for members in inside.values():
        if all(parts[i].kind in ("list", "paragraph") and len(parts[i].text) <= _LONGEST_ITEM for i in members):
            words = sum(len(parts[i].text) for i in members)
            if sum(len(parts[i].text) for i in members if chosen[i]) * 2 >= words:
                for i in members:
                    done[i] = True
    return done


def _listing(element: Tag) -> Tag | None:
    """Return the outermost list or table that ``element`` stands in."""
    found = None
    above: Tag | None = element
    while above is not None:
        if above.name in _LISTINGS:
            found = above
        above = above.parent
    return found


def _once(parts: Sequence[dom.Part]) -> Iterator[dom.Part]:
    """Yield the parts without a byline or caption that has been there: many pages show it above and below the text."""
    seen = set()
    for part in parts:
        if part.kind in ("byline", "caption"):
            if part.text in seen:
                continue
            seen.add(part.text)
        yield part


def _start(parts: Sequence[dom.Part], first: int) -> int:
    """Return where the article's head begins: at the last headline before its first paragraph."""
    heads = [i for i in range(first) if parts[i].element.name == "h1"]
    return heads[-1] if heads else first


def _is_in(solid: str, lines: set[str], whole: str) -> bool:
    if solid in lines:
        return True
    # trafilatura may join two blocks or drop an inline element: enough of a long one decides
    return len(solid) >= _CERTAIN and (solid[:_CERTAIN] in whole or solid[-_CERTAIN:] in whole)


def _in_brackets(text: str) -> bool:
    return _BRACKETS.get(text[0], "\0") == text[-1]


def _headline(parts: Sequence[dom.Part], stated: str | None, name: str | None, outlet: str | None) -> str | None:
    """Return the page's headline: the h1 that metadata confirm, else what they state, else a lone h1 or the title."""
    h1s = [p.text for p in parts if p.element.name == "h1" and not (outlet and same(p.text, outlet))]
    for h1 in h1s:
        if stated and (fold(h1) in fold(stated) or (fold(stated) in fold(h1) and is_headline(h1))):
            return h1
    if stated:
        return stated
    # without metadata the page's name confirms it: "Headline | Outlet"
    confirmed = next((h1 for h1 in h1s if name and fold(name).startswith(fold(h1))), None)
    return confirmed or (h1s[0] if len(h1s) == 1 else _without_outlet(name, outlet) or next(iter(h1s), None))


def _without_outlet(name: str | None, outlet: str | None) -> str | None:
    """Return a page's name without the outlet's at its end (``Headline | Outlet``)."""
    for mark in (" | ", " - ", " – ", " — ", " · "):
        if name and outlet and mark in name:
            before, _, after = name.rpartition(mark)
            if same(after, outlet):
                return before
    return name


def _solid(text: str) -> str:
    """Return ``text`` without white space and without the bars that trafilatura sets between the cells of a table."""
    return "".join(text.replace("|", " ").split())
