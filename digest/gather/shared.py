"""What an article shares with others: the other reports of its text, and the texts that print some of its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from digest.dossiers import ArticleDossier, Shared
from digest.shingles import COMMON, sampled, share, shingles, words

LEAST = 10
"""From so many shared words in 100 a text is listed; below, common phrases and one quotation make noise."""
SHOWN = 10
REPORTS = 50
"""A page lists so many reports of its text, the earliest first."""


def shared(
    articles: Sequence[ArticleDossier], samples: Mapping[str, frozenset[int]] = MappingProxyType({})
) -> tuple[ArticleDossier, ...]:
    """Return the articles, each with the other reports of its text and those that print the same words, most first.

    A text that several print stands once, by its earliest report. ``samples`` are the shingles of those articles whose
    texts are not all there, by id.
    """
    held = [
        samples[a.article.id] if a.article.id in samples else sampled(shingles(words(a.article.text))) for a in articles
    ]
    reports = _reports(articles)
    where: dict[int, list[int]] = defaultdict(list)
    for own in reports.values():
        for shingle in held[own[0]]:
            where[shingle].append(own[0])
    found = []
    for n, article in enumerate(articles):
        others: Counter[int] = Counter()
        for shingle in held[n]:
            if len(leads := where.get(shingle, ())) <= COMMON:
                others.update(leads)
        own = reports[article.text]
        del others[own[0]]
        found.append(
            replace(
                article,
                shared=_listed(others, len(held[n]), articles),
                reports=tuple(_report(articles[m], held[n], held[m]) for m in own[: REPORTS + 1] if m != n)[:REPORTS],
                printed=len(own),
            )
        )
    return tuple(found)


def _reports(articles: Sequence[ArticleDossier]) -> Mapping[str, list[int]]:
    """Return the places of the reports of each text, the earliest first, which has the text's id."""
    found: dict[str, list[int]] = defaultdict(list)
    ordered = sorted(enumerate(articles), key=lambda x: _age(x[1]))
    for n, article in ordered:
        found[article.text].append(n)
    return found


def _age(dossier: ArticleDossier) -> tuple[bool, str, str]:
    article = dossier.article
    return not article.published, article.published or "", article.id


def _report(other: ArticleDossier, own: frozenset[int], others: frozenset[int]) -> Shared:
    # Articles too short for a sampled shingle are reports of one text only where every word is the same.
    return Shared(other.article, other.outlet, share(own, others) if own else 100)


def _listed(others: Counter[int], size: int, articles: Sequence[ArticleDossier]) -> tuple[Shared, ...]:
    shares = [(round(100 * n / size), other) for other, n in others.items() if n > 1 and 100 * n >= LEAST * size]
    shares.sort(key=lambda x: (-x[0], x[1]))
    return tuple(Shared(articles[m].article, articles[m].outlet, part) for part, m in shares[:SHOWN])
