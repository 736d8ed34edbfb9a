"""The types of the knowledge files: one line of a file is one of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.model import ActorType, Gender
from digest.text import slug

# The English name of these is often another word elsewhere: "Georgia" in a German text is the US state.
NAMED_BY_LANGUAGE = frozenset({"state", "place"})

ACTOR_FILE_TYPES: Mapping[str, frozenset[ActorType]] = {
    "states.jsonl": frozenset({"state", "place"}),
    "organisations.jsonl": frozenset({"organisation", "armed-group", "party", "company"}),
    "outlets.jsonl": frozenset({"media"}),
    "people.jsonl": frozenset({"person"}),
}
"""The files of actors, each with the types that may stand in it."""


@dataclass(frozen=True, slots=True)
class Gated:
    """An alias that holds only where one of ``needs`` stands elsewhere in the article ("IS" beside "Islamic State").

    It does not hold where one of ``unless`` stands there ("Georgia" beside "Atlanta", unless "Tbilisi" is named too).
    """

    text: str
    needs: tuple[str, ...]
    languages: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One line of an actor file. All names are case-sensitive; the language key ``*`` means any language.

    ``aliases`` are safe anywhere. ``metonyms`` mean the actor only where they act ("Moscow said"), else a place.
    ``surnames`` (persons) mean this person where the article names no other bearer. ``agency`` marks a news agency.
    ``ordinary``: the shown name is also an ordinary word ("Time", "Die Welt"), so that it is no alias.
    """

    id: str
    name: str
    type: ActorType
    wikidata: str | None = None
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gated: tuple[Gated, ...] = ()
    surnames: tuple[str, ...] = ()
    gender: Gender | None = None
    agency: bool = False
    ordinary: bool = False

    def names(self, language: str) -> tuple[str, ...]:
        """Return the safe names in ``language``, each once, the shown name first where it holds there."""
        own = (*self.aliases.get(language, ()), *self.aliases.get("*", ()))
        elsewhere = self.type in NAMED_BY_LANGUAGE and language != "en" and language in self.aliases
        return tuple(dict.fromkeys(own if elsewhere or self.ordinary else (self.name, *own)))

    def standing_for(self, language: str) -> tuple[str, ...]:
        """Return the metonyms in ``language``, each once."""
        return tuple(dict.fromkeys((*self.metonyms.get(language, ()), *self.metonyms.get("*", ()))))


@dataclass(frozen=True, slots=True)
class Demonym:
    """The words for a state's people and things: English forms, and German nouns with adjective stems ("russisch")."""

    state: str
    en: tuple[str, ...] = ()
    de: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Capital:
    """A state's capital by language, the usual spelling first; ``metonym`` when its name can mean the government.

    The language key ``*`` holds its names in its own script, which articles of any language may print.
    """

    state: str
    names: Mapping[str, tuple[str, ...]]
    metonym: bool = False

    def called(self, language: str) -> tuple[str, ...]:
        """Return the names of the capital in ``language``, the usual one first."""
        return tuple(dict.fromkeys((*self.names.get(language, ()), *self.names.get("*", ()))))

    @property
    def place(self) -> str:
        """Return the id of the capital as a place."""
        return slug(self.names["en"][0])
