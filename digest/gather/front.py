"""The front page: one quotation large, the latest ones, and who speaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice

from digest.dossiers import ArticleDossier, Front, Open
from digest.gather import clusters, counts
from digest.gather.frame import Frame
from digest.gather.time import DATED, week
from digest.lines import Line, unnamed, unresolved
from digest.relations import Story

LATEST = 7
AN_ARTICLE = 2
"""So many of one article's quotations are among the latest, so that one long article does not fill the page."""
SHORTEST, LONGEST = 25, 180
"""The quotation set large has so many characters: a thought, and short enough for its size."""
SPARKS = 8
STORIES = 6
CERTAIN = 0.9
"""The quotation set large is as sure as the program gets of a name that stands beside the words."""


def front(
    articles: Sequence[ArticleDossier], lines: Sequence[Line], known: Frame, groups: Mapping[str, Story]
) -> Front:
    """Return the front page of an edition whose ``lines`` are newest first."""
    lead = next((line for line in lines if _leads(line)), None) or next(iter(lines), None)
    rest = [line for line in lines if line is not lead]
    latest = rest[:12] if len(articles) == 1 else list(islice(_varied(rest, lead), LATEST))
    dates = sorted({a.article.published for a in articles if a.article.published})
    weeks = sorted({week(date) for date in dates})[-SPARKS:]
    sparks = [frozenset(date for date in dates if week(date) == monday) for monday in weeks]
    return Front(
        lead=lead,
        latest=tuple(latest),
        voices=counts.voices(lines, known, sparks if len(weeks) >= DATED else ()),
        topics=counts.by_topic(lines),
        outlets=counts.by_outlet(lines),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        weeks=tuple(weeks),
        stories=tuple(story for story in clusters.on(articles, groups) if story.several)[:STORIES],
    )


def questions(articles: Sequence[ArticleDossier], lines: Sequence[Line]) -> Open:
    """Return what a person can settle."""
    return Open(
        unresolved=tuple(line for line in lines if unresolved(line.quotation)),
        anonymous=tuple(x for x in lines if unnamed(x.quotation) and not x.quotation.decided),
        unsure=tuple(line for line in lines if line.unsure and not unresolved(line.quotation)),
        damaged=tuple(line for line in lines if line.quotation.flaws and not line.quotation.decided),
        undated=tuple(a.article for a in articles if not a.article.published),
        unnamed=tuple(a.article for a in articles if not a.outlet.name),
    )


def _leads(line: Line) -> bool:
    """Whether a quotation can stand large: whole, verbatim, certain and undamaged."""
    quotation = line.quotation
    whole = quotation.kind == "direct" and len(quotation.parts) == 1 and not quotation.flaws
    sure = line.speaker is not None and quotation.confidence >= CERTAIN
    return whole and sure and SHORTEST <= len(line.words) <= LONGEST


def _standing(lines: Sequence[Line], lead: Line | None) -> Sequence[Line]:
    """Return which of an article's quotations can stand for it: those that are clear and of some words, or all where
    there is none. ``lead`` is such a one already.
    """
    clear = [x for x in lines if x.speaker and x.clear and len(x.words) >= SHORTEST]
    return clear or ([] if lead and lead.clear and lead.article == lines[0].article else lines)


def _varied(lines: Iterable[Line], lead: Line | None) -> Iterator[Line]:
    """Yield the quotations of resolved speakers, a few an article, ``lead`` among them, and what is said once.

    Of each article the clear ones stand for it, where it has any.
    """
    held = Counter([lead.article.id] if lead else [])
    seen = {lead.utterance} if lead else set()
    by_article = (list(own) for _, own in groupby(lines, key=lambda line: line.article.id))
    for line in (line for own in by_article for line in _standing(own, lead)):
        if line.speaker and line.utterance not in seen and held[line.article.id] < AN_ARTICLE:
            seen.add(line.utterance)
            held[line.article.id] += 1
            yield line
