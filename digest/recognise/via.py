"""Through whom the words came: the agency or outlet that was told, the outlet they were said on, the occasion."""

from __future__ import annotations

from collections.abc import Iterator

from digest.knowledge import Knowledge
from digest.model import Mention, Via, ViaRole
from digest.recognise.cues import Attribution, cue_at, told
from digest.recognise.passage import Passage
from digest.recognise.phrases import phrase_from


def via(p: Passage, by: Attribution, knowledge: Knowledge) -> tuple[Via, ...]:
    """Return through whom the attributed words came, each once, in the order of the text.

    Only the sentence of the cue counts, and of it what stands beside cue and source, outside the words themselves.
    """
    if by.cue is None or by.source is None:
        return ()
    begin, end = p.sentence(by.cue[0])
    found = [*_addressee(p, by, knowledge), *_media(p, by, begin, end, knowledge), *_occasion(p, by, end)]
    return tuple({v.name: v for v in reversed(found)}.values())[::-1]


def _addressee(p: Passage, by: Attribution, knowledge: Knowledge) -> Iterator[Via]:
    cue = next((c for i in range(by.cue[0], by.cue[1]) if (c := cue_at(p, i))), None) if by.cue else None
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
    """Yield outlets that a preposition links to the speaking: on Radio X, in an interview with X, wie X meldet."""
    limit = by.begin if by.begin is not None else end
    for i in range(begin, min(limit, end)):
        mention = p.names.get(p.units[i].start)
        if mention is None or mention.type != "media" or _is_source(p, by, mention):
            continue
        k = i - 1
        while k > begin and (p.is_in(k, "determiners") or p.is_in(k, "agency_words")):
            k -= 1
        if p.is_in(k, "via_prepositions"):
            yield _of(mention, knowledge, "outlet")


def _occasion(p: Passage, by: Attribution, end: int) -> Iterator[Via]:
    limit = by.begin if by.begin is not None else end
    start = by.cue[1] if by.cue else 0
    for i in range(start, min(limit, end)):
        for width in (2, 1):
            words = " ".join(p.low(j) for j in range(i, i + width))
            small = p.language.raw.nouns_capitalised or p.units[i].text.islower()
            if small and words in p.language.sets["occasion_words"] and _linked(p, i, start):
                yield Via(words, None, "occasion")
                return


def _linked(p: Passage, i: int, start: int) -> bool:
    """Whether a preposition stands shortly before the occasion: at a press conference, in a long interview."""
    return any(p.is_in(k, "via_prepositions") or p.is_in(k, "prepositions") for k in range(max(start, i - 4), i))


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
