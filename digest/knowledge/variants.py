"""Whether two names are spellings of one: transliterations, accents, given names that stand for one another.

The tables are ``variants.toml``. A part of a name is compared by its skeleton, in which letters that stand for one
another are the same; the method is that of the phonetic codes for names (Philips 1990, "Hanging on the Metaphone"),
made for transliteration, not for sound.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.model import Likeness
from digest.text import fold, without_possessive

FILE = Path(__file__).parent / "variants.toml"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TWICE = re.compile(r"(.)\1+")
_ENOUGH = 4  # letters of a skeleton from which on one that differs may be a slip
_KEPT = 1 << 16
_LONGEST_KEPT = 120
_ROMAN = re.compile("I{2,3}|I?V|VI{1,3}")


@dataclass(frozen=True, slots=True)
class _Tables:
    surname: Mapping[str, str]
    given: Mapping[str, str]
    cyrillic: dict[int, str]
    rows: Mapping[str, frozenset[int]]
    legal: frozenset[str]
    shared: frozenset[str]
    offices: frozenset[tuple[str, ...]]
    heads: frozenset[str]
    matters: frozenset[str]
    words: Mapping[str, str]
    generations: Mapping[str, str]
    places: frozenset[str]
    typed: dict[int, str]
    joined: Mapping[str, str]


@functools.cache
def _tables() -> _Tables:
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    rows: dict[str, set[int]] = {}
    for n, row in enumerate(raw["given"]["rows"]):
        for name in row:
            rows.setdefault(name, set()).add(n)
    return _Tables(
        raw["letters"],
        raw["letters"] | raw["given_letters"],
        {ord(letter): latin for letter, latin in raw["cyrillic"].items()},
        {name: frozenset(found) for name, found in rows.items()},
        frozenset(raw["bodies"]["legal"]),
        frozenset(raw["bodies"]["shared"]),
        frozenset(tuple(office.split()) for office in raw["bodies"]["offices"]),
        frozenset(raw["bodies"]["heads"]),
        frozenset(raw["bodies"]["matters"]),
        raw["bodies"]["words"],
        {word: key for key, words in raw["generations"].items() for word in words},
        frozenset(raw["places"]["given"]),
        {ord(letter): letters for letter, letters in raw["typed"].items()},
        {letters: fold(letter) for letter, letters in raw["typed"].items()},
    )


@functools.cache
def _groups(*, given: bool) -> re.Pattern[str]:
    letters = _tables().given if given else _tables().surname
    return re.compile("|".join(sorted(letters, key=lambda s: (-len(s), s))))


def latin(text: str) -> str:
    """Return ``text`` folded (``text.fold``) and in Latin letters, as far as the tables know its script."""
    return fold(fold(text).translate(_tables().cyrillic))


def in_latin(name: str) -> bool:
    """Whether a name is in Latin letters, which readers of English and German can read: not Олексій Брандов."""
    return all(c.isascii() or not c.isalpha() for c in fold(name))


def ways(word: str, *, name: bool = False) -> frozenset[str]:
    """Return how else ``word`` may be typed, without case and accents: Łódź -> lodz, Zürich -> zuerich.

    A word in Cyrillic is typed in Latin letters too. Where ``name`` says that it is a name's, so is Zuerich as zurich;
    in other words the same letters are mostly others (Frauen, quer).
    """
    low = unicodedata.normalize("NFC", word).lower()
    found = {fold(low), fold(low.translate(_tables().typed)), latin(low)}
    if name:
        found.add(_pairs().sub(lambda m: _tables().joined[m[0]], fold(low)))
    return frozenset(way for way in found - {bare(low)} if way.replace("'", "").isalpha())


def bare(word: str) -> str:
    """Return a word as a search reads it: without case and accents, but a letter with a stroke stays (Łódź -> łodz)."""
    low = word.lower()
    return (
        low
        if low.isascii()
        else "".join(c for c in unicodedata.normalize("NFD", low) if not unicodedata.category(c).startswith("M"))
    )


@functools.cache
def _pairs() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_tables().joined))))


@functools.lru_cache(_KEPT)
def skeleton(part: str, *, given: bool = False) -> str:
    """Return a part of a name with one letter for those that stand for one another: Chamenei, Khamenei -> khamenei.

    In a given name more of them do.
    """
    letters = _tables().given if given else _tables().surname
    return _TWICE.sub(r"\1", _groups(given=given).sub(lambda m: letters[m[0]], latin(part)))


@functools.lru_cache(_KEPT)
def parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name, without initials' full stops, hyphens, and what tells a generation."""
    found = tuple(_WORD.findall(name))
    return found[:-1] if generation(name) else found


def place_given(part: str) -> bool:
    """Whether the name of a state or town is a given name too."""
    return latin(part) in _tables().places


def generation(name: str) -> str:
    """Return what tells the bearer of a name from a namesake of the family: jr, sr, ii; "" where nothing does.

    A number behind one name alone is a ruler's and a part of the name; so is the letter of Malcolm X.
    """
    words = name.replace(",", " ").split()
    last = words[-1].strip(".") if len(words) > 2 else ""
    return _tables().generations.get(last.lower(), "") or (last.lower() if _ROMAN.fullmatch(last) else "")


def same_part(one: str, other: str, *, given: bool = False) -> bool:
    """Whether two parts of a name are spellings of one, or, where ``given``, stand for one another."""
    if skeleton(one, given=given) == skeleton(other, given=given):
        return True
    rows = _tables().rows
    return given and bool(rows.get(latin(one), frozenset()) & rows.get(latin(other), frozenset()))


def same_name(one: str, other: str) -> bool:
    """Whether two names of several parts agree in every part; the last one is the surname, the others are given.

    A father and a son do not agree; one of them may be named without what tells them apart.
    """
    a, b = parts(one), parts(other)
    if len(a) != len(b) or len(a) < 2 or len({generation(one), generation(other)} - {""}) > 1:
        return False
    return same_part(a[-1], b[-1]) and all(same_part(x, y, given=True) for x, y in zip(a[:-1], b[:-1], strict=True))


def maybe_same(one: str, other: str) -> Likeness | None:
    """Return why two names that do not agree in every part may be those of one person, None where nothing says so.

    The surname agrees, and the given name is an initial, is missing, has a middle name beside it, or differs by a slip.
    """
    a, b = parts(one), parts(other)
    if not a or not b or not same_part(a[-1], b[-1]) or same_name(one, other):
        return None
    if len(a) == 1 or len(b) == 1:
        return "surname"
    first, second = skeleton(a[0], given=True), skeleton(b[0], given=True)
    if first[:1] == second[:1] and 1 in (len(a[0]), len(b[0])):
        return "initial"
    if same_part(a[0], b[0], given=True):
        return "middle"
    return "letter" if _slip(first, second) else None


def _slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter, which is missing, added or another."""
    if min(len(one), len(other)) < _ENOUGH or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return one[at + 1 :] == other[at + 1 :] or one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]


def surname_key(name: str) -> str:
    """Return what the surnames of two spellings of one name have in common, "" for a name without letters."""
    found = parts(name)
    return skeleton(found[-1]) if found else ""


def legal(low: str) -> bool:
    """Whether a word in small letters tells the legal form of a company: Ltd, Inc."""
    return low in _tables().legal


def shared(short: str) -> bool:
    """Whether a short name of a body may be that of many: the Commission."""
    return short.casefold() in _tables().shared


def core(name: str) -> tuple[str, ...]:
    """Return the words of a body's name in small letters, without an article and its legal form: Merrow and Co Inc.

    Words that are spelled in two ways are spelled in one. A name of nothing else keeps its words.
    """
    return _core(name) if len(name) <= _LONGEST_KEPT else _core.__wrapped__(name)


@functools.lru_cache(_KEPT)
def _core(name: str) -> tuple[str, ...]:
    tables = _tables()
    whole = [w for w in (without_possessive(w).strip(".,") for w in fold(name).replace("&", " and ").split()) if w]
    words = list(whole)
    while len(words) > 1 and (words[-1] in tables.legal or words[-1] == "and"):
        words.pop()
    kept = [tables.words.get(w, w) for w in words]
    return tuple(w for w in kept if w) or tuple(whole)


def office(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of an office that many states have, its head last; nothing where ``words`` are none.

    ``words`` are a ``core``: Ministry of Finance and Finance Ministry are both ("finance", "ministry").
    """
    tables = _tables()
    if len(words) > 2 and words[0] in tables.heads and words[1] == "of":
        words = (*words[2:], words[0])
    matters = words[:-1]
    headed = words[-1] in tables.heads and bool(matters) and all(w in tables.matters for w in matters)
    return words if headed or words in tables.offices else ()


def body_key(id_: str) -> str:
    """Return what the ids of two spellings of one body's name have in common: no hyphens, article and legal form."""
    return "".join(core(id_.replace("-", " ")))
