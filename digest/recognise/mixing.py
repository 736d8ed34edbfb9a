"""Reported words beside and around words in quotation marks: which become one draft, and which give way.

Quoted words inside reported ones are parts of them where the same cue governs both, or where they have no cue of their
own outside; then the whole is one mixed quotation. Elsewhere what stands in marks goes first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from digest import confidence
from digest.knowledge import Knowledge
from digest.model import QuotationKind, Span
from digest.recognise.drafts import Draft, with_source
from digest.recognise.passage import Passage
from digest.recognise.reported import Reported

_TRIMMED = " \n\t\u00a0,.;:–—"
_MARKS = 2  # characters of a quotation mark that may stand between a part and the end of the words


def with_reported(
    p: Passage, n: int, found: Sequence[Reported], beside: Sequence[Draft], knowledge: Knowledge
) -> list[Draft]:
    """Return the drafts ``beside`` of passage number ``n`` together with the reported words ``found`` in it.

    Reported words overlap neither each other nor the drafts that are no part of them.
    """
    drafts = sorted((d for d in beside if d.kind != "fragment"), key=_start)
    cues = {d.cue.start for d in beside if d.cue is not None}
    sources = sorted((d.source.start, d.source.end) for d in beside if d.source is not None and d.unit >= 0)
    for one in found:
        if one.end <= one.begin:
            continue
        start, end = _trimmed(p, p.units[one.begin].start, p.units[one.end - 1].end)
        # "Brask, Pell and Vennor said": the first name is no report of the others
        named = sources[max(bisect_left(sources, (end,)) - 1, 0) :][:1]
        if end - start < 2 or any(a < end and start < b for a, b in named):
            continue
        stop = first = bisect_left(drafts, end, key=_start)
        while first and drafts[first - 1].end > start:
            first -= 1  # no two of them overlap
        held = drafts[first:stop]
        if one.chance is None:
            if not held and not _taken(p, one, cues):
                drafts.insert(first, with_source(Draft("indirect", start, end, (), n, -1), p, one.by, knowledge))
        elif not _is_whole(p, one, held, end) and all(_is_part(p, d, one, start, end) for d in held):
            drafts[first:stop] = [_joined(p, n, one, held, start, end, knowledge)]
    return [*drafts, *(d for d in beside if d.kind == "fragment")]


def _start(draft: Draft) -> int:
    return draft.start


def _taken(p: Passage, one: Reported, cues: set[int]) -> bool:
    """Whether the cue before the words governs a quotation already."""
    return one.by.cue is not None and one.by.begin is not None and p.units[one.by.cue[0]].start in cues


def _is_whole(p: Passage, one: Reported, held: Sequence[Draft], end: int) -> bool:
    """Whether the words are a quotation in marks already, and what follows it is none of them."""
    if len(held) != 1 or not held[0].attributed:
        return False
    return p.units[one.begin].quote >= 0 or (held[0].start < p.units[one.begin].start and held[0].end == end)


def _is_part(p: Passage, d: Draft, one: Reported, start: int, end: int) -> bool:
    """Whether a draft in marks is part of the reported words ``start..end``."""
    if not d.parts or any(s.start < start - _MARKS or end + _MARKS < s.end for s in d.parts):
        return False
    if d.cue is None or one.by.cue is None:
        return d.cue is None
    first, last = p.units[one.by.cue[0]].start, p.units[one.by.cue[1] - 1].end
    return (d.cue.start < last and first < d.cue.end) or (start <= d.cue.start and d.cue.end <= end)


def _joined(
    p: Passage, n: int, one: Reported, held: Sequence[Draft], start: int, end: int, knowledge: Knowledge
) -> Draft:
    """Return one draft of the reported words and the quoted ones they hold."""
    parts = tuple(sorted((s for d in held for s in d.parts), key=lambda s: s.start))
    told = with_source(Draft("indirect", start, end, (), n, -1), p, one.by, knowledge)
    told = replace(told, chance=(one.chance or 0.0) * confidence.of_rule(told.rule))
    if not parts:
        return told
    start, end = _without_marks(p, one, parts, start, end)
    behind = p.after(parts[-1].end + 1)
    if any(d.cue is not None for d in held) and p.kind(behind) == "comma" and p.units[behind].start < end:
        end = parts[-1].end  # called it "useful", and left
    kind: QuotationKind = "direct" if parts == (Span(start, end),) else "mixed"
    flaws = tuple(dict.fromkeys(f for d in held for f in d.flaws))
    # what was weighed for the words in marks goes before what was for the others
    by = next((d for d in held if d.attributed), told)
    return replace(by, kind=kind, start=start, end=end, parts=parts, flaws=flaws, unit=held[0].unit)


def _without_marks(p: Passage, one: Reported, parts: Sequence[Span], start: int, end: int) -> tuple[int, int]:
    """Return the span without the marks at its ends."""
    if p.units[one.begin].quote >= 0:
        start = parts[0].start
    if p.units[one.end - 1].quote >= 0:
        end = max(parts[-1].end, p.quotes[p.units[one.end - 1].quote].end)
    return start, end


def _trimmed(p: Passage, start: int, end: int) -> tuple[int, int]:
    while start < end and p.text[start] in _TRIMMED:
        start += 1
    while end > start and p.text[end - 1] in _TRIMMED:
        end -= 1
    return start, end
