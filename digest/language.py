"""A language is one data file: ``languages/<code>.toml`` holds its words, the engine holds none.

Every key is explained in ``docs/languages.md``. A file proves itself by its ``[[examples]]``: ``digest check`` and the
tests run them.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from digest.model import DigestError

FOLDER = Path(__file__).parent / "languages"
FRAMES = frozenset({"quote", "that", "clause", "of", "to", "object", "weak"})
SLOTS = ("base", "third", "past", "participle")


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a cue verb: its lemma, what it can govern (FRAMES) and the particle that completes it ("point out").

    ``finite`` is False for forms that only stand with an auxiliary or as a participle ("saying").
    """

    lemma: str
    frames: frozenset[str]
    particle: str | None = None
    finite: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what should be found in it: ``quotations`` as ``kind | words | source``."""

    text: str
    quotations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The keys of a language file, as written there."""

    code: str
    name: str
    common: tuple[str, ...]
    marks: tuple[str, ...]
    nested_marks: tuple[str, ...] = ()
    pronouns: Mapping[str, tuple[str, ...]]
    first_person: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    determiners: tuple[str, ...]
    possessives: tuple[str, ...] = ()
    prepositions: tuple[str, ...]
    conjunctions: tuple[str, ...]
    subordinators: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    passive: tuple[str, ...] = ()
    infinitive_markers: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    quoted_as: tuple[str, ...] = ()
    adverbs: tuple[str, ...]
    adverb_endings: tuple[str, ...] = ()
    complementizers: tuple[str, ...]
    verbs: Mapping[str, tuple[str, ...]]
    cue_nouns: tuple[str, ...] = ()
    noun_verbs: tuple[str, ...] = ()
    verbless: tuple[str, ...] = ()
    verbless_after: tuple[str, ...] = ()
    postposed: tuple[str, ...] = ()
    sources_in: tuple[str, ...] = ()
    comma_before_clause: bool = False
    nouns_capitalised: bool = False
    titles: Mapping[str, tuple[str, ...]]
    role_nouns: Mapping[str, tuple[str, ...]]
    role_families: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    role_links: tuple[str, ...] = ()
    group_nouns: tuple[str, ...] = ()
    organisation_words: tuple[str, ...] = ()
    company_words: tuple[str, ...] = ()
    place_words: tuple[str, ...] = ()
    party_words: tuple[str, ...] = ()
    place_prepositions: tuple[str, ...] = ()
    agency_words: tuple[str, ...] = ()
    occasion_words: tuple[str, ...] = ()
    via_prepositions: tuple[str, ...] = ()
    name_particles: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    work_nouns: tuple[str, ...] = ()
    term_markers: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """A loaded language: the raw keys and the look-up tables made from them."""

    raw: Raw
    verbs: Mapping[str, Verb]
    pronouns: Mapping[str, str]
    roles: Mapping[str, str]
    titles: Mapping[str, str]
    families: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]

    def has(self, key: str, word: str) -> bool:
        """Whether ``word`` (any case) is one of the words under ``key``."""
        return word.lower() in self.sets[key]


@functools.cache
def available() -> tuple[str, ...]:
    """Return the codes of the languages there are, sorted."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.toml")))


@functools.cache
def load(code: str) -> Language:
    """Return the language ``code``; an unknown one is read with English words, the only honest default there is.

    Raises DigestError, naming the file and the place, when the data file is wrong.
    """
    path = FOLDER / f"{code if code in available() else 'en'}.toml"
    try:
        raw = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Raw, strict=True)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DigestError(f"{path.name}: {error}; mend the language file") from error
    return _tables(raw)


def _tables(raw: Raw) -> Language:
    sets = {
        name: frozenset(w.lower() for w in value)
        for name in Raw.__dataclass_fields__
        if isinstance(value := getattr(raw, name), tuple) and all(isinstance(w, str) for w in value)
    }
    return Language(
        raw=raw,
        verbs=_verbs(raw.verbs),
        pronouns=_inverse(raw.pronouns),
        roles=_inverse(raw.role_nouns),
        titles=_inverse(raw.titles),
        families=_inverse(raw.role_families),
        sets=sets,
    )


def _verbs(table: Mapping[str, tuple[str, ...]]) -> dict[str, Verb]:
    """Read ``"quote that": ["point points pointed pointing | out"]`` into one entry a form; the last form is not finite."""
    forms: dict[str, Verb] = {}
    for key, rows in table.items():
        frames = frozenset(key.split())
        if unknown := frames - FRAMES:
            raise DigestError(
                f"languages: verbs.{key}: {', '.join(sorted(unknown))} is none of {', '.join(sorted(FRAMES))}"
            )
        for row in rows:
            words, _, particle = row.partition("|")
            *finite, last = words.split()
            lemma = (finite or [last])[0]
            for form in dict.fromkeys([*finite, last]):
                verb = Verb(lemma, frames, particle.strip() or None, form in finite or not finite)
                known = forms.get(form)
                # one form, two rows ("say"/"say | of"): the row without a particle is the general case
                forms[form] = verb if known is None or (known.particle and not verb.particle) else known
    return forms


def _inverse(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word.lower(): key for key, words in table.items() for word in words}


def problems() -> list[str]:
    """Return what is wrong with the language files, one sentence each, with the file."""
    found = []
    for code in available():
        try:
            raw = load(code).raw
        except DigestError as error:
            found.append(str(error))
            continue
        if raw.code != code:
            found.append(f"languages/{code}.toml: code is {raw.code!r}; it must be the file's own name, {code!r}")
        if not raw.examples:
            found.append(f"languages/{code}.toml: there are no [[examples]]; add some, so that the file proves itself")
    return found


def keys() -> Mapping[str, Any]:
    """Return the keys a language file may have, with their types."""
    return {name: f.type for name, f in Raw.__dataclass_fields__.items()}
