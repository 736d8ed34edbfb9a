"""Promise 1: each quotation is a verbatim piece of its stored article at recorded offsets, or there is no site."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from digest.model import SAYS, Analysis, Article, DigestError, Quotation, Source, Words


def demand(analyses: Iterable[Analysis]) -> None:
    """Check each quotation against its article. Raises DigestError naming the first article and quotation that fail."""
    for analysis in analyses:
        article, seen = analysis.article, set()
        starts = [block.start for block in article.blocks]
        for quotation in analysis.quotations:
            wrong = _wrong(article, quotation, starts)
            if not wrong and quotation.id in seen:
                wrong = "another quotation of the article has the same id, so that links would lead to the wrong place"
            seen.add(quotation.id)
            if wrong:
                raise DigestError(
                    f"{article.path}: quotation {quotation.id} at {quotation.start}–{quotation.end}: {wrong}. "
                    f"Nothing is published that is not evidence; see “digest explain {article.path}” and report the "
                    "case, or move the file out of the folder until it is mended"
                )


def _wrong(article: Article, quotation: Quotation, starts: Sequence[int]) -> str | None:
    """Return what is wrong with a quotation, or None; ``starts`` are those of the article's blocks."""
    start, end = quotation.start, quotation.end
    if not 0 <= start < end <= len(article.text):
        return f"it does not stand inside the article's {len(article.text)} characters"
    place = bisect_right(starts, start) - 1
    if quotation.kind in SAYS and (place < 0 or start >= article.blocks[place].end):
        return "it begins outside every block of the article, so that it would have no place on the page"
    if (quotation.kind in ("direct", "mixed")) != bool(quotation.parts) and quotation.kind != "fragment":
        return f"it is {quotation.kind}, but the number of its quoted parts is {len(quotation.parts)}"
    for part in quotation.parts:
        if not start <= part.start < part.end <= end:
            return f"its part at {part.start}–{part.end} lies outside it"
    if any(a.end > b.start for a, b in pairwise(quotation.parts)):
        return "its parts overlap or are out of order"
    pieces: list[Words | Source | None] = [*quotation.parts, quotation.cue, quotation.source]
    for piece in pieces:
        if piece and not _verbatim(article, piece):
            return f"“{piece.text}” is not what the article says at {piece.start}–{piece.end}"
    return None


def _verbatim(article: Article, piece: Words | Source) -> bool:
    return 0 <= piece.start < piece.end and article.text[piece.start : piece.end] == piece.text
