"""Two outlets side by side: what each printed of the stories that both had, and whom only one of them quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from digest.addresses import rivals_at
from digest.dossiers import ArticleDossier
from digest.gather import counts
from digest.gather.stories import Stories
from digest.gather.time import in_time
from digest.lines import Line, Outlet, Tally, Topic, Utterance, quoted
from digest.model import Actor, Article
from digest.relations import OnBoth, Rivals

OUTLETS = 8
"""The so many most quoting outlets are set side by side, each with each where they had a story in common."""
TOPICS = 4
"""Two outlets are compared on so many topics, those on which the one with fewer quotations has most."""
ONLY = 10
"""So many speakers are named whom only one of two outlets quotes, the most quoted first."""


def rivals(
    articles: Iterable[ArticleDossier], lines: Iterable[Line], stories: Stories, said: Mapping[str, Utterance]
) -> tuple[Rivals, ...]:
    """Return the outlets side by side, those with the most stories in common first."""
    printed: dict[Outlet, list[ArticleDossier]] = defaultdict(list)
    quotations: dict[Outlet, list[Line]] = defaultdict(list)
    for a in articles:
        if a.outlet.name:
            printed[a.outlet].append(a)
    for line in lines:
        if line.outlet.name:
            quotations[line.outlet].append(line)
    ranked = sorted(quotations, key=lambda o: (quoted(quotations[o]).rank, o.name or ""))[:OUTLETS]
    of = {o: [(line, stories.told(line)) for line in quotations[o]] for o in ranked}
    speakers = {o: {s.id for line in quotations[o] for s in line.speakers} for o in ranked}
    prints: dict[Outlet, dict[str, None]] = {o: {} for o in ranked}
    for id_, utterance in sorted(said.items(), key=lambda x: (-x[1].outlets, -x[1].articles)):
        for outlet in {line.outlet for line in utterance.lines} & prints.keys():
            prints[outlet][id_] = None
    found = []
    for one, other in combinations(ranked, 2):
        shared = stories.printed.get(one, {}).keys() & stories.printed.get(other, {}).keys()
        if shared:
            mine, theirs = ([line for line, told in of[o] if told in shared] for o in (one, other))
            found.append(
                Rivals(
                    one=one,
                    other=other,
                    url=rivals_at(one.key, other.key),
                    stories=len(shared),
                    topics=_on_both(*(_by_topic(of[o], shared) for o in (one, other))),
                    texts=_texts(printed[one], printed[other]),
                    utterances=tuple(id_ for id_ in prints[one] if id_ in prints[other]),
                    only_one=_only(mine, speakers[other]),
                    only_other=_only(theirs, speakers[one]),
                )
            )
    return tuple(sorted(found, key=lambda r: (-r.stories, r.one.name or "", r.other.name or "")))


def _on_both(one: Mapping[Topic, Sequence[Line]], other: Mapping[Topic, Sequence[Line]]) -> tuple[OnBoth, ...]:
    """Return the topics on which both quote somebody, those first on which the one with fewer quotations has most."""
    both = [
        (-min(quoted(own).texts, quoted(other[topic]).texts), topic.name, topic.id, topic)
        for topic, own in one.items()
        if topic in other
    ]
    shown = [topic for *_, topic in sorted(both, key=lambda x: x[:3])[:TOPICS]]
    return tuple(OnBoth(topic, in_time(one[topic]), in_time(other[topic])) for topic in shown)


def _by_topic(lines: Iterable[tuple[Line, str]], shared: Collection[str]) -> dict[Topic, list[Line]]:
    """Return quotations, each given with its story, by topic: only those of a story that is ``shared``."""
    held: dict[Topic, list[Line]] = defaultdict(list)
    for line, told in lines:
        for topic in line.topics if told in shared else ():
            held[topic].append(line)
    return held


def _texts(mine: Iterable[ArticleDossier], theirs: Iterable[ArticleDossier]) -> tuple[tuple[Article, Article], ...]:
    """Return the earliest articles of both that are reports of one text, the latest first; both are newest first."""
    one, other = ({a.text: a.article for a in own} for own in (mine, theirs))
    found = [(one[text], other[text]) for text in other if text in one]
    return tuple(sorted(found, key=lambda x: [article.published or "" for article in x], reverse=True))


def _only(lines: Sequence[Line], quoted_too: set[str]) -> tuple[tuple[Actor, Tally], ...]:
    actors = {s.id: s for line in lines for s in line.speakers if s.id not in quoted_too}
    held = counts.tallied((s.id, line.original) for line in lines for s in line.speakers if s.id in actors)
    ranked = sorted(held.items(), key=lambda x: (x[1].rank, actors[x[0]].name, x[0]))
    return tuple((actors[id_], tally) for id_, tally in ranked[:ONLY])
