"""Who a nominal means: "the ministry spokesman", "the union"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from digest.language import Language
from digest.model import Actor, Source
from digest.resolve.pronouns import Candidate
from digest.resolve.scene import Found, Scene
from digest.text import without_possessive

# The share of a person among all near a nominal from which on it can mean him or her, and among several who fit.
_NEAR, _FAR_NEARER = 0.1, 0.8
_MANY = 64
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def holders(scene: Scene) -> dict[str, list[Actor]]:
    """Return the persons who hold a role or title, by its family."""
    found: dict[str, list[Actor]] = defaultdict(list)
    for actor in scene.actors.values():
        if actor.type == "person":
            for family in _held_families(actor, scene):
                found[family].append(actor)
    return found


def nominal(
    source: Source, near: Callable[[], Sequence[Candidate]], roles: Mapping[str, Sequence[Actor]], scene: Scene
) -> Found:
    """Return who a nominal source means; ``roles`` are the ``holders``.

    ``near`` gives the persons near it, as if a pronoun stood in its place.
    """
    head = _head(source, scene)
    nouns = frozenset(w for w in head if scene.language.roles.get(w) == "person")
    found = _person(source, head, nouns, near, roles, scene) if nouns else _body(source, head, scene)
    return found or Found(None, "unnamed", f"“{source.text}” is not named in the article")


def _head(source: Source, scene: Scene) -> list[str]:
    """Return the words of the phrase up to its head: "the chairman" of "the chairman of the union, who …"."""
    words = [w.casefold() for w in _WORD.findall(source.text.partition(",")[0])]
    ends = (n for n, w in enumerate(words) if n and (w in scene.language.sets["prepositions"] or _relative(w, scene)))
    return words[: next(ends, len(words))]


def _relative(word: str, scene: Scene) -> bool:
    return word in scene.language.sets["relatives"] and word not in scene.language.sets["determiners"]


def _person(
    source: Source,
    head: Sequence[str],
    nouns: frozenset[str],
    near: Callable[[], Sequence[Candidate]],
    roles: Mapping[str, Sequence[Actor]],
    scene: Scene,
) -> Found | None:
    """The person in apposition, else the one whose printed role or title fits: "the Russian intelligence spokesman".

    ``head`` are the words up to the head, ``nouns`` the nouns for a person among them. One with the role is meant
    unless somebody else is far nearer, of several the one who is far nearer than the others.
    """
    language = scene.language
    words = [w.casefold() for w in _WORD.findall(source.text)]
    if apposed := _apposed(source, words[0], scene):
        return apposed
    if words[0] in language.sets["indefinites"]:
        return None
    content = {w for w in words if _content(w, language)} - _family_words(words, language)
    capitals = [w.casefold() for w in _WORD.findall(source.text)[1 : len(head)] if w[0].isupper()]
    several = not language.raw.nouns_capitalised and len(capitals) > 1
    shares = {c.actor: c.probability for c in near()}
    families = _families(head, language)
    if sum(len(roles.get(family, ())) for family in families) > _MANY:
        known = {key: scene.actors[key] for key in shares if key in scene.actors}  # a register: only the near are meant
    else:
        known = {a.id: a for family in sorted(families) for a in roles.get(family, ())}
    fitting = [a for a in known.values() if _fits(a, families, content, set(capitals) if several else set(), scene)]
    if exact := [a for a in fitting if nouns & _held(a, scene)]:
        fitting = exact  # "the president" is the President rather than a chief
    if not language.sets["past_words"] & set(head) and (now := [a for a in fitting if _holds(a, nouns)]):
        fitting = now  # "the minister" is the minister rather than a former one
    if not fitting:
        return None
    total = sum(shares.get(a.id, 0.0) for a in fitting)
    best = max(fitting, key=lambda a: (shares.get(a.id, 0.0), a.id))
    share = shares.get(best.id, 0.0)
    if len(fitting) > 1 and share < _FAR_NEARER * total:
        return Found(None, "unnamed", f"“{source.text}” fits several people")
    if not content and (share < _NEAR if shares else len(fitting) > 1):
        return None
    why = "the nearest" if len(fitting) > 1 else "the only one"
    return Found(best.id, "role", f"“{source.text}”: {why} with this role in the article")


def _apposed(source: Source, first: str, scene: Scene) -> Found | None:
    """The person whose name stands behind the nominal, or before one that is no phrase of its own.

    The group's spokesman, Davit Morresk, said … Davit Morresk, spokesman of the group, said …
    """
    at = bisect_left(scene.starts, source.end)
    beside = scene.names[at : at + 1]
    gap = scene.text[source.end : beside[0].start] if beside else ""
    if gap.strip() != "," and not _opens(first, scene):
        at = bisect_left(scene.starts, source.start)
        beside = scene.names[at - 1 : at] if at else ()
        gap = scene.text[beside[0].end : source.start] if beside else ""
        if gap.strip() != "," and scene.text[max(source.start - 2, 0) : source.start] == ", ":
            return Found(None, "unnamed", f"“{source.text}” belongs to a name before it that is not known as one")
    if gap.strip() != "," or beside[0].type != "person" or beside[0].actor not in scene.people:
        return None
    return Found(beside[0].actor, "role", f"“{source.text}”: {beside[0].text}, named beside it")


def _opens(word: str, scene: Scene) -> bool:
    """Whether a phrase can begin with the word: the, his."""
    return word in scene.language.sets["determiners"] or word in scene.language.sets["possessives"]


def _fits(actor: Actor, families: frozenset[str], content: set[str], names: set[str], scene: Scene) -> bool:
    """Whether a role or title of the actor is of the same family, with a word in common where the source says more.

    ``names`` are the capitalised words of the source: the governor of New York is not "the New Vennor governor".
    """
    language = scene.language
    for role in actor.roles:
        words = [w.casefold() for w in _WORD.findall(role.text)]
        if families & _families(words, language) and names <= set(words) and (not content or content & set(words)):
            return True
    titles = {language.families.get(t, t) for t in scene.titles.get(actor.id, ())}
    return not content and bool(families & titles)


def _held_families(actor: Actor, scene: Scene) -> frozenset[str]:
    """Return the families of the actor's roles and titles."""
    language = scene.language
    titles = (language.families.get(t, t) for t in scene.titles.get(actor.id, ()))
    roles = (_families([w.casefold() for w in _WORD.findall(role.text)], language) for role in actor.roles)
    return frozenset(titles).union(*roles)


def _holds(actor: Actor, nouns: frozenset[str]) -> bool:
    """Whether the actor holds a role with one of the nouns, or no such role of the past."""
    same = [role for role in actor.roles if nouns & {w.casefold() for w in _WORD.findall(role.text)}]
    return not same or any(not role.past for role in same)


def _held(actor: Actor, scene: Scene) -> set[str]:
    """Return the words of the actor's roles and titles, in lower case."""
    return {w.casefold() for role in actor.roles for w in _WORD.findall(role.text)} | set(
        scene.titles.get(actor.id, ())
    )


def _families(words: Sequence[str], language: Language) -> frozenset[str]:
    """Return the families of the role nouns among ``words``: "press" for a spokesman and for a press bureau."""
    words = [without_possessive(w) for w in words]
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


def _body(source: Source, head: Sequence[str], scene: Scene) -> Found | None:
    """The organisation that "the union" means: the only one named before whose name has that word, or of that type.

    "The group" is the only armed group, "the newspaper" the only outlet.
    """
    language = scene.language
    noun = head[-1] if head else ""
    if len(head) < 2 or head[0] not in language.sets["determiners"] or head[0] in language.sets["indefinites"]:
        return None
    sort = language.bodies.get(noun) if len(head) == 2 else None
    if sort is None and language.roles.get(noun) != "organisation" and noun not in language.sets["organisation_words"]:
        return None
    if noun in language.sets["occasion_words"]:
        return None  # a post is a document, not the Post
    if not language.raw.nouns_capitalised and any(w[0].isupper() for w in source.text.split()[1 : len(head)]):
        return None  # "the Vessin Court" is no court named before, but one of its own
    before = [a for a in scene.kinds.get(noun, ()) if scene.bodies[a] <= source.start]
    if len(before) == 1:
        return Found(before[0], "organisation noun", f"“{source.text}”: the only one of its kind named before")
    return None if before or sort is None else _of_sort(source, sort, scene)


def _of_sort(source: Source, sort: str, scene: Scene) -> Found | None:
    """The only body of a type that is named before, unless one that may be of the type as well is named more often.

    What a name is called tells an armed group and an outlet from other bodies, but not every company.
    """
    before = [a for a in scene.sorts.get(sort, ()) if scene.bodies[a] <= source.start]
    if len(before) != 1 or (sort == "media" and scene.actors[before[0]].name.isupper()):
        return None  # an outlet that is called by its initials is hardly a paper
    rivals = scene.sorts.get("organisation", ()) if sort in ("company", "party") else ()
    if any(scene.counts.get(a, 0) >= scene.counts.get(before[0], 0) for a in rivals):
        return None
    return Found(before[0], "organisation noun", f"“{source.text}”: the only one of its type named before")
