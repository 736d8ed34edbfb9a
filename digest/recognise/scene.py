"""What the naming of one article may look at: its language, the knowledge and its own vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.knowledge import Knowledge
from digest.knowledge.words import lexicon, ordinary
from digest.language import Language
from digest.recognise.gazetteer import Hit, gazetteer
from digest.recognise.tokens import Token
from digest.text import fold

# Letters of a noun that ends a longer one; what is shorter ends many a name as well.
_SHORTEST_NOUN = 5


@dataclass(frozen=True, slots=True)
class Scene:
    """What the naming of one article may look at: the language, the knowledge and the article's own vocabulary.

    ``small`` are the words that also occur in lower case, ``inner`` the capitalised ones seen inside a sentence,
    ``surnames`` the last words of full names. ``printed`` is what ``prints`` and ``elsewhere`` have looked for.
    """

    language: Language
    knowledge: Knowledge
    text: str
    small: frozenset[str]
    inner: frozenset[str]
    surnames: frozenset[str]
    printed: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def prints(self, words: str) -> bool:
        """Whether ``words`` stand anywhere in the article, looked for once."""
        found = self.printed.get(words)
        if found is None:
            found = self.printed[words] = words in self.text
        return found

    def elsewhere(self, town: str) -> bool:
        """Whether the article prints ``town`` with a region behind it, so that it is no capital: Moscow, Idaho."""
        key = f"{town}, "
        if not self.prints(key):
            return False
        found = self.printed.get(f"{key}…")
        if found is None:
            behind = (piece[:40].split()[:3] for piece in self.text.split(key)[1:])
            ways = (" ".join(words[:n]).strip(".,;:)").casefold() for words in behind for n in (1, 2, 3))
            found = self.printed[f"{key}…"] = any(way in self.language.sets["regions"] for way in ways)
        return found

    def function(self, low: str) -> bool:
        """Whether ``low`` is a word of grammar, the calendar or layout: never a name by itself."""
        if "'" in low or "’" in low:
            low = low.partition("’")[0].partition("'")[0] or low  # I'm, they've
        sets = self.language.sets
        if low in self.language.grammar or low in self.language.pronouns:
            return True
        return low in sets["not_names"] or low in sets["term_markers"]

    def adjective(self, word: str) -> bool:
        """Whether a capitalised word only describes: "Syrian", "US-backed"."""
        if word.lower() in self.language.sets["describing"]:
            return True
        first, _, last = word.rpartition("-")
        return word in self.knowledge.demonyms.get(self.language.raw.code, {}) or (bool(first) and last.islower())

    def ordinary(self, word: str) -> bool:
        """Whether a word is hardly seen with a capital, so that it is one of the language rather than a name."""
        return ordinary(self.language.raw.code, word)

    def noun(self, low: str) -> bool:
        """Whether a word is a common noun of a language that writes nouns with a capital, and nobody's name."""
        return self.language.raw.nouns_capitalised and lexicon(self.language.raw.code).kinds.get(low) == "c"

    def compound(self, low: str) -> bool:
        """Whether a word is a common noun where these have capitals, or ends in one: Kremlgegner, Amtskollege."""
        if not self.language.raw.nouns_capitalised:
            return False
        kinds = lexicon(self.language.raw.code).kinds
        ends = (kinds.get(low[i:], "") for i in range(max(len(low) - _SHORTEST_NOUN, 0) + 1))
        return any("c" in kind and "v" not in kind for kind in ends)

    def group(self, low: str) -> bool:
        """Whether a word is a compound for several people by what they do: dockworkers."""
        one = (low.removesuffix(plural) for plural in self.language.raw.noun_plurals if low.endswith(plural))
        ends = (noun[i:] for noun in one for i in range(1, len(noun) - _SHORTEST_NOUN + 1))
        return any(self.language.roles.get(end) == "person" for end in ends)

    def given(self, word: str) -> bool:
        """Whether ``word`` is a given name."""
        return fold(word.split("-")[0]) in self.knowledge.given_names


def scene(
    text: str, paragraphs: Sequence[Sequence[Token]], starts: frozenset[int], language: Language, knowledge: Knowledge
) -> Scene:
    """Gather the vocabulary of an article; ``starts`` are the offsets at which a sentence begins."""
    small, inner, last = set(), set(), set()
    bare = Scene(language, knowledge, text, frozenset(), frozenset(), frozenset())
    for tokens in paragraphs:
        before = None
        for t in tokens:
            if t.kind == "word":
                if t.text[0].islower():
                    small.add(t.low)
                elif t.start not in starts:
                    inner.add(t.text)
                if t.capital and before and before.capital and before.end + 1 == t.start and bare.given(before.text):
                    last.add(t.text)
            before = t
    return Scene(language, knowledge, text, frozenset(small), frozenset(inner), frozenset(last))


def known_names(text: str, start: int, end: int, around: Scene) -> list[Hit]:
    """Return the gazetteer's hits inside ``text[start:end]``, offsets of the whole text."""
    names = gazetteer(around.knowledge, around.language.raw.code)
    return [Hit(h.start + start, h.end + start, h.readings) for h in names.find(text[start:end])]
