"""Quotations of one article: what stands in marks, what is reported, and what is no speech at all.

The order is the policy: an attribution found beside a quotation goes before one carried over from a neighbour, a
quotation in marks before reported words that overlap it, outer reported words before inner ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from digest import confidence
from digest.knowledge import Knowledge
from digest.model import Article, Quotation, Source, Span, Via, Words
from digest.recognise.choice import Watch, decide
from digest.recognise.drafts import Draft
from digest.recognise.interview import interview
from digest.recognise.mixing import with_reported
from digest.recognise.passage import Passage
from digest.recognise.reported import Reported, reported
from digest.recognise.set_apart import set_apart
from digest.recognise.via import dateline
from digest.text import digest_of
from digest.weights import Weights


def quotations(
    article: Article,
    passages: Sequence[Passage],
    knowledge: Knowledge,
    weights: Weights,
    watch: Watch | None = None,
) -> tuple[Quotation, ...]:
    """Return the quotations and the fragments of an article in text order. Speakers are not resolved yet."""
    # what is told or quoted inside a turn, or inside words that are set apart, is a part of it
    turns = {**set_apart(passages, knowledge), **interview(article, passages, knowledge)}
    told = [() if n in turns else _told(p) for n, p in enumerate(passages)]
    drafts = [*turns.values(), *decide(passages, told, knowledge, weights, turns, watch)]
    drafts.sort(key=lambda d: (d.start, -d.end))
    of_passage: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        of_passage[draft.passage].append(draft)
    drafts = [d for n, p in enumerate(passages) for d in with_reported(p, n, told[n], of_passage[n], knowledge)]
    if (agency := dateline(passages, knowledge)) is not None:
        drafts = [d if d.kind == "fragment" else replace(d, via=_with(d.via, agency)) for d in drafts]
    drafts.sort(key=lambda d: (d.start, -d.end))
    return tuple(_finished(article, drafts))


def _with(through: tuple[Via, ...], agency: Via) -> tuple[Via, ...]:
    """Return ``through`` with the agency of the whole article, once."""
    return through if any(v.name == agency.name for v in through) else (*through, agency)


def _told(p: Passage) -> tuple[Reported, ...]:
    return tuple(sorted(reported(p), key=lambda r: (p.units[r.begin].start, -r.end)))


def _finished(article: Article, drafts: Sequence[Draft]) -> Iterator[Quotation]:
    seen: dict[str, int] = {}
    for draft in drafts:
        words = article.text[draft.start : draft.end]
        nth = seen[words] = seen.get(words, -1) + 1
        name = "q-" + digest_of(article.id, words, *([str(nth)] if nth else []))[:10]
        yield Quotation(
            id=name,
            kind=draft.kind,
            start=draft.start,
            end=draft.end,
            parts=tuple(_words(article.text, part) for part in draft.parts),
            cue=_words(article.text, draft.cue) if draft.cue else None,
            source=_source(article.text, draft),
            via=draft.via,
            confidence=_confidence(draft),
            rule=draft.rule or "marks without a cue",
            how=draft.rule if draft.kind == "fragment" else "",
            flaws=draft.flaws,
        )


def _confidence(draft: Draft) -> float:
    if draft.chance is not None:
        return draft.chance
    return (confidence.of_reported if draft.kind == "indirect" else confidence.of_rule)(draft.rule)


def _words(text: str, span: Span) -> Words:
    return Words(span.start, span.end, text[span.start : span.end])


def _source(text: str, draft: Draft) -> Source | None:
    if draft.source is None:
        return None
    words = text[draft.source.start : draft.source.end]
    return Source(draft.source.start, draft.source.end, words, draft.label, draft.name, draft.others)
