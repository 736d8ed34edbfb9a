"""Quotations whose source stands elsewhere: it is carried over from a neighbour, forwards, then backwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.knowledge import Knowledge
from digest.recognise.attribution import colon_name, colon_sentence, cue_before, document_before
from digest.recognise.cues import Attribution
from digest.recognise.drafts import Draft, is_term, with_source
from digest.recognise.passage import Passage
from digest.recognise.phrases import first_subject
from digest.recognise.reported import Reported

_SHORT = 4  # a quotation without a cue needs more words than this, or the punctuation of a sentence, to be speech
Told = Sequence[Sequence[Reported]]


def carried(drafts: Sequence[Draft], passages: Sequence[Passage], told: Told, knowledge: Knowledge) -> list[Draft]:
    """Give quotations without an attribution of their own that of a neighbour, forwards, then backwards."""
    out: list[Draft] = []
    for draft in drafts:
        if not draft.attributed:
            draft = _from_before(draft, out, passages, told, knowledge)
        out.append(draft)
    for i in range(len(out) - 2, -1, -1):
        if not out[i].attributed and out[i + 1].attributed and _joined(out[i], out[i + 1], passages):
            out[i] = _copied(out[i], out[i + 1], "the quotation goes on behind it")
    return [_repeated(d, out, passages) for d in out]


def _repeated(draft: Draft, all_of_them: Sequence[Draft], passages: Sequence[Passage]) -> Draft:
    """Give a headline's quotation the source of the same words in the article."""
    p = passages[draft.passage]
    if draft.attributed or p.block.kind != "title":
        return draft
    words = p.text[draft.start : draft.end].rstrip(".!?…")
    for other in all_of_them:
        if other.passage != draft.passage and other.attributed and words in p.text[other.start : other.end]:
            return _copied(draft, other, "a headline that repeats words of the article")
    return draft


def _from_before(
    draft: Draft, before: Sequence[Draft], passages: Sequence[Passage], told: Told, knowledge: Knowledge
) -> Draft:
    p = passages[draft.passage]
    last = before[-1] if before else None
    if last is not None and last.attributed and _goes_on(p, last, draft):
        return _copied(draft, last, "goes on behind its cue")
    if is_term(p, draft.unit) or not _sentence_like(p, draft):
        return draft
    if last is not None and last.attributed and last.unit >= 0:
        if last.passage == draft.passage and _follows(p, last, draft):
            return _copied(draft, last, "goes on behind its cue")
        if last.passage == draft.passage - 1 and draft.unit == 0 and passages[last.passage].units:
            earlier = passages[last.passage]
            if earlier.quotes[-1].continues:
                return _copied(draft, last, "goes on from the paragraph before")
            if _closes_with(earlier, last):
                return _copied(draft, last, "follows the quotation of the paragraph before")
    if draft.unit == 0 and draft.passage and (found := _introduced(draft, passages[draft.passage - 1], knowledge)):
        return found
    by = _reported_before(draft, passages, told)
    if by is not None:
        where = passages[draft.passage if draft.unit else draft.passage - 1]
        return with_source(draft, where, replace(by, rule="follows reported words"), knowledge)
    return _from_sentence_before(draft, p, last, knowledge)


def _reported_before(draft: Draft, passages: Sequence[Passage], told: Told) -> Attribution | None:
    """Return who is reported in the sentence before: The bridge would hold, she said. "I have seen it." """
    n = draft.passage if draft.unit else draft.passage - 1
    if n < 0 or not passages[n].units:
        return None
    p = passages[n]
    begin, end = p.sentence(p.sentence(draft.unit)[0] - 1) if draft.unit else p.sentences[-1]
    if draft.unit and p.sentence(draft.unit)[0] == 0:
        return None
    inside = [r for r in told[n] if begin <= r.begin < end and not any(u.quote >= 0 for u in p.units[begin:end])]
    return inside[0].by if inside else None


def _introduced(draft: Draft, p: Passage, knowledge: Knowledge) -> Draft | None:
    """Take the attribution of the paragraph before, if a colon at its end announces the quotation."""
    end = len(p.units)
    if p.kind(end - 1) != "colon":
        return None
    by = cue_before(p, end) or colon_name(p, end) or document_before(p, end) or colon_sentence(p, end)
    return with_source(draft, p, replace(by, rule="paragraph before a colon"), knowledge) if by else None


def _goes_on(p: Passage, last: Draft, draft: Draft) -> bool:
    """Whether a comma behind the attribution of ``last`` says that its sentence goes on: "…," she said, "…" """
    if last.passage != draft.passage or last.unit < 0 or p.kind(draft.unit - 1) != "comma":
        return False
    ends = [s.end for s in (last.cue, last.source) if s is not None and s.start >= last.end]
    return bool(ends) and p.after(max(ends)) == draft.unit - 1


def _follows(p: Passage, last: Draft, draft: Draft) -> bool:
    """Whether nothing but the attribution of ``last`` stands between the two: "…," she said. "…" """
    span = p.quotes[p.units[last.unit].quote]
    ends = [
        span.outer_end,
        last.end,
        *(s.end for s in (last.cue, last.source) if s is not None and s.start >= last.start),
    ]
    begin, _ = p.sentence(draft.unit)
    stood = p.sentence(max(p.after(max(ends)) - 1, 0))
    return begin <= stood[1]


def _closes_with(p: Passage, last: Draft) -> bool:
    """Whether the passage ends with the sentence of the quotation ``last`` or of its attribution."""
    ends = [last.end, *(s.end for s in (last.cue, last.source) if s is not None)]
    return p.sentence(max(p.after(max(ends)) - 1, 0))[1] >= len(p.units) - 1


def _from_sentence_before(draft: Draft, p: Passage, last: Draft | None, knowledge: Knowledge) -> Draft:
    """Take the subject of the sentence before: The mayor shook her head. "Never." """
    begin, _ = p.sentence(draft.unit)
    if begin == 0:
        return draft
    before = p.sentence(begin - 1)
    if last is not None and last.passage == draft.passage and before[0] <= last.unit < before[1]:
        return _copied(draft, last, "follows a quotation") if last.attributed else draft
    subject = first_subject(p, *before)
    if subject is None or subject.label == "nominal":
        return draft
    return with_source(draft, p, Attribution("subject of the sentence before", subject), knowledge)


def _joined(draft: Draft, after: Draft, passages: Sequence[Passage]) -> bool:
    """Whether ``after`` goes on with ``draft``: it follows at once, or reopens the marks in the next paragraph."""
    p = passages[draft.passage]
    if after.passage == draft.passage:
        return after.unit == draft.unit + 1
    return after.passage == draft.passage + 1 and after.unit == 0 and p.quotes[-1].continues


def _copied(draft: Draft, other: Draft, rule: str) -> Draft:
    return replace(
        draft,
        rule=rule,
        cue=other.cue,
        source=other.source,
        label=other.label,
        name=other.name,
        others=other.others,
        via=other.via,
    )


def _sentence_like(p: Passage, draft: Draft) -> bool:
    """Whether the quoted words look like speech though no cue says so: long enough, or a sentence by their marks."""
    span = p.quotes[p.units[draft.unit].quote]
    words = p.text[span.start : span.end].split()
    if not any(c.isalnum() for word in words for c in word):
        return False  # a mark with nothing but a mark behind it
    begins = draft.unit == p.sentence(draft.unit)[0] or p.kind(draft.unit - 1) == "colon"
    ends = p.text[span.end : span.outer_end].strip()[:1] in (".", ",", "!", "?", "…") or p.text[span.end - 1] in "!?…"
    if begins and (ends or len(words) > _SHORT):
        return True
    return len(words) > 2 * _SHORT and (ends or p.text[span.start].isupper())


def settled(draft: Draft, passages: Sequence[Passage]) -> Draft:
    """Make what has no attribution and does not look like speech a fragment."""
    p = passages[draft.passage]
    if draft.attributed or (_sentence_like(p, draft) and not is_term(p, draft.unit)):
        return draft
    term = is_term(p, draft.unit)
    return replace(draft, kind="fragment", rule="a title or a term" if term else "no words of saying near it")
