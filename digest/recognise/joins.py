"""Small words inside the name of a body: "Merrow and Co", "the Savings and Loan Association", "Quill's Bakery Ltd"."""

from __future__ import annotations

from collections.abc import Sequence

from digest.knowledge import variants
from digest.recognise.scene import Scene
from digest.recognise.tokens import Token
from digest.text import POSSESSIVE

_FAR = 6  # words behind a small one among which the word for the kind of body stands


def joined(tokens: Sequence[Token], begin: int, j: int, around: Scene, edges: frozenset[int]) -> int:
    """Return how many tokens a run of capitals takes at ``j``, where a small word stands inside a body's name; else 0.

    The run began at ``begin``; ``edges`` are the offsets at which known names begin and end.
    """
    if j + 1 >= len(tokens) or not tokens[j + 1].capital or tokens[j + 1].start != tokens[j].end + 1:
        return 0
    sets = around.language.sets
    if tokens[j].low in sets["conjunctions"] and tokens[j].start == tokens[j - 1].end + 1:
        if _and_company(tokens, j, around):
            return 2
        return 2 if _pair(tokens, begin, j, around) else 0
    if tokens[j].text in POSSESSIVE and tokens[j].start == tokens[j - 1].end and tokens[j - 1].end not in edges:
        body = _behind(tokens, j + 1)
        plain = all(around.ordinary(t.text) for t in body if not variants.legal(t.low))
        firm = bool(body) and variants.legal(body[-1].low) and not _kinds(tokens[begin:j], around)
        return 2 if firm and plain else 0
    return 0


def _and_company(tokens: Sequence[Token], j: int, around: Scene) -> bool:
    """Whether the conjunction ``tokens[j]`` joins a name and its legal form: Merrow and Co.

    "Merrow und Co" is Merrow and the likes of it, unless more of a legal form follows.
    """
    if not variants.legal(tokens[j + 1].low) or variants.legal(tokens[j - 1].low):
        return False
    more = tokens[j + 2 : j + 3]
    return not around.language.raw.nouns_capitalised or any(variants.legal(t.low) for t in more)


def _pair(tokens: Sequence[Token], begin: int, j: int, around: Scene) -> bool:
    """Whether a conjunction joins two words for what one body is about: the Savings and Loan Association."""
    before, after = tokens[j - 1], tokens[j + 1]
    if around.language.raw.nouns_capitalised or not (around.ordinary(before.text) and around.ordinary(after.text)):
        return False
    if before.low in around.language.roles:
        return False
    if _kinds(tokens[begin : begin + 1], around) and tokens[begin + 1].low in around.language.sets["sources_in"]:
        return not _kinds(tokens[begin + 1 : j], around)  # the Ministry of Trade and Industry
    body = _behind(tokens, j + 1)
    return not _kinds(tokens[begin:j], around) and len(body) > 1 and _kinds(body[-1:], around)


def _behind(tokens: Sequence[Token], i: int) -> list[Token]:
    """Return the capitalised words from ``i`` on, with nothing but spaces between."""
    found: list[Token] = []
    while i < len(tokens) and len(found) < _FAR and tokens[i].capital:
        if found and tokens[i].start != found[-1].end + 1:
            break
        found.append(tokens[i])
        i += 1
    return found


def _kinds(words: Sequence[Token], around: Scene) -> bool:
    """Whether one of ``words`` tells a kind of body."""
    sets = around.language.sets
    return any(w.low in sets["organisation_words"] or variants.legal(w.low) for w in words)
