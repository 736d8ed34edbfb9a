"""In which other ways that which an article prints may be typed by who looks for it: names in other scripts, umlauts.

An actor is known by the spellings that the articles of the edition print and by those of the knowledge files, so that
Хаменеи finds an English article that prints Khamenei. What is only shown of an actor elsewhere, a title or a capital
that stands for a state, is no spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from digest import knowledge, language
from digest.knowledge import variants
from digest.model import Actor

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A letter of a name alone is an initial, which narrows nothing.
_LEAST = 2
_STAND_FOR = frozenset({"state", "place"})
"""What is also named by what stands for it (Washington): there the knowledge files say what is a name."""


class Spellings:
    """The spellings of the actors of an edition, each worked out once."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        """Take the actors of an edition by id."""
        self._actors = actors
        self._known = knowledge.load().actors
        self._languages = [language.load(code) for code in language.available()]
        self._of: dict[str, frozenset[str]] = {}

    def beside(self, text: str, named: Iterable[str]) -> tuple[str, ...]:
        """Return the words that ``text`` is to be found by beside its own, in order, each once.

        They are without case and accents. ``named`` are the ids of the actors that the text names or is said by;
        one that the edition has not is passed over.
        """
        ways = {way for actor in set(named) for way in self._ways(actor)}
        if not ways and text.isascii():
            return ()
        words = set(_WORD.findall(text))
        ways.update(way for word in words if not word.isascii() for way in variants.ways(word))
        return tuple(sorted(ways - {variants.bare(word) for word in words}))

    def _ways(self, id_: str) -> frozenset[str]:
        """Return all ways to type the names of an actor."""
        if id_ not in self._of:
            actor = self._actors.get(id_)
            words = self._words(actor) if actor else set()
            ways = {way for word in words for way in (variants.bare(word), *variants.ways(word, name=True))}
            self._of[id_] = frozenset(way for way in ways if len(way) >= _LEAST)
        return self._of[id_]

    def _words(self, actor: Actor) -> set[str]:
        """Return the words of all spellings of an actor, as they are printed."""
        known = self._known.get(actor.id)
        printed = () if actor.type in _STAND_FOR and known else actor.aliases
        person = actor.type == "person"
        found = {w for name in (actor.name, *printed) for w in _WORD.findall(name) if not self._no_name(w, person)}
        if known:
            sure = (*(alias for aliases in known.aliases.values() for alias in aliases), *known.surnames)
            found |= {word for name in sure for word in _WORD.findall(name) if not word.islower() or not word.isascii()}
        return found

    def _no_name(self, word: str, person: bool) -> bool:
        """Whether a word inside a name is none itself: a word of grammar, in a person's a title or a role too."""
        low = word.lower()
        return any(
            low in each.grammar or (person and (low in each.titles or low in each.roles)) for each in self._languages
        )
