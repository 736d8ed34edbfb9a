"""Recognise what one article says of itself: blocks, names, quotations, topics. Pure, one article at a time.

Speakers are not known yet: a quotation carries its source, the words that name the speaker; ``digest.resolve`` turns
sources into speakers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.knowledge import Knowledge
from digest.language import Language
from digest.model import Analysis, Article, Mention
from digest.recognise.again import with_first_words, with_surnames
from digest.recognise.blocks import refine
from digest.recognise.choice import Watch
from digest.recognise.gazetteer import Hit
from digest.recognise.marks import NO_OPENING, Quoted, quoted
from digest.recognise.mend import mended
from digest.recognise.mentions import mentions, placed
from digest.recognise.passage import Passage, passage
from digest.recognise.quotations import quotations
from digest.recognise.roles import with_roles, with_suffixes
from digest.recognise.scene import Scene, known_names, scene
from digest.recognise.sightings import Sighted, sighted
from digest.recognise.tokens import Token, sentences, tokenise
from digest.recognise.topics import topics, with_own_topics
from digest.recognise.weighing import looks_of, weighed
from digest.text import unbroken
from digest.weights import Weights, load

__all__ = ["Watch", "passages_of", "recognise", "sentences_in", "spotted", "with_own_topics"]

# Nobody speaks in these blocks: the republisher's comment, pointers to other articles, the author's name.
_SILENT = frozenset({"editor", "reference", "byline"})


def recognise(
    article: Article,
    language: Language,
    knowledge: Knowledge,
    weights: Weights | None = None,
    watch: Watch | None = None,
) -> Analysis:
    """Return the article with refined blocks, its mentions, its quotations without speakers, and its topics.

    ``weights`` are those of the language where none are given; ``watch`` is shown what they decide on.
    """
    article, passages, found = passages_of(article, language, knowledge)
    text = unbroken(article.text, ((b.start, b.end) for b in article.blocks))
    return Analysis(
        article=article,
        quotations=quotations(article, passages, knowledge, weights or load(language.raw.code), watch),
        mentions=tuple(found),
        topics=topics(replace(article, text=text), language),
    )


def passages_of(
    article: Article, language: Language, knowledge: Knowledge
) -> tuple[Article, list[Passage], list[Mention]]:
    """Return the article with refined blocks, those in which somebody may speak as passages, and its mentions."""
    article = refine(article, language)
    seen = _proposed(article, language, knowledge)
    text, tokens, starts, around = seen.text, seen.tokens, seen.starts, seen.around
    named = with_surnames(weighed(tokens, seen.named, seen.known, starts, around), tokens)
    named = with_first_words(named, tokens, around)
    named = [
        placed(with_roles(with_suffixes(names, words, around), words, around), words, starts, around)
        for words, names in zip(tokens, named, strict=True)
    ]
    marked = [quoted(text, block.start, block.end, words) for block, words in zip(article.blocks, tokens, strict=True)]
    found: list[Mention] = []
    passages: list[Passage] = []
    for n, (block, words, names) in enumerate(zip(article.blocks, tokens, named, strict=True)):
        if block.kind in _SILENT:
            found.extend(names)
            continue
        reopened = next((after[0].text for after in tokens[n + 1 : n + 2] if after and after[0].kind == "mark"), "")
        goes_on = any(after and NO_OPENING in after[0].flaws for after in marked[n + 1 : n + 2])
        spans = mended(text, block, words, marked[n], names, language, reopened=reopened, goes_on=goes_on)
        found.extend(_told_apart(names, spans))
        passages.append(passage(text, block, words, spans, names, language))
    return article, passages, found


@dataclass(frozen=True, slots=True)
class _Proposed:
    """An article on its way to names: tokens, known names and the rules' proposals of each block."""

    text: str
    tokens: list[list[Token]]
    starts: frozenset[int]
    around: Scene
    known: list[list[Hit]]
    named: list[list[Mention]]


def _proposed(article: Article, language: Language, knowledge: Knowledge) -> _Proposed:
    text = unbroken(article.text, ((b.start, b.end) for b in article.blocks))
    tokens = [tokenise(text, b.start, b.end) for b in article.blocks]
    starts = frozenset(start for words in tokens for start in _starts(words, language))
    around = scene(text, tokens, starts, language, knowledge)
    known = [known_names(text, block.start, block.end, around) for block in article.blocks]
    named = [mentions(words, starts, around, hits) for words, hits in zip(tokens, known, strict=True)]
    return _Proposed(text, tokens, starts, around, known, with_surnames(named, tokens))


def sentences_in(article: Article, language: Language) -> list[tuple[int, int]]:
    """Return the sentences of an article, half-open, in order; none runs over the end of a block."""
    text = unbroken(article.text, ((b.start, b.end) for b in article.blocks))
    found = []
    for block in article.blocks:
        words = tokenise(text, block.start, block.end)
        found += [(words[begin].start, words[end - 1].end) for begin, end in sentences(words, language)]
    return found


def spotted(article: Article, language: Language, knowledge: Knowledge) -> list[tuple[list[Token], Sighted]]:
    """Return the tokens of each block with the segments that may be names: what the weights are fitted on."""
    seen = _proposed(refine(article, language), language, knowledge)
    looks = looks_of(language, knowledge)
    blocks = sighted(seen.tokens, seen.named, seen.starts, seen.around, looks)
    return list(zip(seen.tokens, blocks, strict=True))


def _starts(words: list[Token], language: Language) -> Iterator[int]:
    """Yield where a capital letter tells nothing: at the beginning of a sentence, and behind a quotation mark."""
    for begin, _ in sentences(words, language):
        yield words[begin].start
    for before, word in pairwise(words):
        if before.kind == "mark":
            yield word.start


def _told_apart(names: Sequence[Mention], spans: Sequence[Quoted]) -> list[Mention]:
    """Mark the mentions that stand inside quotation marks."""
    out, n = [], 0
    for m in names:
        while n < len(spans) and spans[n].outer_end <= m.start:
            n += 1
        inside = n < len(spans) and spans[n].outer_start <= m.start
        out.append(m.inside_marks() if inside else m)
    return out
