"""Attributions whose verb closes the clause: "…", hatte der Minister gesagt — "…", wie er von der Zeitung zitiert wird.

Where the verb stands second, its participle goes to the end of the clause, and in a subordinate clause the whole verb
does. Between the two stands whatever belongs to the saying (the sentence bracket, Drach 1937).
"""

from __future__ import annotations

from digest.recognise.cues import Attribution, Cue, cue_at, speaks
from digest.recognise.middle import over_middle
from digest.recognise.passage import Passage
from digest.recognise.phrases import phrase_from

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
