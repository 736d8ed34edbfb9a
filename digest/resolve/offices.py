"""Offices that many states have: which state's Finance Ministry an article means.

"The Norlandic Finance Ministry" says it, and so do "Norland's Finance Ministry" and "the Finance Ministry of Norland".
Alone, an office is that of the state which the article is about: the only one in its headline and its first paragraph,
or the one that is named most. Where there is none, nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.knowledge import Knowledge, variants
from digest.language import Language
from digest.model import ActorType, Article, Mention
from digest.text import POSSESSIVE, slug, without_possessive

BODIES: frozenset[ActorType] = frozenset({"organisation", "media", "armed-group", "party", "company"})
_LONGEST = 4  # words of a state's name before an office
_MOSTLY = 0.6  # of all that is named of states, what the article's own one must have
_WORD = re.compile(r"[^\W\d_](?:[\w.’'-]*\w)?\.?")
_BEFORE = re.compile(r"(\S+) (?:the )?$")


@dataclass(frozen=True, slots=True)
class _States:
    """The words that name a state or what belongs to it -> its id, and known offices by their cores."""

    by_word: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    known: Mapping[tuple[str, ...], str]


def placed_offices(
    article: Article, mentions: Sequence[Mention], language: Language, knowledge: Knowledge
) -> list[Mention]:
    """Return the mentions, the offices that many states have with the actor that they are in one state."""
    states = _states(knowledge, language.raw.code)
    found = [
        (i, state, office)
        for i, m in enumerate(mentions)
        if m.label == "name" and m.actor is None and m.type in BODIES
        for state, office in _read(m.text, states)
    ]
    if not found:
        return list(mentions)
    told = {i: state or _beside(article.text, mentions, i, states) for i, state, _ in found}
    others: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for i, _, office in found:
        if state := told[i]:
            others[office].add(state)
    own = _own(article, mentions, states) if len(told) > sum(map(bool, told.values())) else None
    out = list(mentions)
    for i, _, office in found:
        only = next(iter(others[office])) if len(others[office]) == 1 else own
        if state := told[i] or only:
            out[i] = out[i].of(_actor(office, state, states))
    return out


def office_name(id_: str, name: str, knowledge: Knowledge) -> str:
    """Return how an office of one state is shown: with the state, unless its ``name`` says it."""
    words = id_.split("-")
    for n in range(1, min(_LONGEST, len(words) - 1) + 1):
        state = knowledge.actors.get("-".join(words[:n]))
        if state is not None and state.type == "state" and variants.office(tuple(words[n:])):
            return name if not variants.office(variants.core(name)) else f"{name} ({state.name})"
    return name


def _read(name: str, states: _States) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Yield the state that a name begins with, if any, and its office; nothing where it is none."""
    words = name.split()
    for n in range(min(_LONGEST, len(words) - 1), -1, -1):
        state = states.by_word.get(without_possessive(" ".join(words[:n]))) if n else None
        office = variants.office(variants.core(" ".join(words[n:]))) if state or not n else ()
        if office:
            yield state, office
            return


def _beside(text: str, mentions: Sequence[Mention], i: int, states: _States) -> str | None:
    """Return the state that stands beside the name: "Norland's" or "Norlandic" before it, "of Norland" behind it."""
    m = mentions[i]
    if i and mentions[i - 1].type == "state" and text[mentions[i - 1].end : m.start].rstrip() in POSSESSIVE:
        return mentions[i - 1].actor
    after = mentions[i + 1] if i + 1 < len(mentions) else None
    if after is not None and after.type == "state" and text[m.end : after.start] == " of ":
        return after.actor
    before = _BEFORE.search(text, max(0, m.start - 40), m.start)
    return states.by_word.get(before[1]) if before else None


def _own(article: Article, mentions: Sequence[Mention], states: _States) -> str | None:
    """Return the state that an article is about, None where several may be."""
    blocks = [b for b in article.blocks if b.kind in ("title", "paragraph")][:2]
    named = [(m.start, m.actor) for m in mentions if m.type == "state" and m.actor]
    named += [(w.start(), states.by_word[w[0]]) for w in _WORD.finditer(article.text) if w[0] in states.by_word]
    named = list(dict.fromkeys(named))
    first = {state for at, state in named if any(b.start <= at < b.end for b in blocks)}
    if len(first) == 1:
        return next(iter(first))
    state, times = Counter(state for _, state in named).most_common(1)[0] if named else (None, 0)
    return state if times > _MOSTLY * len(named) else None


def _actor(office: tuple[str, ...], state: str, states: _States) -> str:
    """Return the actor that an office is in a state: a known one, or one called by both."""
    names = (variants.core(f"{word} {' '.join(office)}") for word in states.words[state])
    known = next((states.known[name] for name in names if name in states.known), None)
    return known or slug(f"{state} {' '.join(office)}")


_KEPT: dict[str, tuple[Knowledge, _States]] = {}


def _states(knowledge: Knowledge, code: str) -> _States:
    """Return the words for states in one language, made once."""
    kept = _KEPT.get(code)
    if kept is None or kept[0] is not knowledge:
        by_word = {word: state for word, state in knowledge.demonyms.get(code, {}).items() if word[0].isupper()}
        for actor in knowledge.actors.values():
            if actor.type == "state":
                by_word |= dict.fromkeys(actor.names(code), actor.id)
        words: dict[str, list[str]] = defaultdict(list)
        for word, state in by_word.items():
            words[state].append(word)
        bodies = (actor for actor in knowledge.actors.values() if actor.type in BODIES)
        known = {variants.core(name): actor.id for actor in bodies for name in actor.names(code)}
        found = _States(by_word, {state: tuple(each) for state, each in words.items()}, known)
        kept = _KEPT[code] = (knowledge, found)
    return kept[1]
