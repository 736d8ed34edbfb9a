"""Ranked lists: who, what and through whom, most first, then by name, so that the order never depends on chance.

What the reports of one text repeat counts once, where things are ranked and in the parts of a count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from digest.addresses import actor_at
from digest.dossiers import Count
from digest.gather.frame import Frame
from digest.lines import Line, Tally, quoted
from digest.model import Actor
from digest.relations import Edge
from digest.text import capital

PARTS = 8
"""A count says of what it is made up to so many kinds."""

K = TypeVar("K", bound=Hashable)


def most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return ``counts`` as pairs, most first, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def tallied(pairs: Iterable[tuple[K, Hashable]]) -> dict[K, Tally]:
    """Return how often each thing is printed; of each report, ``pairs`` hold it and the key by which it counts once."""
    held: dict[K, list[Hashable]] = defaultdict(list)
    for thing, key in pairs:
        held[thing].append(key)
    return {thing: Tally.of(keys) for thing, keys in held.items()}


def voices(lines: Iterable[Line], known: Frame, weeks: Sequence[frozenset[str]] = ()) -> tuple[Count, ...]:
    """Return who is quoted in ``lines``. ``weeks`` are sets of dates; each actor's count in each makes its spark."""
    held: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for speaker in line.speakers:
            held[speaker.id].append(line)
    counts = []
    for id_, own in held.items():
        spark = tuple(quoted(line for line in own if line.article.published in week).texts for week in weeks)
        counts.append(_actor(known.actors[id_], quoted(own), known, spark=spark))
    return ranked(counts)


def by_topic(lines: Iterable[Line]) -> tuple[Count, ...]:
    """Return the topics of ``lines``."""
    held = tallied((topic, line.original) for line in lines for topic in line.topics)
    return ranked(Count(capital(topic.name), topic.url, tally) for topic, tally in held.items())


def by_outlet(lines: Sequence[Line]) -> tuple[Count, ...]:
    """Return the outlets of ``lines``, each with those through whom its words came; the unknown one has no name."""
    through = ((line.outlet, f"via {v.name}", line) for line in lines for v in line.via if v.carries)
    parts = _parts(through)
    held = tallied((line.outlet, line.original) for line in lines)
    return ranked(
        Count(outlet.name or "", outlet.url, tally, parts=parts.get(outlet, ())) for outlet, tally in held.items()
    )


def by_via(lines: Iterable[Line], known: Frame) -> tuple[Count, ...]:
    """Return through whom the words of ``lines`` came; whom they were said to and where is no one's work."""
    held = tallied(
        ((via.name, actor_at(via.id) if via.id and via.id in known.actors else ""), line.original)
        for line in lines
        for via in line.via
        if via.carries
    )
    return ranked(Count(name, url, tally) for (name, url), tally in held.items())


def spoken_about(said: Iterable[Edge], known: Frame) -> tuple[Count, ...]:
    """Return whom ``said`` is about, with the verbs printed; its edges are those of one speaker, one a target."""
    return ranked(_actor(edge.target, edge.tally, known, parts=verbs(edge)) for edge in said)


def speaking(heard: Iterable[Edge], known: Frame) -> tuple[Count, ...]:
    """Return who says what is ``heard``, with the verbs printed; its edges are those to one target, one a speaker."""
    return ranked(_actor(edge.speaker, edge.tally, known, parts=verbs(edge)) for edge in heard)


def verbs(edge: Edge) -> tuple[tuple[str, int], ...]:
    """Return the verbs of an edge and how often each is printed, in whatever language, most first."""
    held: Counter[str] = Counter()
    for printed in edge.verbs:
        held[printed.verb] += printed.times
    return tuple(most(held)[:PARTS])


def _parts(found: Iterable[tuple[K, str, Line]]) -> dict[K, tuple[tuple[str, int], ...]]:
    """Return of what the count of each thing is made: ``found`` has it, the part's name and the line."""
    once = {(thing, part, line.original) for thing, part, line in found}
    held: dict[K, Counter[str]] = defaultdict(Counter)
    for thing, part, _ in once:
        held[thing][part] += 1
    return {thing: tuple(most(parts)[:PARTS]) for thing, parts in held.items()}


def _actor(
    actor: Actor, tally: Tally, known: Frame, parts: tuple[tuple[str, int], ...] = (), spark: tuple[int, ...] = ()
) -> Count:
    return Count(actor.name, actor_at(actor.id), tally, known.note(actor), parts, spark)


def ranked(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Return ``counts`` with the most printed first, then by name, what has none behind the others."""
    return tuple(sorted(counts, key=lambda c: (c.tally.rank, not c.name, c.name, c.url)))
