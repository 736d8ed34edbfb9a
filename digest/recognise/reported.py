"""Rules that find reported speech: words that an article attributes without quotation marks.

A language with fitted weights is read by ``told``. For any other, a rule looks at one sentence of a passage and yields
what it finds; where two findings overlap, the earlier rule and the outer words win (``quotations`` decides). For
these rules only a clause, an infinitive or an accusation counts, never a bare noun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec import structs

from digest.recognise.attribution import attribute
from digest.recognise.clauses import clause_end, content_start
from digest.recognise.cues import (
    RELATIVE,
    Attribution,
    Cue,
    cue_and_subject,
    cues,
    infinitive,
    over_aside,
    over_name,
    postposed_at,
    subject_and_cue,
    subject_of,
    verbless_at,
)
from digest.recognise.passage import Passage
from digest.recognise.phrases import Phrase, first_subject, may_speak, phrase_before
from digest.recognise.together import joined
from digest.recognise.told import load, told


@dataclass(frozen=True, slots=True)
class Reported:
    """Reported words: the units ``begin..end`` and who is said to have said them.

    ``chance`` is how likely it is that they are so reported, None where a rule found them and nobody weighed it.
    """

    begin: int
    end: int
    by: Attribution
    chance: float | None = None


GOES_ON = "goes on in the form of reported speech"
Rule = Callable[[Passage, int, int], Iterator[Reported]]


def reported(p: Passage) -> Iterator[Reported]:
    """Yield the reported words of the passage: as weights choose them where the language has some, else by rules."""
    weights = load(p.language.raw.code)
    if weights is None:
        yield from by_rules(p)
        return
    first = p.language.raw.complementizers[0]
    for one in told(p, weights):
        # "that" joins the words to their cue and is none of them
        begin = one.begin + (p.low(one.begin) == first and one.begin + 1 < one.end)
        yield Reported(begin, one.end, one.by, one.chance)


def by_rules(p: Passage) -> Iterator[Reported]:
    """Yield what the rules find in each sentence of the passage, in the order of the rules."""
    last: Attribution | None = None
    for begin, end in p.sentences:
        found = [one for rule in RULES for one in rule(p, begin, end)]
        beside = [by for k in p.of_kind("quote", begin, end) if (by := attribute(p, k))]
        if (
            not found
            and not beside
            and last is not None
            and last.source is not None
            and in_reported_form(p, begin, end)
        ):
            start = begin + p.is_in(begin, "conjunctions")
            by = structs.replace(last, rule=GOES_ON, cue=None, begin=start)
            found = [Reported(start, clause_end(p, start, end), by)]
        yield from found
        last = found[0].by if found else beside[-1] if beside else None


def in_reported_form(p: Passage, begin: int, end: int) -> bool:
    """Whether the main clause of a sentence has the verb form of reported speech: "Die Zahl könne noch steigen." """
    for i in range(begin, end):
        if p.subjunctive(i):
            return True
        if p.kind(i) == "comma" or (i > begin and p.is_in(i, "subordinators")):
            return False
    return False


def clause_after_cue(p: Passage, begin: int, end: int) -> Iterator[Reported]:
    """The mayor told reporters on Monday that …; she said …; er sagte, die Brücke halte."""
    for cue in cues(p, begin, end):
        if infinitive(p, cue) or not cue.verb.frames & {"that", "clause"}:
            continue
        start = content_start(p, cue, end)
        if start is None or start >= end - 1 or p.kind(start) == "quote":
            continue
        source, rule = subject_of(p, cue, begin)
        if source is not None and (may_speak(p, source) or cue.verb.particle in p.language.pronouns):
            last = clause_end(p, start, end)
            if rule == RELATIVE:
                # the relative clause ends at its comma: Lindqvist, who had said that it would hold, was asked …
                last = next((j for j in range(start + 1, last) if p.kind(j) == "comma"), last)
            yield Reported(start, last, Attribution(rule, source, (cue.begin, cue.end), start))


def clause_before_cue(p: Passage, begin: int, end: int) -> Iterator[Reported]:
    """The road is closed for good, the mayor said. — Die Straße sei gesperrt, sagte der Bürgermeister."""
    for comma in p.of_kind("comma", begin + 2, end - 1):
        found = _attribution_behind(p, comma + 1)
        if found is None:
            continue
        source, cue, stop = found
        if stop < end and p.kind(stop) not in ("stop", "comma", "end", "dash") and not _trails(p, stop, end):
            continue
        if p.is_in(stop, "complementizers") or any(p.kind(j) == "colon" for j in range(stop, min(stop + 3, end))):
            continue  # the cue governs what follows it: Asked about the bridge, she repeated that …
        start = _clause_start(p, begin, comma)
        if start < comma and p.verbal(start, comma) and (_whole(p, start, comma) or not _has_cue(p, start, comma)):
            yield Reported(start, comma, Attribution("speaker and cue after it", source, (cue.begin, cue.end)))


def _whole(p: Passage, start: int, end: int) -> bool:
    """Whether its verb form reports a clause as a whole, whatever cue stands in it: Man habe geraten, …, sagte er."""
    return p.language.raw.comma_before_clause and in_reported_form(p, start, end)


def _attribution_behind(p: Passage, i: int) -> tuple[Phrase, Cue, int] | None:
    """Return the attribution behind a comma: in German the verb stands first, or a "wie" before speaker and verb."""
    if not p.language.raw.comma_before_clause:
        return subject_and_cue(p, i) or cue_and_subject(p, i)
    return cue_and_subject(p, i) or (subject_and_cue(p, i + 1) if p.is_in(i, "complementizers") else None)


def accusation(p: Passage, begin: int, end: int) -> Iterator[Reported]:
    """The opposition accused the mayor of hiding the bill. — They threatened to close the port."""
    for cue in cues(p, begin, end):
        if infinitive(p, cue) or "object" not in cue.verb.frames:
            continue
        link = next((j for j in range(cue.end, min(end, cue.end + 12)) if p.is_in(j, "object_links")), None)
        if link is None or link >= end - 2 or not _reports(p, link):
            continue
        if "to" in cue.verb.frames and link != cue.end:
            continue
        source, rule = subject_of(p, cue, begin)
        if source is not None:
            yield Reported(
                cue.end, clause_end(p, cue.end, end), Attribution(rule, source, (cue.begin, cue.end), cue.end)
            )


def _reports(p: Passage, link: int) -> bool:
    """Whether a verb follows the link: accused X of hiding the bill, not: accused X of inaction."""
    endings = p.language.raw.gerund_endings
    if not endings or p.is_in(link, "infinitive_markers"):
        return True
    return any(p.low(i).endswith(endings) and not p.is_in(i, "prepositions") for i in range(link + 1, link + 3))


def clause_after_noun(p: Passage, begin: int, end: int) -> Iterator[Reported]:
    """Critics repeated allegations that …; die Opposition erhob den Vorwurf, …"""
    first = p.language.raw.complementizers[0]
    for i in p.among(p.language.sets["cue_nouns"], begin + 1, end - 2):
        start = i + 1 + (p.kind(i + 1) == "comma")
        if p.low(start) != first or start + 1 >= end:
            continue
        verb = next((j for j in range(i - 1, max(begin, i - 5) - 1, -1) if p.is_in(j, "noun_verbs")), None)
        if verb is None:
            continue
        source = phrase_before(p, verb - 1, begin) or first_subject(p, begin, verb)
        if source is not None:
            by = Attribution("clause after a noun of saying", source, (verb, i + 1), start + 1)
            yield Reported(start + 1, clause_end(p, start + 1, end), by)


def without_verb(p: Passage, begin: int, end: int) -> Iterator[Reported]:
    """According to the union, half of the ferries stayed in port. — Half of them stayed, according to the union."""
    for i in (begin, *p.among(p.language.openers, begin + 1, end)):
        found = verbless_at(p, i, behind=i > begin) or (postposed_at(p, i) if i == begin else None)
        if found is None or found.source is None or found.cue is None:
            continue
        first, last = min(found.cue[0], found.source.begin), max(found.cue[1], joined(p, found.source)[-1].end)
        if first == begin:
            last += p.kind(last) == "quote" and p.is_in(last - 1, "work_nouns")
            start = over_name(p, over_aside(p, last))
            start = start + 1 if p.kind(start) == "comma" else start
            if start < end - 1:
                yield Reported(start, clause_end(p, start, end), found)
        elif p.kind(first - 1) == "comma" and first - 1 > begin:
            yield Reported(_clause_start(p, begin, first - 1), first - 1, found)
        elif p.language.raw.comma_before_clause and p.kind(first - 1) == "word" and not _has_cue(p, begin, end):
            yield Reported(_clause_start(p, begin, begin + 1), clause_end(p, begin, end), found)


RULES: tuple[Rule, ...] = (clause_after_cue, clause_before_cue, accusation, clause_after_noun, without_verb)


# --- where reported words begin and end ------------------------------------------------------------------------------


def _clause_start(p: Passage, begin: int, end: int) -> int:
    """Return where the clause that ends at ``end`` begins: behind a conjunction or a semicolon."""
    start = begin
    for i in range(end - 1, begin - 1, -1):
        if p.low(i) == ";" or p.kind(i) == "quote":
            start = i + 1
            break
    while start < end and (p.is_in(start, "conjunctions") or p.kind(start) in ("comma", "dash", "stop")):
        start += 1
    return start


def _trails(p: Passage, i: int, end: int) -> bool:
    """Whether only an occasion, a time or a place follows the attribution: ", he said in an interview on Monday."""
    return (
        p.adverb(i)
        or (p.language.raw.comma_before_clause and (p.is_in(i, "determiners") or p.kind(i) == "colon"))
        or p.is_in(i, "prepositions")
        or p.is_in(i, "calendar")
        or p.is_in(i, "subordinators")
        or i >= end
    )


def _has_cue(p: Passage, start: int, end: int) -> bool:
    """Whether the clause has a cue with its own words already, which is then reported by another rule."""
    for cue in cues(p, start, end):
        if cue.verb.frames & {"clause", "that"} and content_start(p, cue, end) not in (None, end):
            return True
    return False
