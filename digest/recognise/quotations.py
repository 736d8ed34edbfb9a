"""Quotations of one article: what stands in marks, what is reported, and what is no speech at all.

The order is the policy: an attribution found beside a quotation goes before one carried over from a neighbour, a
quotation in marks before reported words that overlap it, outer reported words before inner ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest import confidence
from digest.knowledge import Knowledge
from digest.model import Article, Quotation, QuotationKind, Source, SourceLabel, Span, Via, Words
from digest.recognise.attribution import Attribution, attribute, clause_end, first_subject
from digest.recognise.passage import Passage
from digest.recognise.reported import reported
from digest.recognise.via import via
from digest.text import digest_of

_SHORT = 4  # a quotation without a cue needs more words than this, or the punctuation of a sentence, to be speech
_TRIMMED = " \n\t\u00a0,.;:–—"


@dataclass(frozen=True, slots=True)
class Draft:
    """A quotation in the making. ``passage`` and ``unit`` say which quoted unit it began with (-1: reported words)."""

    kind: QuotationKind
    start: int
    end: int
    parts: tuple[Span, ...]
    passage: int
    unit: int
    rule: str = ""
    cue: Span | None = None
    source: Span | None = None
    label: SourceLabel = "nominal"
    via: tuple[Via, ...] = ()
    flaws: tuple[str, ...] = ()

    @property
    def attributed(self) -> bool:
        """Whether its words have a source."""
        return self.source is not None


def quotations(article: Article, passages: Sequence[Passage], knowledge: Knowledge) -> tuple[Quotation, ...]:
    """Return the quotations and the fragments of an article in text order. Speakers are not resolved yet."""
    drafts: list[Draft] = []
    for n, p in enumerate(passages):
        drafts.extend(_in_marks(p, n, knowledge))
    drafts = _carried(drafts, passages)
    drafts = [_settled(d, passages) for d in drafts]
    for n, p in enumerate(passages):
        drafts.extend(_reported(p, n, drafts, knowledge))
    drafts.sort(key=lambda d: (d.start, -d.end))
    return tuple(_finished(article, drafts))


# --- words in marks -------------------------------------------------------------------------------------------------


def _in_marks(p: Passage, n: int, knowledge: Knowledge) -> Iterator[Draft]:
    """Yield a draft for each quoted unit; those that one clause reports together are one draft."""
    done = -1
    for k, unit in enumerate(p.units):
        if unit.quote < 0 or k <= done:
            continue
        by = None if _is_term(p, k) else attribute(p, k)
        if by is None:
            yield _bare(p, n, k)
        elif by.begin is None:
            yield _with(_extended(p, n, k), p, by, knowledge)
        elif by.begin == k:
            yield _with(_bare(p, n, k), p, by, knowledge)
        else:
            end = clause_end(p, by.begin, p.sentence(k)[1])
            end = max(end, k + 1)
            done = end - 1
            yield _with(_mixed(p, n, by.begin, end, k), p, by, knowledge)


def _bare(p: Passage, n: int, k: int) -> Draft:
    span = p.quotes[p.units[k].quote]
    return Draft("direct", span.start, span.end, (Span(span.start, span.end),), n, k, flaws=span.flaws)


def _mixed(p: Passage, n: int, begin: int, end: int, k: int) -> Draft:
    """Return the reported words ``begin..end`` with the quoted parts inside them."""
    inside = [p.quotes[u.quote] for i, u in enumerate(p.units[begin:end], begin) if u.quote >= 0 and not _is_term(p, i)]
    if not inside:
        return _bare(p, n, k)
    start, stop = p.units[begin].start, p.units[end - 1].end
    if p.units[begin].quote >= 0:
        start = inside[0].start
    if p.units[end - 1].quote >= 0:
        stop = max(inside[-1].end, p.quotes[p.units[end - 1].quote].end)
    parts = tuple(Span(s.start, s.end) for s in inside)
    flaws = tuple(dict.fromkeys(f for s in inside for f in s.flaws))
    kind: QuotationKind = "direct" if len(parts) == 1 and parts[0] == Span(start, stop) else "mixed"
    return Draft(kind, start, stop, parts, n, k, flaws=flaws)


def _extended(p: Passage, n: int, k: int) -> Draft:
    """Return the quotation at ``k`` with the words of its clause before the marks: The talks "focus on …," said X."""
    begin, _ = p.sentence(k)
    while begin < k and (p.is_in(begin, "conjunctions") or p.kind(begin) in ("comma", "dash")):
        begin += 1
    span = p.quotes[p.units[k].quote]
    goes_on = p.text[span.start].islower() and p.kind(k - 1) == "word"
    if begin == k or not goes_on or any(p.units[i].quote >= 0 for i in range(begin, k)):
        return _bare(p, n, k)
    return _mixed(p, n, begin, k + 1, k)


def _is_term(p: Passage, k: int) -> bool:
    """Whether the word before the marks says that a title or a term stands in them: the film "…", a so-called "…"."""
    span = p.quotes[p.units[k].quote]
    if len(p.text[span.start : span.end].split()) > 8:
        return False
    return p.is_in(k - 1, "work_nouns") or p.is_in(k - 1, "term_markers")


def _with(draft: Draft, p: Passage, by: Attribution, knowledge: Knowledge) -> Draft:
    """Return the draft with cue, source and via of its attribution."""
    source = label = None
    if by.source is not None:
        end = by.source.head if by.source.label == "name" else by.source.end
        source, label = Span(p.units[by.source.begin].start, p.units[end - 1].end), by.source.label
    cue = Span(p.units[by.cue[0]].start, p.units[by.cue[1] - 1].end) if by.cue else None
    return replace(draft, rule=by.rule, cue=cue, source=source, label=label or "nominal", via=via(p, by, knowledge))


# --- words whose source stands elsewhere ----------------------------------------------------------------------------


def _carried(drafts: Sequence[Draft], passages: Sequence[Passage]) -> list[Draft]:
    """Give quotations without an attribution of their own that of a neighbour, forwards, then backwards."""
    out: list[Draft] = []
    for draft in drafts:
        if not draft.attributed:
            draft = _from_before(draft, out, passages)
        out.append(draft)
    for i in range(len(out) - 2, -1, -1):
        if not out[i].attributed and out[i + 1].attributed and _joined(out[i], out[i + 1], passages):
            out[i] = _copied(out[i], out[i + 1], "the quotation goes on behind it")
    return out


def _from_before(draft: Draft, before: Sequence[Draft], passages: Sequence[Passage]) -> Draft:
    p = passages[draft.passage]
    if _is_term(p, draft.unit) or not _sentence_like(p, draft):
        return draft
    last = before[-1] if before else None
    if last is not None and last.attributed and last.unit >= 0:
        if last.passage == draft.passage and _follows(p, last, draft):
            return _copied(draft, last, "goes on behind its cue")
        if last.passage == draft.passage - 1 and draft.unit == 0:
            earlier = passages[last.passage]
            if earlier.quotes[-1].continues:
                return _copied(draft, last, "goes on from the paragraph before")
            if _closes_with(earlier, last):
                return _copied(draft, last, "follows the quotation of the paragraph before")
    return _from_sentence_before(draft, p, last)


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


def _from_sentence_before(draft: Draft, p: Passage, last: Draft | None) -> Draft:
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
    head = p.units[subject.head - 1].end
    return replace(
        draft,
        source=Span(p.units[subject.begin].start, head),
        label=subject.label,
        rule="subject of the sentence before",
    )


def _joined(draft: Draft, after: Draft, passages: Sequence[Passage]) -> bool:
    """Whether ``after`` goes on with ``draft``: it follows at once, or reopens the marks in the next paragraph."""
    p = passages[draft.passage]
    if after.passage == draft.passage:
        return after.unit == draft.unit + 1
    return after.passage == draft.passage + 1 and after.unit == 0 and p.quotes[-1].continues


def _copied(draft: Draft, other: Draft, rule: str) -> Draft:
    return replace(draft, rule=rule, cue=other.cue, source=other.source, label=other.label, via=other.via)


def _sentence_like(p: Passage, draft: Draft) -> bool:
    """Whether the quoted words look like speech though no cue says so: long enough, or a sentence by their marks."""
    span = p.quotes[p.units[draft.unit].quote]
    words = p.text[span.start : span.end].split()
    begins = draft.unit == p.sentence(draft.unit)[0] or p.kind(draft.unit - 1) == "colon"
    ends = p.text[span.end : span.outer_end].strip()[:1] in (".", ",", "!", "?", "…") or p.text[span.end - 1] in "!?…"
    if begins and (ends or len(words) > _SHORT):
        return True
    return len(words) > 2 * _SHORT and (ends or p.text[span.start].isupper())


def _settled(draft: Draft, passages: Sequence[Passage]) -> Draft:
    """Make what has no attribution and does not look like speech a fragment."""
    if draft.attributed or (
        _sentence_like(passages[draft.passage], draft) and not _is_term(passages[draft.passage], draft.unit)
    ):
        return draft
    return replace(draft, kind="fragment", rule="no words of saying near it")


# --- reported words ---------------------------------------------------------------------------------------------------


def _reported(p: Passage, n: int, drafts: Sequence[Draft], knowledge: Knowledge) -> Iterator[Draft]:
    """Yield the reported words that overlap neither a quotation in marks nor earlier findings."""
    taken = [(d.start, d.end) for d in drafts if d.passage == n and d.kind != "fragment"]
    cues = {d.cue.start for d in drafts if d.passage == n and d.cue is not None}
    found = sorted(reported(p), key=lambda r: (p.units[r.begin].start, -r.end))
    for one in found:
        start, end = _trimmed(p, p.units[one.begin].start, p.units[one.end - 1].end) if one.end > one.begin else (0, 0)
        if end - start < 2 or any(a < end and start < b for a, b in taken):
            continue
        if one.by.cue is not None and p.units[one.by.cue[0]].start in cues and one.by.begin is not None:
            continue
        taken.append((start, end))
        yield _with(Draft("indirect", start, end, (), n, -1), p, one.by, knowledge)


def _trimmed(p: Passage, start: int, end: int) -> tuple[int, int]:
    while start < end and p.text[start] in _TRIMMED:
        start += 1
    while end > start and p.text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


# --- the finished quotation -------------------------------------------------------------------------------------------


def _finished(article: Article, drafts: Sequence[Draft]) -> Iterator[Quotation]:
    seen: dict[str, int] = {}
    for draft in drafts:
        words = article.text[draft.start : draft.end]
        nth = seen[words] = seen.get(words, -1) + 1
        name = "q-" + digest_of(article.id, words, *([str(nth)] if nth else []))[:10]
        yield Quotation(
            id=name,
            kind=draft.kind,
            start=draft.start,
            end=draft.end,
            parts=tuple(_words(article.text, part) for part in draft.parts),
            cue=_words(article.text, draft.cue) if draft.cue else None,
            source=_source(article.text, draft),
            via=draft.via,
            confidence=confidence.of_rule(draft.rule),
            rule=draft.rule or "marks without a cue",
            flaws=draft.flaws,
        )


def _words(text: str, span: Span) -> Words:
    return Words(span.start, span.end, text[span.start : span.end])


def _source(text: str, draft: Draft) -> Source | None:
    if draft.source is None:
        return None
    return Source(draft.source.start, draft.source.end, text[draft.source.start : draft.source.end], draft.label)
