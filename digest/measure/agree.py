"""Whether two ways of naming a speaker mean the same one. Its words come from the language files.

A phrase such as "the mayor of Osterfeld, Ida Quill" has heads, the nouns that say who it is ("mayor", "Ida Quill");
names are compared by the last names of the heads, so that "Quill's spokesman" never agrees with "Ida Quill".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from digest.language import Language
from digest.measure.match import LOOSE, overlap
from digest.measure.quotes import Who

Label = Literal["named", "nominal", "pronoun"]
"""How a speaker is named in the article."""

_WORD = re.compile(r"\w[\w.'\-]*")
_PLAIN_WORD = re.compile(r"\w[\w'\-]*")
_POSSESSIVE = re.compile(r"'s\b|'(?=\s|$)")
_BRACKETS = re.compile(r"\([^()]*\)")
_APPOSED = re.compile(r"[,;]|\s[-–—]+\s")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
# What stands for somebody when it stands alone, beside the personal pronouns.
_STAND_INS = ("first_person", "relatives", "determiners", "possessives")
# What may stand behind a name and is no part of it: "Quill Jr.", "Quill herself".
_BEHIND = ("name_suffixes", "adverbs")
_APOSTROPHES = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether a found speaker is the marked one: ``strict`` by the same words or name, ``lenient`` by the same head."""

    strict: bool
    lenient: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A head of a phrase, in lower case: its ``words``, and the ``name`` at their end, empty where there is none."""

    words: tuple[str, ...]
    name: tuple[str, ...]


def agreement(gold: Who, found: Who, language: Language) -> Agreement:
    """Return whether ``found`` names the speaker that ``gold`` names.

    Strict: the words or names are equal but for case, punctuation, titles and articles. Lenient: that, or the same
    place in the article, or the same last name, or one head holds the other. A pronoun never agrees by its head.
    Where one of the two names nobody, they agree only if the other does so too.
    """
    if not gold.named or not found.named:
        both = gold.named == found.named
        return Agreement(both, both)
    marked, stated = _names(gold), _names(found)
    if {normal(x, language) for x in marked} & {normal(x, language) for x in stated} - {""}:
        return Agreement(strict=True, lenient=True)
    same_place = gold.place and found.place and overlap(gold.place, found.place) >= LOOSE
    return Agreement(strict=False, lenient=bool(same_place) or _same_head(marked, stated, language))


def published(gold: Who, found: Who, language: Language) -> bool | None:
    """Return whether the name that is published agrees with the marked one; ``None`` where no name is marked.

    A pronoun is no name, and standing at the same place is no merit here: readers see the name.
    """
    if not gold.name and label(gold, language) != "named":
        return None
    names = [x for x in _names(gold) if not is_pronoun(x, language)]
    shown = found.name or found.words
    if not shown or is_pronoun(shown, language):
        return False
    return any(agreement(Who(name), Who(shown), language).lenient for name in names)


def label(who: Who, language: Language) -> Label | None:
    """Return how the speaker is named: by a pronoun, a name, or other words; ``None`` where nobody is."""
    words = who.words or who.name
    if words is None:
        return None
    if is_pronoun(words, language):
        return "pronoun"
    return "named" if any(head.name for head in heads(words, language)) else "nominal"


def normal(words: str, language: Language) -> str:
    """Return ``words`` for comparison: in lower case, without punctuation, possessives and leading titles."""
    found = _PLAIN_WORD.findall(_POSSESSIVE.sub("", _plain(words)).casefold())
    while len(found) > 1 and (found[0] in language.titles or found[0] in language.sets["determiners"]):
        found = found[1:]
    return " ".join(found) or words.casefold().strip()


def is_pronoun(words: str, language: Language) -> bool:
    """Whether ``words`` is one word that only stands for somebody: "she", "who", "many"; US and WHO are names."""
    if len(words) > 1 and words.isupper():
        return False
    found = _PLAIN_WORD.findall(words.casefold())
    return len(found) == 1 and _is_stand_in(found[0], language)


def heads(words: str, language: Language) -> list[Head]:
    """Return the heads of a phrase that names a speaker, those of apposed and coordinated phrases included."""
    text = _BRACKETS.sub(" ", _plain(words))
    found = (_head(phrase, language) for phrase in _phrases(text, language))
    return [head for head in found if head is not None]


def _names(who: Who) -> list[str]:
    return [x for x in (who.words, who.name) if x]


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).translate(_APOSTROPHES)


def _is_stand_in(word: str, language: Language) -> bool:
    return word in language.pronouns or any(word in language.sets[name] for name in _STAND_INS)


def _phrases(text: str, language: Language) -> Iterator[list[str]]:
    """Yield the words of each apposed or coordinated phrase, up to a relative clause.

    Only what is written in small letters is a conjunction or a relative: WHO is an organisation.
    """
    relatives = language.sets["relatives"] - language.sets["determiners"]
    begun = False
    for piece in _APPOSED.split(text):
        phrase: list[str] = []
        for word in _WORD.findall(piece):
            if begun and word in relatives:
                yield phrase
                return
            begun = True
            if word in language.sets["conjunctions"]:
                yield phrase
                phrase = []
            else:
                phrase.append(word)
        yield phrase


def _head(phrase: list[str], language: Language) -> Head | None:
    """Return the head of a phrase without apposition: what stands behind a possessor and before a preposition."""
    owner = max((i for i, word in enumerate(phrase[:-1]) if word.endswith(("'s", "s'"))), default=-1)
    words = phrase[owner + 1 :]
    cut = next((i for i in range(len(words)) if _ends_head(words, i, language)), len(words))
    words = [_bare(word) for word in words[:cut]]
    while len(words) > 1 and any(words[-1].casefold() in language.sets[name] for name in _BEHIND):
        words.pop()
    if not words:
        return None
    name = _name(words, language)
    low = [word.casefold() for word in words]
    while len(low) > 1 and (low[0] in language.titles or low[0] in language.sets["determiners"]):
        del low[0]
    return Head(tuple(low), tuple(name))


def _ends_head(words: list[str], at: int, language: Language) -> bool:
    """Whether the word only tells more of the head before it: a preposition, or a genitive behind a role.

    Behind other nouns a genitive names who speaks ("statements of the police" in German). A particle of a name is
    neither; where every noun has a capital it is known only at the beginning, for "von" stands between any two.
    """
    word, before = words[at].casefold(), words[at - 1] if at else ""
    role, title = before.casefold() in language.roles, before.casefold() in language.titles
    if word in language.sets["name_particles"] and at + 1 < len(words):
        inside = before[:1].isupper() and not role and not language.raw.nouns_capitalised
        if at == 0 or title or inside:
            return False
    return word in language.sets["prepositions"] or (role and words[at] in language.sets["genitives"])


def _bare(word: str) -> str:
    return word if _INITIALS.fullmatch(word) else word.removesuffix("'s").rstrip(".")


def _name(words: list[str], language: Language) -> list[str]:
    """Return the name at the end of ``words``, in lower case and without titles; empty where there is none.

    Where every noun has a capital the head may stand before the end, and a lone role is no name.
    """
    if language.raw.nouns_capitalised:
        words = words[: max((i + 1 for i, word in enumerate(words) if word[0].isupper()), default=0)]
    name: list[str] = []
    for word in reversed(words):
        if not (word[0].isupper() or (name and word.casefold() in language.sets["name_particles"])):
            break
        name.insert(0, word.casefold())
    while len(name) > 1 and _is_title(name[0], language):
        del name[0]
    only = name[0] if len(name) == 1 else ""
    is_role = language.raw.nouns_capitalised and only in language.roles
    return [] if is_role or only in language.sets["name_particles"] else name


def _is_title(word: str, language: Language) -> bool:
    return word in language.titles or word in language.roles or word in language.sets["determiners"]


def _is_addition(word: str, language: Language) -> bool:
    return _is_title(word, language) or word in language.sets["name_particles"]


def _same_head(marked: list[str], stated: list[str], language: Language) -> bool:
    ours = [head for x in stated if not is_pronoun(x, language) for head in heads(x, language)]
    theirs = [head for x in marked if not is_pronoun(x, language) for head in heads(x, language)]
    return any(_alike(a, b, language) for a in theirs for b in ours)


def _alike(a: Head, b: Head, language: Language) -> bool:
    """Whether two heads can mean the same: by last name and no other first name, or one within the other."""
    if a.name and b.name:
        if a.name[-1] == b.name[-1] and len(a.name[-1]) > 1:
            return not _other_first_name(a.name[:-1], b.name[:-1], language)
        return _holds(a.name, b.name) or _holds(b.name, a.name)
    if not (_holds(a.words, b.words) or _holds(b.words, a.words)):
        return False
    return a.words[-1] == b.words[-1] or not (a.name or b.name)


def _other_first_name(a: tuple[str, ...], b: tuple[str, ...], language: Language) -> bool:
    """Whether what stands before the same last name tells two people apart; an initial may stand for a name."""
    first, other = ([word for word in x if not _is_addition(word.rstrip("."), language)] for x in (a, b))
    return bool(first and other) and not set(first) & set(other) and first[0][0] != other[0][0]


def _holds(words: tuple[str, ...], piece: tuple[str, ...]) -> bool:
    """Whether ``piece`` stands in ``words``, word by word."""
    n = len(piece)
    return any(words[i : i + n] == piece for i in range(len(words) - n + 1))
