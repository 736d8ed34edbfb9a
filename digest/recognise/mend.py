"""Quotations that were opened and never closed.

A paragraph that ends inside a quotation goes on in the next one, which reopens the marks. Where the next one does not,
the closing mark is lost: the quotation ends before the words of saying that follow it, or with the paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.language import Language
from digest.model import Block, Mention
from digest.recognise.cues import cue_and_subject, subject_and_cue
from digest.recognise.marks import NO_CLOSING, Quoted
from digest.recognise.passage import passage
from digest.recognise.tokens import Token


def mended(
    text: str,
    block: Block,
    tokens: Sequence[Token],
    spans: Sequence[Quoted],
    names: Sequence[Mention],
    language: Language,
    *,
    reopened: bool,
) -> list[Quoted]:
    """Return ``spans`` with the last one closed if it is open; ``reopened``: the next block begins with a mark."""
    if not spans or not spans[-1].continues or reopened:
        return list(spans)
    open_one = spans[-1]
    p = passage(text, block, tokens, spans[:-1], names, language)
    first = p.after(open_one.start)
    for i in range(first + 1, len(p.units)):
        if p.kind(i) != "comma":
            continue
        found = subject_and_cue(p, i + 1) or cue_and_subject(p, i + 1)
        if found is not None and p.kind(found[2]) in ("stop", "end", "comma"):
            end = p.units[i - 1].end
            outer = p.units[i].start
            return [*spans[:-1], replace(open_one, end=end, outer_end=outer, flaws=_flaws(open_one), continues=False)]
    return [*spans[:-1], replace(open_one, flaws=_flaws(open_one), continues=False)]


def _flaws(span: Quoted) -> tuple[str, ...]:
    return (*span.flaws, NO_CLOSING)
