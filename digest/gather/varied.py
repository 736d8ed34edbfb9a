"""What the reports of one text print otherwise than the earliest of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.dossiers import ArticleDossier, Shared
from digest.edits import Variation
from digest.gather.difference import Budget
from digest.gather.edits import variation
from digest.gather.frame import Frame
from digest.text import plain

WORK = 1_000_000
"""Comparisons for one report at the most: every report of a large monitor may be one of several."""


def varied(articles: Sequence[ArticleDossier], known: Frame) -> tuple[ArticleDossier, ...]:
    """Return the articles; of each text the earliest and every other report say in what these two differ.

    Each report is compared with the earliest alone, so that the time it takes grows with the number of reports. Nothing
    is said of those of which only excerpts are there: what is left out of one is no difference.
    """
    by_id = {dossier.article.id: dossier for dossier in articles}
    found: dict[str, Variation] = {}
    for dossier in articles:
        if dossier.text != dossier.article.id:
            here = {line.quotation.id for line in dossier.lines}
            first = by_id[dossier.text].analysis
            if first.article.gaps or dossier.article.gaps:
                continue
            found[dossier.article.id] = variation(first, dossier.analysis, here, known, Budget(WORK), plain)
    return tuple(replace(dossier, reports=tuple(_reports(dossier, found))) for dossier in articles)


def _reports(dossier: ArticleDossier, found: Mapping[str, Variation]) -> Iterator[Shared]:
    own = dossier.article.id
    for other in dossier.reports:
        if own == dossier.text:
            yield replace(other, varied=found.get(other.article.id))
        else:
            yield replace(other, varied=found.get(own)) if other.article.id == dossier.text else other
