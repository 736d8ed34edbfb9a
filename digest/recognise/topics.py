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
# A phrase marked weak, which other topics print as well, has half the weight, however often it stands there: it never
# makes a topic alone, not even in the headline.
WEAK = 0.5
# One phrase in the headline or the lead, or two anywhere. Below 0.4 a topic hangs on one word somewhere in the text;
# docs/method.md says what was measured.
THRESHOLD = 0.4
# Single phrases for several narrow topics are evidence for what is above them, where nothing narrower holds: three
# anywhere, or two in the lead. It takes more than a topic's own phrases do, for every article has some stray words.
ROLLED = 0.6
MOST = 5
# First stands the topic for which most speaks when the evidence of its whole branch is added, so that an article on a
# club's tax dispute is one of sport where the words of sport outweigh those of taxes; the others follow by their score,
# so that a branch with many topics does not push the others out.
KIN = 1.0

# Signs that print the same phrase differently; every one is replaced by one code point, so that offsets stay.
_SAME = {"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "‑": "-", "‐": "-"}


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase as the automaton holds it: without its asterisk, in lower case unless case counts (``exact``)."""

    text: str
    exact: bool
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    """The rule of one topic in one language, its phrases by their numbers."""

    topic: TopicRule
    any: tuple[int, ...]
    all: tuple[tuple[int, ...], ...]
    weak: tuple[int, ...]
    not_: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Matcher:
    """The phrases of one language, the automaton over them and the topics that use them.

    ``patterns`` has one entry an automaton pattern: the phrases that are the same in lower case, each with its number.
    ``users`` has one entry a phrase: the numbers of the rules that it speaks for. ``topics`` are all that may be found
    by their ids, those without phrases too.
    """

    automaton: ahocorasick_rs.AhoCorasick
    patterns: tuple[tuple[tuple[int, _Phrase], ...], ...]
    rules: tuple[_Rule, ...]
    users: tuple[tuple[int, ...], ...]
    topics: Mapping[str, TopicRule]


@dataclass(slots=True)
class _Found:
    """Where a phrase was found, in text order, and the weight of the best of these places."""

    weight: float = 0.0
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a topic: one phrase, or all phrases of one list of ``all``, by their numbers.

    ``weight`` is that of the best place, ``times`` how often it stands there.
    """

    phrases: tuple[int, ...]
    weight: float
    times: int
    spans: Sequence[Span]
    weak: bool = False

    @property
    def strength(self) -> float:
        """How much it speaks for the topic, in (0, 1)."""
        if self.weak:
            return self.weight * WEAK
        return min(0.95, self.weight + REPEATED * min(self.times - 1, MOST_REPEATS))


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
    evidence = {
        rule.topic.id: spoken for rule in (matcher.rules[n] for n in asked) if (spoken := _evidence(rule, found))
    }
    kept = _levels(evidence, matcher.topics)
    branches = _branches(evidence, matcher.topics)
    score = {id_: _score(spoken) for id_, spoken in kept.items()}
    strength = {
        id_: _bits(evidence.get(id_, spoken)) + KIN * branches[matcher.topics[id_].top] for id_, spoken in kept.items()
    }
    return tuple(
        TopicMatch(id_, matcher.topics[id_].name, round(score[id_], 3), _printed(article, kept[id_]))
        for id_ in _ordered(strength, score)
    )


def _levels(
    evidence: Mapping[str, Sequence[_Evidence]], topics: Mapping[str, TopicRule]
) -> dict[str, Sequence[_Evidence]]:
    """Return the topics that the evidence supports, each with what speaks for it.

    From the narrowest up: what is too little for a topic is handed to the one above it, and added to what speaks for
    that and for its other narrower topics. A broader topic stands beside its narrower one only if other phrases than
    those of the narrower one speak for it, not counting weak ones.
    """
    kept: dict[str, Sequence[_Evidence]] = {}
    below: defaultdict[str, list[Span]] = defaultdict(list)
    handed: defaultdict[str, list[_Evidence]] = defaultdict(list)
    above = (parent for id_ in evidence for parent in topics[id_].parents if parent in topics)
    for topic in sorted((topics[id_] for id_ in {*evidence, *above}), key=lambda t: (-len(t.parents), t.id)):
        own = evidence.get(topic.id, ())
        if topic.id in below:
            strong = _apart((e for e in own if not e.weak), _Cover(below[topic.id]))
            spoken: Sequence[_Evidence] = own if _score(strong) >= THRESHOLD else ()
        else:
            pooled = _merged((*own, *handed[topic.id])) if handed[topic.id] else own
            spoken = pooled if _score(own) >= THRESHOLD or _score(pooled) >= ROLLED else ()
            if not spoken and topic.parents:
                handed[topic.parents[-1]].extend(pooled)
        if spoken:
            kept[topic.id] = spoken
            for parent in topic.parents:
                below[parent].extend(span for e in spoken for span in e.spans)
    return kept


def _ordered(strength: Mapping[str, float], score: Mapping[str, float]) -> list[str]:
    """Return the topic whose branch speaks loudest, then the others by their own score, at most ``MOST``."""
    rest = sorted(score, key=lambda id_: (-score[id_], id_))
    first = sorted(rest, key=lambda id_: -strength[id_])[:1]
    return [*first, *(id_ for id_ in rest if id_ not in first)][:MOST]


def _branches(evidence: Mapping[str, Sequence[_Evidence]], topics: Mapping[str, TopicRule]) -> dict[str, float]:
    """Return how strongly all different phrases of a branch speak for it together, by the id of its topmost topic."""
    phrases: defaultdict[str, dict[tuple[int, ...], _Evidence]] = defaultdict(dict)
    for id_, spoken in evidence.items():
        branch = phrases[topics[id_].top]
        for each in spoken:
            if each.phrases not in branch or branch[each.phrases].weak:
                branch[each.phrases] = each
    return {top: _bits(found.values()) for top, found in phrases.items()}


def _bits(evidence: Iterable[_Evidence]) -> float:
    """Return the score on a scale that never ends: the negative logarithm of the chance to miss all the evidence."""
    return -sum(math.log(1 - each.strength) for each in evidence)


def _score(evidence: Iterable[_Evidence]) -> float:
    missed = 1.0
    for each in evidence:
        missed *= 1 - each.strength
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
    """Yield every phrase in ``same`` at word boundaries; an open start or end runs to that of its word.

    ``low`` is ``same`` in lower case, code point for code point. A phrase is open at one side at most, so that the
    boundary at its other side is asked before a word is walked through: a word costs its length for each of the few
    phrases that begin, or end, together with it.
    """
    for index, start, end in matcher.automaton.find_matches_as_indexes(low, overlapping=True):
        begun = not start or not low[start - 1].isalnum()
        ended = end == len(low) or not low[end].isalnum()
        if not (begun or ended):
            continue
        for number, phrase in matcher.patterns[index]:
            if phrase.exact and same[start:end] != phrase.text:
                continue
            if begun and (ended or phrase.open_end):
                yield number, start, _word_end(low, end)
            elif ended and phrase.open_start:
                yield number, _word_start(low, start), end


def _word_start(low: str, start: int) -> int:
    while start and low[start - 1].isalnum():
        start -= 1
    return start


def _word_end(low: str, end: int) -> int:
    while end < len(low) and low[end].isalnum():
        end += 1
    return end


def _alike(text: str) -> str:
    """Return ``text`` with one sign for those that print the same phrase differently, code point for code point."""
    for sign, plain in _SAME.items():
        text = text.replace(sign, plain)
    return text


def _lower(text: str) -> str:
    """Return ``text`` in lower case, code point for code point ("İ" would become two)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _evidence(rule: _Rule, found: Mapping[int, _Found]) -> tuple[_Evidence, ...]:
    """Return what speaks for a topic; nothing when a phrase speaks against it."""
    if any(phrase in found for phrase in rule.not_):
        return ()
    spoken = [_of((n,), found) for n in rule.any if n in found]
    spoken.extend(_of(group, found) for group in rule.all if group and all(n in found for n in group))
    spoken.extend(replace(_of((n,), found), weak=True) for n in rule.weak if n in found)
    return tuple(_merged(spoken)) if len(spoken) > 1 else tuple(spoken)


def _of(group: tuple[int, ...], found: Mapping[int, _Found]) -> _Evidence:
    """Return phrases that stand in the article as one piece of evidence, as strong as the weakest of them."""
    members = [found[n] for n in group]
    return _Evidence(
        group,
        min(m.weight for m in members),
        min(len(m.spans) for m in members),
        members[0].spans if len(members) == 1 else sorted((s for m in members for s in m.spans), key=lambda s: s.start),
    )


def _merged(evidence: Sequence[_Evidence]) -> list[_Evidence]:
    """Return the evidence without phrases that only repeat a longer one around them ("truce" in "truce talks")."""
    covers = [_Cover(e.spans) for e in evidence]
    inside = [[all(map(cover.holds, e.spans)) for cover in covers] for e in evidence]
    return [
        e
        for n, e in enumerate(evidence)
        if not any(n != m and inside[n][m] and (not inside[m][n] or m < n) for m in range(len(evidence)))
    ]


def _apart(evidence: Iterable[_Evidence], cover: _Cover) -> list[_Evidence]:
    """Return the evidence without the places that ``cover`` touches."""
    left = ((e, [s for s in e.spans if not cover.touches(s)]) for e in evidence)
    return [replace(e, times=min(e.times, len(spans)), spans=spans) for e, spans in left if spans]


def _printed(article: Article, evidence: Iterable[_Evidence]) -> tuple[str, ...]:
    """Return the words of the evidence as first printed, each once whatever its case, in text order."""
    spans = sorted({s for e in evidence for s in e.spans}, key=lambda s: (s.start, s.end))
    first: dict[str, str] = {}
    for span in spans:
        words = " ".join(article.text[span.start : span.end].split())
        first.setdefault(words.lower(), words)
    return tuple(first.values())


def _phrase(text: str) -> _Phrase:
    words = _alike(text.strip("*"))
    return _Phrase(words, words != words.lower(), text.startswith("*"), text.endswith("*"))


@functools.cache
def _shipped(code: str) -> _Matcher:
    """Return the matcher of the shipped topics in the language ``code``, built once a process."""
    return _made(load_topics(), code)


def _made(topics: Iterable[TopicRule], code: str) -> _Matcher:
    """Return the matcher of the topics that have phrases in the language ``code``."""
    by_id = {topic.id: topic for topic in topics}
    numbers: dict[_Phrase, int] = {}

    def numbered(texts: Iterable[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(numbers.setdefault(_phrase(text), len(numbers)) for text in texts))

    rules = tuple(
        _Rule(topic, numbered(rule.any), tuple(map(numbered, rule.all)), numbered(rule.weak), numbered(rule.not_))
        for topic in by_id.values()
        if (rule := topic.rules.get(code)) is not None
    )
    same: dict[str, list[tuple[int, _Phrase]]] = {}
    for phrase, number in numbers.items():
        same.setdefault(phrase.text.lower(), []).append((number, phrase))
    users: list[list[int]] = [[] for _ in numbers]
    for n, made in enumerate(rules):
        for number in {*made.any, *made.weak, *(x for group in made.all for x in group)}:
            users[number].append(n)
    automaton = ahocorasick_rs.AhoCorasick(list(same), implementation=ahocorasick_rs.Implementation.ContiguousNFA)
    return _Matcher(automaton, tuple(map(tuple, same.values())), rules, tuple(map(tuple, users)), by_id)
