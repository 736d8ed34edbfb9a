"""Two people of exactly one name, in different articles: they are told apart by what nobody is at once.

One article seldom names two people of one name without telling them apart, but an edition does: a minister and a
striker. Parted are those of whom the articles say what cannot be true of one: a man and a woman by their titles, ages
that are years apart, two walks of life that no article and no company connects. What is merely unlike is for people to
decide. Articles that say neither go with those whose company and subject they share (the name discrimination of
Pedersen, Purandare and Kulkarni 2005, with known senses).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import cast

from digest.identity import moved
from digest.knowledge import Knowledge, load_topics
from digest.language import load
from digest.model import Analysis, Doubt, Reason
from digest.resolve.lives import SPORT, Life, company, life, named_in_full

_CAREER = 3 * 366
"""Days: whoever was an athlete so long ago may be anything since."""
_YEARS_APART = 3
"""Printed ages are off by a year now and then; by so many they are of two people."""
_HUB, _HUB_SHARE = 20, 0.02
"""An actor of more articles, and of a larger share of them, connects nobody: all the world is named with it."""
_SAME_SUBJECT = 3
"""One subject counts for as much as so many people and bodies that are named in both articles."""

_RARELY = 20
"""Somebody whom one desk names so many times as often as another is rather one: everybody writes about a star."""

_Camps = Mapping[str, Sequence[Life]]
_Reasons = dict[str, tuple[Reason, ...]]


@dataclass(frozen=True, slots=True)
class _Others:
    """The articles on the second bearer of a name and on further ones, by what tells them from the first; and why."""

    camps: _Camps
    why: tuple[Reason, ...]


def told_apart(analyses: Sequence[Analysis], knowledge: Knowledge, settled: frozenset[str]) -> tuple[Analysis, ...]:
    """Return the analyses, with people of one name who cannot be one under ids of their own.

    The one named in the oldest article keeps the id, the other gets it with what tells them apart: ``ida-quill``,
    ``ida-quill-sport``. Left alone are those of ``settled``, of whom people said what they are, and those of the
    ``knowledge``: a name that is known means its bearer. n log n in the articles that name one person, else linear.
    """
    ids: dict[str, dict[str, str]] = defaultdict(dict)
    apart: dict[str, _Reasons] = defaultdict(dict)
    taken = {actor.id for analysis in analyses for actor in analysis.actors}
    for one, lives in _lives(analyses, settled | knowledge.actors.keys()).items():
        found = _others(lives)
        bearers = {f"{one}-{label}": own for label, own in found.camps.items() if f"{one}-{label}" not in taken}
        for other, own in bearers.items():
            for each in own:
                ids[each.article][one] = other
        for first, second in combinations([one, *bearers], 2):
            apart[first][second] = apart[second][first] = found.why
    return tuple(_apart(a, ids.get(a.article.id, {}), apart) for a in analyses) if apart else tuple(analyses)


def doubts(analyses: Sequence[Analysis], knowledge: Knowledge, settled: frozenset[str]) -> tuple[Doubt, ...]:
    """Return the people who may be two of one name, by id: nothing connects some articles that name them with others.

    ``analyses`` are those in which people were told apart already. It is asked where the articles print different walks
    of life, and of those who are not of the ``knowledge`` also where some are on sport and others are not. Of whom
    ``settled`` names, nothing is asked.
    """
    lives = sorted(_lives(analyses, settled).items())
    found = (_doubt(one, own, known=one in knowledge.actors) for one, own in lives)
    return tuple(doubt for doubt in found if doubt is not None)


def _apart(analysis: Analysis, ids: Mapping[str, str], apart: Mapping[str, _Reasons]) -> Analysis:
    if not any(actor.id in apart for actor in analysis.actors):
        return analysis
    found = moved(analysis, ids)
    return replace(found, actors=tuple(replace(a, apart=apart[a.id]) if a.id in apart else a for a in found.actors))


def _lives(analyses: Sequence[Analysis], settled: frozenset[str]) -> dict[str, list[Life]]:
    """Return what the articles tell of each person whom several name in full, but for those of ``settled``."""
    counts = Counter(actor.id for analysis in analyses for actor in analysis.actors)
    full = Counter(a.id for analysis in analyses for a in analysis.actors if named_in_full(a))
    hubs = {id_ for id_, n in counts.items() if n > max(_HUB, _HUB_SHARE * len(analyses))}
    tops = {topic.id: topic.top for topic in load_topics()}
    found: dict[str, list[Life]] = defaultdict(list)
    for analysis in analyses:
        named = [a for a in analysis.actors if full[a.id] > 1 and a.id not in settled and named_in_full(a)]
        if not named:
            continue
        subject = tops.get(analysis.topics[0].id, "") if analysis.topics else ""
        met = company(analysis, hubs)
        language = load(analysis.article.language)
        for actor in named:
            found[actor.id].append(life(actor, analysis, subject, met - {actor.id}, language))
    return found


def _others(lives: Sequence[Life]) -> _Others:
    """Return whom the first bearer of a name has to be told from; nobody where all may be one."""
    told: tuple[tuple[_Camps, tuple[Reason, ...]], ...] = (
        (_by_gender(lives), ("gender",)),
        (_by_age(lives), ("age",)),
        (walks := _by_walk(lives), _of_walks(walks)),
    )
    for camps, why in told:
        if len(camps) > 1:
            whole = _completed(camps, lives)
            first = min(whole, key=lambda label: min(each.place for each in whole[label]))
            others = {label: own for label, own in sorted(whole.items()) if label != first}
            return _Others(others, why)
    return _Others({}, ())


def _of_walks(walks: Iterable[str]) -> tuple[Reason, ...]:
    """Return walks of life as what tells people apart."""
    return cast("tuple[Reason, ...]", tuple(sorted(set(walks))))


def _by_gender(lives: Sequence[Life]) -> _Camps:
    camps: dict[str, list[Life]] = defaultdict(list)
    for each in lives:
        if each.gender is not None:
            camps[each.gender].append(each)
    return camps


def _by_age(lives: Sequence[Life]) -> _Camps:
    """Return the articles by year of birth, where the years lie so far apart that they are of several people."""
    camps: dict[str, list[Life]] = {}
    last, label = 0, ""
    for born, _, each in sorted(((x.born, x.place, x) for x in lives if x.born), key=lambda x: x[:2]):
        if not label or born[0] - last >= _YEARS_APART:
            label = f"born-{born[1]}"
        last = born[1]
        camps.setdefault(label, []).append(each)
    return camps


def _by_walk(lives: Sequence[Life]) -> _Camps:
    """Return the articles by walk of life, where nothing connects those of one walk with those of another.

    An article that says both, or that one was the other once, connects them; so do a third person or a body that both
    name, the subject, and the time for a second career.
    """
    camps: dict[str, list[Life]] = defaultdict(list)
    for each in lives:
        if len(each.walk | each.once) > 1:
            return {}
        for walk in each.walk:
            camps[walk].append(each)
    if len(camps) < 2 or any(each.once & camps.keys() for each in lives):
        return {}
    if any(_years_between(one, other) for one, other in combinations(camps.values(), 2)):
        return {}
    walks = (frozenset(w for each in own for w in each.walk) for own in _connected(lives))
    return {} if any(len(own) > 1 for own in walks) else camps


def _connected(lives: Sequence[Life]) -> list[list[Life]]:
    """Return the articles in groups: a chain of shared company or of shared subjects leads from each to the others."""
    root: dict[str, str] = {}

    def top(key: str) -> str:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    # "/" stands in no id: an article and an actor of one id are two
    for each in lives:
        for shared in filter(None, (*each.company, each.subject)):
            root[top(f"/{each.article}")] = top(shared)
    groups: dict[str, list[Life]] = defaultdict(list)
    for each in lives:
        groups[top(f"/{each.article}")].append(each)
    return list(groups.values())


def _years_between(one: Sequence[Life], other: Sequence[Life]) -> bool:
    """Whether all dates of the one lie years before or behind all dates of the other, as far as they are known."""
    first, second = (sorted(_day(each.published) for each in own if each.published) for own in (one, other))
    return bool(first and second) and max(second[0] - first[-1], first[0] - second[-1]) > _CAREER


def _day(published: str) -> int:
    return date.fromisoformat(published).toordinal()


def _completed(camps: _Camps, lives: Sequence[Life]) -> dict[str, list[Life]]:
    """Return the camps with every article in one: that whose company and subject it shares, else the larger one."""
    whole = {label: list(own) for label, own in camps.items()}
    placed = {each.article for own in camps.values() for each in own}
    people = {label: frozenset[str]().union(*(each.company for each in own)) for label, own in camps.items()}
    subjects = {label: {each.subject for each in own} - {""} for label, own in camps.items()}

    def nearest(each: Life) -> str:
        shared = {
            label: len(each.company & people[label]) + _SAME_SUBJECT * (each.subject in subjects[label])
            for label in camps
        }
        return min(camps, key=lambda label: (-shared[label], -len(camps[label]), label))

    for each in lives:
        if each.article not in placed:
            whole[nearest(each)].append(each)
    return whole


def _doubt(one: str, lives: Sequence[Life], *, known: bool) -> Doubt | None:
    """Return what has to be asked of a person: of the smallest part of the articles that name him."""
    groups = [own for own in _connected(lives) if any(each.subject for each in own)]
    if len(groups) < 2:
        return None
    least = min(groups, key=lambda own: (len(own), max(each.place for each in own)))
    walks = [walk for own in groups if (walk := frozenset(w for each in own for w in each.walk | each.once))]
    sport = {any(each.subject == SPORT for each in own) for own in groups}
    if len(walks) > 1 and not frozenset.intersection(*walks):
        why = _of_walks(walk for own in walks for walk in own)
    elif len(walks) < 2 and len(sport) > 1 and not known and len(least) * _RARELY >= len(lives):
        why = ("subject",)
    else:
        return None
    return Doubt(one, tuple(sorted(each.article for each in least)), why)
