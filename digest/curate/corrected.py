"""Decisions carried out on what was found in the articles, one article after the other; the texts stay as they are.

Everything here happens before actors are brought together over all articles; merging and renaming are done there, with
``resolve.across``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from digest.decisions import Curation, Decided, KnownAs, OnTopic, Reject, Split, SpokenBy
from digest.identity import moved
from digest.model import Actor, Analysis, Mention, Quotation, Speaker, TopicMatch
from digest.readings import BY_PEOPLE

"""The rule of a mention that only a person's alias found."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The decisions as they are looked up: by article, by quotation, by a name as printed.

    ``known`` are actors of all articles, by id, for those whom a person names as speaker of an article that does not.
    """

    aliases: Mapping[str, KnownAs]
    search: re.Pattern[str] | None
    never: Mapping[str, frozenset[str]]
    splits: Mapping[str, Mapping[str, Split]]
    speakers: Mapping[str, SpokenBy]
    rejected: Mapping[str, Decided]
    topics: Mapping[str, Sequence[OnTopic]]
    known: Mapping[str, Actor]


def corrected(analyses: Sequence[Analysis], curation: Curation, topics: Mapping[str, str]) -> tuple[Analysis, ...]:
    """Return ``analyses`` as people corrected them; ``topics`` are the names of all topics by id.

    An article without a decision comes back as the same object.
    """
    if not curation.corrections and not curation.actors:
        return tuple(analyses)
    plan = _plan(analyses, curation)
    return tuple(_corrected(a, plan, topics) for a in analyses)


def _plan(analyses: Sequence[Analysis], curation: Curation) -> _Plan:
    aliases = {name: one for one in curation.actors.values() for name in _names(one) if name not in one.never}
    longest_first = sorted(aliases, key=lambda name: (-len(name), name))
    splits: dict[str, dict[str, Split]] = {}
    for split in curation.of(Split):
        for id_ in split.articles:
            splits.setdefault(id_, {})[split.actor] = split
    on: dict[str, list[OnTopic]] = {}
    for each in curation.of(OnTopic):
        on.setdefault(each.article, []).append(each)
    spoken = curation.of(SpokenBy)
    return _Plan(
        aliases=aliases,
        search=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)") if aliases else None,
        never={one.id: frozenset(one.never) for one in curation.actors.values() if one.never},
        splits=splits,
        speakers={each.quotation: each for each in spoken},
        rejected={each.id: each.decided for each in curation.of(Reject)},
        topics=on,
        known=_actors(analyses, curation, {id_ for each in spoken for id_ in each.speakers} | curation.actors.keys()),
    )


def _names(one: KnownAs) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*([one.name] if one.name else []), *one.aliases)))


def _actors(analyses: Iterable[Analysis], curation: Curation, wanted: set[str]) -> dict[str, Actor]:
    """Return an actor for each id of ``wanted`` and each that a person wrote down or split off.

    Of one whom none of ``analyses`` names, which may be a part of the monitor's articles, nothing but the id is known.
    """
    found = {
        actor.id: replace(actor, aliases={}, roles=()) for a in analyses for actor in a.actors if actor.id in wanted
    }
    found |= {id_: Actor(id_, id_, "person") for id_ in wanted - found.keys()}
    for split in curation.of(Split):
        found[split.into] = Actor(split.into, split.name or split.into, "person")
    for one in curation.actors.values():
        before = found[one.id]
        found[one.id] = Actor(one.id, one.name or before.name, one.type or before.type)
    return found


def _corrected(analysis: Analysis, plan: _Plan, topics: Mapping[str, str]) -> Analysis:
    found = _without_never(_with_aliases(analysis, plan), plan)
    split = plan.splits.get(found.article.id, {})
    if split:
        found = moved(found, {id_: each.into for id_, each in split.items()})
    found = _without_rejected(found, plan.rejected)
    found = _with_speakers(found, plan)
    for each in plan.topics.get(found.article.id, ()):
        found = _on_topic(found, each, topics)
    return found


# --- names ------------------------------------------------------------------------------------------------------------


def _with_aliases(analysis: Analysis, plan: _Plan) -> Analysis:
    """Give every actor of the article that bears an alias its id, and find the aliases that nobody saw as a name."""
    ids = {
        actor.id: one.id
        for actor in analysis.actors
        for name in actor.aliases
        if (one := plan.aliases.get(name)) is not None and one.id != actor.id
    }
    found = moved(analysis, ids) if ids else analysis
    new = tuple(_unseen(found, plan))
    if not new:
        return found
    mentions = tuple(sorted((*found.mentions, *new), key=lambda m: (m.start, m.end)))
    actors = {actor.id: actor for actor in found.actors}
    for m in new:
        id_ = m.actor or ""
        held = actors.get(id_) or plan.known[id_]
        actors[id_] = replace(held, aliases={**held.aliases, m.text: held.aliases.get(m.text, 0) + 1})
    return replace(
        found,
        mentions=mentions,
        actors=tuple(actors.values()),
        quotations=tuple(_named_by(q, new, plan.known) for q in found.quotations),
    )


def _unseen(analysis: Analysis, plan: _Plan) -> Iterator[Mention]:
    """Yield the places of aliases that are no part of a name of the article; they may hold one."""
    if plan.search is None:
        return
    taken = sorted((m.start, m.end) for m in analysis.mentions if m.label in ("name", "role") and m.actor)
    starts = [start for start, _ in taken]
    furthest = list(accumulate((end for _, end in taken), max))
    parts = sorted((p.start, p.end) for q in analysis.quotations for p in q.parts)
    opened = [start for start, _ in parts]
    closed = [0, *accumulate((end for _, end in parts), max)]
    for match in plan.search.finditer(analysis.article.text):
        start, end = match.span()
        # those that begin before the end of the match, from the last one back to where none reaches its start
        last = bisect_left(starts, end)
        near = takewhile(lambda n: furthest[n] > start, range(last - 1, -1, -1))  # noqa: B023 - used up at once
        if any(_is_taken(start, end, *taken[n]) for n in near):
            continue
        one = plan.known[plan.aliases[match.group()].id]
        quoted = end <= closed[bisect_right(opened, start)]
        yield Mention(start, end, match.group(), "name", one.type, one.id, BY_PEOPLE, quoted=quoted)


def _is_taken(start: int, end: int, a: int, b: int) -> bool:
    """Whether the name from ``a`` to ``b`` leaves no place from ``start`` to ``end``: a longer alias goes before it."""
    within = start <= a < b <= end
    return (start, end) == (a, b) or (start < b and not within)


def _named_by(q: Quotation, new: Sequence[Mention], known: Mapping[str, Actor]) -> Quotation:
    """Return a quotation whose source holds a name of ``new``, in text order, spoken by its bearer."""
    if q.kind == "fragment" or q.source is None or q.speaker is not None:
        return q
    at = bisect_left(new, q.source.start, key=lambda m: m.start)
    if at == len(new) or new[at].end > q.source.end:
        return q
    named = new[at]
    actor = known[named.actor or ""]
    return replace(
        q, speaker=Speaker(actor.id, actor.name, actor.type), how=f"“{named.text}” is a name of {actor.name}"
    )


def _without_never(analysis: Analysis, plan: _Plan) -> Analysis:
    """Take the names that never mean an actor away from it, and what was said under them."""
    lost = [m for m in analysis.mentions if m.actor in plan.never and m.text in plan.never[m.actor or ""]]
    if not lost:
        return analysis
    places = {(m.start, m.end) for m in lost}
    gone = {m.actor for m in lost}

    def spoken(q: Quotation) -> Quotation:
        source = q.source
        if source is None or q.speaker is None or q.speaker.id not in gone:
            return q
        named = any(source.start <= start and end <= source.end for start, end in places)
        return replace(q, speaker=None, others=(), how=f"“{source.text}” never means {q.speaker.name}") if named else q

    mentions = tuple(replace(m, actor=None) if (m.start, m.end) in places else m for m in analysis.mentions)
    quotations = tuple(map(spoken, analysis.quotations))
    left = {m.actor for m in mentions} | {s.id for q in quotations for s in q.speakers}
    actors = tuple(
        replace(a, aliases={n: k for n, k in a.aliases.items() if n not in plan.never.get(a.id, frozenset())})
        for a in analysis.actors
        if a.id in left
    )
    quotations = tuple(replace(q, about=tuple(a for a in q.about if a in left)) for q in quotations)
    return replace(analysis, mentions=mentions, quotations=quotations, actors=actors)


# --- quotations and topics --------------------------------------------------------------------------------------------


def _without_rejected(analysis: Analysis, rejected: Mapping[str, Decided]) -> Analysis:
    """Take away the quotations and the actors that are none."""
    kept = tuple(q for q in analysis.quotations if q.id not in rejected)
    gone = {a.id for a in analysis.actors if a.id in rejected}
    if not gone:
        return analysis if len(kept) == len(analysis.quotations) else replace(analysis, quotations=kept)
    return replace(
        analysis,
        mentions=tuple(replace(m, actor=None) if m.actor in gone else m for m in analysis.mentions),
        quotations=tuple(_without_actors(q, gone, rejected) for q in kept),
        actors=tuple(a for a in analysis.actors if a.id not in gone),
    )


def _without_actors(q: Quotation, gone: set[str], rejected: Mapping[str, Decided]) -> Quotation:
    left = tuple(s for s in q.speakers if s.id not in gone)
    lost = next((s for s in q.speakers if s.id in gone), None)
    return replace(
        q,
        speaker=left[0] if left else None,
        others=left[1:],
        about=tuple(a for a in q.about if a not in gone),
        via=tuple(replace(v, id=None) if v.id in gone else v for v in q.via),
        how=f"“{lost.name}” is no actor: {_said(rejected[lost.id])}" if lost else q.how,
    )


def _with_speakers(analysis: Analysis, plan: _Plan) -> Analysis:
    if not any(q.id in plan.speakers for q in analysis.quotations):
        return analysis
    spoken = [_spoken(q, plan) for q in analysis.quotations]
    held = {a.id for a in analysis.actors}
    new = {s.id: plan.known[s.id] for q in spoken for s in q.speakers if s.id not in held}
    return replace(analysis, quotations=tuple(spoken), actors=(*analysis.actors, *new.values()))


def _spoken(q: Quotation, plan: _Plan) -> Quotation:
    decision = plan.speakers.get(q.id)
    if decision is None:
        return q
    speakers = [Speaker(a.id, a.name, a.type) for a in (plan.known[id_] for id_ in decision.speakers)]
    return replace(
        q,
        speaker=speakers[0] if speakers else None,
        others=tuple(speakers[1:]),
        about=tuple(a for a in q.about if a not in decision.speakers),
        confidence=1.0,
        decided=True,
        how=f"decided {_said(decision.decided)}",
    )


def _said(decided: Decided) -> str:
    return f"by {decided.by} on {decided.on}: {decided.why}"


def _on_topic(analysis: Analysis, each: OnTopic, names: Mapping[str, str]) -> Analysis:
    kept = tuple(t for t in analysis.topics if t.id not in each.remove)
    added = tuple(TopicMatch(id_, names.get(id_, id_), 1.0, ()) for id_ in each.add)
    return replace(
        analysis,
        topics=(*added, *kept),
        quotations=tuple(
            replace(q, topics=tuple(t for t in q.topics if t not in each.remove)) for q in analysis.quotations
        ),
    )
