"""Topics of an article: the IPTC Media Topics whose phrases it prints (``knowledge/topics.toml``).

One Aho-Corasick automaton a language holds every phrase of every topic, so an article is read once whatever its length
(Aho and Corasick 1975, "Efficient string matching", CACM 18:6). The topics of an article are those whose phrases
speak for them strongly enough; ``SCORE`` below says how that is counted.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

import ahocorasick_rs

from digest.knowledge import load_topics
from digest.language import Language
from digest.model import Analysis, Article, Span, TopicMatch, TopicRule

# SCORE. Every different phrase is a piece of evidence that a reader would miss the topic with probability 1 - weight,
# independently of the others (a noisy-or); the weight is that of the best place the phrase stands in. The score is
# 1 - product(1 - weight): in (0, 1), and it grows with every further phrase and with every better place.
WEIGHTS: Mapping[str, float] = {"title": 0.6, "heading": 0.4, "lead": 0.4, "paragraph": 0.3, "list": 0.3, "quote": 0.3}
# A phrase printed again and again is what the article is about; more than three times says no more than three.
REPEATED = 0.1
MOST_REPEATS = 2
# One phrase in the headline or the lead, or two anywhere. Measured (tools/measure_topics.py) on 2,225 news articles of
# five desks: threshold -> share of articles whose first topic lies in the desk's branch, articles without a topic:
# 0.3 -> 90.7 %, 4; 0.4 -> 90.2 %, 19; 0.5 -> 89.5 %, 43; 0.6 -> 85.8 %, 142. Below 0.4 a topic hangs on one word
# somewhere in the text.
THRESHOLD = 0.4
MOST = 5
# First stands the topic for which most speaks when the evidence of its whole branch is added, so that an article on a
# club's tax dispute is one of sport where the words of sport outweigh those of taxes; the others follow by their score,
# so that a branch with many topics does not push the others out.
KIN = 1.0

# Signs that print the same phrase differently; every one is replaced by one code point, so that offsets stay.
_SAME = {"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "‑": "-", "‐": "-"}


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase as the automaton holds it: in lower case, without its final asterisk."""

    text: str
    exact: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """The rule of one topic in one language, its phrases by their numbers."""

    topic: TopicRule
    any: tuple[int, ...]
    all: tuple[tuple[int, ...], ...]
    not_: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Matcher:
    """The phrases of one language, the automaton over them and the topics that use them.

    ``patterns`` has one entry an automaton pattern: the phrases that are the same in lower case, each with its number.
    ``users`` has one entry a phrase: the numbers of the rules that it speaks for.
    """

    automaton: ahocorasick_rs.AhoCorasick
    patterns: tuple[tuple[tuple[int, _Phrase], ...], ...]
    rules: tuple[_Rule, ...]
    users: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class _Found:
    """Where a phrase was found, in text order, and the weight of the best of these places."""

    weight: float = 0.0
    spans: list[Span] = field(default_factory=list)

    def strength(self) -> float:
        """Return how much the phrase speaks for a topic, in (0, 1)."""
        return min(0.95, self.weight + REPEATED * min(len(self.spans) - 1, MOST_REPEATS))


class _Cover:
    """Spans that can be asked in logarithmic time what they hold and what they touch."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Keep where the spans begin, and beside each how far it and those before it reach."""
        ordered = sorted(spans, key=lambda s: s.start)
        self._starts = [s.start for s in ordered]
        self._reach = list(accumulate((s.end for s in ordered), max))

    def holds(self, span: Span) -> bool:
        """Whether ``span`` lies inside one of the spans."""
        before = bisect_right(self._starts, span.start)
        return before > 0 and self._reach[before - 1] >= span.end

    def touches(self, span: Span) -> bool:
        """Whether ``span`` overlaps one of the spans."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._reach[before - 1] > span.start


def topics(article: Article, language: Language) -> tuple[TopicMatch, ...]:
    """Return the topics of ``article``, strongest first, at most ``MOST``.

    Only title, headings, paragraphs and lists count; ``article`` has its fine blocks (``blocks.refine``). A broader
    topic stands beside its narrower one only if other words than those of the narrower one speak for it. ``evidence``
    are the words as printed, in text order.
    """
    return _topics(article, _shipped(language.raw.code))


def with_own_topics(analyses: Iterable[Analysis], own: Sequence[TopicRule]) -> Iterator[Analysis]:
    """Yield the analyses with the topics of ``own`` behind those they have, on the article and on its quotations.

    These are looked for when an edition is made, so that no article is read anew for a topic that people add.
    """
    matchers: dict[str, _Matcher] = {}
    for analysis in analyses:
        code = analysis.article.language
        if own and code not in matchers:
            matchers[code] = _made(own, code)
        found = _topics(analysis.article, matchers[code]) if own else ()
        yield _with(analysis, found) if found else analysis


def _with(analysis: Analysis, found: Sequence[TopicMatch]) -> Analysis:
    quotations = []
    for q in analysis.quotations:
        words = analysis.article.text[q.start : q.end].casefold()
        own = tuple(t.id for t in found if any(e.casefold() in words for e in t.evidence))
        quotations.append(replace(q, topics=(*q.topics, *own)) if own else q)
    return replace(analysis, topics=(*analysis.topics, *found), quotations=tuple(quotations))


def _topics(article: Article, matcher: _Matcher) -> tuple[TopicMatch, ...]:
    if not matcher.rules:
        return ()
    found = _search(article, matcher)
    asked = sorted({n for phrase in found for n in matcher.users[phrase]})
    rules = [matcher.rules[n] for n in asked]
    evidence = {rule.topic.id: spoken for rule in rules if (spoken := _evidence(rule, found))}
    ruled = (rule.topic for rule in rules)
    kept = {topic.id: topic for topic in ruled if _score(evidence.get(topic.id, ())) >= THRESHOLD}
    for topic in sorted(kept.values(), key=lambda t: -len(t.parents)):
        narrower = [
            s for other in kept.values() if topic.id in other.parents for f in evidence[other.id] for s in f.spans
        ]
        if narrower and _score(_apart(evidence[topic.id], _Cover(narrower))) < THRESHOLD:
            del kept[topic.id]
    branches = _branches(rules, evidence)
    strength = {id_: _bits(evidence[id_]) + KIN * branches[topic.top] for id_, topic in kept.items()}
    return tuple(
        TopicMatch(id_, kept[id_].name, round(_score(evidence[id_]), 3), _printed(article, evidence[id_]))
        for id_ in _ordered(kept, strength, {id_: _score(evidence[id_]) for id_ in kept})
    )


def _ordered(ids: Iterable[str], strength: Mapping[str, float], score: Mapping[str, float]) -> list[str]:
    """Return the topic whose branch speaks loudest, then the others by their own score, at most ``MOST``."""
    rest = sorted(ids, key=lambda id_: (-score[id_], id_))
    first = sorted(rest, key=lambda id_: -strength[id_])[:1]
    return [*first, *(id_ for id_ in rest if id_ not in first)][:MOST]


def _branches(rules: Iterable[_Rule], evidence: Mapping[str, Sequence[_Found]]) -> dict[str, float]:
    """Return how strongly all different phrases of a branch speak for it together, by the id of its topmost topic."""
    phrases: defaultdict[str, dict[int, _Found]] = defaultdict(dict)
    for rule in rules:
        phrases[rule.topic.top].update((id(found), found) for found in evidence.get(rule.topic.id, ()))
    return {top: _bits(found.values()) for top, found in phrases.items()}


def _bits(evidence: Iterable[_Found]) -> float:
    """Return the score on a scale that never ends: the negative logarithm of the chance to miss all the evidence."""
    return -sum(math.log(1 - found.strength()) for found in evidence)


def _score(evidence: Iterable[_Found]) -> float:
    missed = 1.0
    for found in evidence:
        missed *= 1 - found.strength()
    return 1 - missed


def _search(article: Article, matcher: _Matcher) -> dict[int, _Found]:
    """Return every phrase that stands in the article, by its number, with its places."""
    found: defaultdict[int, _Found] = defaultdict(_Found)
    lead = next((b for b in article.blocks if b.kind == "paragraph"), None)
    same = _alike(article.text)
    low = _lower(same)
    for block in article.blocks:
        weight = WEIGHTS["lead"] if block is lead else WEIGHTS.get(block.kind)
        if weight is None:
            continue
        for phrase, start, end in _matches(same[block.start : block.end], low[block.start : block.end], matcher):
            place = found[phrase]
            place.weight = max(place.weight, weight)
            place.spans.append(Span(block.start + start, block.start + end))
    return found


def _matches(same: str, low: str, matcher: _Matcher) -> Iterator[tuple[int, int, int]]:
    """Yield every phrase in ``same`` at word boundaries; an open end runs to the end of its word.

    ``low`` is ``same`` in lower case, code point for code point.
    """
    for index, start, end in matcher.automaton.find_matches_as_indexes(low, overlapping=True):
        if start and low[start - 1].isalnum():
            continue
        stop = end
        while stop < len(low) and low[stop].isalnum():
            stop += 1
        for number, phrase in matcher.patterns[index]:
            if (phrase.open_end or stop == end) and (not phrase.exact or same[start:end] == phrase.text):
                yield number, start, stop


def _alike(text: str) -> str:
    """Return ``text`` with one sign for those that print the same phrase differently, code point for code point."""
    for sign, plain in _SAME.items():
        text = text.replace(sign, plain)
    return text


def _lower(text: str) -> str:
    """Return ``text`` in lower case, code point for code point ("İ" would become two)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _evidence(rule: _Rule, found: Mapping[int, _Found]) -> tuple[_Found, ...]:
    """Return what speaks for a topic; nothing when a phrase speaks against it."""
    if any(phrase in found for phrase in rule.not_):
        return ()
    single = [found[phrase] for phrase in rule.any if phrase in found]
    for group in rule.all:
        members = [found.get(phrase) for phrase in group]
        if members and all(members):
            # the group is one piece of evidence, as strong as its weakest member
            weakest = min((m for m in members if m), key=lambda m: m.strength())
            spans = [s for m in members if m for s in m.spans]
            single.append(_Found(weakest.weight, sorted(spans, key=lambda s: s.start)))
    return tuple(_merged(single)) if len(single) > 1 else tuple(single)


def _merged(evidence: Sequence[_Found]) -> list[_Found]:
    """Return the evidence without phrases that only repeat a longer one around them ("truce" in "truce talks")."""
    covers = [_Cover(f.spans) for f in evidence]
    inside = [[all(map(cover.holds, f.spans)) for cover in covers] for f in evidence]
    return [
        f
        for n, f in enumerate(evidence)
        if not any(n != m and inside[n][m] and (not inside[m][n] or m < n) for m in range(len(evidence)))
    ]


def _apart(evidence: Sequence[_Found], cover: _Cover) -> list[_Found]:
    """Return the evidence without the places that ``cover`` touches."""
    return [_Found(f.weight, left) for f in evidence if (left := [s for s in f.spans if not cover.touches(s)])]


def _printed(article: Article, evidence: Iterable[_Found]) -> tuple[str, ...]:
    """Return the words of the evidence as first printed, each once whatever its case, in text order."""
    spans = sorted({s for f in evidence for s in f.spans}, key=lambda s: (s.start, s.end))
    first: dict[str, str] = {}
    for span in spans:
        words = " ".join(article.text[span.start : span.end].split())
        first.setdefault(words.lower(), words)
    return tuple(first.values())


def _phrase(text: str) -> _Phrase:
    words = _alike(text.removesuffix("*"))
    exact = words != words.lower()
    return _Phrase(words, exact, text.endswith("*"))


@functools.cache
def _shipped(code: str) -> _Matcher:
    """Return the matcher of the shipped topics in the language ``code``, built once a process."""
    return _made(load_topics(), code)


def _made(topics: Iterable[TopicRule], code: str) -> _Matcher:
    """Return the matcher of the topics that have phrases in the language ``code``."""
    numbers: dict[_Phrase, int] = {}

    def numbered(texts: Iterable[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(numbers.setdefault(_phrase(text), len(numbers)) for text in texts))

    rules = tuple(
        _Rule(topic, numbered(rule.any), tuple(numbered(group) for group in rule.all), numbered(rule.not_))
        for topic in topics
        if (rule := topic.rules.get(code)) is not None
    )
    same: dict[str, list[tuple[int, _Phrase]]] = {}
    for phrase, number in numbers.items():
        same.setdefault(phrase.text.lower(), []).append((number, phrase))
    users: list[list[int]] = [[] for _ in numbers]
    for n, made in enumerate(rules):
        for number in {*made.any, *(x for group in made.all for x in group)}:
            users[number].append(n)
    automaton = ahocorasick_rs.AhoCorasick(list(same), implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    return _Matcher(automaton, tuple(map(tuple, same.values())), rules, tuple(map(tuple, users)))
