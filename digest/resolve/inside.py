"""Sources to speakers inside one article: names, nominals ("the ministry spokesman"), pronouns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest import confidence
from digest.knowledge import Knowledge
from digest.language import Language
from digest.model import Actor, Analysis, Mention, Quotation, Source, Span, Speaker, Via
from digest.resolve.names import Linked, Sources, link
from digest.resolve.nominals import holders, nominal
from digest.resolve.pronouns import (
    ANYBODY,
    CLEAR,
    EVEN,
    LIKELY,
    NOBODY,
    REACH_PRONOUNS,
    Candidate,
    Place,
    Trail,
    kind_of,
    named_next,
    ranked,
    singular,
)
from digest.resolve.scene import Found, Scene, scene_of
from digest.resolve.several import HOW, group


@dataclass(frozen=True, slots=True)
class _Course:
    """An article whose quotations are being resolved in text order, and what came before the one at hand.

    ``evidence`` are the phrases that speak for each topic, in small letters, by its id. ``said`` are the words of each
    source, by its place, ``free`` the pronouns that are no source, in text order, ``roles`` who holds
    a role. ``before`` are the quotations resolved so far and ``found`` who their sources mean; ``trail`` holds the
    pronouns resolved so far and ``choices`` the candidates of those that are sources.
    """

    scene: Scene
    weights: Mapping[str, float]
    evidence: Sequence[tuple[str, Sequence[str]]]
    said: Mapping[tuple[int, int], tuple[Span, ...]]
    free: tuple[Place, ...]
    roles: Mapping[str, Sequence[Actor]]
    before: list[Quotation] = field(default_factory=list)
    found: dict[tuple[int, int], Found] = field(default_factory=dict)
    trail: Trail = field(default_factory=Trail)
    choices: dict[Source, list[Candidate]] = field(default_factory=dict)


def inside(analysis: Analysis, language: Language, knowledge: Knowledge) -> Analysis:
    """Return the analysis with mentions linked to actors and with the speakers of its quotations."""
    linked = _linked(analysis, language, knowledge)
    course = _run(analysis, linked, language, confidence.antecedents())
    dropped = linked.doubtful - {s.id for q in course.before for s in (q.speaker, *q.others) if s is not None}
    return replace(
        analysis,
        quotations=tuple(course.before),
        mentions=tuple(m for m in linked.mentions if m.actor not in dropped),
        actors=tuple(a for a in linked.actors.values() if a.id not in dropped),
    )


def choices(
    analysis: Analysis, language: Language, knowledge: Knowledge, weights: Mapping[str, float]
) -> list[tuple[Source, Mapping[str, Candidate]]]:
    """Return the pronouns that are sources, each with its candidates by name, as ``weights`` rank them.

    It is what the weights are fitted on; the candidate without a name is under the empty name.
    """
    linked = _linked(analysis, language, knowledge)
    course = _run(analysis, linked, language, weights)
    names = {NOBODY: "", **{a.id: a.name for a in linked.actors.values()}}
    return [(source, {names[c.actor]: c for c in found}) for source, found in course.choices.items()]


def _linked(analysis: Analysis, language: Language, knowledge: Knowledge) -> Linked:
    return link(analysis.article, analysis.mentions, _sources(analysis), language, knowledge)


def _run(analysis: Analysis, linked: Linked, language: Language, weights: Mapping[str, float]) -> _Course:
    """Return the course through all quotations of the article."""
    scene = scene_of(analysis, linked, language)
    said: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for q in analysis.quotations:
        if q.source is not None and q.kind != "fragment":
            said[q.source.start, q.source.end].append(Span(q.start, q.end))
    sources = {start for start, _ in said}
    course = _Course(
        scene=scene,
        weights=weights,
        evidence=[(t.id, [e.casefold() for e in t.evidence]) for t in analysis.topics],
        said={place: tuple(spans) for place, spans in said.items()},
        free=tuple(p for p in singular(scene) if p.start not in sources) if said else (),
        roles=holders(scene),
    )
    for q in analysis.quotations:
        course.before.append(_with_speaker(q, course))
    return course


def _sources(analysis: Analysis) -> Sources:
    """Return which names are sources."""
    named = [q.source for q in analysis.quotations if q.source and q.source.label == "name"]
    ends = {source.start: source.end for source in named}
    starts = sorted(ends)
    before = ((m.start, bisect_right(starts, m.start) - 1) for m in analysis.mentions)
    inside_one = frozenset(at for at, n in before if n >= 0 and at < ends[starts[n]])
    return Sources(inside_one, frozenset((source.start, source.end) for source in named))


def _with_speaker(q: Quotation, course: _Course) -> Quotation:
    scene = course.scene
    inside_it = [m.actor for m in scene.between(q.start, q.end) if m.end <= q.end and m.actor]
    words = scene.text[q.start : q.end].casefold()
    topics = tuple(topic for topic, phrases in course.evidence if any(phrase in words for phrase in phrases))
    about = tuple(dict.fromkeys(a for a in inside_it if a in scene.actors))
    if q.kind == "fragment":
        return replace(q, about=about, topics=topics, confidence=round(q.confidence, 2))
    found = _speaker_of(q, course)
    several = group(q, course.before, scene.names, scene.actors, scene.language)
    if several:
        found = Found(several[0], "several", HOW)
    spoken_by = (scene.people.get(id_ or "") for id_ in several or (found.actor,))
    speakers = tuple(Speaker(actor.id, actor.name, actor.type) for actor in spoken_by if actor is not None)
    return replace(
        q,
        speaker=speakers[0] if speakers else None,
        others=speakers[1:],
        about=tuple(a for a in about if all(a != speaker.id for speaker in speakers)),
        topics=topics,
        via=tuple(_named(v, scene) for v in q.via),
        how=found.how,
        confidence=round(q.confidence * confidence.of_resolution(found.key), 2),
    )


def _named(via: Via, scene: Scene) -> Via:
    """Give an addressee or outlet that the article names more fully its full name."""
    actor = scene.texts.get(via.name) if via.id is None else None
    found = scene.actors.get(actor or "")
    return replace(via, id=found.id, name=found.name) if found else via


def _speaker_of(q: Quotation, course: _Course) -> Found:
    """Return who the source of ``q`` means; a source means the same for all its words."""
    source = q.source
    if source is None:
        return Found(None, "no source", "no words name the speaker")
    found = course.found.get((source.start, source.end))
    if found is None:
        if source.name is not None or source.label == "name":
            found = _name(source, course.scene)  # a relative pronoun has the name before it
        else:
            found = _pronoun(source, course) if source.label == "pronoun" else _nominal(source, course)
        course.found[source.start, source.end] = found
    return found


# --- names ------------------------------------------------------------------------------------------------------------


def _name(source: Source, scene: Scene) -> Found:
    start, end = (source.name.start, source.name.end) if source.name else (source.start, source.end)
    inside_it = [m for m in scene.between(start, end) if m.end <= end]
    named = next((m for m in reversed(inside_it) if m.actor in scene.actors), None)
    named = _apposed(source, named, scene) or named
    if named is None or named.actor is None:
        return Found(None, "unnamed", f"“{source.text}” is no actor that the article names")
    actor = scene.actors[named.actor]
    if named.text == actor.name:
        return Found(actor.id, "name", "named in the sentence")
    if named.text in actor.name:
        return Found(actor.id, "part of a name", f"“{named.text}”: the full name stands in the article")
    return Found(actor.id, "alias", f"“{named.text}” is a name of {actor.name}")


def _apposed(source: Source, named: Mention | None, scene: Scene) -> Mention | None:
    """Return the person in apposition to a source that is called by what the person serves.

    The USA's ambassador to NATO, Ida Quill, said …
    """
    if named is None or named.type == "person":
        return None
    behind = [m for m in scene.between(named.end, source.end) if m.end <= source.end and m.type == "person"]
    beside = next((m for m in behind if scene.text[max(m.start - 2, 0) : m.start] == ", "), None)
    if beside is None or beside.actor not in scene.actors:
        return None
    before = scene.text[source.start : beside.start].replace(",", " ").casefold().split()
    return beside if any(scene.language.roles.get(word) == "person" for word in before) else None


def _nominal(source: Source, course: _Course) -> Found:
    def near() -> list[Candidate]:
        _follow(source.start, course)
        place = Place(source.start, source.end, ANYBODY, course.said[source.start, source.end])
        return ranked(place, course.before, course.trail, course.scene, course.weights)

    return nominal(source, near, course.roles, course.scene)


# --- pronouns ---------------------------------------------------------------------------------------------------------


def _pronoun(source: Source, course: _Course) -> Found:
    """The likeliest antecedent, when it is likely enough; see ``pronouns``."""
    _follow(source.start, course)
    place = Place(source.start, source.end, kind_of(source.text, course.scene), course.said[source.start, source.end])
    found = ranked(place, course.before, course.trail, course.scene, course.weights)
    course.choices[source] = found
    if not found:
        behind = named_next(place, course.scene)
        if behind is None:
            return Found(None, "unnamed", f"“{source.text}”: nobody is named before it")
        how = f"“{source.text}”: {course.scene.actors[behind].name}, named behind it"
        return Found(behind, "pronoun, unsure", how)
    best = found[0]
    if best.actor == NOBODY:
        course.trail.add(source.start, NOBODY)
        return Found(None, "unnamed", f"“{source.text}”: perhaps somebody who spoke before and is not named")
    if best.probability < EVEN:
        return Found(None, "unnamed", f"“{source.text}” fits several people")
    course.trail.add(source.start, best.actor)
    how = f"“{source.text}”: {course.scene.people[best.actor].name}, {'who spoke' if best.spoke else 'named'} before"
    if best.probability >= CLEAR:
        return Found(best.actor, "pronoun, clear", how)
    if best.probability >= LIKELY:
        return Found(best.actor, "pronoun, likely", how)
    return Found(best.actor, "pronoun, unsure", how)


def _follow(until: int, course: _Course) -> None:
    """Resolve the pronouns before ``until`` that are no sources, as far back as one looks, into the trail."""
    end = bisect_left(course.free, until, key=lambda p: p.start)
    for place in course.free[max(end - REACH_PRONOUNS, 0) : end]:
        if course.trail.meant(place.start) is not None:
            continue
        found = ranked(place, course.before, course.trail, course.scene, course.weights)
        if found:
            course.trail.add(place.start, found[0].actor)
