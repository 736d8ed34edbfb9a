"""Who answers whom, as far as a printed verb tells: who denies, rejects or disputes, and who accuses.

What two people say is not compared. A quotation answers somebody where it is about them and its cue denies or accuses,
or where its cue denies and it stands beside theirs in the same article; whether it is theirs that it denies, the reader
sees there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from digest.dossiers import ActorDossier, ArticleDossier, TopicDossier
from digest.lines import Line
from digest.model import Place
from digest.relations import Answer, Stance

BEFORE, BEHIND = 5, 1
"""A denial stands beside the quotations of others that are so many before it, or behind it, in their article."""


def with_answers(
    dossiers: Iterable[ActorDossier], articles: Iterable[ArticleDossier], told: Mapping[Place, Stance]
) -> tuple[ActorDossier, ...]:
    """Return ``dossiers`` with the answers to each actor, those about it first, then newest first as ``articles``.

    ``told`` is what cues tell.
    """
    held: dict[str, dict[int, Answer]] = defaultdict(dict)
    for article in articles:
        for whom, answer in _answers(article.lines, told):
            held[whom].setdefault(answer.line.original, answer)  # of copies the latest stays
    return tuple(
        replace(d, answers=tuple(sorted(held[d.actor.id].values(), key=lambda a: not a.about)))
        if d.actor.id in held
        else d
        for d in dossiers
    )


def with_denials(dossiers: Iterable[TopicDossier], told: Mapping[Place, Stance]) -> tuple[TopicDossier, ...]:
    """Return ``dossiers`` with the quotations on each topic whose cue denies, newest first, copies once."""
    found = []
    for dossier in dossiers:
        latest: dict[int, Line] = {}
        for line in dossier.lines:
            if line.speaker and _stance(line, told) == "deny":
                latest.setdefault(line.original, line)
        found.append(replace(dossier, denials=tuple(latest.values())) if latest else dossier)
    return tuple(found)


def _stance(line: Line, told: Mapping[Place, Stance]) -> Stance | None:
    return told.get((line.article.id, line.quotation.id))


def _answers(lines: Sequence[Line], told: Mapping[Place, Stance]) -> Iterator[tuple[str, Answer]]:
    """Yield each answer in an article, whose ``lines`` are in text order, with the id of the actor it answers.

    Who speaks must be known: "he denied it" may be the very one beside whom it stands.
    """
    for n, line in enumerate(lines):
        stance = _stance(line, told)
        if not line.speaker or stance not in ("deny", "accuse"):
            continue
        own = {speaker.id for speaker in line.speakers}
        about = {actor.id for actor in line.about} - own
        for id_ in sorted(about):
            yield id_, Answer(line, about=True)
        if stance == "deny":
            near = lines[max(0, n - BEFORE) : n + BEHIND + 1]
            for id_ in sorted({speaker.id for other in near for speaker in other.speakers} - own - about):
                yield id_, Answer(line, about=False)
