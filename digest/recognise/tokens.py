"""Tokens and sentences of one block. Offsets are code points of the article's text, half-open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from digest.language import Language
from digest.text import POSSESSIVE

TokenKind = Literal["word", "mark", "stop", "comma", "colon", "dash", "other"]

# A word keeps its inner apostrophes, hyphens and full stops (U.S., l'eau, Osei-Farahani); "'s" is split off.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|\d+(?:[.,:]\d+)+"  # 1.3, 40,000, 23.40
    r"|[^\W_]+(?:[-‐‑][^\W_]+|['’](?!s\b)[^\W\d_]+)*"
    r"|['’]s\b"
    r"|\.{2,}|``|''|[^\w\s]|_",
)
MARKS = frozenset("\"“”„‟«»‹›‘’‚'") | {"``", "''"}
_STOPS = frozenset(".!?…") | {"..", "...", "...."}
_KINDS: dict[str, TokenKind] = {",": "comma", ";": "comma", ":": "colon", "–": "dash", "—": "dash", "-": "dash"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text; ``low`` is its lower-case form."""

    start: int
    end: int
    text: str
    low: str
    kind: TokenKind

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]``."""
    return [_token(m.group(), m.start()) for m in _TOKEN.finditer(text, start, end)]


def _token(word: str, start: int) -> Token:
    if word in MARKS:
        kind: TokenKind = "mark"
    elif word in _STOPS or (len(word) > 1 and not word.strip(".")):
        kind = "stop"
    elif word[0].isalnum() or word in POSSESSIVE:
        kind = "word"
    else:
        kind = _KINDS.get(word, "other")
    return Token(start, start + len(word), word, word.lower(), kind)


def ends_sentence(tokens: list[Token], i: int, language: Language) -> bool:
    """Whether the stop ``tokens[i]`` ends a sentence: not after an abbreviation, an initial, a German ordinal."""
    if tokens[i].text in "!?":
        return True
    before = tokens[i - 1] if i else None
    if i + 1 < len(tokens) and tokens[i + 1].kind == "comma" and tokens[i + 1].start == tokens[i].end:
        return False  # in Roanoke, Va., where
    after = next((tokens[j] for j in range(i + 1, len(tokens)) if tokens[j].kind != "mark"), None)
    if after is not None and not (after.text[0].isupper() or after.text[0].isdigit() or after.kind != "word"):
        return False
    if before is None or before.end != tokens[i].start:
        return True
    if len(before.text) == 1 and before.text.isupper():
        return False
    if before.text.isdigit() and language.raw.nouns_capitalised and len(before.text) <= 2:
        return False
    return before.low not in language.sets["abbreviations"]


def sentences(tokens: list[Token], language: Language) -> list[tuple[int, int]]:
    """Return the sentences as half-open ranges of token indexes; a closing mark belongs to the sentence it closes."""
    ranges, begin, i = [], 0, 0
    while i < len(tokens):
        if tokens[i].kind == "stop" and ends_sentence(tokens, i, language):
            i += 1
            while i < len(tokens) and tokens[i].kind in ("mark", "stop") and tokens[i].start == tokens[i - 1].end:
                i += 1
            ranges.append((begin, i))
            begin = i
        else:
            i += 1
    if begin < len(tokens):
        ranges.append((begin, len(tokens)))
    return ranges
