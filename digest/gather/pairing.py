"""Two speakers side by side: those who are quoted on one topic, and on one story of it or about each other."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from digest.addresses import actor_at, pair_at
from digest.dossiers import TopicDossier
from digest.gather import counts
from digest.gather.time import in_time
from digest.lines import Line, Outlet, Tally, Topic, quoted
from digest.model import Actor
from digest.relations import Edge, OnBoth, Pair

LEAST = 3
"""Two speakers are compared where both are quoted at least so often on one topic."""
VOICES = 6
"""Of a topic, its so many most quoted speakers are set side by side, besides those who speak about each other."""
PAIRS = 200
"""So many pairs have a page: first those of whom one denies or accuses the other, then those who speak about each
other, then those whom most texts quote together."""
TOPICS = 4
"""A pair is compared on so many topics, those on which the less quoted of the two is quoted most."""

On = Mapping[str, Mapping[Topic, Sequence[Line]]]
Often = Mapping[str, Mapping[Topic, int]]


def pairs(topics: Iterable[TopicDossier], lines: Iterable[Line], edges: Iterable[Edge]) -> tuple[Pair, ...]:
    """Return the pairs that have a page, those that matter most first; ``lines`` are newest first."""
    on: dict[str, dict[Topic, list[Line]]] = defaultdict(lambda: defaultdict(list))
    by_speaker: dict[str, list[Line]] = defaultdict(list)
    actors: dict[str, Actor] = {}
    jointly: set[tuple[str, str]] = set()
    for line in lines:
        for speaker in line.speakers:
            actors[speaker.id] = speaker
            by_speaker[speaker.id].append(line)
            for topic in line.topics:
                on[speaker.id][topic].append(line)
        jointly |= {_key(a.id, b.id) for a, b in combinations(line.speakers, 2)} if line.others else set()
    between: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.target.id in actors:
            between[_key(edge.speaker.id, edge.target.id)].append(edge)
    together = dict(_together(topics, on))
    often = _often(on)
    found = []
    for key in dict.fromkeys([*between, *together]):
        if key not in jointly and (common := _common(*key, often)):
            found.append((_weight(between[key], together.get(key, 0), common), key, common))
    found.sort(key=lambda x: x[:2])
    # whoever is in many pairs is gone through once
    kept = {id_ for _, key, _ in found[:PAIRS] for id_ in key}
    outlets = {id_: counts.tallied((x.outlet, x.original) for x in by_speaker[id_]) for id_ in kept}
    said = functools.cache(lambda id_, topic: in_time(on[id_][topic]))
    return tuple(
        _pair(
            actors[a],
            actors[b],
            tuple(OnBoth(topic, said(a, topic), said(b, topic)) for _, topic in common[:TOPICS]),
            between[a, b],
            (outlets[a], outlets[b]),
        )
        for _, (a, b), common in found[:PAIRS]
    )


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _together(topics: Iterable[TopicDossier], on: On) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the pairs among the most quoted on each topic, with how many texts quote both on it."""
    most: dict[tuple[str, str], int] = defaultdict(int)
    at = {actor_at(id_): id_ for id_ in on}
    for dossier in topics:
        ids = [at[count.url] for count in dossier.voices[:VOICES] if count.url in at]
        texts = {id_: {line.text for line in on[id_].get(dossier.topic, ())} for id_ in ids}
        for a, b in combinations(ids, 2):
            if both := len(texts[a] & texts[b]):
                most[_key(a, b)] = max(most[_key(a, b)], both)
    yield from most.items()


def _often(on: On) -> Often:
    """Return on which topics each speaker is quoted often enough, and how often: counted once, not for each pair."""
    told = {id_: {topic: quoted(own).texts for topic, own in held.items()} for id_, held in on.items()}
    return {id_: {topic: n for topic, n in held.items() if n >= LEAST} for id_, held in told.items()}


def _common(one: str, other: str, often: Often) -> list[tuple[int, Topic]]:
    """Return the topics on which both are quoted often enough, and how often the less quoted is, most often first."""
    mine, theirs = sorted((often.get(one, {}), often.get(other, {})), key=len)
    both = [(min(n, theirs[topic]), topic) for topic, n in mine.items() if topic in theirs]
    return sorted(both, key=lambda x: (-x[0], x[1].name, x[1].id))


def _weight(between: Sequence[Edge], together: int, common: Sequence[tuple[int, Topic]]) -> tuple[int, int, int, int]:
    hard = sum(edge.tally.texts for edge in between if edge.stance in ("deny", "accuse"))
    about = sum(edge.tally.texts for edge in between)
    return -hard, -about, -together, -common[0][0]


def _pair(
    one: Actor,
    other: Actor,
    topics: tuple[OnBoth, ...],
    between: Sequence[Edge],
    printed: tuple[Mapping[Outlet, Tally], Mapping[Outlet, Tally]],
) -> Pair:
    mine, theirs = printed
    outlets = [(o, mine.get(o, Tally()), theirs.get(o, Tally())) for o in dict.fromkeys([*mine, *theirs]) if o.name]
    outlets.sort(key=lambda x: (-x[1].texts - x[2].texts, x[0].name or ""))
    return Pair(
        one=one,
        other=other,
        url=pair_at(one.id, other.id),
        topics=topics,
        says=tuple(edge for edge in between if edge.speaker == one),
        answers=tuple(edge for edge in between if edge.speaker == other),
        outlets=tuple(outlets),
    )
