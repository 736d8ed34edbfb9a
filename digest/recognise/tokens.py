"""Tokens and sentences of one block. Offsets are code points of the article's text, half-open."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from digest.language import Language
from digest.text import POSSESSIVE

TokenKind = Literal["word", "mark", "stop", "comma", "colon", "dash", "other", "quote"]

# A word keeps its inner apostrophes, hyphens and full stops (U.S., l'eau, Osei-Farahani); "'s" is split off.
_TOKEN = re.compile(
    r"[A-Za-z]{2,}(?=[ ,])"  # what the third line says as well: most words, in a third of the time
    r"|(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|\d+(?:[.,:]\d+)+"  # 1.3, 40,000, 23.40
    r"|[^\W_]+(?:[-‐‑][^\W_]+|['’](?!s\b)[^\W\d_]+)*"
    r"|['’]s\b"
    r"|\.{2,}|``|''|‘‘|’’|(?<!\S),,(?=\w)|[^\w\s]|_",
)
MARKS = frozenset("\"“”„‟«»‹›‘’‚'") | {"``", "''", "‘‘", "’’", ",,"}
_STOPS = frozenset(".!?…") | {"..", "...", "...."}
_KINDS: dict[str, TokenKind] = {",": "comma", ";": "comma", ":": "colon", "–": "dash", "—": "dash", "-": "dash"}
# Words that are remembered, and how long a word may be for it: what is longer comes once, and there may be much of it.
_KEPT = 1 << 15
_KEPT_LENGTH = 40


class Token(msgspec.Struct, frozen=True, gc=False):
    """A piece of text, or one whole quotation: ``quote`` is then its number and ``text`` is empty, else -1.

    ``low`` is its lower-case form; ``capital`` tells that it is a word that begins with a capital letter. A struct,
    not a dataclass, because an article has a thousand: it is made in a tenth of the time and is nothing to the garbage
    collector.
    """

    start: int
    end: int
    text: str
    low: str
    kind: TokenKind
    capital: bool = False
    quote: int = -1


def plural_initials(word: str) -> bool:
    """Whether a word is the plural of what is called by initials, which is many and no name: MPs, NGOs."""
    return len(word) > 2 and word[-1] == "s" and word[:-1].isalpha() and word[:-1].isupper()


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]``."""
    tokens = []
    for match in _TOKEN.finditer(text, start, end):
        begin, behind = match.span()
        word = text[begin:behind]
        low, kind, capital = _form(word) if behind - begin <= _KEPT_LENGTH else _formed(word)
        tokens.append(Token(begin, behind, word, low, kind, capital))
    return tokens


def _formed(word: str) -> tuple[str, TokenKind, bool]:
    """Return what a token is wherever it stands: its lower-case form, its kind, whether it is a word with a capital."""
    if word in MARKS:
        kind: TokenKind = "mark"
    elif word in _STOPS or (len(word) > 1 and not word.strip(".")):
        kind = "stop"
    elif word[0].isalnum() or word in POSSESSIVE:
        kind = "word"
    else:
        kind = _KINDS.get(word, "other")
    return word.lower(), kind, kind == "word" and word[0].isupper()


_form = functools.lru_cache(_KEPT)(_formed)


def ends_sentence(tokens: Sequence[Token], i: int, language: Language) -> bool:
    """Whether the stop ``tokens[i]`` ends a sentence: not after an abbreviation, an initial, a German ordinal."""
    if tokens[i].text in "!?":
        return True
    before = tokens[i - 1] if i else None
    if i + 1 < len(tokens) and tokens[i + 1].kind == "comma" and tokens[i + 1].start == tokens[i].end:
        return False  # in Roanoke, Va., where
    after = next((tokens[j] for j in range(i + 1, len(tokens)) if tokens[j].kind != "mark"), None)
    if after is not None and after.kind == "word" and (after.text[0].islower() or not after.text[0].isalnum()):
        return False  # a script without capitals says nothing here
    if before is None or before.end != tokens[i].start:
        return True
    if len(before.text) == 1 and before.text.isupper():
        return False
    if before.text.isdigit() and language.raw.nouns_capitalised and len(before.text) <= 2:
        return False
    return before.low not in language.sets["abbreviations"]


def sentences(tokens: Sequence[Token], language: Language) -> list[tuple[int, int]]:
    """Return the sentences as half-open ranges of token indexes; a closing mark belongs to the sentence it closes."""
    ranges, begin = [], 0
    for i in [n for n, token in enumerate(tokens) if token.kind == "stop"]:
        if i < begin or not ends_sentence(tokens, i, language):
            continue
        end = i + 1
        while end < len(tokens) and tokens[end].kind in ("mark", "stop") and tokens[end].start == tokens[end - 1].end:
            end += 1
        ranges.append((begin, end))
        begin = end
    if begin < len(tokens):
        ranges.append((begin, len(tokens)))
    return ranges
