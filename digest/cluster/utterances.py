"""Which quotations are of one utterance: what was said once and stands in several articles.

Quotations are taken in the order of time. Each is compared with the latest ones before it with which it shares words in
a row or, of one speaker, words that are no words of grammar; so the time taken grows with the number of words, whatever
they are. Pairs that agree are joined from the surest to the least sure, as in Kruskal's algorithm ("On the shortest
spanning subtree of a graph and the traveling salesman problem", 1956), and never where the whole would contradict
itself: two speakers, more days than its words allow, or two things that one article keeps apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.cluster.agree import (
    COVERED,
    NEARLY,
    TOLD_WORDS,
    Agreement,
    agreement,
    covered,
    repeated,
    shingles,
    verbatim,
    voices,
)
from digest.cluster.sayings import Saying, sayings
from digest.edition import Utterances
from digest.model import Analysis, Place

RECENT = 16
"""A quotation is compared with so many before it that share a run of words, the latest ones, and with so many of its
speaker that share a word."""
ASKED = 6
"""So many verbatim words that two speakers are said to have said are a question for a person; fewer may be chance."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two quotations that agree, by their numbers in the order of time."""

    one: int
    other: int
    how: Agreement


@dataclass(slots=True)
class _Whole:
    """What is known of an utterance while it grows: ``days`` may lie between its ``first`` and its ``last``.

    ``articles`` have one of its members for each wording that they print.
    """

    members: list[int]
    speakers: frozenset[str]
    first: int | None
    last: int | None
    days: int
    articles: dict[str, dict[tuple[str, ...], int]]


def utterances(analyses: Iterable[Analysis], texts: Mapping[str, str] | None = None) -> Utterances:
    """Return the utterance of every quotation that is shown as speech, and the words that two speakers claim.

    ``texts`` names the text that an article is a report of, by their ids; dates do not matter between reports of one
    text. The order of ``analyses`` does not matter, and an article that shares no words with the others changes
    nothing of them.
    """
    found = sayings(analyses, texts or {})
    pairs, asked = _compared(found)
    of = [0] * len(found)
    for whole in _joined(found, _undivided(found, pairs)):
        earliest = min(whole.members)
        for n in whole.members:
            of[n] = earliest
    names = {said.place: f"u-{found[of[n]].place[1].removeprefix('q-')}" for n, said in enumerate(found)}
    return Utterances(names, tuple(_contested(found, asked, of)))


def _compared(found: Sequence[Saying]) -> tuple[list[_Pair], list[tuple[int, int]]]:
    """Return the pairs that agree, and those whose words agree and whose speakers do not, the later one last."""
    rarity = Counter((said.language, stem) for said in found for stem in said.stems)
    pairs, asked = [], []
    for n, before in enumerate(_likely(found)):
        for m in before:
            if how := agreement(found[m], found[n], rarity):
                pairs.append(_Pair(m, n, how))
            elif _is_asked(found[m], found[n]):
                asked.append((m, n))
    return pairs, asked


def _likely(found: Sequence[Saying]) -> Iterator[list[int]]:
    """Yield for each quotation those before it that it may be one with."""
    runs: dict[object, deque[int]] = defaultdict(lambda: deque(maxlen=RECENT))
    told: dict[object, deque[int]] = defaultdict(lambda: deque(maxlen=RECENT))
    for n, said in enumerate(found):
        before: set[int] = set()
        for run in shingles(said.words) | shingles(said.verbatim):
            # those of the same speaker are looked up apart, so that others between them do not push them out
            for key in (said.language, run), *((said.language, run, speaker) for speaker in said.speakers):
                before.update(runs[key])
                runs[key].append(n)
        shared: Counter[int] = Counter()
        for key in ((said.language, speaker, stem) for speaker in said.speakers for stem in said.stems):
            shared.update(told[key])
            told[key].append(n)
        before.update(m for m, times in shared.items() if times >= TOLD_WORDS)
        yield sorted(before)


def _is_asked(one: Saying, other: Saying) -> bool:
    """Whether a person should say who of two speakers said what both are said to have said."""
    if one.language != other.language or voices(one, other) != "other" or (one.decided and other.decided):
        return False
    short = min(one.verbatim, other.verbatim, key=len)
    if len(short) < ASKED or one.article == other.article:
        return False
    found = verbatim(one, other)
    return found is not None and found.sureness[1] >= NEARLY


def _undivided(found: Sequence[Saying], pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    """Yield the pairs without those of a quotation that names nobody and agrees with two speakers who are not one."""
    kept = list(pairs)
    claimed: dict[int, frozenset[str]] = {}
    for pair in kept:
        for n, m in ((pair.one, pair.other), (pair.other, pair.one)):
            if not found[n].speakers and found[m].speakers:
                claimed[n] = claimed.get(n, found[m].speakers) & found[m].speakers
    torn = {n for n, speakers in claimed.items() if not speakers}
    return (pair for pair in kept if pair.one not in torn and pair.other not in torn)


def _joined(found: Sequence[Saying], pairs: Iterable[_Pair]) -> list[_Whole]:
    """Return the utterances that the pairs make."""
    wholes = [
        _Whole([n], said.speakers, said.day, said.day, 0, {said.article: {said.words: n}})
        for n, said in enumerate(found)
    ]
    for pair in sorted(pairs, key=lambda p: (*(-x for x in p.how.sureness), p.one, p.other)):
        one, other = wholes[pair.one], wholes[pair.other]
        if one is other or not (_fit(one, other, pair.how) and _apart_in_none(one, other, pair, found)):
            continue
        if len(one.members) < len(other.members):
            one, other = other, one
        _add(one, other, pair.how)
        for n in other.members:
            wholes[n] = one
    return list({id(whole): whole for whole in wholes}.values())


def _fit(one: _Whole, other: _Whole, how: Agreement) -> bool:
    """Whether the speakers and the days of two wholes go together."""
    if one.speakers and other.speakers and not one.speakers & other.speakers:
        return False
    return how.days is None or _span(one, other) <= max(one.days, other.days, how.days)


def _span(one: _Whole, other: _Whole) -> int:
    days = [day for whole in (one, other) for day in (whole.first, whole.last) if day is not None]
    return max(days) - min(days) if days else 0


def _apart_in_none(one: _Whole, other: _Whole, pair: _Pair, found: Sequence[Saying]) -> bool:
    """Whether no article holds a quotation of each that it keeps apart: other words, and not two pieces of one speech.

    Two pieces are of one speech where the longer quotation of ``pair`` holds both.
    """
    few, many = sorted((one.articles, other.articles), key=len)
    shared = [
        (a, b) for article in few.keys() & many.keys() for a in few[article].values() for b in many[article].values()
    ]
    if not shared:
        return True
    held = shingles(max(found[pair.one].verbatim, found[pair.other].verbatim, key=len))
    pieces = {n for both in shared for n in both if found[n].verbatim and covered(found[n].verbatim, held) >= COVERED}
    return all({a, b} <= pieces or repeated(found[a], found[b]) for a, b in shared)


def _add(one: _Whole, other: _Whole, how: Agreement) -> None:
    """Make ``other`` a part of ``one``."""
    span = _span(one, other)
    one.days = max(one.days, other.days, span if how.days is None else how.days)
    one.members += other.members
    one.speakers = one.speakers & other.speakers if one.speakers and other.speakers else one.speakers | other.speakers
    dated = [day for day in (one.first, one.last, other.first, other.last) if day is not None]
    one.first, one.last = (min(dated), max(dated)) if dated else (None, None)
    for article, held in other.articles.items():
        one.articles.setdefault(article, {}).update(held)


def _contested(
    found: Sequence[Saying], asked: Iterable[tuple[int, int]], of: Sequence[int]
) -> Iterator[tuple[Place, Place]]:
    """Yield a pair for every two utterances that claim the same words, the earliest one."""
    seen = set()
    for m, n in asked:
        both = frozenset((of[m], of[n]))
        if len(both) == 2 and both not in seen:
            seen.add(both)
            yield found[m].place, found[n].place
