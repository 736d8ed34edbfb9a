"""Earlier versions of articles as people decided: what they may not show, and what was corrected in them.

A decision is made on the articles of today. On an earlier version these are carried out: what is withheld (then no
version is shown at all), which actors are one and which are several, which quotations and actors are none, and who
speaks in a quotation whose words still stand in the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from digest.curate.withheld import holder
from digest.decisions import Curation, Reject, SpokenBy, Withhold
from digest.edition import History
from digest.identity import moved
from digest.model import Actor, Analysis, Quotation


def earlier(
    histories: Sequence[History], analyses: Iterable[Analysis], actors: Mapping[str, Actor], curation: Curation
) -> tuple[History, ...]:
    """Return the histories that may be shown, their versions corrected.

    ``analyses`` and ``actors`` are those of the edition, with what is withheld still in them. Where a version holds
    anything withheld, the history says so and has no versions; of an article that is withheld there is none.
    """
    if not histories:
        return ()
    known = {analysis.article.id: analysis for analysis in analyses}
    holds = holder(tuple(known.values()), actors, curation)
    gone = {each.article for each in curation.of(Withhold)}
    kept_back = {each.versions for each in curation.of(Withhold)}
    formerly = {old: actor.id for actor in actors.values() for old in actor.formerly}
    rejected = {each.id for each in curation.of(Reject)}
    spoken = {each.quotation for each in curation.of(SpokenBy)}

    def shown(history: History) -> History:
        if history.article in kept_back or any(holds.version(version.analysis) for version in history.versions):
            return History(history.article, withheld=True)
        today = known[history.article]
        ids = formerly | dict(_ids(history.versions[0].analysis, today))
        decided = {q.id: q for q in today.quotations if q.id in spoken}
        return replace(
            history,
            versions=tuple(
                replace(version, analysis=_corrected(version.analysis, ids, rejected, decided))
                for version in history.versions
            ),
        )

    return tuple(shown(history) for history in histories if history.article not in gone)


def _ids(read: Analysis, today: Analysis) -> Iterator[tuple[str, str]]:
    """Yield the id that an actor of an article has when it is read alone, and the one that it has in the edition."""
    there = {(m.start, m.end): m.actor for m in today.mentions if m.actor}
    for mention in read.mentions:
        actor = there.get((mention.start, mention.end))
        if mention.actor and actor and actor != mention.actor:
            yield mention.actor, actor


def _corrected(
    analysis: Analysis, ids: Mapping[str, str], rejected: Set[str], decided: Mapping[str, Quotation]
) -> Analysis:
    found = moved(analysis, ids)
    kept = (q for q in found.quotations if q.id not in rejected)
    return replace(found, quotations=tuple(_spoken(q, rejected, decided) for q in kept))


def _spoken(q: Quotation, rejected: Set[str], decided: Mapping[str, Quotation]) -> Quotation:
    if q.id in decided:
        return replace(q, speaker=decided[q.id].speaker, others=decided[q.id].others, decided=True)
    left = tuple(s for s in q.speakers if s.id not in rejected)
    return replace(q, speaker=left[0] if left else None, others=left[1:])
