"""Names to actors inside one article: who is the same, what they are called, which roles are printed beside them.

Linking a bare surname to the full name in the same article is the largest single gain there is for names; after it, an
acronym in brackets is a name of what stands before the bracket.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.knowledge import Knowledge
from digest.language import Language
from digest.model import Actor, Gender, Mention, Role
from digest.text import fold, slug, without_possessive

ROLE_BEFORE = "role before the name"
ROLE_AFTER = "role after the name"
# A name that only its capital letters speak for is an actor when it comes again, else it may be anything.
_WEAK = frozenset({"capitalised inside a sentence", "acronym", "two or three capitalised words"})

# Every name is compared with the people of the same last name; a longer row of these is a register, not an article.
_MOST_BEARERS = 64
# Characters of a name whose words are remembered; a longer one is not seen again.
_KEPT_LENGTH = 80


@dataclass(slots=True)
class _Known:
    """A person of this article while names are being linked."""

    id: str
    words: tuple[str, ...]
    given: bool
    last_seen: int
    gender: Gender | None
    names: Counter[str] = field(default_factory=Counter)


def link(
    article: str, mentions: Sequence[Mention], spoke: frozenset[int], language: Language, knowledge: Knowledge
) -> tuple[tuple[Mention, ...], dict[str, Actor]]:
    """Return the mentions with their actors' ids, and the actors of the article by id.

    ``spoke`` are the start offsets of names that are somebody's source: these stay even if weak. Places get no actor.
    """
    linked = _organisations(_persons(mentions, language, knowledge), knowledge)
    counts = Counter(m.actor for m in linked if m.label == "name" and m.actor)
    kept = tuple(m for m in linked if not _unsupported(m, counts, spoke))
    return kept, _actors(article, kept, language, knowledge)


def _unsupported(m: Mention, counts: Mapping[str, int], spoke: frozenset[int]) -> bool:
    return m.label == "name" and m.rule in _WEAK and counts[m.actor or ""] < 2 and m.start not in spoke


# --- persons ----------------------------------------------------------------------------------------------------------


def _persons(mentions: Sequence[Mention], language: Language, knowledge: Knowledge) -> list[Mention]:
    """Give every person's name its actor: full names first, then what is only a part of one."""
    people: dict[str, _Known] = {}
    by_last: dict[str, list[_Known]] = defaultdict(list)
    ids: dict[int, str] = {}
    lasts = {name_words(m.text, language)[-1] for m in mentions if m.type == "person" and " " in m.text}
    mentions = [replace(m, type="person") if _is_surname(m, lasts, language) else m for m in mentions]
    named = [(i, m) for i, m in enumerate(mentions) if m.label == "name" and m.type == "person"]
    for i, m in named:
        words = name_words(m.text, language)
        if m.actor or len(words) > 1:
            person = _full(m, words, people, by_last, language, knowledge)
            person.last_seen = m.start
            ids[i] = person.id
    for i, m in named:
        if i not in ids:
            words = name_words(m.text, language)
            ids[i] = _part(m, words, by_last, knowledge.surnames, _title_gender(mentions, i, language))
            for person in by_last.get(words[-1] if words else "", []):
                if person.id == ids[i]:
                    person.last_seen = m.start
    return [replace(m, actor=ids[i]) if i in ids else m for i, m in enumerate(mentions)]


def _is_surname(m: Mention, lasts: Container[str], language: Language) -> bool:
    """Whether a single word that only its capital speaks for is the last name of a person named in full."""
    return m.rule in _WEAK and " " not in m.text and name_words(m.text, language)[-1] in lasts


def _full(
    m: Mention,
    words: tuple[str, ...],
    people: dict[str, _Known],
    by_last: dict[str, list[_Known]],
    language: Language,
    knowledge: Knowledge,
) -> _Known:
    for other in by_last.get(words[-1], []):
        if (m.actor is not None and other.id == m.actor) or (m.actor is None and _same(words, other.words)):
            return other
    key = m.actor or slug(" ".join(name_words(m.text, language, folded=False)) or m.text)
    person = people.setdefault(key, _Known(key, words, True, m.start, gender_of(key, words, knowledge)))
    if len(by_last[words[-1]]) < _MOST_BEARERS:
        by_last[words[-1]].append(person)
    return person


def _same(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: the same last name, and first names equal, short or left out."""
    if words[-1] != other[-1] or words == other:
        return words == other
    a, b = words[0], other[0]
    if a == b:
        return set(words) <= set(other) or set(other) <= set(words)
    return min(len(a), len(b)) == 1 and a[0] == b[0]


def _part(
    m: Mention,
    words: tuple[str, ...],
    by_last: Mapping[str, list[_Known]],
    surnames: Mapping[str, str],
    gender: Gender | None,
) -> str:
    """Return the actor that a single name means: the bearer of the surname named last before it, or the only one."""
    bearers = by_last.get(words[-1] if words else "", [])
    if gender is not None:
        bearers = [b for b in bearers if b.gender in (gender, None)] or bearers
    if bearers:
        before = [b for b in bearers if b.last_seen <= m.start]
        return max(before, key=lambda b: b.last_seen).id if before else bearers[0].id
    return surnames.get(m.text) or slug(m.text)


def _title_gender(mentions: Sequence[Mention], i: int, language: Language) -> Gender | None:
    """Return the gender that a title before the name tells ("Ms Aldane")."""
    before = mentions[i - 1] if i else None
    if before is None or before.label != "role" or before.end + 1 < mentions[i].start - 1:
        return None
    found = language.titles.get(before.text.split()[-1].strip(".").lower(), "")
    return "m" if found == "m" else "f" if found == "f" else None


def gender_of(actor: str, words: Sequence[str], knowledge: Knowledge) -> Gender | None:
    """Return a person's gender as far as knowledge or the given name tells it."""
    known = knowledge.actors.get(actor)
    if known is not None and known.gender is not None:
        return known.gender
    return knowledge.given_names.get(words[0].split("-")[0]) if len(words) > 1 else None


def name_words(text: str, language: Language, *, folded: bool = True) -> tuple[str, ...]:
    """Return the words of a person's name without titles, the possessive and "Jr."; folded for comparing."""
    return (_kept_words if len(text) <= _KEPT_LENGTH else _name_words)(text, language, folded)


def _name_words(text: str, language: Language, folded: bool) -> tuple[str, ...]:
    words = [without_possessive(w).strip(".,'’") for w in text.split()]
    kept = [w for w in words if w and w.lower() not in language.titles]
    while len(kept) > 1 and kept[-1].lower() in language.sets["name_suffixes"]:
        kept.pop()
    return tuple(fold(w) if folded else w for w in kept) or ((fold(text) if folded else text),)


_kept_words = functools.lru_cache(4096)(_name_words)


# --- organisations ----------------------------------------------------------------------------------------------------


def _organisations(mentions: Sequence[Mention], knowledge: Knowledge) -> list[Mention]:
    """Give every organisation, outlet and state its actor; "(DUV)" behind a long name is a name of the same."""
    short: dict[str, str] = {}
    out: list[Mention] = []
    before: Mention | None = None
    lasts = _last_words(mentions)
    for m in mentions:
        if m.label != "name" or m.type in ("person", "place"):
            out.append(m)
            continue
        actor = m.actor or short.get(m.text) or (lasts.get(m.text) if " " not in m.text else None)
        if actor is None and before is not None and _abbreviates(m, before):
            actor = before.actor
            short[m.text] = actor or ""
        actor = actor or slug(m.text)
        before = replace(m, actor=actor, type=knowledge.actors[actor].type if actor in knowledge.actors else m.type)
        out.append(before)
    return out


def _last_words(mentions: Sequence[Mention]) -> dict[str, str]:
    """Return the last word of each long name -> its actor, where only one long name ends so: "the Front"."""
    owners: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        if m.label == "name" and m.type not in ("person", "place", "state") and " " in m.text:
            owners[m.text.split()[-1]].add(m.actor or slug(m.text))
    return {word: next(iter(actors)) for word, actors in owners.items() if len(actors) == 1}


def _abbreviates(m: Mention, before: Mention) -> bool:
    """Whether ``m`` is an acronym in brackets behind ``before`` and made of its initials."""
    if not m.text.isupper() or not 0 < m.start - before.end <= 3:
        return False
    initials = [w[0].upper() for w in before.text.replace("-", " ").split() if w[0].isupper()]
    return "".join(initials).startswith(m.text[0]) and len(set(m.text) - set(initials)) == 0


# --- actors -----------------------------------------------------------------------------------------------------------


def _actors(article: str, mentions: Sequence[Mention], language: Language, knowledge: Knowledge) -> dict[str, Actor]:
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Mention] = {}
    for m in mentions:
        if m.label == "name" and m.actor:
            surfaces[m.actor][m.text] += 1
            first.setdefault(m.actor, m)
    roles = roles_of(article, mentions)
    actors = {}
    for key, m in first.items():
        known = knowledge.actors.get(key)
        kind = known.type if known else m.type
        words = name_words(max(surfaces[key], key=len), language)
        actors[key] = Actor(
            id=key,
            name=known.name if known else shown_name(surfaces[key], kind),
            type=kind,
            aliases=dict(sorted(surfaces[key].items())),
            roles=tuple(roles.get(key, ())),
            wikidata=known.wikidata if known else None,
            gender=gender_of(key, words, knowledge) if kind == "person" else None,
        )
    return actors


def shown_name(surfaces: Mapping[str, int], kind: str) -> str:
    """Return the name to show: for a person the fullest one that is usual, else the one printed most often."""
    if kind == "person":
        full = {s: n for s, n in surfaces.items() if " " in s}
        pool = full or surfaces
        return min(pool, key=lambda s: (s.isupper(), -pool[s], -len(s), s))
    # a name says more than its initials
    return min(surfaces, key=lambda s: (s.isupper() and " " not in s, -surfaces[s], -len(s), s))


def roles_of(article: str, mentions: Sequence[Mention]) -> dict[str, list[Role]]:
    """Return the roles printed beside each person's name, each wording once, in text order."""
    found: dict[str, list[Role]] = defaultdict(list)
    for i, m in enumerate(mentions):
        if m.label != "role":
            continue
        owner = _owner(mentions, i)
        if owner is not None and all(r.text != m.text for r in found[owner]):
            found[owner].append(Role(m.text, article, m.start, m.end))
    return found


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
