"""Gather what belongs together: one dossier for every actor, topic, outlet and article, and the front page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.dossiers import ArticleDossier, Digest, OutletDossier
from digest.edition import Edition
from digest.gather import actors, clusters, counts, evidence, stories, topics
from digest.gather.alike import alike
from digest.gather.answers import with_answers, with_denials
from digest.gather.briefings import briefings
from digest.gather.compare import comparison
from digest.gather.edits import edited
from digest.gather.frame import Frame, article, frame
from digest.gather.front import front, questions
from digest.gather.highlights import wording
from digest.gather.namesakes import parted, perhaps
from digest.gather.network import edges, network, networks, speeches
from digest.gather.pairing import pairs
from digest.gather.rivalry import rivals
from digest.gather.shared import shared
from digest.gather.stances import stances
from digest.gather.time import timeline
from digest.gather.utterances import contested, utterances
from digest.gather.varied import varied
from digest.knowledge import load_topics
from digest.lines import Outlet, quoted
from digest.output import SiteInfo
from digest.relations import Missed
from digest.since import Changes

__all__ = ["gather"]


def gather(edition: Edition, site: SiteInfo, changes: Changes | None = None) -> Digest:
    """Return everything the pages of ``edition`` show, sorted as they show it; ``changes`` are shown as they are.

    Raises DigestError when a quotation is not a verbatim piece of its article (promise 1).
    """
    evidence.demand(edition.articles)
    known = frame(edition, (*load_topics(), *edition.own_topics), site.language)
    articles = shared([article(analysis, known) for analysis in edition.articles], edition.samples)
    articles = edited(varied(articles, known), edition.histories, known)
    lines = tuple(line for a in articles for line in a.lines)
    said = utterances(lines)
    told, worded = stances(lines), wording(lines)
    every = edges(lines, told)
    groups = clusters.clustered(articles, edition.stories)
    had = stories.known(articles, groups)
    whole = network(every)
    on_topics = with_denials(topics.dossiers(articles, known, said, worded, had), told)
    on_actors = with_answers(actors.dossiers(articles, on_topics, known, said, worded, edges(lines)), articles, told)
    return Digest(
        lines=lines,
        actors=on_actors,
        topics=on_topics,
        outlets=_outlets(articles, known, clusters.missed(articles, had)),
        articles=articles,
        front=front(articles, lines, known, groups),
        open=replace(
            questions(articles, lines),
            alike=alike(on_actors),
            perhaps=perhaps(edition.doubts, articles, known.actors),
            parted=parted(known.actors),
            contested=contested(edition.utterances, lines),
        ),
        changes=changes,
        skipped=edition.skipped,
        utterances=said,
        network=whole,
        networks=networks(lines, told, known),
        speeches=speeches(every, whole.edges),
        comparison=replace(
            comparison(lines, had), pairs=pairs(on_topics, lines, every), rivals=rivals(articles, lines, had, said)
        ),
        stories=groups,
        briefings=briefings(articles, known, had, changes),
    )


def _outlets(
    articles: Sequence[ArticleDossier], known: Frame, missed: Mapping[Outlet, tuple[Missed, ...]]
) -> tuple[OutletDossier, ...]:
    """Return a dossier for every outlet, most quotations first, then by name, the unknown one last."""
    held: dict[Outlet, list[ArticleDossier]] = defaultdict(list)
    for a in articles:
        held[a.outlet].append(a)
    found = []
    for outlet, own in held.items():
        lines = tuple(line for a in own for line in a.lines)
        found.append(
            OutletDossier(
                outlet=outlet,
                lines=lines,
                articles=tuple(own),
                voices=counts.voices(lines, known),
                topics=counts.by_topic(lines),
                via=counts.by_via(lines, known),
                timeline=timeline(lines),
                missed=missed.get(outlet, ()),
            )
        )
    return tuple(sorted(found, key=lambda d: (d.outlet.name is None, quoted(d.lines).rank, d.outlet.name or "")))
