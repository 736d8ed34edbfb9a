"""Topics of an article: the IPTC Media Topics whose phrases it prints (``knowledge/topics.toml``).

One Aho-Corasick automaton a language holds every phrase of every topic, so an article is read once whatever its length
(Aho and Corasick 1975, "Efficient string matching", CACM 18:6). The topics of an article are those whose phrases
speak for them strongly enough; ``SCORE`` below says how that is counted.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import ahocorasick_rs

from digest.knowledge import TopicRule, load_topics
from digest.language import Language
from digest.model import Article, Span, TopicMatch

# SCORE. Every different phrase is a piece of evidence that a reader would miss the topic with probability 1 - weight,
# independently of the others (a noisy-or); the weight is that of the best place the phrase stands in. The score is
# 1 - product(1 - weight): in (0, 1), and it grows with every further phrase and with every better place.
WEIGHTS: Mapping[str, float] = {"title": 0.6, "heading": 0.4, "lead": 0.4, "paragraph": 0.3, "list": 0.3}
# A phrase printed again and again is what the article is about; more than three times says no more than three.
REPEATED = 0.1
MOST_REPEATS = 2
# One phrase in the headline or the lead, or two anywhere. Measured on 2,225 news articles of five sections (business,
# entertainment, politics, sport, technology): threshold -> articles with a topic, topics an article, and how often the
# strongest topic lies in a branch of IPTC that fits the section: 0.3 -> 98%, 3.1, 83%; 0.4 -> 91%, 2.0, 83%;
# 0.5 -> 86%, 1.7, 84%; 0.6 -> 71%, 1.3, 84%. Above 0.4 articles are lost and nothing is won; below it a topic hangs on
# one word somewhere in the text.
THRESHOLD = 0.4
MOST = 5

# Signs that print the same phrase differently; every one is replaced by one code point, so that offsets stay.
_SAME = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "‑": "-", "‐": "-"})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase as the automaton holds it: in lower case, without its final asterisk."""

    text: str
    exact: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class _Matcher:
    """The phrases of one language, the automaton over them and the topics that use them.

    ``patterns`` has one entry an automaton pattern: the phrases that are the same in lower case.
    """

    automaton: ahocorasick_rs.AhoCorasick
    patterns: tuple[tuple[_Phrase, ...], ...]
    topics: tuple[TopicRule, ...]


@dataclass(slots=True)
class _Found:
    """Where a phrase was found, and the weight of the best of these places."""

    weight: float = 0.0
    spans: list[Span] = field(default_factory=list)

    def strength(self) -> float:
        """Return how much the phrase speaks for a topic, in (0, 1)."""
        return min(0.95, self.weight + REPEATED * min(len(self.spans) - 1, MOST_REPEATS))


def topics(article: Article, language: Language) -> tuple[TopicMatch, ...]:
    """Return the topics of ``article``, strongest first, at most ``MOST``.

    Only title, headings, paragraphs and lists count; ``article`` has its fine blocks (``blocks.refine``). A broader
    topic stands beside its narrower one only if other words than those of the narrower one speak for it. ``evidence``
    are the words as printed, in text order.
    """
    matcher = _matcher(language.raw.code)
    if not matcher.topics:
        return ()
    found = _search(article, matcher)
    evidence = {topic.id: spoken for topic in matcher.topics if (spoken := _evidence(topic, found, language.raw.code))}
    kept = {topic.id: topic for topic in matcher.topics if _score(evidence.get(topic.id, ())) >= THRESHOLD}
    for topic in sorted(kept.values(), key=lambda t: -len(t.parents)):
        narrower = [
            s for other in kept.values() if topic.id in other.parents for f in evidence[other.id] for s in f.spans
        ]
        if narrower and _score(_apart(evidence[topic.id], narrower)) < THRESHOLD:
            del kept[topic.id]
    matches = [
        TopicMatch(topic.id, topic.name, round(_score(evidence[topic.id]), 3), _printed(article, evidence[topic.id]))
        for topic in kept.values()
    ]
    return tuple(sorted(matches, key=lambda m: (-m.score, m.id))[:MOST])


def _score(evidence: Iterable[_Found]) -> float:
    missed = 1.0
    for found in evidence:
        missed *= 1 - found.strength()
    return 1 - missed


def _search(article: Article, matcher: _Matcher) -> dict[_Phrase, _Found]:
    """Return every phrase that stands in the article, with its places."""
    found: defaultdict[_Phrase, _Found] = defaultdict(_Found)
    lead = next((b for b in article.blocks if b.kind == "paragraph"), None)
    for block in article.blocks:
        weight = WEIGHTS["lead"] if block is lead else WEIGHTS.get(block.kind)
        if weight is None:
            continue
        for phrase, start, end in _matches(article.text[block.start : block.end], matcher):
            place = found[phrase]
            place.weight = max(place.weight, weight)
            place.spans.append(Span(block.start + start, block.start + end))
    return found


def _matches(text: str, matcher: _Matcher) -> Iterator[tuple[_Phrase, int, int]]:
    """Yield every phrase in ``text`` at word boundaries; an open end runs to the end of its word."""
    same = text.translate(_SAME)
    low = _lower(same)
    for index, start, end in matcher.automaton.find_matches_as_indexes(low, overlapping=True):
        if start and low[start - 1].isalnum():
            continue
        stop = end
        while stop < len(low) and low[stop].isalnum():
            stop += 1
        for phrase in matcher.patterns[index]:
            if (phrase.open_end or stop == end) and (not phrase.exact or same[start:end] == phrase.text):
                yield phrase, start, stop


def _lower(text: str) -> str:
    """Return ``text`` in lower case, code point for code point ("İ" would become two)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _evidence(topic: TopicRule, found: Mapping[_Phrase, _Found], code: str) -> tuple[_Found, ...]:
    """Return what speaks for ``topic``; nothing when a phrase speaks against it."""
    rule = topic.rules[code]
    if any(_phrase(text) in found for text in rule.not_):
        return ()
    single = [found[p] for p in dict.fromkeys(map(_phrase, rule.any)) if p in found]
    for group in rule.all:
        members = [found.get(_phrase(text)) for text in group]
        if members and all(members):
            # the group is one piece of evidence, as strong as its weakest member
            weakest = min((m for m in members if m), key=lambda m: m.strength())
            spans = [s for m in members if m for s in m.spans]
            single.append(_Found(weakest.weight, sorted(spans, key=lambda s: s.start)))
    return tuple(_merged(single))


def _merged(evidence: Sequence[_Found]) -> list[_Found]:
    """Return the evidence without phrases that only repeat a longer one around them ("truce" in "truce talks")."""
    return [
        f
        for n, f in enumerate(evidence)
        if not any(n != m and _inside(f, g) and (not _inside(g, f) or m < n) for m, g in enumerate(evidence))
    ]


def _inside(found: _Found, other: _Found) -> bool:
    return all(any(o.start <= s.start and s.end <= o.end for o in other.spans) for s in found.spans)


def _apart(evidence: Sequence[_Found], spans: Sequence[Span]) -> list[_Found]:
    """Return the evidence that touches none of ``spans``."""
    return [
        _Found(f.weight, left)
        for f in evidence
        if (left := [s for s in f.spans if not any(s.start < o.end and o.start < s.end for o in spans)])
    ]


def _printed(article: Article, evidence: Iterable[_Found]) -> tuple[str, ...]:
    spans = sorted({s for f in evidence for s in f.spans}, key=lambda s: (s.start, s.end))
    words = [" ".join(article.text[s.start : s.end].split()) for s in spans]
    return tuple({w.lower(): w for w in reversed(words)}[low] for low in dict.fromkeys(w.lower() for w in words))


@functools.lru_cache(maxsize=8192)
def _phrase(text: str) -> _Phrase:
    words = text.removesuffix("*").translate(_SAME)
    exact = words != words.lower()
    return _Phrase(words, exact, text.endswith("*"))


@functools.cache
def _matcher(code: str) -> _Matcher:
    """Return the matcher of the language ``code``, built once a process."""
    ruled = tuple(topic for topic in load_topics() if code in topic.rules)
    phrases: dict[str, list[_Phrase]] = {}
    for topic in ruled:
        rule = topic.rules[code]
        for text in (*rule.any, *rule.not_, *(x for group in rule.all for x in group)):
            phrase = _phrase(text)
            same = phrases.setdefault(phrase.text.lower(), [])
            if phrase not in same:
                same.append(phrase)
    automaton = ahocorasick_rs.AhoCorasick(list(phrases), implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    return _Matcher(automaton, tuple(tuple(same) for same in phrases.values()), ruled)
