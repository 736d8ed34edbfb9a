"""Names of states, capitals and seats of government that mean somebody or something else in this article.

"Washington" is a government where it acts and a town where things happen; where the article has named a man called
Washington in full, it is he. The reading of one name is carried through an article, for a word rarely changes its
sense within one (Gale, Church and Yarowsky 1992, One Sense Per Discourse).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.knowledge import Knowledge, variants
from digest.language import Language
from digest.model import Article, Mention
from digest.readings import A_PLACE, ALIAS, GIVEN_NAME, METONYM, SURNAME
from digest.resolve.people import name_words
from digest.text import fold

_PLACES = frozenset({"state", "place"})


def borne(article: Article, mentions: Sequence[Mention], language: Language, knowledge: Knowledge) -> list[Mention]:
    """Return the mentions, with the known places that are a person's name here as names of persons, without an actor.

    A surname is one behind the full name, or in a headline, unless a preposition of place stands before it. The name of
    a state is one under the same conditions only where the article shows no other sign of the state, and so is a given
    name.
    """
    lasts, firsts = _bearers(mentions, language, knowledge)
    if not lasts and not firsts:
        return list(mentions)
    headline = max((b.end for b in article.blocks if b.kind == "title"), default=0)
    shown: dict[str, bool] = {}
    out = []
    for m in mentions:
        low = fold(m.text)
        named = lasts.get(low, firsts.get(low))
        unlike = named is None or not _a_place(m) or headline < m.end <= named
        if unlike or _stands_in_a_place(m, article.text, language):
            out.append(m)
            continue
        if low not in shown and (low not in lasts or m.rule == ALIAS):
            shown[low] = _shows(m, mentions, article.text, language, knowledge)
        rule = SURNAME if low in lasts else GIVEN_NAME
        out.append(m if shown.get(low) else replace(m, type="person", actor=None, rule=rule))
    return out


def _bearers(
    mentions: Sequence[Mention], language: Language, knowledge: Knowledge
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the last and the first words of full names, folded, each with where it stands first.

    A surname needs a given name before it, for "Little Britain" and "France Telecom" may be taken for people too.
    """
    lasts: dict[str, int] = {}
    firsts: dict[str, int] = {}
    for m in mentions:
        if m.label == "name" and m.type == "person" and " " in m.text:
            first, *rest = name_words(m.text, language)
            place = variants.place_given(first)
            if rest and (place or first.split("-")[0] in knowledge.given_names or m.actor in knowledge.actors):
                lasts.setdefault(rest[-1], m.start)
            if rest and place:
                firsts.setdefault(first, m.start)
    return lasts, firsts


def _a_place(m: Mention) -> bool:
    known = m.rule in (METONYM, A_PLACE) or (m.rule == ALIAS and m.type in _PLACES)
    return known and m.label == "name" and " " not in m.text


def _stands_in_a_place(m: Mention, text: str, language: Language) -> bool:
    before = text[max(m.start - 24, 0) : m.start].split()
    return bool(before) and before[-1].casefold() in language.sets["place_prepositions"]


def _shows(m: Mention, mentions: Sequence[Mention], text: str, language: Language, knowledge: Knowledge) -> bool:
    """Whether the article shows the state under another of its names: an alias, its people, its capital."""
    state = knowledge.seats.get(m.actor or "", m.actor)
    if any(x.actor == state and x.text != m.text and x.label == "name" for x in mentions):
        return True
    words = [w for w, owner in knowledge.demonyms.get(language.raw.code, {}).items() if owner == state]
    capital = knowledge.capitals.get(state or "")
    words += [n for n in (capital.called(language.raw.code) if capital else ()) if n != m.text]
    return any(word in text for word in words)


def acting(mentions: Sequence[Mention], sources: frozenset[tuple[int, int]], knowledge: Knowledge) -> list[Mention]:
    """Return the mentions, with a capital from which words come as its government: word from Berlin was that …

    ``sources`` are the places of the names that are all of a source. Whoever is quoted is no town.
    """

    def meant(m: Mention) -> Mention:
        state = knowledge.seats.get(m.actor or "") if m.rule == A_PLACE and (m.start, m.end) in sources else None
        if state is None or not knowledge.capitals[state].metonym:
            return m
        return replace(m, type=knowledge.actors[state].type, actor=state, rule=METONYM)

    return [meant(m) for m in mentions]
