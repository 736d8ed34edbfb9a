"""A block as the rules see it: its tokens, with everything inside quotation marks folded into one.

Folding is what keeps the rules small: "…," said the mayor is three units, whatever stands between the marks, and no
word inside a quotation can be taken for the cue or the speaker of another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.language import Language, Verb
from digest.model import Block, Mention, SourceLabel
from digest.recognise.marks import Quoted
from digest.recognise.tokens import Token, sentences

_GRAMMAR = (
    "determiners",
    "prepositions",
    "subordinators",
    "conjunctions",
    "adverbs",
    "auxiliaries",
    "possessives",
    "first_person",
    "relatives",
    "complementizers",
    "calendar",
)
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A token outside quotation marks, or one whole quotation (``quote`` is then its number, else -1)."""

    start: int
    end: int
    text: str
    low: str
    kind: str
    quote: int = -1

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: units ``begin..end``, of which ``begin..head`` is the part before its first preposition."""

    begin: int
    head: int
    end: int
    label: SourceLabel
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying at unit ``at``, with its auxiliaries from ``begin``; ``end`` is behind verb and particle."""

    begin: int
    at: int
    end: int
    verb: Verb


@dataclass(frozen=True, slots=True)
class Passage:
    """One block. ``units`` are in order; ``sentences`` are half-open ranges of them; ``names`` maps a start offset to
    the name that begins there, ``name_ends`` an end offset to the name that ends there.
    """

    text: str
    block: Block
    language: Language
    units: tuple[Unit, ...]
    quotes: tuple[Quoted, ...]
    sentences: tuple[tuple[int, int], ...]
    names: Mapping[int, Mention]
    name_ends: Mapping[int, Mention]

    def sentence(self, i: int) -> tuple[int, int]:
        """Return the sentence that unit ``i`` stands in."""
        n = bisect_right(self.sentences, (i, len(self.units) + 1)) - 1
        return self.sentences[max(n, 0)] if self.sentences else (0, len(self.units))

    def is_in(self, i: int, key: str) -> bool:
        """Whether unit ``i`` is a word under ``key`` of the language file."""
        return 0 <= i < len(self.units) and self.units[i].low in self.language.sets[key]

    def is_in_lemma(self, lemma: str, key: str) -> bool:
        """Whether a verb's lemma is listed under ``key`` of the language file."""
        return lemma in self.language.sets[key]

    def kind(self, i: int) -> str:
        """Return the kind of unit ``i``, "end" outside the block."""
        return self.units[i].kind if 0 <= i < len(self.units) else "end"

    def low(self, i: int) -> str:
        """Return unit ``i`` in lower case, "" outside the block."""
        return self.units[i].low if 0 <= i < len(self.units) else ""

    def after(self, offset: int) -> int:
        """Return the first unit that begins at ``offset`` or later."""
        return bisect_left(self.units, offset, key=lambda u: u.start)

    def adverb(self, i: int) -> bool:
        """Whether unit ``i`` is an adverb: listed, or with an adverb's ending."""
        low = self.low(i)
        endings = self.language.raw.adverb_endings
        return self.is_in(i, "adverbs") or (len(low) > 4 and bool(endings) and low.endswith(endings) and low.islower())

    def auxiliary(self, i: int) -> bool:
        """Whether unit ``i`` is an auxiliary."""
        return self.is_in(i, "auxiliaries")

    def grammar(self, i: int) -> bool:
        """Whether unit ``i`` is a word of grammar, which no noun phrase consists of."""
        low = self.low(i)
        if self.kind(i) == "word" and self.units[i].text.isupper() and len(low) > 1:
            return low in self.language.sets["calendar"]
        return low in self.language.pronouns or any(low in self.language.sets[key] for key in _GRAMMAR)

    def adjective(self, i: int) -> bool:
        """Whether unit ``i`` describes by its shape: "US-backed", or a capitalised word that is no name ("Syrian")."""
        if self.kind(i) != "word" or self.grammar(i):
            return False
        unit = self.units[i]
        first, _, last = unit.text.rpartition("-")
        return (bool(first) and last.islower()) or (unit.capital and unit.start not in self.names)

    def noun(self, i: int) -> bool:
        """Whether unit ``i`` can be a noun or an adjective of a noun phrase."""
        if self.kind(i) != "word" or self.grammar(i):
            return False
        low = self.low(i)
        if low not in self.language.verbs or self.units[i].capital:
            return True
        return self.is_in(i - 1, "determiners") or self.is_in(i - 1, "possessives") or self.low(i - 1) in POSSESSIVE


def passage(
    text: str,
    block: Block,
    tokens: Sequence[Token],
    spans: Sequence[Quoted],
    mentions: Sequence[Mention],
    language: Language,
) -> Passage:
    """Fold the quoted ``spans`` of a block and find its sentences."""
    units: list[Unit] = []
    n = 0
    for t in tokens:
        while n < len(spans) and t.start >= spans[n].outer_end:
            n += 1
        if n < len(spans) and spans[n].outer_start <= t.start:
            if not units or units[-1].quote != n:
                units.append(Unit(spans[n].outer_start, spans[n].outer_end, "", "", "quote", n))
        else:
            units.append(Unit(t.start, t.end, t.text, t.low, t.kind))
    named = [m for m in mentions if m.label == "name"]
    return Passage(
        text=text,
        block=block,
        language=language,
        units=tuple(units),
        quotes=tuple(spans),
        sentences=tuple(_sentences(text, units, spans, language)),
        names={m.start: m for m in named},
        name_ends={m.end: m for m in named},
    )


def _sentences(text: str, units: list[Unit], spans: Sequence[Quoted], language: Language) -> list[tuple[int, int]]:
    """Return the sentences; one also ends behind a quotation that ends in a full stop, when the next word is large."""
    plain = [Token(u.start, u.end, u.text or "“", u.low, "mark" if u.quote >= 0 else u.kind) for u in units]  # type: ignore[arg-type] # a unit outside marks keeps its token's kind
    ranges: list[tuple[int, int]] = []
    for begin, end in sentences(plain, language):
        cut = begin
        for i in range(begin, end - 1):
            if units[i].quote >= 0 and _closes(text, spans[units[i].quote]) and _opens(units[i + 1]):
                ranges.append((cut, i + 1))
                cut = i + 1
        ranges.append((cut, end))
    return ranges


def _closes(text: str, span: Quoted) -> bool:
    """Whether a full stop stands at the end inside the marks."""
    inner = text[span.start : span.outer_end].rstrip("\"'”’“»«‘‹› ")
    return inner.endswith((".", "!", "?", "…"))


def _opens(unit: Unit) -> bool:
    return unit.capital or unit.quote >= 0


# --- noun phrases ---------------------------------------------------------------------------------------------------


def phrase_from(p: Passage, i: int, limit: int | None = None) -> Phrase | None:
    """Return the noun phrase that begins at unit ``i``, or None."""
    end = len(p.units) if limit is None else min(limit, len(p.units))
    if i >= end or p.kind(i) != "word":
        return None
    if p.low(i) in p.language.pronouns:
        return Phrase(i, i + 1, i + 1, "pronoun")
    j, head, name = i, -1, None
    while j < end:
        found = p.names.get(p.units[j].start)
        if found is not None:
            j = p.after(found.end)
            head, name = j, found
            if p.low(j) in POSSESSIVE or (p.noun(j) and p.units[j].start == found.end + 1):
                name = None
                continue
            break
        if p.low(j) in POSSESSIVE and head > 0:
            j, name = j + 1, None
        elif p.noun(j):
            j, head, name = j + 1, j + 1, None
        elif head < 0 and (p.is_in(j, "determiners") or p.is_in(j, "possessives") or p.low(j).isdigit()):
            j += 1
        else:
            break
    if head < 0:
        return None
    return Phrase(i, head, _links(p, head, end), "name" if name else "nominal", name)


def _links(p: Passage, j: int, end: int) -> int:
    """Return the end of a phrase that goes on behind its head: "head" + "of the press office of the ministry"."""
    while j < end and p.is_in(j, "prepositions") and p.is_in(j, "role_links"):
        k, seen = j + 1, -1
        while k < end and (
            p.noun(k) or p.is_in(k, "determiners") or p.is_in(k, "possessives") or p.low(k) in POSSESSIVE
        ):
            seen = k + 1 if p.noun(k) else seen
            k += 1
        if seen < 0:
            return j
        j = seen
    return j


def phrase_before(p: Passage, j: int, begin: int) -> Phrase | None:
    """Return the noun phrase that ends at unit ``j`` (inclusive) and begins at ``begin`` or later, or None.

    Adverbs and auxiliaries before ``j`` are stepped over, and so is what stands between two commas, dashes or
    brackets behind the phrase ("Ivanov, the head of the press bureau, said").
    """
    while j >= begin and (p.adverb(j) or p.auxiliary(j)):
        j -= 1
    if j < begin:
        return None
    if p.kind(j) in ("comma", "dash") or p.low(j) == ")":
        return _before_aside(p, j, begin)
    if p.low(j) in p.language.pronouns:
        return Phrase(j, j + 1, j + 1, "pronoun")
    i = _walk_left(p, j, begin)
    if i > j:
        return None
    return _phrase(p, i, j + 1)


def _before_aside(p: Passage, j: int, begin: int) -> Phrase | None:
    opener = "(" if p.low(j) == ")" else p.units[j].text
    k = j - 1
    while k > begin and p.units[k].text != opener:
        if p.kind(k) in ("stop", "quote"):
            return None
        k -= 1
    if k <= begin:
        return None
    found = phrase_before(p, k - 1, begin)
    if found is None or found.label == "pronoun":
        return None
    return found if opener == "(" or _is_aside(p, k + 1, j) else None


def _is_aside(p: Passage, begin: int, end: int) -> bool:
    """Whether the units between two commas only describe: a role, an age, a relative clause, a participle."""
    if end - begin > 30 or begin >= end:
        return False
    first = p.low(begin)
    if first.isdigit() or p.is_in(begin, "relatives") or p.is_in(begin, "determiners") or p.is_in(begin, "possessives"):
        return True
    if any(p.low(i) in p.language.roles for i in range(begin, end)):
        return True
    return end - begin <= 6 and not any(p.low(i) in p.language.verbs for i in range(begin, end))


def _walk_left(p: Passage, j: int, begin: int) -> int:
    """Return the first unit of the phrase that ends at ``j``; greater than ``j`` when there is none."""
    i = j + 1
    while i > begin and j - i < 24:
        k = i - 1
        name = p.name_ends.get(p.units[k].end)
        if name is not None and name.start >= p.units[begin].start:
            i = p.after(name.start)
        elif p.noun(k) or p.low(k) in POSSESSIVE:
            i = k
        elif i <= j and (p.is_in(k, "determiners") or p.is_in(k, "possessives")):
            i = k
            if not (p.is_in(k - 1, "role_links") and k - 2 >= begin and _ends_phrase(p, k - 2)):
                break
        elif (
            i <= j and p.is_in(k, "prepositions") and p.is_in(k, "role_links") and k > begin and _ends_phrase(p, k - 1)
        ):
            i = k
        elif i <= j and p.is_in(k, "conjunctions") and p.adjective(i) and k > begin and p.adjective(k - 1):
            i = k - 1
        else:
            break
    return i


def _ends_phrase(p: Passage, i: int) -> bool:
    return p.noun(i) or p.units[i].end in p.name_ends


def _phrase(p: Passage, i: int, end: int) -> Phrase | None:
    """Label the units ``i..end``: the head stands before the first preposition."""
    head = next(
        (k for k in range(i + 1, end) if p.is_in(k, "prepositions") and p.units[k].start not in _inside(p, i, end)), end
    )
    name = p.name_ends.get(p.units[head - 1].end)
    if name is not None and name.start >= p.units[i].start:
        return Phrase(i, head, head, "name", name)
    return Phrase(i, head, end, "nominal")


def _inside(p: Passage, i: int, end: int) -> frozenset[int]:
    """Return the starts of the units that lie inside a name ("Secretary of State", "Bank of England")."""
    inside = set()
    for k in range(i, end):
        name = p.names.get(p.units[k].start)
        if name is not None:
            inside.update(u.start for u in p.units[k:end] if name.start < u.start < name.end)
    return frozenset(inside)


# --- cues -----------------------------------------------------------------------------------------------------------


def cue_at(p: Passage, i: int) -> Cue | None:
    """Return the verb of saying at unit ``i``, or None: not where the word is a noun, a passive or an infinitive."""
    verb = p.language.verbs.get(p.low(i))
    if verb is None or p.kind(i) != "word" or p.units[i].start in _name_units(p, i):
        return None
    if p.units[i].capital and i != p.sentence(i)[0]:
        return None
    if p.is_in(i - 1, "determiners") or p.is_in(i - 1, "possessives") or p.low(i - 1) in POSSESSIVE:
        return None
    begin, passive = i, False
    while p.auxiliary(begin - 1) or (p.adverb(begin - 1) and p.auxiliary(begin - 2)):
        begin -= 1
        passive = passive or p.is_in(begin, "passive")
    if passive and verb.finite:
        return None
    for reading in verb.readings:
        end = _particle_end(p, i, reading)
        if end:
            return Cue(begin, i, end, reading)
    return None


def _particle_end(p: Passage, i: int, verb: Verb) -> int:
    """Return the unit behind verb and particle, 0 when the particle that the verb needs is missing.

    A separable verb has its particle at the end of the clause ("teilte das Ministerium mit"); the cue then ends behind
    the verb.
    """
    words = (verb.particle or "").split()
    if not words or [p.low(i + 1 + n) for n in range(len(words))] == words:
        return i + 1 + len(words)
    if not verb.finite or not p.language.raw.comma_before_clause:
        return 0
    for k in range(i + 1, min(i + 25, len(p.units))):
        if p.kind(k) in ("stop", "quote") or (p.kind(k) == "comma" and p.is_in(k + 1, "complementizers")):
            return 0
        if (
            p.low(k) == words[0]
            and [p.low(k + n) for n in range(len(words))] == words
            and p.kind(k + len(words)) != "word"
        ):
            return i + 1
    return 0


def _name_units(p: Passage, i: int) -> frozenset[int]:
    name = p.names.get(p.units[i].start)
    return frozenset({name.start}) if name else frozenset()


def infinitive(p: Passage, cue: Cue) -> bool:
    """Whether the cue is an infinitive ("to say"), which has no subject of its own."""
    return p.is_in(cue.begin, "infinitive_markers") or p.is_in(cue.at - 1, "infinitive_markers")
