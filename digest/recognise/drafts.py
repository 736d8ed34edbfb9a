"""Drafts of quotations: each quoted unit of a passage with the attribution that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.knowledge import Knowledge
from digest.model import QuotationKind, SourceLabel, Span, Via
from digest.recognise.attribution import attribute
from digest.recognise.clauses import clause_end
from digest.recognise.cues import Attribution
from digest.recognise.extent import whole
from digest.recognise.passage import Passage
from digest.recognise.reported import GOES_ON, Reported
from digest.recognise.via import via


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
    name: Span | None = None
    others: tuple[Span, ...] = ()
    via: tuple[Via, ...] = ()
    flaws: tuple[str, ...] = ()

    @property
    def attributed(self) -> bool:
        """Whether its words have a source."""
        return self.source is not None


def in_marks(p: Passage, n: int, told: Sequence[Reported], knowledge: Knowledge) -> Iterator[Draft]:
    """Yield a draft for each quoted unit; those that one clause reports together are one draft.

    ``told`` is what is reported in the passage: a quotation inside such a clause belongs to it.
    """
    done = -1
    for k, unit in enumerate(p.units):
        if unit.quote < 0 or k <= done:
            continue
        by = None if is_term(p, k) else attribute(p, k) or _inside(told, k)
        if by is None:
            yield bare(p, n, k)
        elif by.begin is None:
            yield with_source(_extended(p, n, k), p, by, knowledge)
        elif by.begin == k:
            yield with_source(bare(p, n, k), p, by, knowledge)
        else:
            end = clause_end(p, by.begin, p.sentence(k)[1])
            end = max(end, k + 1)
            done = end - 1
            yield with_source(_mixed(p, n, by.begin, end, k), p, by, knowledge)


def _inside(told: Sequence[Reported], k: int) -> Attribution | None:
    """Return the attribution of the reported sentence that goes on over the quoted unit ``k``."""
    return next((r.by for r in told if r.by.rule == GOES_ON and r.begin <= k < r.end), None)


def bare(p: Passage, n: int, k: int) -> Draft:
    """Return the quoted unit ``k`` of passage number ``n`` as a draft without a source."""
    span = p.quotes[p.units[k].quote]
    return Draft("direct", span.start, span.end, (Span(span.start, span.end),), n, k, flaws=span.flaws)


def _mixed(p: Passage, n: int, begin: int, end: int, k: int) -> Draft:
    """Return the reported words ``begin..end`` with the quoted parts inside them."""
    inside = [p.quotes[u.quote] for i, u in enumerate(p.units[begin:end], begin) if u.quote >= 0 and not is_term(p, i)]
    if not inside:
        return bare(p, n, k)
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
        return bare(p, n, k)
    return _mixed(p, n, begin, k + 1, k)


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
