"""Rules that find who said a quotation, in the order in which they are asked.

Each rule looks at one quotation of a passage and its neighbours and returns an attribution or None; the first answer
counts. The shapes are those of the literature on direct speech: Pouliquen et al. 2007 (quotation, cue and name in
three orders), Elson and McKeown 2010 (syntactic categories of attribution), Pareti 2015 (source, cue, content).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from digest.recognise.passage import Cue, Passage, Phrase, cue_at, infinitive, phrase_before, phrase_from

_SIDES = ("comma", "dash")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to speak: ``cue`` are the units of the cue (None: no verb), ``begin`` where reported words begin.

    ``begin`` is a unit; it is set by the rules whose cue stands before the words, else None.
    """

    rule: str
    source: Phrase | None
    cue: tuple[int, int] | None = None
    begin: int | None = None
    embedded: bool = False


Rule = Callable[[Passage, int], Attribution | None]


def attribute(p: Passage, k: int) -> Attribution | None:
    """Return the attribution of the quotation at unit ``k`` by the first rule that has one."""
    for rule in RULES:
        found = rule(p, k)
        if found is not None:
            return found
    return None


# --- the cue after the quotation ------------------------------------------------------------------------------------


def cue_after(p: Passage, k: int) -> Attribution | None:
    """ "…," said the mayor. — "…", sagte die Bürgermeisterin."""
    i = _step_out(p, k)
    cue = cue_at(p, i) if i else None
    if cue is None or not speaks(cue):
        return None
    source = subject_behind(p, cue)
    return Attribution("cue and speaker after it", source, (cue.begin, cue.end)) if source else None


def speaker_after(p: Passage, k: int) -> Attribution | None:
    """ "…," the mayor said. — "…," Lindqvist, the engineer, later added."""
    i = _step_out(p, k)
    source = phrase_from(p, i) if i else None
    if source is None:
        return None
    cue = next_cue(p, over_aside(p, source.end))
    if cue is None and source.end > source.head:
        cue = next_cue(p, source.head)
    if cue is None or not speaks(cue):
        return None
    return Attribution("speaker and cue after it", source, (cue.begin, cue.end))


def verbless_after(p: Passage, k: int) -> Attribution | None:
    """ "…", according to the union. — "…", so der Minister."""
    i = _step_out(p, k)
    return (verbless_at(p, i, behind=True) or postposed_at(p, i)) if i else None


def dash_after(p: Passage, k: int) -> Attribution | None:
    """ "…" — Mara Lindqvist."""
    if p.kind(k + 1) != "dash":
        return None
    source = phrase_from(p, k + 2)
    if source is None or source.label != "name" or source.end < len(p.units) - 1:
        return None
    return Attribution("name after a dash", source)


def _step_out(p: Passage, k: int) -> int:
    """Return the first unit behind the quotation and its comma, or 0 where another sentence begins."""
    i = k + 1
    if p.kind(i) == "dash" or p.kind(i) == "comma":
        i += 1
        if p.kind(i) == "dash":
            i += 1
    if p.kind(i) != "word":
        return 0
    return i if i < p.sentence(k)[1] or _soft_end(p, k) else 0


def _soft_end(p: Passage, k: int) -> bool:
    """Whether the quotation ends in a mark that lets its sentence go on: "Why?" Lindqvist asked."""
    span = p.quotes[p.units[k].quote]
    return p.text[span.start : span.outer_end].rstrip("\"'”’“»«‘‹› ").endswith(("?", "!"))


# --- the cue before the quotation -----------------------------------------------------------------------------------


def cue_before(p: Passage, k: int) -> Attribution | None:
    """The mayor said: "…" — She told the council that the bridge was "…" — He called it "…" ."""
    begin, end = p.sentence(k)
    cue = _outermost_cue(p, k, begin, end) or _nearest_cue(p, k, begin)
    if cue is None:
        return None
    source, rule = subject_of(p, cue, begin)
    if source is None:
        return None
    start = content_start(p, cue, k)
    if start == k:
        return Attribution(rule, source, (cue.begin, cue.end), k)
    if start is None and not cue.verb.frames & {"quote", "object"}:
        return None
    return Attribution(rule, source, (cue.begin, cue.end), cue.end if start is None else start, embedded=start is None)


def verbless_before(p: Passage, k: int) -> Attribution | None:
    """According to the union, the ferries were "…" ."""
    begin, _ = p.sentence(k)
    for i in range(begin, k):
        found = verbless_at(p, i, behind=False) or postposed_at(p, i)
        if found is not None and found.source is not None:
            start = _behind(p, found, k)
            return replace(found, begin=start)
    return None


def colon_name(p: Passage, k: int) -> Attribution | None:
    """Mara Lindqvist: "…" """
    begin, _ = p.sentence(k)
    if p.kind(k - 1) != "colon":
        return None
    source = phrase_from(p, begin, k - 1)
    if source is None or source.end != k - 1:
        return None
    return Attribution("name before a colon", source, None, k)


def colon_sentence(p: Passage, k: int) -> Attribution | None:
    """The mayor was blunt: "…" """
    begin, _ = p.sentence(k)
    if p.kind(k - 1) != "colon":
        return None
    source = first_subject(p, begin, k)
    return Attribution("sentence before a colon", source, None, k) if source else None


def _outermost_cue(p: Passage, k: int, begin: int, end: int) -> Cue | None:
    """Return the first cue of the sentence whose clause reaches over the quotation, whatever else is said inside it."""
    for i in range(begin, k):
        cue = cue_at(p, i)
        if cue is None or not cue.verb.frames & {"that", "clause"} or infinitive(p, cue):
            continue
        start = content_start(p, cue, k)
        if start is not None and start < k < clause_end(p, start, end):
            return cue
    return None


def _nearest_cue(p: Passage, k: int, begin: int) -> Cue | None:
    for i in range(k - 1, begin - 1, -1):
        cue = cue_at(p, i)
        if cue is not None and cue.verb.frames & {"quote", "that", "clause"} and _adjacent(p, cue, k):
            return cue
    return None


def _adjacent(p: Passage, cue: Cue, k: int) -> bool:
    """Whether nothing between cue and quotation ends what the cue governs."""
    return not any(p.low(i) == ";" or p.kind(i) == "stop" for i in range(cue.end, k))


def _behind(p: Passage, found: Attribution, k: int) -> int:
    """Return the unit behind a verbless attribution and its comma."""
    ends = [found.cue[1] if found.cue else 0, found.source.end if found.source else 0]
    i = max(ends)
    return min(i + 1 if p.kind(i) == "comma" else i, k)


RULES: tuple[Rule, ...] = (
    cue_after,
    speaker_after,
    verbless_after,
    cue_before,
    verbless_before,
    colon_name,
    dash_after,
    colon_sentence,
)


# --- what the rules share -------------------------------------------------------------------------------------------


def speaks(cue: Cue) -> bool:
    """Whether the cue can introduce a verbatim quotation."""
    return bool(cue.verb.frames & {"quote", "clause"})


def next_cue(p: Passage, i: int) -> Cue | None:
    """Return the cue at ``i`` or behind a few adverbs and auxiliaries."""
    for j in range(i, min(i + 5, len(p.units))):
        cue = cue_at(p, j)
        if cue is not None:
            return cue
        if not (p.adverb(j) or p.auxiliary(j)):
            return None
    return None


def over_aside(p: Passage, i: int) -> int:
    """Return the unit behind an apposition in commas or brackets that begins at ``i``; ``i`` when there is none."""
    closer = {"comma": "comma", "dash": "dash"}.get(p.kind(i))
    if p.low(i) == "(":
        return next((j + 1 for j in range(i + 1, min(i + 12, len(p.units))) if p.low(j) == ")"), i)
    if closer is None:
        return i
    for j in range(i + 1, min(i + 25, len(p.units))):
        if p.kind(j) in ("stop", "quote"):
            return i
        if p.kind(j) == closer and next_cue(p, j + 1) is not None:
            return j + 1
    return i


def subject_behind(p: Passage, cue: Cue) -> Phrase | None:
    """Return the speaker behind an inverted cue: said Lindqvist; sagte am Montag der Minister."""
    if p.is_in_lemma(cue.verb.lemma, "never_inverted"):
        return None
    i = cue.end
    while p.adverb(i):
        i += 1
    i = over_time(p, i)
    source = phrase_from(p, i)
    if source is None or (
        source.label == "pronoun" and not p.language.raw.comma_before_clause and source.begin > cue.end
    ):
        return None
    return source


def over_time(p: Passage, i: int) -> int:
    """Return the unit behind a date or a day that begins at ``i``: on Tuesday, last week, am 3. März."""
    j, seen = i, False
    while j < min(i + 6, len(p.units)) and (
        p.is_in(j, "calendar")
        or p.low(j).isdigit()
        or p.adverb(j)
        or (not seen and p.is_in(j, "prepositions"))
        or (p.low(j) == "." and p.low(j - 1).isdigit())
    ):
        seen = seen or p.is_in(j, "calendar")
        j += 1
    return j if seen else i


def subject_of(p: Passage, cue: Cue, begin: int) -> tuple[Phrase | None, str]:
    """Return the subject of a cue that stands before its words, and the rule that found it."""
    if p.is_in(cue.begin - 1, "relatives"):
        found = phrase_before(p, cue.begin - 2 - (p.kind(cue.begin - 2) == "comma"), begin)
        return (found, "speaker before a relative clause") if found and found.label != "pronoun" else (None, "")
    found = phrase_before(p, cue.begin - 1, begin)
    if found is not None and not oblique(p, found) and p.kind(cue.begin - 1) != "quote":
        return found, "speaker and cue before it"
    if p.language.raw.comma_before_clause or cue.begin == begin:
        behind = subject_behind(p, cue)
        if behind is not None:
            return behind, "cue and speaker before it"
    return first_subject(p, begin, cue.begin), "subject of the sentence"


def oblique(p: Passage, phrase: Phrase) -> bool:
    """Whether a preposition stands before the phrase, which then cannot be a subject."""
    return p.is_in(phrase.begin - 1, "prepositions") and p.kind(phrase.begin - 1) == "word"


def first_subject(p: Passage, begin: int, limit: int) -> Phrase | None:
    """Return the first phrase of the sentence that no preposition stands before: its subject, most likely."""
    for i, phrase in _phrases(p, begin, limit):
        if not p.is_in(i - 1, "prepositions") and (phrase.label != "nominal" or speakable(p, phrase)):
            return phrase
    return None


def _phrases(p: Passage, begin: int, limit: int) -> Iterator[tuple[int, Phrase]]:
    i = begin
    while i < limit:
        phrase = phrase_from(p, i, limit)
        if phrase is None:
            i += 1
        else:
            yield i, phrase
            i = phrase.end


def speakable(p: Passage, phrase: Phrase) -> bool:
    """Whether the phrase can speak: it names somebody, or its head is a role, a group or an organisation."""
    if phrase.label == "pronoun":
        return True
    if phrase.label == "name":
        return phrase.mention is None or phrase.mention.type != "place"
    return any(
        p.low(i) in p.language.roles or p.is_in(i, "group_nouns") or p.is_in(i, "organisation_words")
        for i in range(phrase.begin, phrase.head)
    )


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
        return _behind_comma(p, i, limit)
    if "clause" in cue.verb.frames and _begins_clause(p, i, limit, weak="weak" in cue.verb.frames):
        return i
    return None


def _behind_comma(p: Passage, i: int, limit: int) -> int | None:
    """Return where a clause begins behind the first comma or colon, in languages that write one before it."""
    for j in range(i, min(limit, i + 25)):
        if p.kind(j) in ("comma", "colon"):
            return j + 1 if not p.is_in(j + 1, "relatives") or p.is_in(j + 1, "complementizers") else None
        if p.kind(j) in ("stop", "quote"):
            return None
    return None


def _behind_complementizer(p: Passage, i: int, limit: int) -> int | None:
    """Return the unit behind the first "that" which only an addressee, a time or an occasion separates from the cue."""
    for j in range(i, min(limit, i + 22)):
        if p.is_in(j, "complementizers") and not p.is_in(j - 1, "prepositions"):
            return j + 1 if p.low(j) == p.language.raw.complementizers[0] else j
        if p.kind(j) in ("stop", "quote", "colon") or cue_at(p, j) is not None:
            return None
        if p.kind(j) == "comma" and not (p.language.raw.comma_before_clause or _closes_aside(p, i, j)):
            return None
    return None


def _closes_aside(p: Passage, i: int, j: int) -> bool:
    """Whether the comma at ``j`` belongs to an apposition of the one spoken to: told Ana Ruiz, the mayor, that …"""
    return j - i < 16 and p.names.get(p.units[i].start) is not None


def told(p: Passage, cue: Cue) -> bool:
    """Whether the cue's object is the one spoken to."""
    return p.is_in_lemma(cue.verb.lemma, "tells") or p.is_in(cue.end, "addressee_prepositions")


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


def verbless_at(p: Passage, i: int, *, behind: bool) -> Attribution | None:
    """Return the attribution of a verbless cue at ``i``: according to X, laut X; ", so X" only behind the words."""
    for key in ("verbless", "verbless_after") if behind else ("verbless",):
        for width in (4, 3, 2, 1):
            words = " ".join(p.low(j) for j in range(i, i + width))
            if words in p.language.sets[key]:
                source = phrase_from(p, i + width)
                return Attribution("cue without a verb", source, (i, i + width)) if source else None
    return None


def postposed_at(p: Passage, i: int) -> Attribution | None:
    """Return the attribution of a source at ``i`` with its cue behind it: Medienberichten zufolge."""
    if not p.language.raw.postposed:
        return None
    source = phrase_from(p, i)
    if source is None or not p.is_in(source.end, "postposed"):
        return None
    return Attribution("cue without a verb", source, (source.end, source.end + 1))


# --- where reported words end -----------------------------------------------------------------------------------------


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


def subject_and_cue(p: Passage, i: int) -> tuple[Phrase, Cue, int] | None:
    """Return speaker, cue and the unit behind them where an attribution begins at ``i``."""
    source = phrase_from(p, i)
    if source is None or not may_speak(p, source):
        return None
    cue = next_cue(p, source.end) or next_cue(p, over_aside(p, source.end))
    if cue is None or not cue.verb.finite or not cue.verb.frames & {"clause", "that"}:
        return None
    return source, cue, cue.end


def cue_and_subject(p: Passage, i: int) -> tuple[Phrase, Cue, int] | None:
    """Return speaker, cue and the unit behind them where an inverted attribution begins at ``i``."""
    cue = cue_at(p, i)
    if (
        cue is None
        or p.is_in_lemma(cue.verb.lemma, "tells")
        or not cue.verb.finite
        or not cue.verb.frames & {"clause", "that"}
    ):
        return None
    source = subject_behind(p, cue)
    if source is None or not may_speak(p, source):
        return None
    return source, cue, source.end


def may_speak(p: Passage, phrase: Phrase) -> bool:
    """Whether reported words may be attributed to the phrase: it can speak and no preposition stands before it."""
    return speakable(p, phrase) and not oblique(p, phrase)
