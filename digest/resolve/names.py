"""Names to actors inside one article: who is the same, what they are called, which roles are printed beside them.

Linking a bare surname to the full name in the same article is the largest single gain there is for names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.knowledge import Knowledge, variants
from digest.language import Language
from digest.language.past import is_past
from digest.model import Actor, Article, Gender, Mention, Role
from digest.readings import WEAK
from digest.resolve.bodies import as_bodies, bodies
from digest.resolve.brackets import spelled_out
from digest.resolve.homonyms import acting, borne
from digest.resolve.offices import office_name
from digest.resolve.people import genders, name_words, persons, titles_of, told_by

ROLE_BEFORE = "role before the name"
ROLE_AFTER = "role after the name"


@dataclass(frozen=True, slots=True)
class Sources:
    """The words that name speakers: where the ``names`` inside them begin, and where the ``whole`` of each stands."""

    names: frozenset[int] = frozenset()
    whole: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Linked:
    """The mentions of an article with their actors' ids, and its actors by id.

    ``doubtful`` are the persons that one mention names for which only its capital letters speak: they are persons if
    somebody is quoted by a pronoun that can mean nobody else, and may be anything if not. ``titles`` are those that
    stand before an actor's names ("sen").
    """

    mentions: tuple[Mention, ...]
    actors: Mapping[str, Actor]
    doubtful: frozenset[str]
    titles: Mapping[str, set[str]]


def link(
    article: Article, mentions: Sequence[Mention], sources: Sources, language: Language, knowledge: Knowledge
) -> Linked:
    """Return the mentions linked to actors; places get none.

    ``sources`` tells which names are somebody's source: these stay even if weak.
    """
    spoke = sources.names
    mentions = [m for m in mentions if not _kind_alone(m, language)]
    mentions = spelled_out(mentions, article.text, language)
    mentions = borne(article, mentions, language, knowledge)
    mentions = acting(mentions, sources.whole, knowledge)
    titles = titles_of(mentions, article.text, language)
    titled = told_by(titles, language)
    mentions = as_bodies(mentions, titles)
    linked = bodies(article, persons(article.text, mentions, titled, language, knowledge), language, knowledge)
    counts = Counter(m.actor for m in linked if m.label == "name" and m.actor)
    weak = {m.actor for m in linked if _unsupported(m, counts, spoke)}
    kept = tuple(m for m in linked if m.actor not in weak or m.type == "person" or m.label != "name")
    actors = _actors(article.id, kept, titled, language, knowledge)
    held: dict[str, set[str]] = defaultdict(set)
    for m in kept:
        if m.actor is not None and m.start in titles:
            held[m.actor].add(titles[m.start])
    return Linked(kept, actors, frozenset(a for a in weak if a in actors), held)


def _kind_alone(m: Mention, language: Language) -> bool:
    """Whether a name says only what kind of body it is, or is a single letter: Inc, Co, P. That is nobody's name."""
    low = m.text.casefold().rstrip(".")
    return m.label == "name" and (len(low) < 2 or low in language.sets["company_words"])


def _unsupported(m: Mention, counts: Mapping[str, int], spoke: frozenset[int]) -> bool:
    return m.label == "name" and m.rule in WEAK and counts[m.actor or ""] < 2 and m.start not in spoke


# --- actors -----------------------------------------------------------------------------------------------------------


def _actors(
    article: str, mentions: Sequence[Mention], titled: Mapping[int, Gender], language: Language, knowledge: Knowledge
) -> dict[str, Actor]:
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Mention] = {}
    for m in mentions:
        if m.label == "name" and m.actor:
            surfaces[m.actor][m.text] += 1
            first.setdefault(m.actor, m)
    words = {key: name_words(max(surfaces[key], key=len), language) for key, m in first.items() if m.type == "person"}
    gender = genders(mentions, titled, words, knowledge)
    roles = roles_of(article, mentions, gender, language)
    actors = {}
    for key, m in first.items():
        known = knowledge.actors.get(key)
        kind = known.type if known else m.type
        actors[key] = Actor(
            id=key,
            name=known.name if known else office_name(key, shown_name(surfaces[key], kind), knowledge),
            type=kind,
            aliases=dict(sorted(surfaces[key].items())),
            roles=tuple(roles.get(key, ())),
            wikidata=known.wikidata if known else None,
            gender=gender.get(key) if kind == "person" else None,
        )
    return actors


def shown_name(surfaces: Mapping[str, int], kind: str) -> str:
    """Return the name to show: for a person the fullest one that is usual, else the one printed most often.

    A name in Latin letters goes before all others.
    """
    surfaces = {s: n for s, n in surfaces.items() if variants.in_latin(s)} or surfaces
    if kind == "person":
        full = {s: n for s, n in surfaces.items() if " " in s}
        pool = full or surfaces
        return min(pool, key=lambda s: (s.isupper(), -pool[s], -len(s), s))
    # a name says more than its initials, and than what many bodies are called
    return min(surfaces, key=lambda s: (variants.shared(s), s.isupper() and " " not in s, -surfaces[s], -len(s), s))


def roles_of(
    article: str, mentions: Sequence[Mention], gender: Mapping[str, Gender], language: Language
) -> dict[str, list[Role]]:
    """Return the roles printed beside each person's name, each wording once, in text order.

    A woman's role is no man's: what is beside it is not in apposition (*gab die Ministerin Tom Vask recht*).
    """
    found: dict[str, list[Role]] = defaultdict(list)
    for i, m in enumerate(mentions):
        if m.label != "role":
            continue
        owner = _owner(mentions, i)
        text = _without_title(m.text, language)
        if owner is None or text.casefold() in language.sets["no_role_alone"]:
            continue
        if any(r.text == text for r in found[owner]):
            continue
        if gender.get(owner) != "m" or not _womans(text, language):
            found[owner].append(Role(text, article, m.start, m.start + len(text), is_past(text, language)))
    return {owner: roles for owner, roles in found.items() if roles}


def _without_title(role: str, language: Language) -> str:
    """Return a role without the title behind it that belongs to the name: "Attorney General Lord" Vask."""
    words = role.split(" ")
    while len(words) > 1 and language.titles.get(words[-1].strip(".").casefold()) in ("m", "f"):
        if not any(word.casefold() in language.roles for word in words[:-1]):
            break
        words.pop()
    return " ".join(words)


def _womans(role: str, language: Language) -> bool:
    """Whether a woman has a role: its noun, which stands before a link to a body, ends so."""
    words = role.casefold().split()
    links = (n for n, word in enumerate(words) if n and word in language.sets["role_links"])
    head = words[: next(links, len(words))]
    return any(w.endswith(language.raw.role_women) and w in language.roles for w in head)


def _owner(mentions: Sequence[Mention], i: int) -> str | None:
    """Return the person whose role the mention ``i`` is: the next name, or the last one before it."""
    m = mentions[i]
    if m.rule == ROLE_BEFORE:
        after = next((mentions[j] for j in range(i + 1, len(mentions)) if mentions[j].start >= m.end), None)
        return after.actor if after is not None and _person(after) else None
    if m.rule == ROLE_AFTER:
        earlier = (mentions[j] for j in range(i - 1, -1, -1))
        before = next((x for x in earlier if _person(x) and x.end <= m.start), None)
        return before.actor if before is not None else None
    return None


def _person(m: Mention) -> bool:
    return m.label == "name" and m.type == "person"
