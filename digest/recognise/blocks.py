"""Coarse blocks to fine ones: caption, byline, editor's comment, cross-reference, heading.

A reader knows what its format says; this stage adds what only the words and their place tell.
"""

from __future__ import annotations

from dataclasses import replace

from digest.language import Language
from digest.model import Article, Block, BlockKind

_ENDS = frozenset(".!?…:;,\"”“»«’'")
_BRACKETS = {"[": "]", "(": ")"}
_SHORT = 90


def refine(article: Article, language: Language) -> Article:
    """Return ``article`` with the blocks that read as "paragraph" told apart. Offsets stay."""
    blocks = list(article.blocks)
    first = next((i for i, b in enumerate(blocks) if b.kind != "title"), None)
    for i, block in enumerate(blocks):
        if block.kind != "paragraph":
            continue
        kind = _kind(article.text[block.start : block.end], language)
        if kind == "paragraph" and i == first and blocks[0].kind == "title":
            kind = _under_headline(article, blocks, i)
        elif kind == "paragraph" and first is not None and i > first and _is_heading(article, blocks, i):
            kind = "heading"
        if kind != block.kind:
            blocks[i] = replace(block, kind=kind)
    byline = _stated(article.byline, language) if article.byline else _byline(article.text, blocks, language)
    return replace(article, blocks=tuple(blocks), byline=byline)


def _kind(words: str, language: Language) -> BlockKind:
    """Tell a block by its own first words."""
    low = words.casefold().lstrip("[(*_ ")
    if any(low.startswith(mark) for mark in language.raw.editor):
        return "editor"
    closing = _BRACKETS.get(words[0])
    if closing and words.rstrip(". ").endswith(closing) and _begins(low, language.raw.reference):
        return "reference"
    if len(words) < 200 and any(low.startswith(mark) for mark in language.raw.caption):
        return "caption"
    if len(words) < _SHORT and _begins(low, language.raw.byline) and _name_like(words, language):
        return "byline"
    return "paragraph"


def _begins(low: str, phrases: tuple[str, ...]) -> bool:
    return any(low.startswith(p) and not low[len(p) : len(p) + 1].isalpha() for p in phrases)


def _name_like(words: str, language: Language) -> bool:
    """Whether a byline names people: every longer word after the opening ones begins with a capital."""
    rest = _split(words, language)[1].split()
    small = language.sets["conjunctions"] | language.sets["name_particles"] | language.sets["prepositions"]
    return bool(rest) and len(rest) < 10 and all(w[0].isupper() or w.strip(",.").lower() in small for w in rest)


def _under_headline(article: Article, blocks: list[Block], i: int) -> BlockKind:
    """The short line under the headline is a caption when it is a bare name: who stands in the picture.

    An author is introduced as one ("By …", or in the metadata); a lone name is never taken for an author.
    """
    words = article.text[blocks[i].start : blocks[i].end]
    if len(words) > _SHORT or words[-1] in _ENDS or i + 1 >= len(blocks):
        return "paragraph"
    parts = words.split()
    if len(parts) <= 6 and all(p[0].isupper() or not p[0].isalpha() for p in parts):
        return "caption"
    return "paragraph"


def _is_heading(article: Article, blocks: list[Block], i: int) -> bool:
    """A short line without final punctuation, followed by a longer paragraph, is a heading."""
    words = article.text[blocks[i].start : blocks[i].end]
    if len(words) > _SHORT or "\n" in words or words[-1] in _ENDS or not words[0].isupper() or i + 1 >= len(blocks):
        return False
    after = blocks[i + 1]
    return after.kind == "paragraph" and after.end - after.start > len(words)


def _byline(text: str, blocks: list[Block], language: Language) -> str | None:
    block = next((b for b in blocks if b.kind == "byline"), None)
    return _split(text[block.start : block.end], language)[1] or None if block else None


def _stated(words: str, language: Language) -> str:
    """Return a byline of the metadata without its opening words.

    Where these are part of names as well ("Von der Tann", "Von Tann"), they stay unless a whole name follows.
    """
    lead, rest = _split(words, language)
    doubtful = lead in language.sets["name_particles"] and (" " not in rest or rest[0].islower())
    return words if doubtful or not rest else rest


def _split(words: str, language: Language) -> tuple[str, str]:
    """Return the opening words of a byline ("by", in lower case) and the rest."""
    leads = [p for p in language.raw.byline if _begins(words[: len(p) + 1].casefold(), (p,))]
    lead = max(leads, key=len, default="")
    return lead, words[len(lead) :].strip(" :")
