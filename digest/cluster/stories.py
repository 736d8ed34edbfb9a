"""Which articles are on one story: near in time, with the same rare words and the same names.

The way of topic detection and tracking (Allan et al., "Topic detection and tracking pilot study", 1998), in one pass:
articles are taken from the earliest to the latest, and each joins the story that it is most like, or begins one. What
is compared are the words of an article and the actors that it names, each as a vector of tf-idf of its own, for names
hold across languages and tell events apart better than nouns do (Pouliquen et al., "Multilingual and cross-lingual news
topic tracking", 2004). A story is the sum of its articles: one that moves on takes its words along, and no chain of
pairs leads from one event to another. The numbers were chosen by counting, as docs/method.md says.
"""

from __future__ import annotations

import functools
import heapq
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from digest import language
from digest.model import Analysis
from digest.text import fold, spoken

DAYS = 7
"""A story stays open for so many days after its latest article."""
LIKE, FEW, DENSER = 0.3, 16, 0.03
"""From this likeness on an article joins a story, where so few articles are near in time. Where they are more, one of
them is more likely to be alike by chance: each time that they are twice as many, it has to be so much more like."""
NAMES = 0.4
"""So much of the likeness is that of the names, the rest that of the words."""
WORDED, NAMELESS = 0.2, 0.5
"""The words have to be so much alike at least, and some name the same: reports of two firms' earnings have the words
alone in common, and two events of a small country its names. Where one side names nobody, the words decide."""
ACROSS, IN_COMMON = 0.45, 3
"""Where a story has no article in the language of this one, the names alone decide: from this likeness on, and with so
many in common."""
TERMS = 60
"""An article is compared by so many words and so many names, those that weigh most."""
WORDS, LEAST_NAMES = 80, 3
"""An article of fewer words or names says too little for a story, and is like others only in part."""
FIRST = 400
"""So many words of an article are read: news says first what happened."""
HEADLINE = 3
"""A word of the headline counts for so many of the text."""
COMMON = 40
"""A term that so many open stories have leads to none of them: it is the week's subject, and no sign of a story."""
TRIED = 12
"""An article is compared with so many stories, those that share most of its terms."""
STEM = 6
"""Words that begin with the same six letters count as forms of one."""

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Article:
    """An article as it is compared; ``day`` counts days, None where it has no date. ``least`` is the likeness from
    which on it joins a story.
    """

    id: str
    language: str
    day: int | None
    words: Vector
    names: Vector
    least: float


@dataclass(slots=True)
class _Sum:
    """The sum of vectors; ``square`` is that of its length."""

    terms: dict[str, float] = field(default_factory=dict)
    square: float = 0.0

    def add(self, vector: Vector) -> None:
        """Add a vector."""
        for term, weight in vector.items():
            had = self.terms.get(term, 0.0)
            self.terms[term] = had + weight
            self.square += (2 * had + weight) * weight

    def like(self, vector: Vector) -> float:
        """Return the cosine of the sum and a vector of length one; 0 where either is empty."""
        both = sum(weight * self.terms.get(term, 0.0) for term, weight in vector.items())
        return both / math.sqrt(self.square) if self.square else 0.0


@dataclass(slots=True)
class _Story:
    """A story while it grows: its id, the day of its latest article, its words in each language and its names."""

    id: str
    day: int | None
    words: dict[str, _Sum] = field(default_factory=dict)
    names: _Sum = field(default_factory=_Sum)

    def add(self, article: _Article) -> None:
        """Take an article in."""
        self.day = article.day
        self.words.setdefault(article.language, _Sum()).add(article.words)
        self.names.add(article.names)

    def has(self, term: str, language: str) -> bool:
        """Whether a word of ``language`` or a name is in it."""
        words = self.words.get(language)
        return term in self.names.terms or (words is not None and term in words.terms)

    def near(self, day: int | None) -> bool:
        """Whether an article of ``day`` may still join; undated articles join undated ones only."""
        return self.day is None if day is None else self.day is not None and day - self.day <= DAYS

    def like(self, article: _Article) -> float:
        """Return how like an article is, 0 where it is not like enough to join."""
        names = self.names.like(article.names)
        if own := self.words.get(article.language):
            words = own.like(article.words)
            if not (self.names.terms and article.names):
                return words if words >= NAMELESS else 0.0
            both = NAMES * names + (1 - NAMES) * words
            return both if names and words >= WORDED and both >= article.least else 0.0
        common = sum(term in self.names.terms for term in article.names)
        return names if names >= ACROSS and common >= IN_COMMON else 0.0


def stories(analyses: Sequence[Analysis], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the story of every article, both as ids: a story has the id of its earliest article, undated ones last.

    ``texts`` names the text that an article is a report of; reports of one text are on one story. The order of
    ``analyses`` does not matter. Takes time with the length of all texts together: an article is compared by at most
    ``TERMS`` words and names with at most ``TRIED`` stories.
    """
    ordered = sorted(analyses, key=lambda a: (not a.article.published, a.article.published or "", a.article.id))
    firsts = [a for a in ordered if texts.get(a.article.id, a.article.id) == a.article.id]
    open_ = _Open()
    found = {article.id: open_.placed(article) for article in _compared(firsts)}
    return {a.article.id: found[texts.get(a.article.id, a.article.id)] for a in ordered}


class _Open:
    """The stories found so far, and which of them have a term."""

    def __init__(self) -> None:
        """Start without a story."""
        self._stories: list[_Story] = []
        self._having: dict[str, list[int]] = defaultdict(list)
        self._swept: dict[str, int | None] = {}

    def placed(self, article: _Article) -> str:
        """Return the id of the story that an article joins or begins."""
        likes = [(self._stories[n].like(article), -n) for n in self._likely(article)]
        like, place = max(likes, default=(0.0, 0))
        n = -place if like else len(self._stories)
        if not like:
            self._stories.append(_Story(article.id, article.day))
        story = self._stories[n]
        for term in (*article.words, *article.names):
            if not story.has(term, article.language):
                self._having[term].append(n)
        story.add(article)
        return story.id

    def _likely(self, article: _Article) -> list[int]:
        """Return the places of the open stories that share most of an article's terms."""
        shared: dict[int, float] = defaultdict(float)
        for vector in (article.words, article.names):
            for term, weight in vector.items():
                for n in self._open(term, article.day):
                    shared[n] += weight
        return heapq.nsmallest(TRIED, shared, key=lambda n: (-shared[n], n))

    def _open(self, term: str, day: int | None) -> list[int]:
        """Return the places of the open stories that have a term; none where they are many.

        A long list is gone through once a day, so that a word of every article costs no time with each of them.
        """
        held = self._having[term]
        if len(held) > COMMON and self._swept.get(term, -1) == day:
            return []
        held = self._having[term] = [n for n in held if self._stories[n].near(day)]
        self._swept[term] = day
        return held if len(held) <= COMMON else []


def _compared(analyses: Sequence[Analysis]) -> list[_Article]:
    words, names = [_words(a) for a in analyses], [_names(a) for a in analyses]
    in_language = Counter(a.article.language for a in analyses)
    having_words, having_names = (Counter(term for each in all_ for term in each) for all_ in (words, names))
    days = [date.fromisoformat(a.article.published).toordinal() if a.article.published else None for a in analyses]
    dated = [day for day in days if day is not None]
    return [
        _Article(
            id=a.article.id,
            language=a.article.language,
            day=day,
            least=_least(day, dated, len(days)),
            words=_vector(said, having_words, in_language[a.article.language], WORDS),
            names=_vector(named, having_names, len(analyses), LEAST_NAMES),
        )
        for a, day, said, named in zip(analyses, days, words, names, strict=True)
    ]


def _least(day: int | None, dated: Sequence[int], of: int) -> float:
    """Return the likeness from which on an article of ``day`` joins a story; ``dated`` are the sorted days of those
    that have one, ``of`` so many articles.
    """
    near = of - len(dated) if day is None else bisect_right(dated, day) - bisect_left(dated, day - DAYS)
    return LIKE + DENSER * max(0.0, math.log2(near / FEW))


def _vector(counts: Mapping[str, int], having: Mapping[str, int], of: int, least: int) -> dict[str, float]:
    """Return a vector of length one of the terms that weigh most; what one of ``of`` articles alone has is left out.

    With fewer terms than ``least`` it is as short as if the others had been there and stood nowhere else.
    """
    weights = {
        term: (1 + math.log(n)) * math.log(1 + of / having[term]) for term, n in counts.items() if having[term] > 1
    }
    kept = heapq.nsmallest(TERMS, weights, key=lambda term: (-weights[term], term))
    missing = max(1.0, least / max(1, len(counts)))
    length = math.sqrt(missing * sum(weights[term] ** 2 for term in kept))
    return {term: weights[term] / length for term in kept}


def _words(analysis: Analysis) -> Counter[str]:
    """Return how often an article has each stem; those of two languages are never the same."""
    article = analysis.article
    plain = _plain(article.language)
    found: Counter[str] = Counter()
    for text, times in ((article.title, HEADLINE), (article.text, 1)):
        for (_, _, word), _ in zip(spoken(text), range(FIRST), strict=False):
            if len(word) > 2 and word not in plain:
                found[f"{article.language}:{word[:STEM]}"] += times
    return found


def _names(analysis: Analysis) -> Counter[str]:
    return Counter(f"@{m.actor}" for m in analysis.mentions if m.actor and m.label == "name")


@functools.cache
def _plain(code: str) -> frozenset[str]:
    known = language.load(code)
    return frozenset(fold(word) for word in known.function_words | known.grammar)
