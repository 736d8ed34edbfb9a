"""Who speaks about whom, with the verbs printed: the network of the edition and what each speaker in it says."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from digest.addresses import about_others_at
from digest.gather.frame import Frame
from digest.gather.stances import verb
from digest.lines import Line, Topic, quoted
from digest.model import Actor, Place
from digest.relations import Edge, Network, Printed, Speeches, Stance

DRAWN, TELLING = 40, 15
"""The picture of the network has at most so many lines, those with the most quotations, of equal ones the latest; up to
so many of them are kept for verbs that accuse, deny or demand, which are rarer and tell more."""
LEAST, TOPICS = 8, 40
"""A topic has a network of its own from so many lines on, for fewer are read as fast in words; and at most so many
topics have one, those with the most lines."""


def network(every: Sequence[Edge], topic: Topic | None = None) -> Network:
    """Return the picture of ``every`` edge, which are those of ``topic`` where one is given."""
    kept = set(itertools.islice((n for n, edge in enumerate(every) if edge.stance), TELLING))
    kept |= set(itertools.islice((n for n in range(len(every)) if n not in kept), DRAWN - len(kept)))
    return Network(tuple(edge for n, edge in enumerate(every) if n in kept), len(every), topic)


def networks(lines: Iterable[Line], told: Mapping[Place, Stance], known: Frame) -> tuple[Network, ...]:
    """Return the networks of topics, the narrower ones taken in, those with the most edges first.

    Of topics with the very same quotations behind their edges, the narrowest has one.
    """
    on: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.speaker and line.about:
            for id_ in dict.fromkeys(i for t in line.topics for i in (t.id, *known.above[t.id]) if i in known.topics):
                on[id_].append(line)
    found: dict[frozenset[Place], tuple[str, list[Edge]]] = {}
    # the narrowest come last, and so stay
    for id_ in sorted(on, key=lambda id_: (len(known.above[id_]), id_)):
        if len(every := edges(on[id_], told)) >= LEAST:
            found[frozenset((x.article.id, x.quotation.id) for edge in every for x in edge.lines)] = id_, every
    ranked = sorted(found.values(), key=lambda x: (-len(x[1]), known.topics[x[0]].name, x[0]))
    return tuple(network(every, known.topics[id_]) for id_, every in ranked[:TOPICS])


def speeches(every: Sequence[Edge], drawn: Sequence[Edge]) -> tuple[Speeches, ...]:
    """Return what each speaker of a ``drawn`` edge says about others, of ``every`` edge."""
    said: dict[str, list[Edge]] = {edge.speaker.id: [] for edge in drawn}
    for edge in every:
        if edge.speaker.id in said:
            said[edge.speaker.id].append(edge)
    return tuple(_speeches(own) for own in said.values())


def edges(lines: Iterable[Line], told: Mapping[Place, Stance] = MappingProxyType({})) -> list[Edge]:
    """Return an edge for each speaker, target and stance, the most quotations first, of equal ones the latest.

    ``lines`` are newest first and ``told`` is what their cues tell, without which there is one edge for each speaker
    and target. What one says about oneself is no edge.
    """
    actors: dict[str, Actor] = {}
    held: dict[tuple[str, str, Stance | None], list[Line]] = defaultdict(list)
    for line in lines:
        if line.speaker and line.about:
            stance = told.get((line.article.id, line.quotation.id))
            for speaker in line.speakers:
                for target in line.about:
                    if target not in line.speakers:
                        actors |= {speaker.id: speaker, target.id: target}
                        held[speaker.id, target.id, stance].append(line)
    found = [
        Edge(actors[speaker], actors[target], stance, _verbs(own), quoted(own), tuple(own))
        for (speaker, target, stance), own in held.items()
    ]
    found.sort(key=lambda e: (e.speaker.name, e.speaker.id, e.target.name, e.target.id, e.stance or ""))
    found.sort(key=lambda e: e.lines[0].article.published or "", reverse=True)
    return sorted(found, key=lambda e: e.tally.rank)


def _verbs(lines: Iterable[Line]) -> tuple[Printed, ...]:
    once = {(verb(line), line.article.language, line.original) for line in lines if line.quotation.cue}
    counts = Counter((printed, code) for printed, code, _ in once)
    ordered = sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    return tuple(Printed(printed, code, n) for (printed, code), n in ordered)


def _speeches(edges: Sequence[Edge]) -> Speeches:
    """Return what one speaker says about others; they keep the order of ``edges``."""
    about: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        about[edge.target.id].append(edge)
    speaker = edges[0].speaker
    return Speeches(speaker, about_others_at(speaker.id), tuple((own[0].target, tuple(own)) for own in about.values()))
