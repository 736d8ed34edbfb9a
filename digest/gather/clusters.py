"""The stories: articles near in time on the same names and words, with who is quoted in them and who is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digest.dossiers import ArticleDossier, published
from digest.gather import counts
from digest.gather.silence import alike
from digest.gather.stories import Stories
from digest.lines import Line, Outlet, quoted
from digest.model import Actor
from digest.relations import Missed, Report, Story

MISSED = 20
"""The page of an outlet names so many speakers whom it leaves out of a story, those quoted most elsewhere."""


def clustered(articles: Iterable[ArticleDossier], of: Mapping[str, str]) -> dict[str, Story]:
    """Return the story of each article by the article's id; ``articles`` are newest first, ``of`` has their stories."""
    held: dict[str, list[ArticleDossier]] = defaultdict(list)
    for a in articles:
        held[of.get(a.article.id, a.article.id)].append(a)
    found: dict[str, Story] = {}
    for id_, own in held.items():
        story = _story(id_, own)
        found.update((a.article.id, story) for a in own)
    return found


def _story(id_: str, articles: Sequence[ArticleDossier]) -> Story:
    lines = [line for a in articles for line in a.lines]
    actors = {speaker.id: speaker for line in lines for speaker in line.speakers}
    said = counts.tallied((speaker.id, line.original) for line in lines for speaker in line.speakers)
    return Story(
        id=id_,
        reports=tuple(Report(a.article, a.outlet) for a in articles),
        articles=published(articles),
        voices=tuple(actors[i] for i in sorted(actors, key=lambda i: (said[i].rank, actors[i].name, i))),
    )


def on(articles: Iterable[ArticleDossier], known: Mapping[str, Story]) -> tuple[Story, ...]:
    """Return the stories of ``articles``, which are newest first, in the order of their first article there."""
    return tuple({story.id: story for story in (known[a.article.id] for a in articles)}.values())


def missed(articles: Iterable[ArticleDossier], stories: Stories) -> dict[Outlet, tuple[Missed, ...]]:
    """Return whom each outlet leaves out of a story that it printed and another outlet quotes them on.

    Whom it quotes elsewhere, or someone of nearly the same name, it does not leave out.
    """
    lines: dict[str, list[Line]] = defaultdict(list)
    quotes: dict[Outlet, set[str]] = defaultdict(set)
    for a in articles:
        lines[stories.of[a.article.id].id].extend(a.lines)
        quotes[a.outlet].update(speaker.name for line in a.lines for speaker in line.speakers)
    found: dict[Outlet, list[Missed]] = defaultdict(list)
    for story in {story.id: story for story in stories.of.values() if len(story.outlets) > 1}.values():
        for speaker, own in _by_speaker(line for line in lines[story.id] if line.outlet.name):
            quoting = tuple(dict.fromkeys(line.outlet for line in own))
            for outlet in story.outlets:
                had = stories.printed[outlet].get(story.id)
                if had and speaker.name not in quotes[outlet] and not alike(speaker, quotes[outlet]):
                    report = Report(had[0].article, outlet)
                    found[outlet].append(Missed(speaker, quoted(own), quoting, story, report))
    return {
        outlet: tuple(sorted(own, key=lambda m: (m.elsewhere.rank, m.speaker.name, m.story.id))[:MISSED])
        for outlet, own in found.items()
    }


def _by_speaker(lines: Iterable[Line]) -> list[tuple[Actor, list[Line]]]:
    actors: dict[str, Actor] = {}
    held: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for speaker in line.speakers:
            actors[speaker.id] = speaker
            held[speaker.id].append(line)
    return [(actors[id_], own) for id_, own in held.items()]
