"""Ranked lists: who, what and through whom, most first, then by name, so that the order never depends on chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digest.dossiers import Count, Line, Outlet, Topic
from digest.gather.frame import Frame
from digest.model import Actor
from digest.text import squeeze

PARTS = 8
"""A count says of what it is made up to so many kinds."""

CARRIERS = ("agency", "outlet")
"""Who passes words on; an addressee hears them and an occasion is where they fall."""


def most(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return ``counts`` as pairs, most first, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def voices(lines: Iterable[Line], known: Frame, weeks: Sequence[frozenset[str]] = ()) -> tuple[Count, ...]:
    """Return who is quoted in ``lines``. ``weeks`` are sets of dates; each actor's count in each makes its spark."""
    held: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for speaker in line.speakers:
            held[speaker.id].append(line)
    counts = []
    for id_, own in held.items():
        dates = [line.article.published for line in own]
        spark = tuple(sum(date in week for date in dates) for week in weeks)
        counts.append(_actor(known.actors[id_], len(own), known, spark=spark))
    return _sorted(counts)


def by_topic(lines: Iterable[Line]) -> tuple[Count, ...]:
    """Return the topics of ``lines``."""
    held: Counter[Topic] = Counter(topic for line in lines for topic in line.topics)
    return _sorted(Count(heading(topic), topic.url, n) for topic, n in held.items())


def heading(topic: Topic) -> str:
    """Return a topic's name as it stands alone in a line."""
    return topic.name[:1].upper() + topic.name[1:]


def by_outlet(lines: Iterable[Line]) -> tuple[Count, ...]:
    """Return the outlets of ``lines``, each with those through whom its words came."""
    held: Counter[Outlet] = Counter()
    through: dict[Outlet, Counter[str]] = defaultdict(Counter)
    for line in lines:
        held[line.outlet] += 1
        through[line.outlet].update({f"via {via.name}" for via in line.via if via.role in CARRIERS})
    return _sorted(
        Count(outlet.name or "Outlet unknown", outlet.url, n, parts=tuple(most(through[outlet])[:PARTS]))
        for outlet, n in held.items()
    )


def by_via(lines: Iterable[Line], known: Frame) -> tuple[Count, ...]:
    """Return through whom the words of ``lines`` came; whom they were said to and where is no one's work."""
    held: Counter[tuple[str, str]] = Counter()
    for line in lines:
        for via in line.via:
            if via.role not in CARRIERS:
                continue
            held[via.name, f"actors/{via.id}/" if via.id in known.actors else ""] += 1
    return _sorted(Count(name, url, n) for (name, url), n in held.items())


def spoken_about(lines: Iterable[Line], known: Frame) -> tuple[Count, ...]:
    """Return who is spoken about in ``lines``, with the verbs printed."""
    return _with_verbs(((actor, line) for line in lines for actor in line.about), known)


def speaking(lines: Iterable[Line], known: Frame) -> tuple[Count, ...]:
    """Return who speaks in ``lines``, with the verbs printed."""
    return _with_verbs(((speaker, line) for line in lines for speaker in line.speakers), known)


def _with_verbs(pairs: Iterable[tuple[Actor, Line]], known: Frame) -> tuple[Count, ...]:
    held: Counter[str] = Counter()
    verbs: dict[str, Counter[str]] = defaultdict(Counter)
    for actor, line in pairs:
        held[actor.id] += 1
        if line.quotation.cue:
            verbs[actor.id][_verb(line.quotation.cue.text)] += 1
    return _sorted(
        _actor(known.actors[id_], n, known, parts=tuple(most(verbs[id_])[:PARTS])) for id_, n in held.items()
    )


def _verb(printed: str) -> str:
    """Return a cue as it stands inside a sentence: "According to" counts with "according to"."""
    verb = squeeze(printed)
    return verb[0].lower() + verb[1:] if verb[1:2].islower() else verb


def _actor(
    actor: Actor, count: int, known: Frame, parts: tuple[tuple[str, int], ...] = (), spark: tuple[int, ...] = ()
) -> Count:
    return Count(actor.name, f"actors/{actor.id}/", count, known.note(actor), parts, spark)


def _sorted(counts: Iterable[Count]) -> tuple[Count, ...]:
    return tuple(sorted(counts, key=lambda c: (-c.count, c.name, c.url)))
