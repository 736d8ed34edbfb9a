"""Through whom the words came: the agency or outlet that was told, the outlet they were said on, the occasion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.knowledge import Knowledge
from digest.model import Mention, Via, ViaRole
from digest.recognise.attribution import cue_of
from digest.recognise.cues import Attribution, next_cue, told
from digest.recognise.passage import Passage
from digest.recognise.phrases import phrase_from

_LONGEST_DATELINE = 10  # units: "PORT OSTERFELD, Veldmark, May 4 (Kestrel Wire) —"
_LONGEST_LINK = 4  # units between a preposition and the occasion: in a long and angry interview


def via(p: Passage, by: Attribution, knowledge: Knowledge) -> tuple[Via, ...]:
    """Return through whom the attributed words came, each once, in the order of the text.

    Only the sentence of the cue counts, and of it what stands beside cue and source, outside the words themselves.
    """
    if by.cue is None or by.source is None:
        return ()
    begin, end = p.sentence(by.cue[0])
    if by.begin is not None and p.kind(by.begin) != "quote":
        end = min(end, by.begin)
    found = [*_addressee(p, by, knowledge), *_media(p, by, begin, end, knowledge), *_occasion(p, by, begin, end)]
    return tuple({v.name: v for v in reversed(found)}.values())[::-1]


def dateline(passages: Sequence[Passage], knowledge: Knowledge) -> Via | None:
    """Return the agency in brackets before the first paragraph: OSTERFELD (Kestrel Wire) — …; Osterfeld (dpa) – …"""
    p = next((p for p in passages if p.block.kind == "paragraph"), None)
    if p is None:
        return None
    i = 0
    while i < _LONGEST_DATELINE and (p.kind(i) in ("comma", "dash") or p.low(i).isdigit() or _capital(p, i)):
        i += 1
    name = p.names.get(p.units[i + 1].start) if p.low(i) == "(" and i + 1 < len(p.units) else None
    if name is None or name.type != "media":
        return None
    close = p.after(name.end)
    opens = p.low(close) == ")" and p.kind(close + 1) in ("dash", "colon")
    return _of(name, knowledge, "agency") if opens else None


def introduced(passages: Sequence[Passage], knowledge: Knowledge) -> Via | None:
    """Return the only outlet that the introduction of an interview names behind a preposition: with the Courier."""
    found: dict[str, Via] = {}
    for p in passages:
        for i in range(len(p.units)):
            name = p.names.get(p.units[i].start)
            if name is not None and name.type == "media" and _led_to(p, i, 0):
                via = _of(name, knowledge, "outlet")
                found[via.name] = via
    return next(iter(found.values())) if len(found) == 1 else None


def _capital(p: Passage, i: int) -> bool:
    return i < len(p.units) and p.units[i].capital


def _addressee(p: Passage, by: Attribution, knowledge: Knowledge) -> Iterator[Via]:
    cue = cue_of(p, by)
    if cue is None or not told(p, cue):
        return
    i = cue.end + p.is_in(cue.end, "addressee_prepositions")
    listener = phrase_from(p, i)
    if listener is None or listener.label != "name" or listener.begin == (by.source.begin if by.source else -1):
        return
    mention = listener.mention
    if mention is not None and mention.type in ("person", "media", "organisation"):
        yield _of(mention, knowledge, "addressee")


def _media(p: Passage, by: Attribution, begin: int, end: int, knowledge: Knowledge) -> Iterator[Via]:
    """Yield outlets that the words came through: on Radio X, in an interview with X, as X reported, X quoted her."""
    for i in range(begin, end):
        mention = p.names.get(p.units[i].start)
        if mention is None or _is_source(p, by, mention):
            continue
        linked = _led_to(p, i, begin)
        posted = linked and p.is_in(i, "platforms")
        if posted or (mention.type == "media" and (linked or _reports(p, i, begin, p.after(mention.end)))):
            yield _of(mention, knowledge, "outlet")


def _before(p: Passage, i: int, begin: int) -> int:
    """Return the unit before an outlet's name at unit ``i``, its article and "the news agency"."""
    k = i - 1
    while k > begin and (p.is_in(k, "determiners") or p.is_in(k, "agency_words")):
        k -= 1
    return k


def _led_to(p: Passage, i: int, begin: int) -> bool:
    """Whether a preposition leads to the outlet at unit ``i``: on Radio X, to the news agency X, im Radio X."""
    return any(p.is_in(j, "via_prepositions") for j in range(max(_before(p, i, begin), begin), i))


def _reports(p: Passage, i: int, begin: int, behind: int) -> bool:
    """Whether the outlet ``i..behind`` reports or quotes: as the Courier reported; the Courier quoted her."""
    before = _before(p, i, begin)
    if p.is_in(before, "reported_as"):
        return next_cue(p, behind) is not None
    verbs = (p.language.verbs.get(p.low(i)) for i in (before, behind))
    return p.is_in(behind, "quoted_as") or any(v is not None and p.is_in_lemma(v.lemma, "cites") for v in verbs)


def _occasion(p: Passage, by: Attribution, begin: int, end: int) -> Iterator[Via]:
    """Yield where the words fell: at a press conference; In a tweet, …; auf einer Pressekonferenz."""
    source = range(by.source.begin, by.source.head) if by.source else range(0)
    for i in range(begin, end):
        if i in source or p.kind(i) != "word" or not (p.language.raw.nouns_capitalised or p.units[i].text.islower()):
            continue
        width = 2 if f"{p.low(i)} {p.low(i + 1)}" in p.language.raw.occasion_words else 1
        if (width == 2 or p.is_in(i, "occasion_words")) and _linked(p, i, begin):
            yield Via(p.text[p.units[i].start : p.units[i + width - 1].end], None, "occasion")
            return


def _linked(p: Passage, i: int, begin: int) -> bool:
    """Whether a preposition of place leads to the occasion at unit ``i``: at a hearing, in a long interview."""
    for k in range(i - 1, max(begin, i - 1 - _LONGEST_LINK) - 1, -1):
        if p.is_in(k, "occasion_prepositions"):
            return True
        if p.kind(k) != "word" or (p.grammar(k) and not p.is_in(k, "determiners") and not p.is_in(k, "possessives")):
            return False
    return False


def _is_source(p: Passage, by: Attribution, mention: Mention) -> bool:
    if by.source is None:
        return False
    units = p.units[by.source.begin : by.source.head]
    return bool(units) and units[0].start <= mention.start < units[-1].end


def _of(mention: Mention, knowledge: Knowledge, role: ViaRole) -> Via:
    known = knowledge.actors.get(mention.actor or "")
    if known is None:
        return Via(mention.text, mention.actor, role)
    kind: ViaRole = "agency" if known.agency else "outlet" if known.type == "media" else role
    return Via(known.name, known.id, kind)
