"""What the program knows of the world before it reads: states, organisations, outlets, people, topics.

Everything lies in data files beside this module, one actor a line, each with its licence in ``LICENSES.md``.
``load`` and ``load_topics`` read them once; ``problems`` (in ``check``) says what is wrong with them, by file and line.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from digest.knowledge.types import ACTOR_FILE_TYPES, Capital, Demonym, Gated, KnownActor
from digest.model import DigestError, Gender, TopicRule

T = TypeVar("T")
FOLDER = Path(__file__).parent
# A German adjective is listed by its stem ("russisch"); these are the endings it takes before a noun.
ENDINGS = {"de": ("", "e", "er", "en", "em", "es")}

__all__ = [
    "FOLDER",
    "Capital",
    "Demonym",
    "Gated",
    "Knowledge",
    "KnownActor",
    "load",
    "load_topics",
    "problems",
    "seldom_a_name",
]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All known actors by id, and what belongs to them.

    ``demonyms`` maps language -> word as printed -> state id ("Russian", "russischen"). ``capitals`` maps state id ->
    capital. ``given_names`` maps a folded given name (``text.fold``) -> gender. ``surnames`` maps a surname -> the
    person whom it means where no other bearer is named. ``seats`` maps the id of a capital as a place -> its state.
    """

    actors: Mapping[str, KnownActor]
    demonyms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    capitals: Mapping[str, Capital] = field(default_factory=dict)
    given_names: Mapping[str, Gender] = field(default_factory=dict)
    surnames: Mapping[str, str] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)


@functools.cache
def load() -> Knowledge:
    """Return everything known except the topics, read once a process.

    A capital that stands for its government ("Moscow said") is among the metonyms of its state. Raises DigestError
    naming the file when a line cannot be read; ``problems`` names the line.
    """
    actors = {actor.id: actor for name in ACTOR_FILE_TYPES for actor in _lines(FOLDER / name, KnownActor)}
    capitals = {capital.state: capital for capital in _lines(FOLDER / "capitals.jsonl", Capital)}
    for capital in capitals.values():
        if capital.metonym and capital.state in actors:
            actors[capital.state] = _with_metonyms(actors[capital.state], capital.names)
    return Knowledge(
        actors=MappingProxyType(actors),
        demonyms=MappingProxyType(_demonym_words(_lines(FOLDER / "demonyms.jsonl", Demonym))),
        capitals=MappingProxyType(capitals),
        surnames=MappingProxyType({name: actor.id for actor in actors.values() for name in actor.surnames}),
        given_names=MappingProxyType(_given_names(FOLDER / "given_names.tsv")),
        # Singapore: the state has its name already
        seats=MappingProxyType({c.place: c.state for c in capitals.values() if c.place not in actors}),
    )


@functools.cache
def load_topics() -> tuple[TopicRule, ...]:
    """Return the topics in file order, read once a process; the broader ones may have no rule of their own.

    Raises DigestError naming the file when it is not valid TOML or a key is wrong.
    """
    path = FOLDER / "topics.toml"
    try:
        entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["topic"]
        return tuple(_topic(entry) for entry in entries)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, KeyError, TypeError) as error:
        raise DigestError(f"{path.name} cannot be read: {error}. Run “digest check” to see every problem.") from error


def problems() -> list[str]:
    """Return what is wrong with the knowledge files, one sentence each with file and line; empty when all is well."""
    from digest.knowledge import check

    return check.problems(FOLDER)


def _lines(path: Path, kind: type[T]) -> list[T]:
    try:
        return msgspec.json.Decoder(kind).decode_lines(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise DigestError(f"{path.name} cannot be read: {error}. Run “digest check” to see the line.") from error


def _with_metonyms(actor: KnownActor, names: Mapping[str, tuple[str, ...]]) -> KnownActor:
    languages = dict.fromkeys((*actor.metonyms, *names))
    return replace(actor, metonyms={x: (*actor.metonyms.get(x, ()), *names.get(x, ())) for x in languages})


def _demonym_words(demonyms: list[Demonym]) -> dict[str, Mapping[str, str]]:
    words: dict[str, dict[str, str]] = {"en": {}, "de": {}}
    for demonym in demonyms:
        for language, known in (("en", demonym.en), ("de", demonym.de)):
            for word in known:
                adjective = word.rpartition("-")[2].islower()
                for ending in ENDINGS.get(language, ("",)) if adjective else ("",):
                    words[language].setdefault(word + ending, demonym.state)
                    # The adjective opens a sentence or a name: "Russische Truppen", "das Russische Rote Kreuz".
                    words[language].setdefault(word[0].upper() + word[1:] + ending, demonym.state)
    return {language: MappingProxyType(known) for language, known in words.items()}


def _given_names(path: Path) -> dict[str, Gender]:
    names: dict[str, Gender] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, gender = line.partition("\t")
        if name and not name.startswith("#"):
            names[name] = "f" if gender == "f" else "m"
    return names


def _topic(entry: dict[str, Any]) -> TopicRule:
    rules = {key: entry.pop(key) for key in [key for key in entry if isinstance(entry[key], dict)]}
    for rule in rules.values():
        rule["not_"] = rule.pop("not", [])
    return msgspec.convert({**entry, "rules": rules}, TopicRule)


def seldom_a_name(name: str, language: str) -> bool:
    """Whether ``name`` is a single letter, or a word that is seen as a common one more often than as a name."""
    from digest.knowledge import check

    return check.seldom_a_name(name, language)
