"""Who could have said a quotation: every attribution that a rule finds for it, near or carried over from a neighbour.

Nothing is decided here. The rules of ``attribution`` look beside the quotation; the others look at what was said
before and behind it. ``choice`` weighs what they propose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from digest.recognise.attribution import RULES, colon_name, colon_sentence, cue_before, document_before, soft_end
from digest.recognise.cues import RELATIVE, Attribution, cues, subject_behind, subject_of
from digest.recognise.drafts import Draft
from digest.recognise.passage import Passage
from digest.recognise.phrases import (
    Phrase,
    first_subject,
    oblique,
    owner_in,
    phrase_before,
    phrase_from,
    phrases_in,
    speakable,
)
from digest.recognise.reported import GOES_ON, Reported

Told = Sequence[Sequence[Reported]]
SAME_CLAUSE = "in the same clause as the quotation before it"
REPEATED = "a headline that repeats words of the article"
_CUES = 3  # cues of a sentence that are asked for their subjects, nearest first
_PHRASES = 8  # phrases of a sentence that are proposed without a cue, nearest first


class Proposal(msgspec.Struct, frozen=True, gc=False):
    """An attribution of a quotation: ``by`` with its place in passage number ``where``, or a neighbour's draft.

    A struct, not a dataclass, for the same reason as a token: there are many, and most are looked at once.
    """

    rule: str
    by: Attribution | None
    where: int
    copied: Draft | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        """Identify the source, so that rules that agree are counted together."""
        if self.copied is not None:
            source = self.copied.source
            return (-1, source.start, source.end) if source else (-1, -1, -1)
        source_ = self.by.source if self.by else None
        return (self.where, source_.begin, source_.end) if source_ else (self.where, -1, -1)


def beside(p: Passage, n: int, k: int) -> list[Proposal]:
    """Return what the sentence of the quotation at unit ``k`` of passage ``n`` proposes, each source and rule once."""
    found = [by for rule in RULES if (by := rule(p, k)) is not None]
    found.extend(_subjects(p, k))
    seen: set[tuple[str, int, int]] = set()
    out: list[Proposal] = []
    for by in found:
        key = (by.rule, by.source.begin if by.source else -1, by.begin if by.begin is not None else -1)
        if key not in seen:
            seen.add(key)
            out.append(Proposal(by.rule, by, n))
    return out


def _subjects(p: Passage, k: int) -> Iterator[Attribution]:
    """Yield what no rule of ``attribution`` chose: other cues of the sentence, other subjects, no cue at all."""
    begin, end = p.sentence(k)
    before = list(cues(p, begin, k))[: -_CUES - 1 : -1]
    for n, cue in enumerate(before):
        if p.is_in(cue.begin - 1, "relatives") and p.heads(cue.begin):
            yield Attribution(
                "relative pronoun", Phrase(cue.begin - 1, cue.begin, cue.begin, "pronoun"), (cue.begin, cue.end)
            )
        source, rule = subject_of(p, cue, begin)
        if source is not None:
            yield Attribution(f"other cue: {rule}" if n else rule, source, (cue.begin, cue.end))
        behind = subject_behind(p, cue)
        if behind is not None and behind.end <= k:
            yield Attribution("phrase behind the cue", behind, (cue.begin, cue.end))
        first = first_subject(p, begin, cue.begin)
        if first is not None and rule != RELATIVE:
            yield Attribution("first phrase of the sentence", first, (cue.begin, cue.end))
    if not before and (first := first_subject(p, begin, k)) is not None:
        yield Attribution("first phrase, no cue", first)
    near = phrase_before(p, k - 1, begin) if k > begin and p.kind(k - 1) == "word" else None
    if near is not None and not oblique(p, near):
        yield Attribution("phrase before the marks", near)
    yield from _others_before(p, k, begin)
    stop = end if end > k + 1 else p.sentence(k + 1)[1] if soft_end(p, k) else k + 1
    yield from _further_behind(p, k, stop)
    yield from _behind_marks(p, k, stop)


def _others_before(p: Passage, k: int, begin: int) -> Iterator[Attribution]:
    """Yield the phrases of the sentence before the marks that could speak or own what is in them, nearest first."""
    found: list[Attribution] = []
    for phrase in phrases_in(p, begin, k):
        if phrase.label != "nominal" or speakable(p, phrase):
            found.append(Attribution("some phrase before it", phrase))
        owner = owner_in(p, phrase)
        if owner is not None:
            found.append(Attribution("an owner before it", owner))
    yield from found[: -_PHRASES - 1 : -1]


def _behind_marks(p: Passage, k: int, end: int) -> Iterator[Attribution]:
    """Yield what stands right behind the marks, without a cue that the language file knows."""
    i = k + 1
    while i < end and p.kind(i) in ("dash", "comma", "mark"):
        i += 1
    if p.is_in(i, "agent_prepositions") and (agent := phrase_from(p, i + 1, end)) is not None:
        yield Attribution("agent behind it", agent)
    direct = phrase_from(p, i, end)
    if direct is not None and not p.is_in(direct.end, "passive"):
        yield Attribution("phrase behind the marks", direct)
    unknown = p.kind(i) == "word" and not p.units[i].capital and not p.grammar(i)
    second = phrase_from(p, i + 1, end) if unknown else None
    if second is not None and speakable(p, second):
        yield Attribution("unknown cue and speaker behind it", second, (i, i + 1))


def _further_behind(p: Passage, k: int, end: int) -> Iterator[Attribution]:
    """Yield the first cue of the sentence behind the quotation with its subjects, whatever stands between."""
    cue = next(cues(p, k + 1, end), None)
    if cue is None:
        return
    source = phrase_before(p, cue.begin - 1, k + 1) if cue.begin > k + 1 else None
    if source is not None and not p.is_in(source.begin - 1, "passive"):
        yield Attribution("cue further behind it", source, (cue.begin, cue.end))
    behind = subject_behind(p, cue)
    if behind is not None and not p.is_in(behind.begin - 1, "passive"):
        yield Attribution("inverted cue further behind it", behind, (cue.begin, cue.end))


def told_around(n: int, k: int, told: Sequence[Reported]) -> list[Proposal]:
    """Return the attribution of the reported sentence that goes on over the quotation."""
    by = next((r.by for r in told if r.by.rule == GOES_ON and r.begin <= k < r.end), None)
    return [Proposal(by.rule, by, n)] if by else []


# --- carried over -----------------------------------------------------------------------------------------------------


def from_before(k: int, n: int, last: Draft | None, passages: Sequence[Passage], told: Told) -> Iterator[Proposal]:
    """Yield what stands before the quotation at unit ``k`` of passage ``n``; ``last`` is the quotation before it."""
    p = passages[n]
    if last is not None and last.attributed and n - last.passage <= 2:
        yield Proposal(_relation(p, k, n, last, passages), None, last.passage, last)
    if k == 0 and n:
        yield from _introduced(passages[n - 1], n - 1)
    yield from _reported_before(k, n, passages, told)
    yield from _subject_before(k, n, passages)


def _relation(p: Passage, k: int, n: int, last: Draft, passages: Sequence[Passage]) -> str:
    """Name how the quotation at ``k`` stands to the one before it."""
    if last.passage == n:
        if last.covers > k:
            return SAME_CLAUSE
        if _goes_on(p, last, k) or _follows(p, last, k):
            return "goes on behind its cue"
        return "follows a quotation"
    if last.passage == n - 1 and k == 0 and last.unit >= 0:
        earlier = passages[last.passage]
        if earlier.quotes and earlier.quotes[-1].continues:
            return "goes on from the paragraph before"
        if _closes_with(earlier, last):
            return "follows the quotation of the paragraph before"
    return "who spoke last"


def from_behind(k: int, n: int, after: Draft | None, passages: Sequence[Passage]) -> Iterator[Proposal]:
    """Yield the source of the quotation behind, where nothing stands between: "We waited." "Nobody came," she said."""
    if after is None or not after.attributed:
        return
    p = passages[n]
    if after.passage == n and after.unit == k + 1:
        yield Proposal("the quotation goes on behind it", None, n, after)
    elif after.passage == n + 1 and after.unit == 0 and p.quotes[-1].continues and k == len(p.units) - 1:
        yield Proposal("the quotation goes on behind it", None, n + 1, after)


def repeated(p: Passage, k: int, drafts: Sequence[Draft], passages: Sequence[Passage]) -> Iterator[Proposal]:
    """Yield the source of the article's quotation whose words the marks at unit ``k`` of a headline repeat.

    One word may be anybody's; two and more that stand in a quotation are its words.
    """
    span = p.quotes[p.units[k].quote]
    words = p.text[span.start : span.end].rstrip(".!?…").casefold()
    if " " not in words:
        return
    for other in drafts:
        said = passages[other.passage].text[other.start : other.end]
        if other.attributed and other.kind != "fragment" and words in said.casefold():
            yield Proposal(REPEATED, None, other.passage, other)
            return


def _introduced(p: Passage, n: int) -> Iterator[Proposal]:
    """Yield the attributions of the paragraph before, if a colon at its end announces the quotation."""
    end = len(p.units)
    if p.kind(end - 1) == "colon":
        by = cue_before(p, end) or colon_name(p, end) or document_before(p, end) or colon_sentence(p, end)
        if by is not None:
            rule = "paragraph before a colon"
            yield Proposal(rule, Attribution(rule, by.source, by.cue, by.begin), n)


def _reported_before(k: int, n: int, passages: Sequence[Passage], told: Told) -> Iterator[Proposal]:
    """Yield who is reported in the sentence before: The bridge would hold, she said. "I have seen it." """
    at = _sentence_before(k, n, passages)
    if at is None:
        return
    where, begin, end = at
    inside = next((r for r in told[where] if begin <= r.begin < end), None)
    if inside is not None:
        rule, by = "follows reported words", inside.by
        yield Proposal(rule, Attribution(rule, by.source, by.cue, by.begin), where)


def _subject_before(k: int, n: int, passages: Sequence[Passage]) -> Iterator[Proposal]:
    """Yield the subject of the sentence before: The mayor shook her head. "Never." """
    at = _sentence_before(k, n, passages)
    if at is None:
        return
    where, begin, end = at
    subject = first_subject(passages[where], begin, end)
    if subject is not None:
        rule = "subject of the sentence before"
        yield Proposal(rule, Attribution(rule, subject), where)


def _sentence_before(k: int, n: int, passages: Sequence[Passage]) -> tuple[int, int, int] | None:
    begin = passages[n].sentence(k)[0]
    if begin:
        return (n, *passages[n].sentence(begin - 1))
    if n and passages[n - 1].sentences and passages[n - 1].block.kind == "paragraph":
        return (n - 1, *passages[n - 1].sentences[-1])
    return None


def _goes_on(p: Passage, last: Draft, k: int) -> bool:
    """Whether a comma behind the attribution of ``last`` says that its sentence goes on: "…," she said, "…" """
    if last.unit < 0 or p.kind(k - 1) != "comma":
        return False
    ends = [s.end for s in (last.cue, last.source) if s is not None and s.start >= last.end]
    return bool(ends) and p.after(max(ends)) == k - 1


def _follows(p: Passage, last: Draft, k: int) -> bool:
    """Whether nothing but the attribution of ``last`` stands between the two: "…," she said. "…" """
    if last.unit < 0:
        return False
    span = p.quotes[p.units[last.unit].quote]
    beside_it = (s.end for s in (last.cue, last.source) if s is not None and s.start >= last.start)
    begin, _ = p.sentence(k)
    stood = p.sentence(max(p.after(max(span.outer_end, last.end, *beside_it)) - 1, 0))
    return begin <= stood[1]


def _closes_with(p: Passage, last: Draft) -> bool:
    """Whether the passage ends with the sentence of the quotation ``last`` or of its attribution."""
    ends = [last.end, *(s.end for s in (last.cue, last.source) if s is not None)]
    return p.sentence(max(p.after(max(ends)) - 1, 0))[1] >= len(p.units) - 1
