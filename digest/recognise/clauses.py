"""Where the words begin and end that a cue before them governs."""

from __future__ import annotations

from digest.recognise.cues import Cue, cue_and_subject, cue_at, subject_and_cue, told, verbless_at
from digest.recognise.middle import over_time
from digest.recognise.passage import Passage
from digest.recognise.phrases import phrase_from


def content_start(p: Passage, cue: Cue, limit: int) -> int | None:
    """Return the unit at which the words begin that a cue governs, None when it governs none here.

    Between cue and words may stand a particle, the one spoken to, a time, an occasion; then a complementizer, a comma
    or a colon, or nothing at all ("he said the bridge would hold").
    """
    i = cue.end
    while i < limit and p.adverb(i):
        i += 1
    i = over_time(p, i)
    if i == limit or (p.kind(i) in ("comma", "colon", "dash") and i + 1 == limit):
        return limit
    if "that" in cue.verb.frames:
        found = _behind_complementizer(p, i, limit)
        if found is not None:
            return found
    if told(p, cue):
        listener = phrase_from(p, i + p.is_in(i, "addressee_prepositions"), limit)
        if listener is not None:
            i = over_time(p, listener.end)
    if i >= limit or (p.kind(i) in ("comma", "colon", "dash") and i + 1 >= limit):
        return limit
    if p.language.raw.comma_before_clause:
        return _behind_comma(p, cue, i, limit)
    if "clause" in cue.verb.frames and _begins_clause(p, i, limit, weak="weak" in cue.verb.frames):
        return i
    return None


def _behind_comma(p: Passage, cue: Cue, i: int, limit: int) -> int | None:
    """Return where a clause begins behind the first comma or colon, in languages that write one before it."""
    for j in range(i, min(limit, i + 25)):
        if p.kind(j) in ("comma", "colon"):
            return j + 1 if _reports(p, cue, j + 1, limit) else None
        if p.kind(j) == "stop" or (p.kind(j) == "quote" and not _names(p, j)):
            return None
    return None


def _names(p: Passage, j: int) -> bool:
    """Whether the quoted unit ``j`` stands where a name does, behind a noun or an article: im Bericht der „Post“."""
    return p.units[j - 1].capital or p.is_in(j - 1, "determiners")


def _reports(p: Passage, cue: Cue, i: int, limit: int) -> bool:
    """Whether a reported clause can begin at ``i``: no relative or adverbial one, and with a verb form that reports."""
    if relative(p, i) or (p.is_in(i, "prepositions") and relative(p, i + 1)):
        return False
    if p.is_in(i, "subordinators") and not p.is_in(i, "complementizers"):
        return False
    if p.kind(i) == "quote":
        return True
    if "clause" in cue.verb.frames:
        return p.verbal(i, limit)
    return any(p.subjunctive(k) or p.is_in(k, "infinitive_markers") for k in range(i, limit))


def relative(p: Passage, i: int) -> bool:
    """Whether a relative clause begins at ``i``; "die" before a noun is an article: sagte er, die Brücke halte."""
    if not p.is_in(i, "relatives") or p.is_in(i, "complementizers"):
        return False
    k = i + 1
    while p.noun(k) and not p.heads(k):
        k += 1
    return not (p.is_in(i, "determiners") and (p.noun(k) or p.kind(k) == "quote"))


def _behind_complementizer(p: Passage, i: int, limit: int) -> int | None:
    """Return the unit behind the first "that" which only an addressee, a time or an occasion separates from the cue."""
    for j in range(i, min(limit, i + 22)):
        if p.is_in(j, "complementizers") and not p.is_in(j - 1, "prepositions") and not p.is_in(j - 1, "subordinators"):
            return j + 1 if p.low(j) == p.language.raw.complementizers[0] else j
        if p.kind(j) in ("stop", "quote", "colon") or cue_at(p, j) is not None:
            return None
        if p.kind(j) == "comma" and not (p.language.raw.comma_before_clause or _closes_aside(p, i, j)):
            return None
    return None


def _closes_aside(p: Passage, i: int, j: int) -> bool:
    """Whether the comma at ``j`` belongs to an apposition of the one spoken to: told Ana Ruiz, the mayor, that …"""
    return j - i < 16 and p.names.get(p.units[i].start) is not None


def _begins_clause(p: Passage, i: int, limit: int, *, weak: bool) -> bool:
    """Whether a clause of its own begins at ``i``: a phrase or a pronoun, and behind it something like a verb."""
    if p.kind(i) != "word" or (p.is_in(i, "prepositions") and not p.units[i].capital):
        return False
    if p.is_in(i, "subordinators") or p.is_in(i, "conjunctions") or p.auxiliary(i):
        return False
    if weak:
        ahead = range(i + 1, min(i + 12, limit))
        stop = next((j for j in ahead if p.kind(j) in ("comma", "stop", "quote")), min(i + 12, limit))
        return any(p.auxiliary(j) and not p.is_in(j, "infinitive_markers") for j in range(i + 1, stop))
    phrase = phrase_from(p, i, limit)
    return phrase is None or phrase.end < limit or phrase.end - phrase.begin > 1


def clause_end(p: Passage, start: int, end: int) -> int:
    """Return the unit behind the last one that a cue before ``start`` governs, at most ``end``."""
    while end > start and p.kind(end - 1) == "stop":
        end -= 1
    for i in range(start + 1, end):
        if p.low(i) == ";":
            return i
        if p.kind(i) != "comma":
            continue
        j = i + 1 + p.is_in(i + 1, "conjunctions")
        if subject_and_cue(p, j) is not None or cue_and_subject(p, j) is not None or verbless_at(p, j, behind=True):
            return i
        cue = cue_at(p, j)
        if cue is not None and not cue.verb.finite:
            return i
    return end
