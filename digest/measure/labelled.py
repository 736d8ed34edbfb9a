"""Annotated articles as the weights learn from them: each quoted unit, its proposals and which of them are right."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from digest import articles, language
from digest.measure.agree import agreement
from digest.measure.gold import Gold
from digest.measure.match import CLOSE, alike, inside, left_out, pairs, units
from digest.measure.quotes import Quote, Who
from digest.model import Span
from digest.recognise.choice import Case
from digest.recognise.drafts import Draft
from digest.weights import Weights


@dataclass(frozen=True, slots=True)
class Labelled:
    """A quoted unit: the features of its proposals, and of each whether it is right: 2 strictly, 1 leniently, 0 not;
    and whether it makes the unit a part of a mixed quotation.

    ``speech`` says whether people marked it as speech; ``None`` where it stands in marked reported speech, which says
    nothing. ``shape`` are the features for that decision. ``keys`` tell which proposals name the same source; ``known``
    is false where people marked the words and nobody as their speaker, so that no proposal can be judged.
    """

    proposals: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]
    mixed: tuple[bool, ...]
    shape: tuple[str, ...]
    speech: bool | None
    keys: tuple[Hashable, ...]
    known: bool


def labelled(gold: Gold, weights: Weights) -> list[Labelled]:
    """Return the quoted units of an article, decided on with ``weights`` and compared with what people marked."""
    words = language.load(gold.language)
    cases: list[Case] = []
    articles.watch_text(gold.text, gold.id, gold.language, weights, cases.append)
    spans = [Quote("direct", case.start, case.end) for case in cases]
    marked = units(gold.text, gold.quotes, "quoted")
    silent = left_out(gold.quotes, "quoted")
    found: list[Labelled] = []
    for case, span in zip(cases, spans, strict=True):
        pieces = units(gold.text, [span], "direct")
        same = pairs(marked, pieces, CLOSE)
        quotes = alike(gold.text, gold.quotes, marked[same[0][0]], "quoted") if same else []
        speech = True if quotes else None if all(inside(pieces, silent)) else False
        right = tuple(max((_right(q, d, gold.text, words) for q in quotes), default=0) for d in case.sources)
        mixed = tuple(draft.kind == "mixed" for draft in case.sources)
        known = not quotes or any(q.who.named for q in quotes)
        keys = tuple(proposal.key for proposal in case.proposals)
        found.append(Labelled(case.features, right, mixed, case.shape, speech, keys, known))
    return found


def _right(quote: Quote, draft: Draft, text: str, words: language.Language) -> int:
    """Return 2 where the draft's source is the marked one word for word, 1 where it is the same one, else 0."""
    if draft.source is None or not quote.who.named:
        return 0
    source = Who(text[draft.source.start : draft.source.end], Span(draft.source.start, draft.source.end))
    agreed = agreement(quote.who, source, words)
    return 2 if agreed.strict else 1 if agreed.lenient else 0
