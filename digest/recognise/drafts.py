"""Drafts of quotations: each quoted unit of a passage with the attribution that stands beside it."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from digest.knowledge import Knowledge
from digest.model import QuotationKind, SourceLabel, Span, Via
from digest.recognise.attribution import cue_of, embeds
from digest.recognise.clauses import clause_end, content_start
from digest.recognise.cues import Attribution
from digest.recognise.extent import whole
from digest.recognise.passage import Passage
from digest.recognise.via import via


class Draft(msgspec.Struct, frozen=True, gc=False):
    """A quotation in the making. ``passage`` and ``unit`` say which quoted unit it began with (-1: reported words).

    ``begin..covers`` are the units of the clause that reports it, ``units`` the quoted ones among them that are its
    parts. ``chance`` is how sure it is, 0 to 1; None where its rule tells. A struct, not a dataclass, because a draft
    is copied several times on its way: that takes a fiftieth of the time.
    """

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
    name: Span | None = None
    others: tuple[Span, ...] = ()
    via: tuple[Via, ...] = ()
    flaws: tuple[str, ...] = ()
    begin: int = -1
    covers: int = -1
    units: tuple[int, ...] = ()
    chance: float | None = None

    @property
    def attributed(self) -> bool:
        """Whether its words have a source."""
        return self.source is not None


def attributed(p: Passage, n: int, k: int, by: Attribution, knowledge: Knowledge) -> Draft:
    """Return the quotation at unit ``k`` of passage number ``n`` with its attribution and the words it reports."""
    if by.begin is None and by.source is not None and by.source.begin < k:
        by = Attribution(by.rule, by.source, by.cue, reported_from(p, by, k))
    if by.begin is None:
        return with_source(_extended(p, n, k), p, by, knowledge)
    if by.begin >= k:
        return with_source(bare(p, n, k), p, by, knowledge)
    end = max(clause_end(p, by.begin, p.sentence(k)[1]), k + 1)
    return with_source(spanning(p, n, by.begin, end, k, (k,)), p, by, knowledge)


def reported_from(p: Passage, by: Attribution, k: int) -> int:
    """Return the unit at which the words begin that an attribution before the marks reports: at the marks, or before.

    She called the harbour "…": what the cue governs belongs to the words.
    """
    if by.cue is None or by.cue[0] > k or (by.source is not None and by.source.begin >= by.cue[1]):
        return k
    cue = cue_of(p, by)
    if cue is None:
        return k
    start = content_start(p, cue, k)
    if start is not None:
        return start
    return cue.end if embeds(p, cue, k) else k


def with_part(p: Passage, draft: Draft, k: int) -> Draft:
    """Return a mixed draft with the quoted unit ``k`` of its clause as one more part."""
    wider = spanning(p, draft.passage, draft.begin, draft.covers, draft.unit, (*draft.units, k))
    return replace(draft, kind=wider.kind, start=wider.start, end=wider.end, parts=wider.parts, units=wider.units)


def bare(p: Passage, n: int, k: int) -> Draft:
    """Return the quoted unit ``k`` of passage number ``n`` as a draft without a source."""
    span = p.quotes[p.units[k].quote]
    return Draft("direct", span.start, span.end, (Span(span.start, span.end),), n, k, flaws=span.flaws)


def spanning(p: Passage, n: int, begin: int, end: int, k: int, units: tuple[int, ...]) -> Draft:
    """Return the reported words ``begin..end`` with the quoted ``units`` as their parts; ``k`` is the first of them."""
    inside = [p.quotes[p.units[i].quote] for i in units]
    start, stop = p.units[begin].start, p.units[end - 1].end
    if begin in units:
        start = inside[0].start
    if p.units[end - 1].quote >= 0:
        stop = p.quotes[p.units[end - 1].quote].end
    parts = tuple(Span(s.start, s.end) for s in inside)
    flaws = tuple(dict.fromkeys(f for s in inside for f in s.flaws))
    kind: QuotationKind = "direct" if len(parts) == 1 and parts[0] == Span(start, stop) else "mixed"
    return Draft(kind, start, stop, parts, n, k, flaws=flaws, begin=begin, covers=end, units=units)


def _extended(p: Passage, n: int, k: int) -> Draft:
    """Return the quotation at ``k`` with the words of its clause before the marks: The talks "focus on …," said X."""
    begin, _ = p.sentence(k)
    while begin < k and (p.is_in(begin, "conjunctions") or p.kind(begin) in ("comma", "dash")):
        begin += 1
    span = p.quotes[p.units[k].quote]
    goes_on = p.text[span.start].islower() and p.kind(k - 1) == "word"
    if begin == k or not goes_on or any(p.units[i].quote >= 0 for i in range(begin, k)):
        return bare(p, n, k)
    return spanning(p, n, begin, k + 1, k, (k,))


def is_term(p: Passage, k: int) -> bool:
    """Whether the words around the marks say that a title or a term stands in them: the film "…", a so-called "…"."""
    span = p.quotes[p.units[k].quote]
    words = p.text[span.start : span.end].split()
    if len(words) > 8:
        return False
    if any(p.is_in(k - 1, key) for key in ("work_nouns", "term_markers", "verbless")) or _in_compound(p, k):
        return True
    named = p.language.raw.nouns_capitalised and not any(w[0].islower() for w in words)
    return named and (p.units[k - 1].capital or _definite(p, k - 1)) if k else False


def _in_compound(p: Passage, k: int) -> bool:
    """Whether a hyphen joins the marks to a word, as only a name is joined: ein „Küstenbote“-Reporter."""
    units = p.units[k + 1 : k + 3]
    joined = len(units) == 2 and units[0].text == "-" and p.units[k].end == units[0].start
    return joined and units[0].end == units[1].start and units[1].kind == "word"


def _definite(p: Passage, i: int) -> bool:
    """Whether a determiner that tells of something known stands at ``i``: what is quoted behind it is its name."""
    known = p.is_in(i, "determiners") or p.is_in(i, "possessives")
    return known and not p.is_in(i, "indefinites")


def with_source(draft: Draft, p: Passage, by: Attribution, knowledge: Knowledge) -> Draft:
    """Return the draft with cue, source and via of its attribution."""
    found = whole(p, by)
    source = Span(p.units[found.begin].start, p.units[found.end - 1].end) if found else None
    cue = Span(p.units[by.cue[0]].start, p.units[by.cue[1] - 1].end) if by.cue else None
    label, name, others = (found.label, found.name, found.others) if found else ("nominal", None, ())
    through = via(p, by, knowledge)
    return replace(draft, rule=by.rule, cue=cue, source=source, label=label, name=name, others=others, via=through)
