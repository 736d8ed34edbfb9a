"""Quotations that were opened and never closed, and those whose opening mark looks like a closing one.

A paragraph that ends inside a quotation goes on in the next one, which reopens the marks. Where the next one does not,
or another quotation begins, the closing mark is lost: the quotation ends before the words of saying that follow it, or
with its last sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.language import Language
from digest.model import Block, Mention
from digest.recognise.cues import Cue, cue_and_subject, subject_and_cue, told
from digest.recognise.marks import MISPLACED, NO_CLOSING, NO_OPENING, Quoted, trimmed
from digest.recognise.passage import Passage, passage
from digest.recognise.tokens import MARKS, Token

_SINGLE = frozenset("'’‘")


def mended(
    text: str,
    block: Block,
    tokens: Sequence[Token],
    spans: Sequence[Quoted],
    names: Sequence[Mention],
    language: Language,
    *,
    reopened: str,
    goes_on: bool,
) -> list[Quoted]:
    """Return ``spans`` with those that are open closed; ``reopened``: the mark that begins the next block, or "".

    A single mark that the next block does not repeat opened nothing: it was an apostrophe. ``goes_on``: the next block
    begins with a quotation that lost its opening mark, so the one that is open here goes on there.
    """
    spans = _turned(text, spans, language)
    spans = [s for s in spans if not (s.single and s.continues and text[s.outer_start] != reopened)]
    lost = [NO_CLOSING in s.flaws or (s.continues and not reopened) for s in spans]
    if not any(lost):
        return list(spans)
    whole = [s for s, is_lost in zip(spans, lost, strict=True) if not is_lost]
    p = passage(text, block, tokens, whole, names, language)
    return [_closed(p, s, goes_on=goes_on) if is_lost else s for s, is_lost in zip(spans, lost, strict=True)]


def _turned(text: str, spans: Sequence[Quoted], language: Language) -> list[Quoted]:
    """Join two quotations without opening marks if the first is no quotation: Mara said,” We waited,” and left.

    Where words of saying end in a comma and a closing mark, that mark stands for an opening one.
    """
    out: list[Quoted] = []
    for span in spans:
        last = out[-1] if out and NO_OPENING in out[-1].flaws and NO_OPENING in span.flaws else None
        verb = language.verbs.get(text[last.start : last.end].rpartition(" ")[2].lower()) if last else None
        if last is None or verb is None or not verb.finite or not verb.frames & {"quote", "clause"}:
            out.append(span)
            continue
        mark = last.outer_end - (2 if text[last.outer_end - 2 : last.outer_end] in MARKS else 1)
        start = last.outer_end + len(text[last.outer_end : span.end]) - len(text[last.outer_end : span.end].lstrip())
        out[-1] = replace(span, start=start, outer_start=mark, flaws=(MISPLACED,))
    return out


def _attributes(p: Passage, cue: Cue, i: int) -> bool:
    """Whether words of saying end at unit ``i`` or only go on with whom, when or where: …, she told the council."""
    return (
        p.kind(i) in ("stop", "end", "comma")
        or told(p, cue)
        or p.adverb(i)
        or p.is_in(i, "prepositions")
        or p.is_in(i, "calendar")
    )


def _closed(p: Passage, span: Quoted, *, goes_on: bool) -> Quoted:
    """Return an open ``span`` of the passage, in which it is not folded, closed before the words of saying in it."""
    flaws = tuple(dict.fromkeys((*span.flaws, NO_CLOSING)))
    for i in range(p.after(span.start) + 1, p.after(span.outer_end)):
        if p.low(i) in _SINGLE and p.kind(i - 1) in ("comma", "stop"):
            # a single mark behind punctuation closes what a double one opened: “We waited,’ said Mara
            end, outer = trimmed(p.text, span.start, p.units[i].start), p.units[i].end
            if end > span.start:
                return replace(span, end=end, outer_end=outer, flaws=flaws, continues=False)
        if p.kind(i) != "comma":
            continue
        found = subject_and_cue(p, i + 1) or cue_and_subject(p, i + 1)
        if found is not None and _attributes(p, found[1], found[2]):
            end, outer = p.units[i - 1].end, p.units[i].start
            return replace(span, end=end, outer_end=outer, flaws=flaws, continues=False)
    return replace(span, flaws=flaws, continues=span.continues and goes_on)
