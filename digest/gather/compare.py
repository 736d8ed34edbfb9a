"""The whole edition compared: who is quoted by which outlet and on which topic, and who is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digest.addresses import compared_at
from digest.gather import counts
from digest.gather.silence import matrix
from digest.gather.stories import Stories
from digest.lines import Line, Outlet, Tally, Topic, quoted
from digest.model import Actor
from digest.relations import Comparison, Gap, Grid, InOutlet, Matrix, OnTopic, Standing

SPEAKERS, OUTLETS, TOPICS = 20, 12, 6
"""The tables over all articles have at most so many speakers, outlets and topics, the most quoted first."""
GAPS = 10
"""So many silences are listed, those of speakers that are quoted most elsewhere."""
ON = 8
"""The page of a speaker goes through so many topics, the most quoted first, and through those of the table."""


def comparison(lines: Sequence[Line], stories: Stories) -> Comparison:
    """Return the tables over all articles and a page for each of their speakers; ``lines`` are newest first."""
    silence = matrix(lines, stories.printed, stories, SPEAKERS, OUTLETS)
    by_speaker: dict[str, list[Line]] = defaultdict(list)
    actors: dict[str, Actor] = {}
    for line in lines:
        for speaker in line.speakers:
            by_speaker[speaker.id].append(line)
            actors[speaker.id] = speaker
    ranked = sorted(actors, key=lambda id_: (quoted(by_speaker[id_]).rank, actors[id_].name, id_))[:SPEAKERS]
    grid = _grid([(actors[id_], by_speaker[id_]) for id_ in ranked])
    rows = [row.speaker.id for row in silence.rows] if silence else []
    shown = dict.fromkeys([*rows, *(ranked if grid else ())])
    standings = tuple(_standing(actors[id_], by_speaker[id_], silence, grid, stories) for id_ in shown)
    return Comparison(silence, grid, _gaps(standings, by_speaker, stories), standings)


def _grid(speakers: Sequence[tuple[Actor, Sequence[Line]]]) -> Grid | None:
    """Return the speakers by the topics on which they are quoted most, None below two speakers or two topics."""
    shown = {line.original: line for _, own in speakers for line in own}
    held = counts.tallied((topic, line.original) for line in shown.values() for topic in line.topics)
    topics = sorted(held, key=lambda topic: (held[topic].rank, topic.name, topic.id))[:TOPICS]
    if len(speakers) < 2 or len(topics) < 2:
        return None
    rows = []
    for speaker, own in speakers:
        on = counts.tallied((topic, line.original) for line in own for topic in line.topics)
        rows.append((speaker, quoted(own), tuple(on.get(topic, Tally()) for topic in topics)))
    return Grid(tuple(topics), tuple(rows))


def _standing(
    speaker: Actor, lines: Sequence[Line], silence: Matrix | None, grid: Grid | None, stories: Stories
) -> Standing:
    cells = next((row.cells for row in silence.rows if row.speaker == speaker), ()) if silence else ()
    told = dict.fromkeys(stories.told(line) for line in lines if line.outlet.name)
    by_outlet: dict[Outlet, list[Line]] = defaultdict(list)
    by_topic: dict[Topic, list[Line]] = defaultdict(list)
    for line in lines:
        by_outlet[line.outlet].append(line)
        for topic in line.topics:
            by_topic[topic].append(line)
    outlets = []
    for outlet, cell in zip(silence.outlets if silence else (), cells, strict=False):
        if isinstance(cell, Tally):
            outlets.append(InOutlet(outlet, tuple(by_outlet[outlet])))
        else:
            printed = stories.printed[outlet]
            had = [a.article for story in told for a in printed.get(story, ())]
            newest = sorted(had, key=lambda a: (a.published or "", a.id), reverse=True)
            outlets.append(InOutlet(outlet, silence=cell, stories=tuple(newest)))
    ranked = sorted(by_topic.items(), key=lambda x: (quoted(x[1]).rank, x[0].name, x[0].id))
    asked = grid.topics if grid else ()
    topics = tuple(OnTopic(topic, tuple(own)) for n, (topic, own) in enumerate(ranked) if n < ON or topic in asked)
    return Standing(speaker, compared_at(speaker.id), tuple(outlets), topics)


def _gaps(standings: Iterable[Standing], by_speaker: Mapping[str, Sequence[Line]], stories: Stories) -> tuple[Gap, ...]:
    """Return the silences about those who are quoted most elsewhere in stories that the outlet had as well.

    Elsewhere is every outlet whose name is known, whether it has a column or not.
    """
    found = []
    for standing in standings:
        lines = [line for line in by_speaker[standing.speaker.id] if line.outlet.name]
        for own in standing.outlets:
            if own.silence == "left out":
                had = {stories.of[a.id].id for a in own.stories}
                others = [line for line in lines if stories.told(line) in had]
                quoting = tuple(dict.fromkeys(line.outlet for line in others))
                found.append(Gap(own.outlet, standing.speaker, quoted(others), own.stories[-1], quoting))
    found.sort(key=lambda gap: (gap.elsewhere.rank, gap.speaker.name, gap.outlet.name or "", gap.speaker.id))
    return tuple(found[:GAPS])
