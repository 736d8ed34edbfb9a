"""The article page's text: blocks as rows, each with its layers in place and its notes beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from digest.dossiers import ArticleDossier, Line
from digest.model import Article, Block, BlockKind
from digest.page.layers import Layer, layered, markup
from digest.page.words import PRINTED

_CLOSING = frozenset(PRINTED + ".,;:!?…)]")
_NEAR = 3
"""A misplaced mark stands at most so many characters before the words it opens."""


@dataclass(frozen=True, slots=True)
class Row:
    """One block as it is shown, with the quotations whose notes stand beside it. ``aside`` is what the page adds."""

    kind: BlockKind
    html: Markup
    notes: tuple[Line, ...]
    aside: str = ""


def rows(dossier: ArticleDossier) -> list[Row]:
    """Return the blocks of an article in order. Together their text is the article's text, block by block."""
    article = dossier.article
    layers = [layer for line in dossier.lines for layer in _layers(article, line)]
    at, beside = defaultdict(list), defaultdict(list)
    for line in dossier.lines:
        place = _home(article, line)
        beside[place].append(line)
        at[_after(article, line)].append(line.number)
    shown: set[str] = set()
    found = []
    for n, block in enumerate(article.blocks):
        own = [x for x in layers if x.start < block.end and x.end > block.start]
        # A content that runs over two blocks has its anchor in the first.
        first = [Layer(x.kind, x.start, x.end, None if x.id in shown else x.id) for x in own]
        shown |= {x.id for x in own if x.id}
        notes = {place: numbers for place, numbers in at.items() if block.start < place <= block.end}
        html = markup(layered(article.text, block.start, block.end, first, notes))
        found.append(Row(block.kind, html, tuple(beside[n]), _aside(dossier, block)))
    return found


def _layers(article: Article, line: Line) -> Iterator[Layer]:
    q = line.quotation
    yield Layer("con", q.start, q.end, q.id)
    yield from (Layer("part", part.start, part.end) for part in q.parts)
    if q.source:
        yield Layer("src", q.source.start, q.source.end)
    if q.cue:
        yield Layer("cue", q.cue.start, q.cue.end)
    for flaw in q.flaws:
        if place := _flawed(article, line, flaw):
            yield place


def _flawed(article: Article, line: Line, flaw: str) -> Layer | None:
    """Return where a damaged mark shows: a missing one at its place, a misplaced one on itself."""
    text, start, end = article.text, line.quotation.start, line.quotation.end
    if flaw.startswith("no opening"):
        return Layer("flaw", start, start + len(text[start:end].split()[0]))
    if flaw.startswith("no closing"):
        # The caret stands before what follows the words; where nothing does, at the last character.
        return Layer("flaw", end, end + 1) if text[end : end + 1].strip() else Layer("flaw", end - 1, end)
    if flaw.startswith("opening"):
        marks = [i for i in range(max(0, start - _NEAR), start) if text[i] in PRINTED]
        return Layer("flaw", marks[-1], marks[-1] + 1) if marks else None
    return None


def _home(article: Article, line: Line) -> int:
    """Return the block in which a quotation begins."""
    start = line.quotation.start
    return next(n for n, block in enumerate(article.blocks) if block.start <= start < block.end)


def _after(article: Article, line: Line) -> int:
    """Return where a quotation's number stands: after its last word in its last block and the marks that close it."""
    ends = [min(b.end, line.quotation.end) for b in article.blocks if b.start < line.quotation.end]
    block = [b for b in article.blocks if b.start < line.quotation.end][-1]
    place = ends[-1]
    while place < block.end and article.text[place] in _CLOSING:
        place += 1
    return place


def _aside(dossier: ArticleDossier, block: Block) -> str:
    if block.kind != "caption":
        return ""
    printed = dossier.article.text[block.start : block.end]
    words = printed.strip(" .")
    people = {m.text for m in dossier.analysis.mentions if block.start <= m.start < block.end and m.type == "person"}
    stop = "" if printed.endswith(".") else "."
    return f"{stop} The person in the picture, not the author." if words in people else ""


def title_row(found: Sequence[Row]) -> Row | None:
    """Return the headline's row, or None where the headline stands outside the text."""
    return next((row for row in found if row.kind == "title"), None)
