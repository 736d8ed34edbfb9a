"""One dossier a topic: who says what on it, outlet by outlet, and who is left out."""

from __future__ import annotations

import difflib
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from digest.dossiers import ArticleDossier, Compared, Count, Matrix, Silence, SilenceRow, TopicDossier, published
from digest.gather import counts
from digest.gather.frame import Frame
from digest.gather.time import timeline, week
from digest.gather.utterances import most_reported
from digest.lines import Line, Outlet, Tally, Topic, Utterance, quoted
from digest.model import Actor
from digest.text import fold

SPEAKERS, OUTLETS = 12, 6
"""A silence matrix shows at most so many speakers and outlets, the most quoted first."""
RELATED = 8
ALIKE = 0.8
"""From this share of common letters two names may be one: "Oleksiy Brandov" and "Oleksij Brandow" share 0.87, "Henrik
Aldane" and "Marit Aldane" 0.72."""


def dossiers(
    articles: Sequence[ArticleDossier], known: Frame, said: Mapping[str, Utterance]
) -> tuple[TopicDossier, ...]:
    """Return a dossier for every topic found and every broader one above it, most quoted first, then by name."""
    on: dict[str, list[ArticleDossier]] = defaultdict(list)
    lines: dict[str, list[Line]] = defaultdict(list)
    for article in articles:
        for topic in article.topics:
            on[topic.id].append(article)
        for line in article.lines:
            for topic in line.topics:
                lines[topic.id].append(line)
    below = _below(known, on)
    found = [_dossier(topic, on[id_], lines[id_], below[id_], known, said) for id_, topic in known.topics.items()]
    return tuple(sorted(found, key=_rank))


def _rank(dossier: TopicDossier) -> tuple[object, ...]:
    return quoted(dossier.lines).rank, published(dossier.articles).rank, dossier.topic.name, dossier.topic.id


def _dossier(
    topic: Topic,
    on: Sequence[ArticleDossier],
    lines: Sequence[Line],
    below: tuple[Count, ...],
    known: Frame,
    said: Mapping[str, Utterance],
) -> TopicDossier:
    matrix = _matrix(on, lines)
    return TopicDossier(
        topic=topic,
        above=tuple(known.topics[parent] for parent in known.above[topic.id] if parent in known.topics),
        below=below,
        lines=tuple(lines),
        articles=tuple(on),
        voices=counts.voices(lines, known),
        related=_related(topic, on),
        compared=_compared(lines, matrix) if matrix else (),
        matrix=matrix,
        timeline=timeline(lines),
        reported=most_reported(lines, said),
    )


def _below(known: Frame, on: Mapping[str, Sequence[ArticleDossier]]) -> dict[str, tuple[Count, ...]]:
    """Return the topics directly below each topic, counting the articles on them and on what is below them."""
    reach: dict[str, dict[str, str]] = defaultdict(dict)
    for id_, parents in known.above.items():
        for reached in (id_, *parents):
            reach[reached].update((article.article.id, article.text) for article in on.get(id_, ()))
    children: dict[str, list[Count]] = defaultdict(list)
    for id_, parents in known.above.items():
        if parents and parents[-1] in known.topics:
            topic = known.topics[id_]
            children[parents[-1]].append(Count(counts.heading(topic), topic.url, Tally.of(reach[id_].values())))
    return defaultdict(tuple, {id_: counts.ranked(c) for id_, c in children.items()})


def _related(topic: Topic, on: Iterable[ArticleDossier]) -> tuple[Count, ...]:
    held = counts.tallied((other, article.text) for article in on for other in article.topics if other != topic)
    return counts.ranked(Count(other.name, other.url, tally) for other, tally in held.items())[:RELATED]


def _matrix(on: Sequence[ArticleDossier], lines: Sequence[Line]) -> Matrix | None:
    """Return who is quoted by which outlet, or None below two known outlets.

    An outlet that does not quote a speaker had the story if, in a week in which another outlet quotes the speaker on
    the topic, it printed an article on the topic itself. Undated articles cannot show that. Papers of two languages
    spell a name in two ways, and to say that one of them leaves a person out would be wrong.
    """
    printed: dict[Outlet, set[str]] = defaultdict(set)
    for article in on:
        if article.outlet.name:
            weeks = {week(article.article.published)} if article.article.published else set()
            printed[article.outlet] |= weeks
    names: dict[str, Actor] = {}
    by_speaker: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for speaker in line.speakers if line.outlet.name else ():
            names[speaker.id] = speaker
            by_speaker[speaker.id].append(line)
    if len(printed) < 2 or not by_speaker:
        return None
    totals = counts.tallied((line.outlet, line.original) for own in by_speaker.values() for line in own)
    spoke: dict[Outlet, set[str]] = defaultdict(set)
    for id_, own in by_speaker.items():
        for line in own:
            spoke[line.outlet].add(names[id_].name)
    outlets = sorted(printed, key=lambda o: (totals.get(o, Tally()).rank, o.name or ""))[:OUTLETS]
    rows = []
    ranked = sorted(by_speaker.items(), key=lambda x: (quoted(x[1]).rank, names[x[0]].name, x[0]))
    for id_, own in ranked[:SPEAKERS]:
        weeks = {week(line.article.published) for line in own if line.article.published}
        held = counts.tallied((line.outlet, line.original) for line in own)
        missing = {o: _silence(names[id_], printed[o] & weeks, spoke[o]) for o in outlets}
        cells: list[Tally | Silence] = [held.get(o) or missing[o] for o in outlets]
        rows.append(SilenceRow(names[id_], quoted(own), tuple(cells)))
    return Matrix(tuple(outlets), tuple(rows))


def _silence(speaker: Actor, shared: Collection[str], others: Collection[str]) -> Silence:
    """Return why an outlet does not quote ``speaker``: ``shared`` are the weeks in which it had the story as well."""
    if not shared:
        return "no story"
    alike = speaker.type == "person" and any(_alike(speaker.name, name) for name in others)
    return "like name" if alike else "left out"


@functools.lru_cache(maxsize=65_536)
def _alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: "Oleksiy Brandov", "Oleksij Brandow". They are not joined for that."""
    return difflib.SequenceMatcher(None, fold(one), fold(other)).ratio() >= ALIKE


def _compared(lines: Sequence[Line], matrix: Matrix) -> tuple[Compared, ...]:
    """Return the matrix' outlets side by side: whom each quotes most and whom it leaves out though it had the story."""
    held: dict[Outlet, list[Line]] = defaultdict(list)
    for line in lines:
        held[line.outlet].append(line)
    found = []
    for column, outlet in enumerate(matrix.outlets):
        own = held[outlet]
        speakers = {speaker.id: speaker for line in own for speaker in line.speakers}
        said = counts.tallied((speaker.id, line.original) for line in own for speaker in line.speakers)
        left_out = next((row.speaker for row in matrix.rows if row.cells[column] == "left out"), None)
        found.append(
            Compared(
                outlet=outlet,
                quotations=quoted(own),
                direct=sum(line.quotation.kind == "direct" for line in own),
                voices=len(speakers),
                most=speakers[min(said, key=lambda id_: (said[id_].rank, id_))] if said else None,
                left_out=left_out,
            )
        )
    return tuple(found)
