"""Excerpts: of an article whose text may not be published whole, what its quotations need.

The words that are left out are taken out of the text itself, so that no page, index, feed or export can show them,
whatever it makes of an article. Line ends stand in their place, one for a character, so every offset stays; the places
are the article's ``gaps``.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from digest.model import SAYS, Analysis, Article, DigestError, Quotation, Span
from digest.text import fold, outlet_key

Mode = Literal["full", "excerpts"]
MODES: tuple[Mode, ...] = get_args(Mode)

FILLER = "\n"
"""Stands for a character that is left out: words on both sides of it are no neighbours for anybody."""

# What the page of an article shows above its text, and what no licence lets anybody leave out.
_KEPT = frozenset({"title", "byline"})


@dataclass(frozen=True, slots=True)
class Publish:
    """How much of an article is published: what ``outlets`` says for the one that printed it, by name, else ``mode``.

    A name means the outlet whose page it would lead to, in whatever spelling an article has it (``outlet_key``).
    """

    mode: Mode = "full"
    outlets: Mapping[str, Mode] = field(default_factory=dict)

    def demand(self, articles: Iterable[Article]) -> None:
        """Raise DigestError with the first of ``misfits``: a slip would publish what it should not."""
        for problem in self.misfits(articles):
            raise DigestError(problem)

    def misfits(self, articles: Iterable[Article]) -> Iterator[str]:
        """Yield a sentence for each outlet that printed none of ``articles``, or that is named twice and differently.

        They are all that were read, those that are withheld too.
        """
        printed = {article.outlet for article in articles if article.outlet}
        folded = {fold(name): name for name in printed}
        keys = {outlet_key(name) for name in printed}
        said: dict[str, str] = {}
        for name, mode in self.outlets.items():
            other = said.setdefault(outlet_key(name), name)
            if self.outlets[other] != mode:
                yield f"mkdocs.yml: publish_by_outlet names “{other}” and “{name}”, one outlet, differently"
            if outlet_key(name) not in keys:
                near = difflib.get_close_matches(fold(name), folded, 1)
                way = f"did you mean “{folded[near[0]]}”?" if near else "write its name as the articles have it"
                yield f"mkdocs.yml: publish_by_outlet names “{name}”, which printed no article here; {way}"

    def idle(self, published: Iterable[Article]) -> tuple[str, ...]:
        """Return a sentence for each outlet that is named and of whose articles none is among those ``published``.

        That is no mistake, since ``demand`` found nothing: they are withheld, and may come back.
        """
        keys = {outlet_key(article.outlet) for article in published if article.outlet}
        return tuple(
            f"mkdocs.yml: publish_by_outlet names “{name}”, of whose articles all are withheld; the line has no effect"
            for name in self.outlets
            if outlet_key(name) not in keys
        )

    def excerpted(self, published: Iterable[Article]) -> frozenset[str]:
        """Return the ids of those articles of which only excerpts are published."""
        modes = {outlet_key(name): mode for name, mode in self.outlets.items()}
        return frozenset(
            article.id
            for article in published
            if (modes.get(outlet_key(article.outlet), self.mode) if article.outlet else self.mode) == "excerpts"
        )


def excerpted(analysis: Analysis, sentences: Sequence[tuple[int, int]]) -> Analysis:
    """Return the analysis of an article with nothing in its text but its headline, its byline and its quotations.

    A quotation stays with the whole sentences in which its words, its source and its cue stand, and with the heading
    above it. ``sentences`` are those of the article, as half-open offsets in order. Quotations that are not shown as
    speech go with the words around them; names, roles and topics stay, for they are no text.
    """
    article = analysis.article
    said = [q for q in analysis.quotations if q.kind in SAYS]
    kept = _merged(_kept(article, said, sentences))
    gaps = tuple(_between(article.text, kept))
    return replace(
        analysis,
        article=replace(article, text=_without(article.text, gaps), gaps=gaps),
        quotations=tuple(q for q in analysis.quotations if q.kind in SAYS or _inside(q, kept)),
    )


def _kept(
    article: Article, said: Sequence[Quotation], sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield what stays of an article's text, in any order."""
    begins, ends = [start for start, _ in sentences], [end for _, end in sentences]
    starts = [block.start for block in article.blocks]
    heading: list[int | None] = []
    for n, block in enumerate(article.blocks):
        heading.append(n if block.kind == "heading" else heading[-1] if heading else None)
        if block.kind in _KEPT:
            yield block.start, block.end
    for q in said:
        for start, end in ((p.start, p.end) for p in (q, q.source, q.cue) if p):
            yield start, end
            yield from sentences[bisect_right(ends, start) : bisect_left(begins, end)]
        above = heading[bisect_right(starts, q.start) - 1]
        if above is not None:
            yield article.blocks[above].start, article.blocks[above].end


def _merged(spans: Iterable[tuple[int, int]]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return found


def _between(text: str, kept: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches between what is kept, in order, but for those that hold only white space."""
    at = 0
    for span in (*kept, Span(len(text), len(text))):
        if text[at : span.start].strip():
            yield Span(at, span.start)
        at = span.end


def _without(text: str, gaps: Iterable[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for gap in gaps:
        pieces += (text[at : gap.start], FILLER * (gap.end - gap.start))
        at = gap.end
    return "".join([*pieces, text[at:]])


def _inside(q: Quotation, kept: Sequence[Span]) -> bool:
    n = bisect_right(kept, q.start, key=lambda span: span.start) - 1
    return n >= 0 and q.end <= kept[n].end
