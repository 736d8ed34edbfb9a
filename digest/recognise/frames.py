"""Attributions whose verb closes the clause: "…", hatte der Minister gesagt — "…", wie er von der Zeitung zitiert wird.

Where the verb stands second, its participle goes to the end of the clause, and in a subordinate clause the whole verb
does. Between the two stands whatever belongs to the saying (the sentence bracket, Drach 1937).
"""

from __future__ import annotations

from digest.recognise.cues import Attribution, Cue, cue_at, speaks
from digest.recognise.middle import over_middle
from digest.recognise.passage import Passage
from digest.recognise.phrases import Phrase, may_speak, oblique, phrase_before, phrase_from, speakable

_LONGEST = 25  # units between the subject and the verb that closes its clause


def framed_at(p: Passage, i: int) -> Attribution | None:
    """Return the attribution that begins with an auxiliary or a "wie" at ``i`` and ends with its verb of saying."""
    if not p.language.raw.comma_before_clause or p.units[i].capital:
        return None
    passive = p.is_in(i, "passive")
    if not (p.auxiliary(i) or p.is_in(i, "complementizers")):
        return None
    source = phrase_from(p, over_middle(p, i + 1))
    if source is None:
        return None
    cue = _closing_cue(p, source.end)
    if cue is None or not speaks(cue) or (passive and not p.is_in(cue.at, "quoted_as")):
        return None
    return Attribution("speaker and cue after it", source, (cue.begin, cue.end))


def _closing_cue(p: Passage, i: int) -> Cue | None:
    """Return the verb of saying behind which the clause ends that goes on at ``i``; asides in commas are part of it."""
    for j in range(i, min(i + _LONGEST, len(p.units))):
        if p.kind(j) in ("stop", "quote", "colon"):
            return None
        cue = cue_at(p, j)
        if cue is None:
            continue
        end = cue.end
        while p.auxiliary(end):
            end += 1
        if p.kind(end) != "word":
            return cue
    return None


def framed_around(p: Passage, k: int) -> Attribution | None:
    """Return the attribution whose verb closes the clause that the quotation at ``k`` stands in.

    Die Stadt hatte den Plan „…“ genannt; vom Amt als „…“ bezeichnet: in the passive, who speaks stands behind "von".
    """
    i = k + 1
    while p.adverb(i):
        i += 1
    cue = cue_at(p, i) if p.language.raw.comma_before_clause else None
    if cue is None or not speaks(cue):
        return None
    end = cue.end
    while p.auxiliary(end):
        end += 1
    if p.kind(end) == "word":
        return None
    source = _inside_frame(p, k, cue, any(p.is_in(j, "passive") for j in range(cue.end, end)))
    return Attribution("speaker before it, cue behind it", source, (cue.begin, cue.end), k) if source else None


def _inside_frame(p: Passage, k: int, cue: Cue, passive: bool) -> Phrase | None:
    """Return who speaks in a clause that goes from its auxiliary over the quotation at ``k`` to its verb ``cue``."""
    begin, at = p.sentence(k)[0], -1
    for i in range(k - 1, begin - 1, -1):
        if p.kind(i) != "word" and p.kind(i) != "quote":
            break
        if p.auxiliary(i) and not p.is_in(i, "infinitive_markers"):
            at = i
    if at < 0:
        return None
    if (passive or p.is_in(at, "passive")) and not p.is_in(cue.at, "quoted_as"):
        agents = [
            a for i in range(at + 1, k) if p.is_in(i, "sources_in") and (a := phrase_from(p, i + 1, k)) is not None
        ]
        return next((a for a in agents if speakable(p, a)), agents[-1] if agents else None)
    if any(p.is_in(i, "negations") for i in range(at, k)):
        return None
    before = phrase_before(p, at - 1, begin)
    if before is not None and not oblique(p, before):
        return before
    behind = phrase_from(p, over_middle(p, at + 1), k)
    return behind if behind is not None and may_speak(p, behind) else None
