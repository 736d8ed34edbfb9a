"""How a word looks, for weighing names: its shape, what it can be, and the company it keeps.

A look depends on the word and its language alone, never on the article, so each is made once a process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.knowledge.words import Lexicon, lexicon
from digest.language import GRAMMAR, Language
from digest.recognise.tokens import Token, plural_initials
from digest.text import POSSESSIVE

# Keys of a language file that say what a word does in or beside a name, and their sign.
_SIGNS = (
    ("organisation_words", "O"), ("company_words", "C"), ("media_words", "M"), ("place_words", "L"),
    ("party_words", "Y"), ("describing", "D"), ("calendar", "K"), ("not_names", "N"), ("name_particles", "A"),
    ("group_nouns", "G"), ("agency_words", "W"), ("occasion_words", "E"), ("work_nouns", "B"),
)  # fmt: skip
_LEAST, _LONGEST = 4, 24  # letters of the second half of a compound; of what is looked at
_MOST = 100_000  # looks kept


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What weighing sees of a word.

    ``text``: the word; ``shape``: "Xx", "XX" …; ``kind``: letters of the word lists (``knowledge.words``); ``sign``:
    what the language file says, a letter a key, R a role, T a title, V a verb of saying, F grammar; ``cluster`` with
    ``prefix``, its coarser half; ``case``: how much likelier with a capital; ``tail`` and ``end``: the last three and
    two letters; ``context``: what the word tells its neighbours: itself where it is grammar, else its sign and cluster
    or shape; ``opens``: whether a name may begin or end with it; ``leads``: whether it may begin one of several words.
    Equal is only what is the same: a word has one look, and a key that holds it is hashed at once.
    """

    text: str
    shape: str
    kind: str
    sign: str
    cluster: str
    prefix: str
    case: str
    tail: str
    end: str
    context: str
    opens: bool
    leads: bool


class Looks:
    """The looks of a language's words, made when they are asked for."""

    def __init__(self, language: Language, demonyms: frozenset[str]) -> None:
        """Prepare for ``language``; ``demonyms`` are its words for a state's people and things, as printed."""
        self._language = language
        self._lexicon: Lexicon = lexicon(language.raw.code)
        self._demonyms = demonyms
        self._kept: dict[str, Look] = {}
        self._grammar = frozenset(w for key in GRAMMAR for w in language.sets[key]) | frozenset(language.pronouns)

    def of(self, tokens: Sequence[Token]) -> list[Look]:
        """Return the look of each token."""
        if len(self._kept) > _MOST:
            self._kept.clear()
        kept = self._kept
        return [kept.get(t.text) or kept.setdefault(t.text, self._make(t)) for t in tokens]

    @property
    def places(self) -> frozenset[str]:
        """The places of several words, in small letters."""
        return self._lexicon.places

    def _make(self, token: Token) -> Look:
        text, low = token.text, token.low
        shape = _shape(text, token.kind)
        if token.kind != "word" or text in POSSESSIVE:
            return Look(text, shape, "", "", "", "", "", "", "", text, opens=False, leads=False)
        # "US" and "WHO" are no pronouns
        grammar = low in self._grammar and not (text.isupper() and 1 < len(text) < 6)
        sets = self._language.sets
        sign = "F" if grammar else self._sign(text, low)
        cluster, _, case = self._cluster(text).partition(".")
        prefix = str(int(cluster or 0) & 63)
        kind = self._lexicon.kinds.get(low, "") or self._part(low)
        small = text[0].islower()
        context = low if grammar else sign + (prefix if small else shape)
        nobody = grammar or "N" in sign or plural_initials(text)
        opens = not nobody and (not small or (case in ("4", "5") and shape == "x^"))
        leads = opens or (text[0].isupper() and (len(text) == 1 or low in sets["name_particles"]))
        return Look(text, shape, kind, sign, cluster, prefix, case, low[-3:], low[-2:], context, opens, leads)

    def _cluster(self, text: str) -> str:
        known = self._lexicon.clusters
        found = known.get(text)
        if found is not None:
            return found
        if text.islower():
            return known.get(text.capitalize(), "")
        return known.get(text.capitalize(), "") if text.isupper() and len(text) > 1 else ""

    def _part(self, low: str) -> str:
        """Return what the last part of a hyphenated word or of a German compound is, in capitals of its letters."""
        first, hyphen, last = low.rpartition("-")
        if hyphen:
            return self._lexicon.kinds.get(last, "") + "-" + self._lexicon.kinds.get(first, "")
        if self._language.raw.nouns_capitalised and len(low) <= _LONGEST:
            for cut in range(3, len(low) - _LEAST + 1):
                if "c" in self._lexicon.kinds.get(low[cut:], ""):
                    return "+"
        return ""

    def _sign(self, text: str, low: str) -> str:
        sets = self._language.sets
        signs = "".join(sign for key, sign in _SIGNS if low in sets[key])
        role = self._language.roles.get(low)
        if role is not None:
            signs += "R" if role == "person" else "r"
        if low in self._language.titles:
            signs += "T"
        if low in self._language.verbs:
            signs += "V"
        if text in self._demonyms:
            signs += "d"
        return signs


def _shape(text: str, kind: str) -> str:
    if kind != "word":
        return text[:2]
    first = text[0]
    if first.isdigit():
        return "9" if text.isdigit() and len(text) != 4 else "99" if text.isdigit() else "9x"
    if "-" in text:
        return "-".join("x" if p[:1].islower() else "X" if not p.isupper() else "XX" for p in text.split("-", 2))
    if "." in text:
        return "X.X"
    if first.islower():
        return "x^" if text.isalpha() else "x"
    if len(text) == 1:
        return "X"
    if text.isupper():
        return "XX" if len(text) <= 3 else "XXX" if len(text) <= 6 else "XXXX"
    return "Xx" if text[1:].islower() else "xX"
