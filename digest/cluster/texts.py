"""Which articles are reports of one text: wire copy, reprints, edited versions, excerpts.

Articles are taken from the earliest to the latest. Each joins the text whose first report it shares its words with, or
begins a text of its own; so what is compared never grows with the number of copies, and copies of copies form no chain.
``SAME`` and the numbers beside it were chosen by counting, as docs/method.md says.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from digest.model import Article
from digest.shingles import COMMON, sampled, shingles, words
from digest.text import digest_of

SAME = 65
"""From so many in 100 of its shingles that stand in the longer one, the shorter article is a report of the same text.
Below are follow-ups that repeat their background."""
SHORT, SHORT_SAME = 40, 85
"""Below so many shingles an article may be a form that was filled in, so nearly all of it has to be the same."""
PART = 20
"""An excerpt is at least so many in 100 of the longer article; what is less is a piece of something else."""
FIGURES = 85
"""Of the figures of the shorter article so many in 100 stand in the longer one. A form that is filled in week by week
keeps its words and changes its figures."""
LIKE_LONG = 1.02
"""Of two articles of which neither has so many times the shingles of the other, the figures of both count."""
OTHER_FIGURE = 100
"""One other figure in so many shingles is an edit, whatever the share: a toll that rose, a date put right."""
EXCERPTS = 10
"""So many in 100 of an excerpt's shingles stand in every other excerpt of the text. Two that have nothing in common are
two texts, though one article prints both."""
ESTIMATE = 40
"""From so many in 100 sampled shingles, two articles are compared by all their shingles and figures."""
TRIED = 4
"""An article is compared with so many texts, those first of which it shares most."""
_KEPT = 8
"""So many first reports keep their shingles between two comparisons; a run of copies needs one."""

# "1,250", "6-1/8", "12:30" and "3.4" are one figure each.
_FIGURE = re.compile(r"\d+(?:[.,:/-]+\d+)*")

_How = Literal["whole", "excerpt"]


@dataclass(frozen=True, slots=True)
class _Printed:
    """An article as it is compared: all its shingles, and the sampled ones."""

    article: Article
    every: frozenset[int]
    few: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text by its first report, with the sampled shingles of that, and those of them that stand in all excerpts."""

    first: Article
    few: frozenset[int]
    excerpts: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Known:
    """The texts found so far, and the places of those that a sampled shingle or all words of an article stand in."""

    texts: list[_Text] = field(default_factory=list)
    by_words: dict[str, int] = field(default_factory=dict)
    by_shingle: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))


def texts(articles: Iterable[Article]) -> dict[str, str]:
    """Return the text of every article, both as ids: a text has the id of its earliest report, undated ones last.

    The order of ``articles`` does not matter. Takes time with the length of all texts together: an article is compared
    with at most ``TRIED`` others, and a shingle leads to at most ``COMMON``.
    """
    known = _Known()
    found = {}
    for article in sorted(articles, key=lambda a: (not a.published, a.published or "", a.id)):
        folded = words(article.text)
        key = digest_of(*folded) if folded else article.id
        place = known.by_words.get(key)
        if place is None:
            every = shingles(folded)
            place = _placed(_Printed(article, every, sampled(every)), known)
            known.by_words[key] = place
        found[article.id] = known.texts[place].first.id
    return found


def _placed(printed: _Printed, known: _Known) -> int:
    """Return the place in ``known`` of the text that an article is a report of, or of the one that it begins there."""
    for place in _likely(printed.few, known):
        text = known.texts[place]
        how = _same(printed, text.first)
        if how == "whole":
            return place
        if how == "excerpt" and 100 * len(text.excerpts & printed.few) >= EXCERPTS * len(printed.few):
            known.texts[place] = replace(text, excerpts=text.excerpts & printed.few)
            return place
    place = len(known.texts)
    known.texts.append(_Text(printed.article, printed.few, printed.few))
    for shingle in printed.few:
        if len(known.by_shingle[shingle]) <= COMMON:
            known.by_shingle[shingle].append(place)
    return place


def _likely(few: frozenset[int], known: _Known) -> list[int]:
    """Return the places of the texts that an article with the sampled shingles ``few`` may be a report of."""
    shared: Counter[int] = Counter()
    for shingle in few:
        if len(held := known.by_shingle.get(shingle, ())) <= COMMON:
            shared.update(held)
    estimates = ((100 * n / min(len(few), len(known.texts[place].few)), place) for place, n in shared.items())
    ordered = sorted((-estimate, place) for estimate, place in estimates if estimate >= ESTIMATE)
    return [place for _, place in ordered[:TRIED]]


def _same(printed: _Printed, first: Article) -> _How | None:
    """Return whether an article is a report of the text that ``first`` begins, of most of it or an excerpt."""
    others = _shingles_of(first.text)
    n, mine, its = len(printed.every & others), len(printed.every), len(others)
    shorter, longer = min(mine, its), max(mine, its)
    if 100 * n < (SAME if shorter >= SHORT else SHORT_SAME) * shorter or 100 * n < PART * longer:
        return None
    figures, its_figures = _figures(printed.article.text), _figures(first.text)
    if mine <= LIKE_LONG * its and not _kept(figures, its_figures, mine):
        return None
    if its <= LIKE_LONG * mine and not _kept(its_figures, figures, its):
        return None
    return "whole" if 100 * n >= SAME * its else "excerpt"


def _figures(text: str) -> Counter[str]:
    return Counter(_FIGURE.findall(text))


def _kept(figures: Counter[str], others: Counter[str], size: int) -> bool:
    """Whether the figures of an article of ``size`` shingles are among ``others``, but for an edit."""
    kept = (figures & others).total()
    return 100 * kept >= FIGURES * figures.total() or OTHER_FIGURE * (figures.total() - kept) <= size


@functools.lru_cache(maxsize=_KEPT)
def _shingles_of(text: str) -> frozenset[int]:
    return shingles(words(text))
