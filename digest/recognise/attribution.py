"""Rules that find who said a quotation, in the order in which they are asked.

Each rule looks at one quotation of a passage and its neighbours and returns an attribution or None; the first answer
counts. The shapes are those of the literature on direct speech: Pouliquen et al. 2007 (quotation, cue and name in
three orders), Elson and McKeown 2010 (syntactic categories of attribution), Pareti 2015 (source, cue, content).
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from digest.recognise.clauses import clause_end, content_start
from digest.recognise.cues import (
    Attribution,
    Cue,
    cue_at,
    cues,
    infinitive,
    next_cue,
    over_aside,
    postposed_at,
    speaks,
    subject_behind,
    subject_of,
    verbless_at,
)
from digest.recognise.frames import framed_around, framed_at
from digest.recognise.passage import Passage, once
from digest.recognise.phrases import first_subject, phrase_from, speakable
from digest.recognise.together import joined

Rule = Callable[[Passage, int], Attribution | None]


@once
def attribute(p: Passage, k: int) -> Attribution | None:
    """Return the attribution of the quotation at unit ``k`` by the first rule that has one."""
    for rule in RULES:
        found = rule(p, k)
        if found is not None:
            return found
    return None


def cue_of(p: Passage, by: Attribution) -> Cue | None:
    """Return the verb of saying among the units of an attribution's cue, None where it has none."""
    return _first_cue(p, *by.cue) if by.cue is not None else None


@once
def _first_cue(p: Passage, begin: int, end: int) -> Cue | None:
    return next(cues(p, begin, end), None)


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
    if source is None or p.language.raw.comma_before_clause:
        return None  # where the verb stands second, it stands before its subject here: framed_after
    cue = next_cue(p, over_aside(p, joined(p, source)[-1].end)) or next_cue(p, over_aside(p, source.end))
    if cue is None and source.end > source.head:
        cue = next_cue(p, source.head)
    if cue is None or not speaks(cue):
        return None
    return Attribution("speaker and cue after it", source, (cue.begin, cue.end))


def framed_after(p: Passage, k: int) -> Attribution | None:
    """ "…", hatte die Bürgermeisterin gesagt. — "…", wie sie im Rat erklärte."""
    i = _step_out(p, k)
    return framed_at(p, i) if i else None


def verbless_after(p: Passage, k: int) -> Attribution | None:
    """ "…", according to the union. — "…", so der Minister."""
    i = _step_out(p, k)
    return (verbless_at(p, i, behind=True) or postposed_at(p, i)) if i else None


def verbless_further(p: Passage, k: int) -> Attribution | None:
    """The ferry was "…" all winter, according to the union. — Der Kran war „…“ ausgefallen, so der Wirt."""
    begin, end = p.sentence(k)
    for i in p.among(p.language.openers, k + 2, end):
        if p.of_kind("quote", k + 1, i):
            break
        found = verbless_at(p, i, behind=True) if p.kind(i - 1) == "comma" else None
        if found is not None and found.source is not None and found.source.end >= end - 1:
            return structs.replace(found, begin=begin + p.is_in(begin, "conjunctions"))
    return None


def dash_after(p: Passage, k: int) -> Attribution | None:
    """ "…" — Mara Lindqvist."""
    if p.kind(k + 1) != "dash":
        return None
    source = phrase_from(p, k + 2)
    if source is None or source.label != "name" or source.end < len(p.units) - 1:
        return None
    return Attribution("name after a dash", source)


@once
def _step_out(p: Passage, k: int) -> int:
    """Return the first unit behind the quotation and its comma, or 0 where another sentence begins."""
    i = k + 1
    while i < k + 4 and p.kind(i) in ("dash", "comma", "mark"):
        i += 1
    if p.kind(i) != "word":
        return 0
    return i if i < p.sentence(k)[1] or soft_end(p, k) else 0


def soft_end(p: Passage, k: int) -> bool:
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
    if start is None and not embeds(p, cue, k):
        return None
    if start is None:
        start = source.end if cue.end <= source.begin < source.end <= k else cue.end
    return Attribution(rule, source, (cue.begin, cue.end), start)


def embeds(p: Passage, cue: Cue, k: int) -> bool:
    """Whether the cue may take a plain object with a quoted part: called it "…", praised her "…", not: said on "…"."""
    if "clause" in cue.verb.frames and "weak" not in cue.verb.frames:
        return False
    if cue.verb.particle or not p.is_in(cue.end, "prepositions"):
        return True
    return p.language.raw.comma_before_clause and not _behind_preposition(p, k)


def _behind_preposition(p: Passage, k: int) -> bool:
    """Whether a preposition governs the quoted unit ``k``, over its article and adjectives: in dem alten „…“."""
    i = k - 1
    while p.is_in(i, "determiners") or p.is_in(i, "possessives") or (p.noun(i) and not p.heads(i)):
        i -= 1
    return p.is_in(i, "prepositions")


def verbless_before(p: Passage, k: int) -> Attribution | None:
    """According to the union, the ferries were "…" ."""
    begin, _ = p.sentence(k)
    last, done = None, begin
    for i in range(begin, k) if p.language.raw.postposed else p.among(p.language.openers, begin, k):
        found = None if i < done else verbless_at(p, i, behind=False) or postposed_at(p, i) or _aside_at(p, i)
        if found is not None and found.source is not None:
            last, done = found, found.source.end
    return None if last is None else structs.replace(last, begin=_behind(p, last, k))


def _aside_at(p: Passage, i: int) -> Attribution | None:
    """Return a verbless attribution between commas inside the words: Das Tor, so die Stadt, „bleibt zu“."""
    if p.kind(i - 1) != "comma":
        return None
    found = verbless_at(p, i, behind=True)
    return found if found is not None and found.source is not None and p.kind(found.source.end) != "word" else None


def colon_name(p: Passage, k: int) -> Attribution | None:
    """Mara Lindqvist: "…" """
    if p.kind(k - 1) != "colon":
        return None
    source = phrase_from(p, p.sentence(k)[0], k - 1)
    if source is None or not (speakable(p, source) or _entitled(p, source.end, k - 1)):
        return None
    if source.end != k - 1 and not _entitled(p, source.end, k - 1):
        return None
    return Attribution("name before a colon", source, None, k)


def _entitled(p: Passage, i: int, colon: int) -> bool:
    """Whether a role in apposition fills the place up to the colon: Erik Tuomi, Präsident des Rates: „…“"""
    role = phrase_from(p, i + 1, colon) if p.kind(i) == "comma" else None
    return role is not None and role.end == colon and speakable(p, role)


def document_before(p: Passage, k: int) -> Attribution | None:
    """From the report: "…" — Aus der Mitteilung: "…" """
    if p.kind(k - 1) != "colon":
        return None
    begin, _ = p.sentence(k)
    if not p.is_in(begin, "origins"):
        return None
    source = phrase_from(p, begin + 1, k - 1)
    if source is None or source.end != k - 1 or source.label != "nominal":
        return None
    words = range(source.begin, source.end)
    paper = any(p.is_in(i, "occasion_words") or p.language.roles.get(p.low(i)) == "organisation" for i in words)
    return Attribution("document before a colon", source, None, k) if paper else None


def colon_sentence(p: Passage, k: int) -> Attribution | None:
    """The mayor was blunt: "…" """
    if p.kind(k - 1) != "colon" or p.block.kind == "title":
        return None  # a headline's colon sets words beside its subject: Dam talks open: "A river sends no invoices"
    source = first_subject(p, p.sentence(k)[0], k)
    return Attribution("sentence before a colon", source, None, k) if source else None


def _outermost_cue(p: Passage, k: int, begin: int, end: int) -> Cue | None:
    """Return the first cue of the sentence whose clause reaches over the quotation, whatever else is said inside it."""
    for cue in cues(p, begin, k):
        if not cue.verb.frames & {"that", "clause"} or infinitive(p, cue):
            continue
        start = content_start(p, cue, k)
        if start is not None and start < k < clause_end(p, start, end):
            return cue
    return None


def _nearest_cue(p: Passage, k: int, begin: int) -> Cue | None:
    for cue in reversed(list(cues(p, begin, k))):
        if cue.verb.frames & {"quote", "that", "clause"} and _adjacent(p, cue, k):
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
    framed_after,
    verbless_after,
    verbless_further,
    framed_around,
    cue_before,
    verbless_before,
    colon_name,
    document_before,
    dash_after,
    colon_sentence,
)
