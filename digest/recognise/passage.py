"""A block as the rules see it: its tokens, with everything inside quotation marks folded into one.

Folding is what keeps the rules small: "…," said the mayor is three units, whatever stands between the marks, and no
word inside a quotation can be taken for the cue or the speaker of another.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

from digest.language import Language, Verb
from digest.model import Block, Mention
from digest.recognise.marks import Quoted
from digest.recognise.tokens import Token, sentences
from digest.text import POSSESSIVE as SIGNS

P = ParamSpec("P")
T = TypeVar("T")

# Of 44,085 sentences of news 2 have more words; lists and tables without full stops go on for thousands.
LONGEST_SENTENCE = 120
POSSESSIVE = frozenset({*SIGNS, "'", "’"})
_ROOM = 64  # units outside a block that rules may ask for: none looks further beyond its edge


@dataclass(frozen=True, slots=True)
class Passage:
    """One block. ``units`` are its tokens in order, with one for each whole quotation; ``starts`` is where they begin.

    ``sentences`` are half-open ranges of units; ``names`` maps a start offset to the name that begins there,
    ``name_ends`` an end offset to the name that ends there. ``verbs`` maps a unit to the cue verb it is a form of,
    outside names. ``lows`` and ``kinds`` are the lower-case forms, as lists hold them, and the kinds of the units, with
    ``_ROOM`` empty ones behind the last, which also stand before the first; ``sets`` are those of the language, for
    they are asked for most. ``known`` is what ``once`` has found already.
    """

    text: str
    block: Block
    language: Language
    units: tuple[Token, ...]
    starts: tuple[int, ...]
    quotes: tuple[Quoted, ...]
    sentences: tuple[tuple[int, int], ...]
    names: Mapping[int, Mention]
    name_ends: Mapping[int, Mention]
    verbs: Mapping[int, Verb]
    lows: tuple[str, ...]
    kinds: tuple[str, ...]
    sets: Mapping[str, frozenset[str]]
    known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def sentence(self, i: int) -> tuple[int, int]:
        """Return the sentence that unit ``i`` stands in."""
        n = bisect_right(self.sentences, (i, len(self.units) + 1)) - 1
        return self.sentences[max(n, 0)] if self.sentences else (0, len(self.units))

    def is_in(self, i: int, key: str) -> bool:
        """Whether unit ``i`` is a word under ``key`` of the language file."""
        return self.lows[i] in self.sets[key]

    def is_in_lemma(self, lemma: str, key: str) -> bool:
        """Whether a verb's lemma is listed under ``key`` of the language file."""
        return lemma in self.language.sets[key]

    def kind(self, i: int) -> str:
        """Return the kind of unit ``i``, "end" outside the block."""
        return self.kinds[i]

    def low(self, i: int) -> str:
        """Return unit ``i`` in lower case, "" outside the block."""
        return self.lows[i]

    def among(self, words: Container[str], begin: int, end: int) -> list[int]:
        """Return the units from ``begin`` to before ``end`` that are one of ``words``, which are in lower case."""
        return [i for i, low in enumerate(self.lows[begin : max(end, 0)], begin) if low in words]

    def of_kind(self, kind: str, begin: int, end: int) -> list[int]:
        """Return the units from ``begin`` to before ``end`` that are of ``kind``."""
        return [i for i, of_unit in enumerate(self.kinds[begin : max(end, 0)], begin) if of_unit == kind]

    def after(self, offset: int) -> int:
        """Return the first unit that begins at ``offset`` or later."""
        return bisect_left(self.starts, offset)

    def adverb(self, i: int) -> bool:
        """Whether unit ``i`` is an adverb: listed, or with an adverb's ending."""
        low = self.lows[i]
        if low in self.sets["adverbs"]:
            return True
        endings = self.language.raw.adverb_endings
        return bool(endings) and low.endswith(endings) and len(low) > 4 and low.islower()

    def auxiliary(self, i: int) -> bool:
        """Whether unit ``i`` is an auxiliary."""
        return self.lows[i] in self.sets["auxiliaries"]

    def subjunctive(self, i: int) -> bool:
        """Whether unit ``i`` is a verb form of reported speech."""
        return self.is_in(i, "subjunctives") and not self.units[i].capital

    def verbal(self, begin: int, end: int) -> bool:
        """Whether a verb stands among units ``begin..end``, as far as capital letters tell: where nouns have them.

        A small word that is neither grammar nor before a noun is one; without capitalised nouns nothing is ruled out.
        """
        if not self.language.raw.nouns_capitalised:
            return True
        return any(
            self.auxiliary(i) or (not self.heads(i) and not self.grammar(i) and not self.heads(i + 1))
            for i in range(begin, end)
            if self.kind(i) == "word"
        )

    def grammar(self, i: int) -> bool:
        """Whether unit ``i`` is a word of grammar, which no noun phrase consists of."""
        low = self.lows[i]
        if low not in self.language.grammar and low not in self.language.pronouns:
            return False
        if self.kinds[i] == "word" and self.units[i].text.isupper() and len(low) > 1:
            return low in self.sets["calendar"]
        return True

    def heads(self, i: int) -> bool:
        """Whether unit ``i`` can be the head of a noun phrase: in a language that capitalises nouns, only these."""
        return not self.language.raw.nouns_capitalised or (0 <= i < len(self.units) and self.units[i].capital)

    def person_noun(self, i: int) -> bool:
        """Whether unit ``i`` is a noun for somebody who can speak: a role, a group, an organisation."""
        low = self.low(i)
        if not self.heads(i):
            return False
        return low in self.language.roles or self.is_in(i, "group_nouns") or self.is_in(i, "organisation_words")

    def adjective(self, i: int) -> bool:
        """Whether unit ``i`` describes by its shape: "US-backed", or a capitalised word that is no name ("Syrian")."""
        if self.kind(i) != "word" or self.grammar(i):
            return False
        unit = self.units[i]
        first, _, last = unit.text.rpartition("-")
        return (bool(first) and last.islower()) or (unit.capital and unit.start not in self.names)

    def names_a_thing(self, i: int) -> bool:
        """Whether a verb's base form stands where only a noun can: a state director, the House report found.

        Behind a noun in the singular no verb stands in its base form; where nouns have capitals the letter tells.
        """
        verb = self.language.verbs.get(self.low(i))
        if verb is None or (self.is_in(i, "unchanged") and self.kind(i + 1) != "word"):
            return False  # the statement read: "…"
        if self.low(i) != verb.lemma or self.language.raw.nouns_capitalised or self.kind(i) != "word":
            return False
        if self.kind(i - 1) != "word" and self.low(i + 1) in self.language.titles:
            return True  # "…," state Sen. Vask said
        if self.kind(i - 1) != "word" or self.grammar(i - 1) or self.adverb(i - 1) or self.is_in(i - 1, "group_nouns"):
            return False
        before = self.low(i - 1)
        return not before.endswith(self.language.raw.noun_plurals) and before not in self.language.verbs

    def noun(self, i: int) -> bool:
        """Whether unit ``i`` can be a noun or an adjective of a noun phrase."""
        if self.kinds[i] != "word" or self.grammar(i):
            return False
        low = self.lows[i]
        if low in self.sets["irregular_verbs"] and not self.units[i].capital:
            return False
        if low not in self.language.verbs or self.units[i].capital or self.names_a_thing(i):
            return True
        return self.is_in(i - 1, "determiners") or self.is_in(i - 1, "possessives") or self.low(i - 1) in POSSESSIVE


def once(find: Callable[Concatenate[Passage, P], T]) -> Callable[Concatenate[Passage, P], T]:
    """Return ``find``, a pure function of a passage and places in it, computed once a passage for each of the places.

    The rules ask the same of the same units again and again, and the more rules there are the more often.
    """

    @functools.wraps(find)
    def asked(p: Passage, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (find, args, *kwargs.items()) if kwargs else (find, args)
        try:
            found: T = p.known[key]
        except KeyError:
            found = p.known[key] = find(p, *args, **kwargs)
        return found

    return asked


def once_at(find: Callable[[Passage, int], T]) -> Callable[[Passage, int], T]:
    """Return ``find``, a pure function of one place, computed once: what ``once`` does, with less around it."""

    @functools.wraps(find)
    def asked(p: Passage, i: int) -> T:
        try:
            found: T = p.known[find][i]
        except KeyError:
            found = find(p, i)
            p.known.setdefault(find, {})[i] = found
        return found

    return asked


def passage(
    text: str,
    block: Block,
    tokens: Sequence[Token],
    spans: Sequence[Quoted],
    mentions: Sequence[Mention],
    language: Language,
) -> Passage:
    """Fold the quoted ``spans`` of a block and find its sentences."""
    units = _folded(tokens, spans) if spans else tokens
    named = [m for m in mentions if m.label == "name"]
    names = {m.start: m for m in named}
    return Passage(
        text=text,
        block=block,
        language=language,
        units=tuple(units),
        starts=tuple([u.start for u in units]),
        quotes=tuple(spans),
        sentences=tuple(_sentences(text, units, spans, language)),
        names=names,
        lows=(*[_in_lists(u, names, language) for u in units], *[""] * _ROOM),
        kinds=(*[u.kind for u in units], *["end"] * _ROOM),
        sets=language.sets,
        name_ends={m.end: m for m in named},
        verbs={
            i: verb
            for i, u in enumerate(units)
            if (verb := language.verbs.get(u.low)) is not None and u.kind == "word" and u.start not in names
        },
    )


def _in_lists(unit: Token, names: Mapping[int, Mention], language: Language) -> str:
    """Return a unit as lists of words hold it; a name in capitals that is grammar in small letters stands in none.

    The US is not us, and IS is not is.
    """
    if unit.start not in names or len(unit.text) < 2 or not unit.text.isupper():
        return unit.low
    return unit.text if unit.low in language.pronouns or unit.low in language.grammar else unit.low


def _folded(tokens: Sequence[Token], spans: Sequence[Quoted]) -> list[Token]:
    """Return the tokens with one unit for all that stand in one of ``spans``, which are in order."""
    starts = [t.start for t in tokens]
    units: list[Token] = []
    done = 0
    for n, span in enumerate(spans):
        first = bisect_left(starts, span.outer_start, done)
        last = bisect_left(starts, span.outer_end, first)
        units += tokens[done:first]
        if last > first:
            units.append(Token(span.outer_start, span.outer_end, "", "", "quote", quote=n))
        done = last
    units += tokens[done:]
    return units


def _sentences(text: str, units: Sequence[Token], spans: Sequence[Quoted], language: Language) -> list[tuple[int, int]]:
    """Return the sentences; one also ends behind a quotation that ends in a full stop, when the next word is large."""
    ranges: list[tuple[int, int]] = []
    plain = [_plain(u, text, spans) for u in units] if spans else units
    quotes = [i for i, u in enumerate(units) if u.quote >= 0] if spans else []
    n = 0
    for begin, end in sentences(plain, language):
        cut = begin
        while n < len(quotes) and quotes[n] < end:
            i = quotes[n]
            n += 1
            if i + 1 < end and _closes(text, spans[units[i].quote]) and _opens(units[i + 1]):
                ranges.append((cut, i + 1))
                cut = i + 1
        ranges.append((cut, end))
    return [piece for begin, end in ranges for piece in _bounded(begin, end)]


def _bounded(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long to be a sentence, for the rules look at every pair of units of one."""
    for at in range(begin, end, LONGEST_SENTENCE):
        yield at, min(at + LONGEST_SENTENCE, end)


def _plain(unit: Token, text: str, spans: Sequence[Quoted]) -> Token:
    """Return a quotation as a word with its first letter, which opens a sentence or goes on; anything else as it is."""
    if unit.quote < 0:
        return unit
    words = text[spans[unit.quote].start : unit.end]  # all of them: one letter before a full stop would be an initial
    return Token(unit.start, unit.end, words, words.lower(), "word", words[0].isupper())


def _closes(text: str, span: Quoted) -> bool:
    """Whether a full stop stands at the end inside the marks."""
    inner = text[span.start : span.outer_end].rstrip("\"'”’“»«‘‹› ")
    return inner.endswith((".", "!", "?", "…"))


def _opens(unit: Token) -> bool:
    return unit.capital or unit.quote >= 0
