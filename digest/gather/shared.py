"""Which articles print the same words: wire copy, edited versions, reprints.

Each article is a set of shingles, four folded words in a row (Broder, "On the resemblance and containment of
documents", 1997). Only shingles whose checksum is divisible by ``SAMPLE`` are kept, the same ones in every article,
so that containment can be estimated from few of them.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from digest.dossiers import ArticleDossier, Shared

SHINGLE = 4
SAMPLE = 4
"""One shingle in four is looked at: on an article of 300 words the share is right within some 5 of 100."""
LEAST = 10
"""From so many shared words in 100 an article is listed; below, common phrases and one quotation make noise."""
COMMON = 50
"""A shingle that stands in more articles than this is a set phrase, not a copy."""
SHOWN = 10

_WORD = re.compile(r"\w+")


def shared(articles: Sequence[ArticleDossier]) -> tuple[ArticleDossier, ...]:
    """Return the articles, each with those that print the same words, most shared first."""
    held = [_shingles(article.article.text) for article in articles]
    where: dict[int, list[int]] = defaultdict(list)
    for n, shingles in enumerate(held):
        for shingle in shingles:
            where[shingle].append(n)
    found = []
    for n, article in enumerate(articles):
        others: Counter[int] = Counter()
        for shingle in held[n]:
            if 1 < len(where[shingle]) <= COMMON:
                others.update(where[shingle])
        del others[n]
        found.append(replace(article, shared=_listed(others, len(held[n]), articles)))
    return tuple(found)


def _listed(others: Counter[int], size: int, articles: Sequence[ArticleDossier]) -> tuple[Shared, ...]:
    shares = [(round(100 * n / size), other) for other, n in others.items() if n > 1 and 100 * n >= LEAST * size]
    shares.sort(key=lambda x: (-x[0], x[1]))
    return tuple(Shared(articles[m].article, articles[m].outlet, share) for share, m in shares[:SHOWN])


def _shingles(text: str) -> frozenset[int]:
    words = _WORD.findall(text.casefold())
    sums = (zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))
    return frozenset(s for s in sums if s % SAMPLE == 0)
