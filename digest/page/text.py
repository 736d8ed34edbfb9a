"""The article page's text: blocks as rows, each with its layers in place and its notes beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from digest.dossiers import ArticleDossier
from digest.lines import Line
from digest.model import Article, Block, BlockKind
from digest.page.layers import Layer, layered, markup
from digest.page.sheets import LETTERS, ROW, WHOLE, Room, Sheet, Shown, sheets
from digest.page.words import PRINTED

_CLOSING = frozenset(PRINTED + ".,;:!?…)]")
_NEAR = 3
"""A misplaced mark stands at most so many characters before the words it opens."""


@dataclass(frozen=True, slots=True)
class Row:
    """One block as it is shown, with the quotations whose notes stand beside it. ``aside`` is what the page adds.

    A ``gap`` stands for blocks of which nothing is published. Into one that is ``joined`` a quotation runs from the
    block before it.
    """

    kind: BlockKind | Literal["gap"]
    html: Markup
    notes: tuple[Line, ...]
    aside: str = ""
    joined: bool = False


BEGINS = Room(WHOLE.rows, 16_500)
"""So much of the text stands on the page of an article, which shows other things as well; the rest on further pages."""
COMPARED = 2_500
"""So much less has room where the page tells as well what differs from earlier texts."""
NOTE, BESIDE = 180, 240
"""A note adds so many bytes to a compressed page, with its links to the source, to the commit and to a report, and so
many more where other wordings stand under it; the words come again in the links."""
ONWARD = 17
"""So many bytes less has room on the first page for each of its links to a quotation, or to its other wordings, on a
further page: they take 14 to 16, measured on articles with 400 to 3,000 quotations."""


def pages(dossier: ArticleDossier, found: Sequence[Row]) -> list[Sheet[Row]]:
    """Return the text of an article in pages: one, unless it is very long. No quotation stands on two of them."""
    room = Room(BEGINS.rows, BEGINS.weight - COMPARED) if dossier.reports or dossier.edited else BEGINS
    together: list[list[Row]] = []
    for row in found:
        if row.kind != "title":
            if row.joined and together:
                together[-1].append(row)
            else:
                together.append([row])
    every = sheets(together, dossier.url, dossier.url, _shown_together, room)
    if len(every) > 1:
        # more than there will be, for what stands on the first page needs no link; how many, the cut decides
        linked = sum(1 + bool(line.other_articles) for row in found for line in row.notes)
        every = sheets(
            together, dossier.url, dossier.url, _shown_together, Room(room.rows, room.weight - ONWARD * linked)
        )
    return [
        Sheet([row for each in sheet.rows for row in each], sheet.number, sheet.url, sheet.pages, sheet.total)
        for sheet in every
    ]


def _shown_together(rows: Sequence[Row]) -> Shown:
    return Shown(sum(_shown(row) for row in rows) + LETTERS * ROW * (len(rows) - 1))


def _shown(row: Row) -> int:
    beside = sum(BESIDE for line in row.notes if line.other_articles)
    said = sum(len(line.words.encode()) for line in row.notes)
    return len(row.html.encode()) + said + LETTERS * (NOTE * len(row.notes) + beside)


def rows(dossier: ArticleDossier) -> list[Row]:
    """Return the blocks of an article in order. Together their text is the article's text, block by block, but for its
    gaps: each of these is one sign, or one row where it is wider than a block.

    Every quotation begins inside a block, as ``gather`` demands.
    """
    article = dossier.article
    starts = [block.start for block in article.blocks]
    layers: dict[int, list[Layer]] = defaultdict(list)
    notes: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    beside: dict[int, list[Line]] = defaultdict(list)
    shown: set[str] = set()
    joined: set[int] = set()
    for line in dossier.lines:
        beside[bisect_right(starts, line.quotation.start) - 1].append(line)
        last = bisect_left(starts, line.quotation.end) - 1
        joined.update(range(bisect_right(starts, line.quotation.start), last + 1))
        notes[last][_after(article, line, article.blocks[last])].append(line.number)
        for layer in _layers(article, line):
            for n in _blocks(article, starts, layer.start, layer.end):
                # A content that runs over two blocks has its anchor in the first.
                layers[n].append(Layer(layer.kind, layer.start, layer.end, None if layer.id in shown else layer.id))
                shown |= {layer.id} if layer.id else set()
    gone: dict[int, bool] = {}
    for gap in article.gaps:
        first = True
        for n in _blocks(article, starts, gap.start, gap.end):
            if gap.start <= article.blocks[n].start and article.blocks[n].end <= gap.end:
                gone[n] = first
            else:
                layers[n].append(Layer("gap" if first else "cut", gap.start, gap.end))
            first = False
    return [
        Row("gap", Markup(""), ())
        if n in gone
        else Row(
            block.kind,
            markup(layered(article.text, block.start, block.end, layers[n], notes[n])),
            tuple(beside[n]),
            _aside(dossier, block),
            n in joined,
        )
        for n, block in enumerate(article.blocks)
        if gone.get(n, True)
    ]


def _blocks(article: Article, starts: Sequence[int], start: int, end: int) -> Iterator[int]:
    """Yield the places of the blocks of which ``start`` to ``end`` covers something."""
    for n in range(max(bisect_right(starts, start) - 1, 0), bisect_left(starts, end)):
        if start < article.blocks[n].end:
            yield n


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


def _after(article: Article, line: Line, block: Block) -> int:
    """Return where a quotation's number stands: after its last word in ``block``, its last, and the closing marks."""
    place = min(block.end, line.quotation.end)
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


def present(dossier: ArticleDossier, found: Sequence[Row]) -> frozenset[str]:
    """Return which layers the page shows anything of, as the ends of their classes: what no legend has to explain."""
    said = [line.quotation for line in dossier.lines]
    holds = {
        "src": any(q.source for q in said),
        "cue": any(q.cue for q in said),
        "con": bool(said),
        "part": any(q.parts for q in said),
        "flaw": any(_flawed(dossier.article, line, flaw) for line in dossier.lines for flaw in line.quotation.flaws),
        "ed": any(row.kind == "editor" for row in found),
    }
    return frozenset(layer for layer, held in holds.items() if held)


def title_row(found: Sequence[Row]) -> Row | None:
    """Return the headline's row, or None where the headline stands outside the text."""
    return next((row for row in found if row.kind == "title"), None)
