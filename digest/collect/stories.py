"""From what was fetched to the file of a story. Nothing here fetches or writes anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from digest import read
from digest.collect import addresses, feeds, markdown
from digest.collect.fetch import Answer
from digest.collect.types import Feed, Item, Source
from digest.decisions import ArticleMeta
from digest.model import Article
from digest.read import ReadError
from digest.read.draft import Piece as Block
from digest.read.draft import laid_out
from digest.read.encoding import declared_in, decode
from digest.read.packs import Piece
from digest.text import clip

SHORT = "it holds less than half of the text that the feed gives"
FULL = 100
"""Words from which on the text that a feed gives counts as the story's own: a teaser is a sentence or two."""

PAGES = ("text/html", "application/xhtml+xml")
_PLACE = Path(".collected")
_NOTES, _LONGEST_NOTE = 10, 300
_OTHERWISE = "its file does not read back to the title and blocks that its page had"


def from_page(answer: Answer, item: Item | None, languages: tuple[str, ...]) -> Article:
    """Return the article in a fetched page; its address is the one that the page states, where that can be true.

    What the host says of the encoding goes before what the page says (HTML, "Determining the character encoding"). The
    date and the byline of ``item`` count where the page states none. Raises ReadError where there is no article.
    """
    if answer.kind not in PAGES and not feeds.is_page(answer.body):
        raise ReadError("format", f"it is no web page, but “{answer.kind or 'of no stated kind'}”")
    charset = (answer.charset or "").encode("ascii", "replace")
    declared = declared_in(b'<meta charset="%s">' % charset) or declared_in(answer.body)
    text, note = decode(answer.body, declared)
    lent = ArticleMeta(published=item.facts.published, byline=item.facts.byline) if item else ArticleMeta()
    article = read.from_piece(Piece(".html", text.encode(), lent, None, (note,) if note else ()), languages)
    return replace(article, url=addresses.canonical(article.url, answer.address))


def from_feed(item: Item, why: str, languages: tuple[str, ...]) -> Article | None:
    """Return the article that a feed's entry holds itself, None where it is only an excerpt or a few words.

    ``why`` is why the page is not what is read; a note says so.
    """
    if item.piece is None or item.piece.notes:
        return None
    try:
        article = read.from_piece(item.piece, languages)
    except ReadError:
        return None
    if len(article.text.split()) < FULL:
        return None
    note = f"the text is what the feed gives, for the page could not be had: {why}"
    return replace(article, url=item.address, outlet=None, notes=(note, *article.notes))


def is_richer(given: Article, article: Article) -> bool:
    """Whether what a feed gives of a story is at least twice as long as its page: then a wall was in the way."""
    return len(given.text) >= 2 * len(article.text)


def settled(article: Article, source: Source, feed: Feed | None, item: Item | None, old: Article | None) -> Article:
    """Return ``article`` with the gaps filled from its entry, its feed, and what its file said before.

    A person's name for the outlet goes before everything. What a list or a feed is called is lent only to stories of
    the same site: of others it merely collects.
    """
    near = [source.address, *([feed.home] if feed and feed.home else [])]
    ours = any(addresses.same_site(article.url or "", each) for each in near)
    told = item.facts if item else ArticleMeta()
    # an entry may name whom it was taken from; otherwise the feed's own title stands there
    taken = told.outlet if feed and told.outlet != feed.title else None
    lent = (source.name or (feed.title if feed else None)) if ours else None
    article = replace(
        article,
        outlet=source.outlet or article.outlet or taken or lent or (old.outlet if old else None),
        published=article.published or (old.published if old else None),
        byline=article.byline or (old.byline if old else None),
    )
    has_title = bool(article.blocks) and article.blocks[0].kind == "title"
    named = told.title or (old.title if old else None)
    if has_title or not named:
        return article
    pieces = [Block(b.kind, article.piece(b.start, b.end)) for b in article.blocks]
    text, blocks = laid_out([Block("title", named), *pieces])
    return replace(article, title=named, text=text, blocks=blocks)


def rendered(article: Article, fetched: str, languages: tuple[str, ...]) -> str:
    """Return the file of ``article``, which reads back to the same title, blocks and text; else a note says so.

    Notes that reading the file makes anew are not written into it. Raises ReadError where it could not be read.
    """
    made = markdown.written(article, fetched)
    back = read_back(made, languages)
    notes = [clip(note, _LONGEST_NOTE) for note in article.notes if note not in back.notes]
    if (back.title, back.text, back.blocks) != (article.title, article.text, article.blocks):
        notes.insert(0, _OTHERWISE)
    return markdown.written(article, fetched, notes[:_NOTES])


def read_back(text: str, languages: tuple[str, ...]) -> Article:
    """Return the article in a story's file. Raises ReadError where it cannot be read."""
    return read.read(_PLACE / "story.md", _PLACE, None, languages, text.encode())
