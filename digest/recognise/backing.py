"""What can be seen of a proposed speaker, as parts of features that have weights (``features`` says how)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.recognise.attribution import cue_of
from digest.recognise.cues import Attribution
from digest.recognise.drafts import Draft
from digest.recognise.features import class_of, ending, reported_form, step
from digest.recognise.passage import Passage, once
from digest.recognise.phrases import Phrase, oblique, speakable
from digest.recognise.proposals import Proposal
from digest.weights import Part


def of_proposal(
    p: Passage, n: int, k: int, proposal: Proposal, passages: Sequence[Passage], agreeing: int, first: bool
) -> list[Part]:
    """Return the features of a proposal for the quoted unit ``k`` of passage number ``n``.

    ``agreeing`` is how many proposals name the same source, ``first`` whether it is the first of its passage's rules.
    """
    rule = proposal.rule
    parts: list[Part] = [(_of_rule, rule, min(agreeing, 4), first), (_of_marks, rule, *_marks(p, k))]
    if proposal.copied is not None:
        parts.append(_copied(rule, n, k, proposal.copied))
    elif proposal.by is not None and proposal.by.source is not None:
        where = passages[proposal.where]
        parts += _source(where, rule, proposal.by.source)
        parts += _cue(where, rule, proposal.by)
        if proposal.where == n:
            parts += _place(p, k, rule, proposal.by, proposal.by.source)
    return parts


@once
def _marks(p: Passage, k: int) -> tuple[str, bool, str, bool]:
    return ending(p, k), p.sentence(k)[0] == k, class_of(p, k - 1), reported_form(p, k)


def _of_rule(rule: str, agreeing: int, first: bool) -> Iterator[str]:
    yield rule
    yield f"agreeing {agreeing}"
    if first:
        yield "first"
        yield f"first: {rule}"


def _of_marks(rule: str, ends: str, opens: bool, before: str, reported: bool) -> Iterator[str]:
    yield f"{rule}, ends {ends}"
    yield f"{rule}, {'opens' if opens else 'inside'}"
    yield f"{rule}, before {before}"
    if reported:
        yield f"{rule}, in reported form"


# --- a copy of a neighbour --------------------------------------------------------------------------------------------


def _copied(rule: str, n: int, k: int, other: Draft) -> Part:
    near = step(k - max(other.unit, other.covers) - 1) if n == other.passage else -1
    return _of_copy, rule, n - other.passage, near, other.label, other.rule, other.kind


def _of_copy(rule: str, passages: int, units: int, label: str, copied: str, kind: str) -> Iterator[str]:
    yield f"{rule}, {label}"
    yield f"copied, passages between {passages}"
    if units >= 0:
        yield f"copied, units between {units}"
    yield f"copied from {copied}"
    yield f"{rule}, copied from {kind}"


# --- the source -------------------------------------------------------------------------------------------------------


def _source(p: Passage, rule: str, source: Phrase) -> Iterator[Part]:
    if source.label == "name":
        yield _of_name, rule, source.mention.type if source.mention is not None else "none"
    elif source.label == "nominal":
        begin = source.begin
        article = p.is_in(begin, "determiners") or p.is_in(begin, "possessives")
        size = step(source.head - begin)
        yield _of_nominal, rule, speakable(p, source), p.is_in(begin, "indefinites"), size, article
    before, after = class_of(p, source.begin - 1), class_of(p, source.end)
    yield _of_source, rule, source.label, oblique(p, source), before, after


def _of_name(rule: str, kind: str) -> Iterator[str]:
    yield f"name of a {kind}"
    yield f"{rule}, name of a {kind}"


def _of_nominal(rule: str, speaks: bool, indefinite: bool, size: int, article: bool) -> Iterator[str]:
    yield f"{rule}, {'can speak' if speaks else 'a thing'}"
    if indefinite:
        yield "indefinite"
    yield f"nominal of {size}"
    if not article:
        yield "nominal without an article"


def _of_source(rule: str, label: str, aside: bool, before: str, after: str) -> Iterator[str]:
    yield f"{rule}, {label}"
    if aside:
        yield "oblique"
        yield f"{rule}, oblique"
    yield f"source behind {before}"
    yield f"source before {after}"
    yield f"{rule}, source before {after}"


# --- the cue ----------------------------------------------------------------------------------------------------------


def _cue(p: Passage, rule: str, by: Attribution) -> Iterator[Part]:
    if by.cue is None:
        yield _without_cue, rule
    elif (cue := cue_of(p, by)) is not None:
        yield _of_cue, rule, cue.verb.named, cue.verb.frames, cue.verb.finite, class_of(p, cue.end)


def _without_cue(rule: str) -> Iterator[str]:
    yield f"{rule}, no cue"


def _of_cue(rule: str, named: str, frames: frozenset[str], finite: bool, after: str) -> Iterator[str]:
    yield f"cue {named}"
    yield f"{rule}, frames {' '.join(sorted(frames))}"
    if not finite:
        yield f"{rule}, participle"
    yield f"behind the cue {after}"


# --- where they stand -------------------------------------------------------------------------------------------------


def _place(p: Passage, k: int, rule: str, by: Attribution, source: Phrase) -> Iterator[Part]:
    before = source.begin < k
    far = step(k - source.end if before else source.begin - k - 1)
    begin, end = (min(source.end, k + 1), k) if before else (k + 1, source.begin)
    between = [u.kind for u in p.units[begin:end]]
    quotes, commas = min(between.count("quote"), 2), min(between.count("comma"), 3)
    yield _of_distance, rule, before, far, quotes, commas
    if by.cue is not None:
        first = by.cue[0] < k
        apart = by.cue[0] - source.end if source.begin < by.cue[0] else source.begin - by.cue[1]
        yield _of_cue_place, rule, first, step(k - by.cue[1] if first else by.cue[0] - k - 1), step(abs(apart))
    if by.begin is not None:
        yield _of_words_before, rule, step(k - by.begin)


def _of_distance(rule: str, before: bool, far: int, quotes: int, commas: int) -> Iterator[str]:
    yield f"source {'before' if before else 'behind'} at {far}"
    yield f"{rule}, source at {far}"
    yield f"{rule}, quotations between {quotes}"
    yield f"commas between {commas}"


def _of_cue_place(rule: str, before: bool, far: int, apart: int) -> Iterator[str]:
    yield f"cue {'before' if before else 'behind'} at {far}"
    yield f"{rule}, cue at {far}"
    yield f"source and cue apart {apart}"


def _of_words_before(rule: str, words: int) -> Iterator[str]:
    yield f"{rule}, reported words before the marks {words}"
