"""One dossier a topic: who says what on it, outlet by outlet, and who is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digest.dossiers import ArticleDossier, Count, TopicDossier, published
from digest.gather import clusters, counts
from digest.gather.frame import Frame
from digest.gather.highlights import Wording, highlights
from digest.gather.silence import matrix
from digest.gather.stories import Stories, printed
from digest.gather.time import timeline
from digest.gather.utterances import most_reported
from digest.lines import Line, Outlet, Tally, Topic, Utterance, quoted
from digest.relations import Compared, Matrix
from digest.text import capital

RELATED = 8


def dossiers(
    articles: Sequence[ArticleDossier],
    known: Frame,
    said: Mapping[str, Utterance],
    worded: Wording,
    had: Stories,
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
    found = (
        _dossier(topic, on[id_], lines[id_], below[id_], known, said, worded, had)
        for id_, topic in known.topics.items()
    )
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
    worded: Wording,
    had: Stories,
) -> TopicDossier:
    reported = most_reported(lines, said)
    silence = matrix(lines, printed(on, had.of), had)
    return TopicDossier(
        topic=topic,
        above=tuple(known.topics[parent] for parent in known.above[topic.id] if parent in known.topics),
        below=below,
        lines=tuple(lines),
        articles=tuple(on),
        voices=counts.voices(lines, known),
        related=_related(topic, on),
        compared=_compared(lines, silence) if silence else (),
        matrix=silence,
        timeline=timeline(lines),
        reported=reported,
        highlights=highlights(lines, reported, worded),
        stories=clusters.on(on, had.of),
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
            children[parents[-1]].append(Count(capital(topic.name), topic.url, Tally.of(reach[id_].values())))
    return defaultdict(tuple, {id_: counts.ranked(c) for id_, c in children.items()})


def _related(topic: Topic, on: Iterable[ArticleDossier]) -> tuple[Count, ...]:
    held = counts.tallied((other, article.text) for article in on for other in article.topics if other != topic)
    return counts.ranked(Count(other.name, other.url, tally) for other, tally in held.items())[:RELATED]


def _compared(lines: Sequence[Line], silence: Matrix) -> tuple[Compared, ...]:
    """Return the matrix' outlets side by side: whom each quotes most and whom it leaves out though it had the story."""
    held: dict[Outlet, list[Line]] = defaultdict(list)
    for line in lines:
        held[line.outlet].append(line)
    found = []
    for column, outlet in enumerate(silence.outlets):
        own = held[outlet]
        speakers = {speaker.id: speaker for line in own for speaker in line.speakers}
        said = counts.tallied((speaker.id, line.original) for line in own for speaker in line.speakers)
        left_out = next((row.speaker for row in silence.rows if row.cells[column] == "left out"), None)
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
