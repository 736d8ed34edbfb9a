"""Sources to speakers inside one article: names, nominals ("the ministry spokesman"), pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest import confidence
from digest.knowledge import Knowledge
from digest.language import Language
from digest.model import Actor, Analysis, Mention, Quotation, Source, Speaker, Via
from digest.resolve.names import link
from digest.resolve.several import HOW, group
from digest.text import unbroken, without_possessive

_SENTENCE_END = re.compile(r"[.!?…][\"'”’“»«)]*\s+(?=[\"'“„«»‘(]?[^\W\d_a-z])|\n+")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
# How far back a pronoun may look: in sentences (and quotations), and in names where a sentence does not end.
_REACH = 8
_REACH_NAMES = 200


@dataclass(frozen=True, slots=True)
class Scene:
    """The article while its speakers are being found.

    ``ends`` are the offsets at which sentences end, ``names`` the mentions that are names and ``starts`` where they
    begin, all in text order. ``texts`` maps a name as printed to its actor, ``bodies`` each organisation to the end of
    its first name.
    """

    text: str
    ends: tuple[int, ...]
    names: tuple[Mention, ...]
    starts: tuple[int, ...]
    texts: Mapping[str, str]
    bodies: Mapping[str, int]
    actors: Mapping[str, Actor]
    language: Language

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Return the names that begin in ``start..end``, in text order."""
        return self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that ``offset`` stands in."""
        return bisect_right(self.ends, offset)


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker and how it was found; ``key`` names the way in ``confidence.toml``."""

    actor: str | None
    key: str
    how: str


def inside(analysis: Analysis, language: Language, knowledge: Knowledge) -> Analysis:
    """Return the analysis with mentions linked to actors and with the speakers of its quotations."""
    article = analysis.article
    spoke = frozenset(q.source.start for q in analysis.quotations if q.source and q.source.label == "name")
    sourced = _source_names(analysis, spoke)
    mentions, actors = link(article.id, analysis.mentions, sourced, language, knowledge)
    text = unbroken(article.text, ((b.start, b.end) for b in article.blocks))
    scene = _scene(text, mentions, actors, language)
    quotations: list[Quotation] = []
    spoken: dict[Source, Quotation] = {}
    for q in analysis.quotations:
        resolved = _with_speaker(q, quotations, spoken, scene, analysis)
        quotations.append(resolved)
        if resolved.source is not None and resolved.kind != "fragment":
            spoken.setdefault(resolved.source, resolved)
    return replace(analysis, quotations=tuple(quotations), mentions=mentions, actors=tuple(actors.values()))


def _scene(text: str, mentions: Sequence[Mention], actors: Mapping[str, Actor], language: Language) -> Scene:
    names = tuple(m for m in mentions if m.label == "name")
    linked = [(m, m.actor) for m in names if m.actor is not None]
    return Scene(
        text=text,
        ends=tuple(m.end() for m in _SENTENCE_END.finditer(text)),
        names=names,
        starts=tuple(m.start for m in names),
        # reversed, so that the first of equal keys is the one that stays
        texts={m.text: actor for m, actor in reversed(linked)},
        bodies={a: m.end for m, a in reversed(linked) if m.type not in ("person", "place", "state")},
        actors=actors,
        language=language,
    )


def _source_names(analysis: Analysis, spoke: frozenset[int]) -> frozenset[int]:
    """Return the starts of the names that lie inside a source."""
    ends = {q.source.start: q.source.end for q in analysis.quotations if q.source and q.source.start in spoke}
    starts = sorted(ends)
    before = ((m.start, bisect_right(starts, m.start) - 1) for m in analysis.mentions)
    return frozenset(at for at, n in before if n >= 0 and at < ends[starts[n]])


def _with_speaker(
    q: Quotation, before: Sequence[Quotation], spoken: Mapping[Source, Quotation], scene: Scene, analysis: Analysis
) -> Quotation:
    inside_it = [m.actor for m in scene.between(q.start, q.end) if m.end <= q.end and m.actor]
    words = scene.text[q.start : q.end].casefold()
    topics = tuple(t.id for t in analysis.topics if any(e.casefold() in words for e in t.evidence))
    about = tuple(dict.fromkeys(a for a in inside_it if a in scene.actors))
    if q.kind == "fragment":
        return replace(q, about=about, topics=topics)
    found = speaker_of(q, before, spoken, scene)
    several = group(q.source, before, scene.names, scene.actors, scene.language) if q.source else ()
    if several:
        found = Found(several[0], "several", HOW)
    spoken_by = (scene.actors.get(id_ or "") for id_ in several or (found.actor,))
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


def speaker_of(q: Quotation, before: Sequence[Quotation], spoken: Mapping[Source, Quotation], scene: Scene) -> Found:
    """Return who the source of ``q`` means; ``before`` are the quotations before it, ``spoken`` each source's first."""
    source = q.source
    if source is None:
        return Found(None, "no source", "no words name the speaker")
    same = spoken.get(source)
    if same is not None:
        return Found(same.speaker.id if same.speaker else None, "same source", "the same source as a quotation before")
    if source.label == "pronoun":
        return _pronoun(source, before, scene)
    if source.label == "name":
        return _name(source, scene)
    return _apposed(source, scene) or _nominal(source, scene)


# --- names ------------------------------------------------------------------------------------------------------------


def _name(source: Source, scene: Scene) -> Found:
    start, end = (source.name.start, source.name.end) if source.name else (source.start, source.end)
    inside_it = [m for m in scene.between(start, end) if m.end <= end]
    named = next((m for m in reversed(inside_it) if m.actor in scene.actors), None)
    if named is None or named.actor is None:
        return Found(None, "unnamed", f"“{source.text}” is no actor that the article names")
    actor = scene.actors[named.actor]
    if named.text == actor.name:
        return Found(actor.id, "name", "named in the sentence")
    if named.text in actor.name:
        return Found(actor.id, "part of a name", f"“{named.text}”: the full name stands in the article")
    return Found(actor.id, "alias", f"“{named.text}” is a name of {actor.name}")


# --- nominals ---------------------------------------------------------------------------------------------------------


def _nominal(source: Source, scene: Scene) -> Found:
    """The speaker of "the Russian intelligence spokesman": the only person whose printed role fits the words."""
    words = [w.casefold() for w in _WORD.findall(source.text)]
    if not words or words[0] in scene.language.sets["indefinites"]:
        return Found(None, "unnamed", f"“{source.text}” is not named in the article")
    families = _families(source.text, scene.language)
    content = {w for w in words if _content(w, scene.language)} - _family_words(words, scene.language)
    fitting = [a for a in scene.actors.values() if a.type == "person" and _fits(a, families, content, scene.language)]
    if len(fitting) == 1:
        return Found(fitting[0].id, "role", f"“{source.text}”: the only one with this role in the article")
    if not fitting and (own := _organisation(words, source, scene)):
        return Found(own, "organisation noun", f"“{source.text}”: the only one of its kind named before")
    return Found(
        None,
        "unnamed",
        f"“{source.text}” is not named in the article" if not fitting else f"“{source.text}” fits several people",
    )


def _apposed(source: Source, scene: Scene) -> Found | None:
    """The person whose name stands behind the nominal: The group's spokesman, Davit Morresk, said …"""
    at = bisect_left(scene.starts, source.end)
    after = scene.names[at] if at < len(scene.names) else None
    if after is None or after.type != "person" or after.actor not in scene.actors:
        return None
    if scene.text[source.end : after.start].strip() != ",":
        return None
    return Found(after.actor, "role", f"“{source.text}”: {after.text}, named behind it")


def _fits(actor: Actor, families: frozenset[str], content: set[str], language: Language) -> bool:
    """Whether one of the actor's roles is of the same family, and shares a word where the source has more to say."""
    for role in actor.roles:
        words = {w.casefold() for w in _WORD.findall(role.text)}
        if families & _families(role.text, language) and (not content or content & words):
            return True
    return False


def _families(text: str, language: Language) -> frozenset[str]:
    """Return the families of the role nouns in ``text``: "press" for a spokesman and for a press bureau."""
    words = [without_possessive(w).casefold() for w in _WORD.findall(text)]
    pairs = [" ".join(words[i : i + 2]) for i in range(len(words) - 1)]
    return frozenset(
        language.families.get(w, w)
        for w in (*words, *pairs)
        if language.roles.get(w) == "person" or w in language.families
    )


def _family_words(words: Sequence[str], language: Language) -> set[str]:
    return {w for w in words if w in language.families or w in language.roles}


def _content(word: str, language: Language) -> bool:
    sets = language.sets
    return not any(
        word in sets[k] for k in ("determiners", "prepositions", "possessives", "conjunctions", "adverbs", "role_links")
    )


def _organisation(words: Sequence[str], source: Source, scene: Scene) -> str | None:
    """Return the organisation that "the union" means: the only one named before whose name has that word."""
    heads = [
        w
        for w in words
        if scene.language.roles.get(w) == "organisation" or w in scene.language.sets["organisation_words"]
    ]
    if not heads:
        return None
    named = [actor for actor, end in scene.bodies.items() if end <= source.start]
    fitting = [a for a in named if heads[-1] in scene.actors[a].name.casefold().split()]
    return fitting[0] if len(fitting) == 1 else None


# --- pronouns ---------------------------------------------------------------------------------------------------------


def _pronoun(source: Source, before: Sequence[Quotation], scene: Scene) -> Found:
    """The likeliest antecedent: near, a subject, of fitting gender, and preferably the one who spoke last.

    After Lappin and Leass 1994, whose salience weights these are in spirit; the numbers are in ``confidence.toml``.
    """
    kind = scene.language.pronouns.get(source.text.casefold(), "p")
    here = scene.sentence(source.start)
    near = before[-_REACH:]
    last = next((b for b in reversed(near) if b.kind != "fragment" and b.end <= source.start), None)
    scores: dict[str, float] = {}
    nearest: dict[str, int] = defaultdict(int)
    at = bisect_left(scene.starts, source.start)
    for m in reversed(scene.names[max(at - _REACH_NAMES, 0) : at]):
        distance = here - scene.sentence(m.start)
        if distance > _REACH:
            break
        if m.actor is None or m.actor not in scene.actors or m.end > source.start or m.quoted:
            continue
        if not _agrees(scene.actors[m.actor], kind):
            continue
        nearest[m.actor] = max(nearest[m.actor], m.start)
        score = -confidence.weight("distance") * distance + confidence.weight(m.position)
        scores[m.actor] = max(scores.get(m.actor, score), score)
    spoke = last.speaker.id if last is not None and last.speaker else None
    if spoke is not None and spoke in scene.actors and _agrees(scene.actors[spoke], kind) and last is not None:
        distance = here - scene.sentence(last.source.start if last.source else last.end)
        score = confidence.weight("spoke last") - confidence.weight("distance") * max(distance, 0)
        scores[spoke] = max(scores.get(spoke, score), score)
    if not scores:
        return Found(None, "unnamed", f"“{source.text}”: nobody is named before it")
    best = max(scores, key=lambda a: (scores[a], a))
    if last is not None and (unnamed := _unnamed(last)) is not None and nearest[best] < unnamed.start:
        return Found(None, "unnamed", f"“{source.text}”: perhaps “{unnamed.text}”, who spoke before and is not named")
    name = scene.actors[best].name
    if best == spoke:
        return Found(best, "pronoun, spoke before", f"“{source.text}”: {name}, who spoke before")
    return Found(best, "pronoun", f"“{source.text}”: {name}, named before")


def _unnamed(q: Quotation) -> Source | None:
    """Return the words for somebody who spoke and whom the article does not name ("the official")."""
    return q.source if q.speaker is None and q.source is not None and q.source.label == "nominal" else None


def _agrees(actor: Actor, kind: str) -> bool:
    """Whether a pronoun of this kind can mean the actor; a person of unknown gender fits both."""
    if kind in ("m", "f", "fp"):
        return actor.type == "person" and actor.gender in (kind[0], None)
    if kind == "n":
        return actor.type not in ("person", "place")
    return False
