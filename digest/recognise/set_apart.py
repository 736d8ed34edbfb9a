"""Words that stand apart: block quotes that are announced or signed, posts with a handle, quotations with a signature.

A block quote alone says nothing: pages set their own words large in the same way. Who speaks must be announced by the
paragraph before ("Brask wrote:", "Brask wrote on Facebook.") or stand in a line of its own below ("— Sanna Brask").
In plain text only a signature with a handle ("— Sanna Brask (@brask)") says that the paragraph above it is a post;
where it stands in marks as a whole, a name behind a dash is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from digest.knowledge import Knowledge
from digest.recognise.attribution import colon_name, colon_sentence, cue_before, document_before
from digest.recognise.cues import Attribution, cue_at, subject_of
from digest.recognise.drafts import Draft, bare, with_source
from digest.recognise.interview import spoken_end, turn
from digest.recognise.passage import Passage
from digest.recognise.phrases import phrase_from

BLOCK = "block quote announced before it"
SIGNED = "signature below words set apart"


def set_apart(passages: Sequence[Passage], knowledge: Knowledge) -> Mapping[int, Draft]:
    """Return the words set apart by the number of their passage."""
    found: dict[int, Draft] = {}
    for begin, end in _runs(passages):
        signed = _signature(passages[end], handle=False) if end < len(passages) else None
        by, where, rule = (signed, end, SIGNED) if signed is not None else (None, 0, "")
        if by is None and begin:
            by, where, rule = _announced(passages[begin - 1]), begin - 1, BLOCK
        if by is not None:
            found |= {n: _draft(n, passages, by, where, rule, knowledge) for n in range(begin, end)}
    for n in range(1, len(passages)):
        before = passages[n - 1]
        whole = _whole(before)
        signed = _signature(passages[n], handle=not whole)
        if signed is not None and n - 1 not in found and (whole or _is_text(before)):
            found[n - 1] = _draft(n - 1, passages, signed, n, SIGNED, knowledge)
    return found


def _runs(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Yield the runs of block quotes without marks, as half-open ranges; a signature is none."""
    n = 0
    while n < len(passages):
        end = n
        while end < len(passages) and _quoted(passages[end]):
            end += 1
        if end > n:
            yield n, end
        n = max(end, n + 1)


def _quoted(p: Passage) -> bool:
    return p.block.kind == "quote" and _unmarked(p) and _signature(p, handle=False) is None


def _is_text(p: Passage) -> bool:
    return p.block.kind == "paragraph" and _unmarked(p)


def _whole(p: Passage) -> bool:
    """Whether the passage is one quotation in marks and nothing else."""
    return len(p.quotes) == 1 and all(u.quote == 0 or u.kind in ("stop", "comma", "mark", "dash") for u in p.units)


def _unmarked(p: Passage) -> bool:
    """Whether words stand in the passage, and it does not begin in marks, which have rules of their own."""
    return any(unit.kind == "word" for unit in p.units) and p.kind(0) not in ("quote", "mark")


def _signature(p: Passage, *, handle: bool) -> Attribution | None:
    """Return the name in a line of its own: — Sanna Brask, engineer; - Brask.; Sanna Brask (@brask) May 4, 2025."""
    if len(p.sentences) > 1:
        return None
    dash = p.kind(0) == "dash"
    name = phrase_from(p, int(dash))
    if name is None or name.label != "name" or name.mention is None:
        return None
    i = name.end
    named = p.low(i) == "(" and p.low(i + 1) == "@"
    closes = p.kind(i) == "comma" or i + (p.kind(i) == "stop") >= len(p.units)
    if named or (dash and not handle and closes):
        return Attribution(SIGNED, name)
    return None


def _announced(p: Passage) -> Attribution | None:
    """Return who is announced at the end of a paragraph: by a colon, or by words of saying that nothing follows."""
    end = len(p.units)
    if p.kind(end - 1) == "colon":
        return cue_before(p, end) or colon_name(p, end) or document_before(p, end) or colon_sentence(p, end)
    if not p.sentences:
        return None
    begin = p.sentences[-1][0]
    cue = next((c for i in range(end - 1, begin - 1, -1) if (c := cue_at(p, i)) is not None), None)
    if cue is None or "quote" not in cue.verb.frames or any(u.quote >= 0 for u in p.units[begin:]):
        return None
    if not (p.is_in(cue.end, "prepositions") or p.kind(cue.end) == "stop"):
        return None  # what it governs follows it in the same sentence
    source, rule = subject_of(p, cue, begin)
    return Attribution(rule, source, (cue.begin, cue.end)) if source is not None else None


def _draft(n: int, passages: Sequence[Passage], by: Attribution, where: int, rule: str, knowledge: Knowledge) -> Draft:
    p = passages[n]
    if _whole(p):
        draft = bare(p, n, next(i for i, unit in enumerate(p.units) if unit.quote == 0))
    else:
        draft = turn(n, p.block.start, spoken_end(p.text, p.block.start, p.block.end))
    return with_source(draft, passages[where], Attribution(rule, by.source, by.cue, by.begin), knowledge)
