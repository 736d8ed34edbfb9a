"""Names with an acronym in brackets: the Harbour Workers Union (HWU), or the HWU (Harbour Workers Union).

An acronym is short for a name when its letters stand in it in order, the first one first, and begin words of it or
parts of a compound (Schwartz and Hearst 2003, A Simple Algorithm for Identifying Abbreviation Definitions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.language import Language
from digest.model import ActorType, Mention
from digest.readings import IN_BRACKETS
from digest.text import fold

_BODIES = frozenset({"organisation", "media", "armed-group", "party", "company"})
# Hafenarbeiterverband (HAV), HAV (Hafenarbeiterverband): what is no name by itself becomes one by its acronym
_BEFORE = re.compile(r"\b([A-ZÄÖÜ][^\W\d_]+(?:-[A-ZÄÖÜ][^\W\d_]+)*) ?\(([A-ZÄÖÜ]{2,6})\)")
_WORD = re.compile(r"[^\s-]+")
_BEHIND = re.compile(r"\b([A-ZÄÖÜ]{2,6}) ?\(([A-ZÄÖÜ][^\W\d_]+(?:-[A-ZÄÖÜ][^\W\d_]+)*)\)")


def spelled_out(mentions: Sequence[Mention], text: str, language: Language) -> list[Mention]:
    """Return the mentions, with the long name that explains an acronym in brackets as a body of the acronym's type.

    What was taken for a place there, or was no name at all because the language writes every noun with a capital, is
    one everywhere in the article.
    """
    bodies: dict[str, ActorType] = {}
    extra: dict[str, int] = {}
    for one, other in _in_brackets(mentions, text):
        long, short = (other, one) if _is_short(one.text) else (one, other)
        if not abbreviates(short.text, long.text):
            continue
        if long.type == "place" and short is one and short.type in _BODIES:
            bodies[long.text] = short.type
        if long.actor is None and long.type != "place" and (too_much := _before_it(short.text, long.text)):
            extra[long.text] = too_much
    out = [_trimmed(m, extra) for m in mentions]
    out = [replace(m, type=bodies[m.text], rule=IN_BRACKETS) if m.text in bodies else m for m in out]
    if not language.raw.nouns_capitalised or "(" not in text:
        return out
    nouns = _nouns(text, {m.text: m.type for m in mentions if m.label == "name" and m.type in _BODIES}, language)
    return sorted([*out, *_unseen(nouns, out, text)], key=lambda m: (m.start, m.end)) if nouns else out


def _trimmed(m: Mention, extra: Mapping[str, int]) -> Mention:
    cut = extra.get(m.text) if m.label == "name" else None
    return m if cut is None else replace(m, start=m.start + cut, text=m.text[cut:])


def _before_it(short: str, long: str) -> int:
    """Return how many characters of ``long`` stand before the words that make ``short``: Bank's Rate Council (RC)."""
    at = 0
    for found in _WORD.finditer(long):
        initials = "".join(w[0] for w in long[found.start() :].replace("-", " ").split() if w[0].isupper())
        if initials == short:
            at = found.start()
    return at


def _in_brackets(mentions: Sequence[Mention], text: str) -> Iterator[tuple[Mention, Mention]]:
    """Yield each name with the one that opens a bracket behind it."""
    names = [m for m in mentions if m.label == "name" and m.type != "person"]
    for one, other in pairwise(names):
        if text[one.end : other.start].strip(" '’") == "(":
            yield one, other


def _nouns(text: str, short: Mapping[str, ActorType], language: Language) -> dict[str, ActorType]:
    """Return the nouns for a body that an acronym of ``short`` stands for, with its type."""
    pairs = [(m[1], m[2]) for m in _BEFORE.finditer(text)] + [(m[2], m[1]) for m in _BEHIND.finditer(text)]
    return {
        long: short[acronym]
        for long, acronym in pairs
        if acronym in short and _of_a_body(long.lower(), language) and abbreviates(acronym, long)
    }


def _of_a_body(low: str, language: Language) -> bool:
    """Whether a noun says that it is a body: a ministry, not a chemical."""
    sets = ("organisation_words", "company_words", "party_words", "media_words")
    return language.roles.get(low) == "organisation" or any(low in language.sets[key] for key in sets)


def _unseen(nouns: Mapping[str, ActorType], mentions: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Yield the places of ``nouns`` at which no name is seen."""
    taken = {at for m in mentions if m.label == "name" for at in range(m.start, m.end)}
    longest_first = sorted(nouns, key=lambda noun: (-len(noun), noun))
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})(?:e?s)?\b")
    for found in pattern.finditer(text):
        start, end = found.span(1)
        if start not in taken and end - 1 not in taken:
            yield Mention(start, end, found[1], "name", nouns[found[1]], rule=IN_BRACKETS)


def same_in_brackets(mentions: Sequence[Mention], text: str) -> Iterator[tuple[Mention, Mention]]:
    """Yield each acronym with the long name that it stands for, where one of the two stands in brackets behind it."""
    for one, other in _in_brackets(mentions, text):
        for short, long in ((other, one), (one, other)):
            if long.type != "place" and abbreviates(short.text, long.text):
                yield short, long


def _is_short(text: str) -> bool:
    return text.isupper() and " " not in text


def abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` is an acronym and made of letters of ``long``.

    Either they are initials of its words, in any order that a translation may have left; or they stand in its only word
    in order, the first one first.
    """
    if not _is_short(short) or _is_short(long) or len(short) < 2:
        return False
    initials = [w[0].upper() for w in long.replace("-", " ").split() if w[0].isupper()]
    if len(initials) > 1:
        return initials.count(short[0]) > 0 and not set(short) - set(initials)
    rest = iter(fold(long))
    return fold(long).startswith(fold(short[0])) and all(letter in rest for letter in fold(short))
