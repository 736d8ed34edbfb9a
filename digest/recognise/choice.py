"""Which proposed speaker is right, and whether what stands in marks is speech at all: decided by fitted weights.

Conditional logit over the proposals (the ranking of O'Keefe et al. 2012 and of Muzny et al. 2017 is of this kind),
then a logistic decision speech or fragment that sees the quotation and what was chosen for it. Quotations are decided
in the order of the text, so that one can go on with the speaker of the one before; headlines come last.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from digest.knowledge import Knowledge
from digest.recognise.backing import of_proposal
from digest.recognise.drafts import Draft, attributed, bare, with_part, with_source
from digest.recognise.features import of_choice, of_quotation, repeated_words
from digest.recognise.passage import Passage
from digest.recognise.proposals import (
    SAME_CLAUSE,
    Proposal,
    Told,
    beside,
    from_before,
    from_behind,
    repeated,
    told_around,
)
from digest.weights import Part, Sums, Weights, features_of, logistic, logit, softmax, sums

_LIKELY = 0.5  # from which share of its own sentence's proposals a quotation's source may be that of the one before it
_CLEAR = 7.0  # a share of 0.999; what is beyond it is no surer
FRAGMENT = "no speech, by its shape and what stands around it"


@dataclass(frozen=True, slots=True)
class Case:
    """A quoted unit as the weights see it: its proposals with their features, and what was decided."""

    passage: int
    unit: int
    start: int
    end: int
    proposals: tuple[Proposal, ...]
    sources: tuple[Draft, ...]
    features: tuple[tuple[str, ...], ...]
    chosen: int
    share: float
    shape: tuple[str, ...]
    speech: float


Watch = Callable[[Case], None]


class _Seen(msgspec.Struct, frozen=True, gc=False):
    """A proposal as the weights see it; ``key`` identifies its source."""

    proposal: Proposal
    key: tuple[int, int, int]
    parts: list[Part]
    score: float


class _Choice(msgspec.Struct, frozen=True, gc=False):
    """What the weights say of a quotation: which of the proposals is best, and the chance that it is speech.

    ``chosen`` is the place of the best in ``seen``, -1 where nobody is proposed; ``share`` that of all that name its
    source, 0 to 1; ``shape`` what the decision on speech has seen.
    """

    seen: list[_Seen]
    chosen: int
    share: float
    shape: tuple[Part, ...]
    speech: float


def decide(
    passages: Sequence[Passage],
    told: Told,
    knowledge: Knowledge,
    weights: Weights,
    turns: Mapping[int, Draft],
    watch: Watch | None = None,
) -> list[Draft]:
    """Return a draft for each quoted unit, fragments included, in text order; ``watch`` is shown every decision.

    ``turns`` are the passages that are speech as a whole, by their numbers; nothing in them is decided.
    """
    speakers, speech = sums(weights)
    order = sorted(range(len(passages)), key=lambda n: (passages[n].block.kind == "title", n))
    near = {n: [k for k, u in enumerate(passages[n].units) if u.quote >= 0 and n not in turns] for n in order}
    local = {
        (n, k): _seen(p, n, k, [*beside(p, n, k), *told_around(n, k, told[n])], passages, speakers)
        for n, p in enumerate(passages)
        for k in near[n]
    }
    elsewhere = repeated_words(passages) if any(near.values()) else frozenset()
    behind = _behind(passages, near, local, knowledge)
    out: list[Draft] = []
    last: Draft | None = None
    for n in order:
        p = passages[n]
        last = turns.get(n, last)
        for k in near[n]:
            if p.block.kind == "title" and (same := next(repeated(p, k, out, passages), None)) is not None:
                out.append(_made(p, n, k, same, passages, knowledge))
                continue
            carried = [*from_behind(k, n, behind.get((n, k)), passages)]
            if p.block.kind != "title":
                carried.extend(from_before(k, n, last, passages, told))
            seen = [*local[n, k], *_seen(p, n, k, carried, passages, speakers)]
            choice = _weighed(p, n, k, seen, elsewhere, speech)
            if watch is not None:
                watch(_case(choice, n, k, passages, knowledge))
            draft = _draft(choice, n, k, last, passages, knowledge, weights)
            if draft.unit != k and last is not None:  # one more part of the draft before
                out[out.index(last)] = last = draft
                continue
            out.append(draft)
            if draft.kind != "fragment":
                last = draft
    return sorted(_outside_mixed(out), key=lambda d: (d.start, -d.end))


def _outside_mixed(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the drafts without the fragments inside mixed ones, which are a part of their words."""
    mixed = sorted((d.start, d.end) for d in drafts if d.kind == "mixed")
    for draft in drafts:
        before = bisect_right(mixed, draft.start, key=lambda m: m[0]) - 1
        if draft.kind != "fragment" or before < 0 or mixed[before][1] <= draft.start:
            yield draft


def _seen(
    p: Passage, n: int, k: int, proposals: Sequence[Proposal], passages: Sequence[Passage], speakers: Sums
) -> list[_Seen]:
    """Return proposals for a quotation, those of its sentence or those carried over, with their scores."""
    keys = [x.key for x in proposals]
    agreeing = Counter(keys)
    found = []
    for i, (proposal, key) in enumerate(zip(proposals, keys, strict=True)):
        parts = of_proposal(p, n, k, proposal, passages, agreeing[key], i == 0)
        found.append(_Seen(proposal, key, parts, speakers.total(parts)))
    return found


def _behind(
    passages: Sequence[Passage],
    near: Mapping[int, Sequence[int]],
    local: Mapping[tuple[int, int], Sequence[_Seen]],
    knowledge: Knowledge,
) -> dict[tuple[int, int], Draft]:
    """Return for each quoted unit the draft of the one that stands right behind it, as its own sentence attributes it.

    That one may have no sentence of its own and be one with the unit behind it.
    """
    found: dict[tuple[int, int], Draft] = {}
    after: Draft | None = None
    for n in sorted(near, reverse=True):
        p = passages[n]
        for k in reversed(near[n]):
            if after is not None:
                found[n, k] = after
            seen, made = local[n, k], None
            if not _joins(passages, n, k):
                after = None
                continue
            if seen:
                chosen, share = _best(seen)
                if share > _LIKELY:
                    made = _made(p, n, k, seen[chosen].proposal, passages, knowledge)
            elif after is not None and next(from_behind(k, n, after, passages), None) is not None:
                made = replace(after, passage=n, unit=k)
            after = made
    return found


def _joins(passages: Sequence[Passage], n: int, k: int) -> bool:
    """Whether another quotation stands right before the quoted unit ``k`` of passage ``n``, or goes on in it."""
    if k:
        return passages[n].kind(k - 1) == "quote"
    return n > 0 and bool(passages[n - 1].quotes) and passages[n - 1].quotes[-1].continues


def _best(seen: Sequence[_Seen]) -> tuple[int, float]:
    """Return the place of the best proposal and the share of all that name its source."""
    shares = softmax([x.score for x in seen])
    chosen = shares.index(max(shares))
    key = seen[chosen].key
    return chosen, sum([share for share, x in zip(shares, seen, strict=True) if x.key == key])


def _weighed(p: Passage, n: int, k: int, seen: list[_Seen], elsewhere: Container[str], speech: Sums) -> _Choice:
    chosen, share = _best(seen) if seen else (-1, 0.0)
    best = seen[chosen].proposal if seen else None
    shape = (*of_quotation(p, k, elsewhere), *of_choice(p, n, k, best, share))
    return _Choice(seen, chosen, share, shape, logistic(speech.total(shape)))


def _case(choice: _Choice, n: int, k: int, passages: Sequence[Passage], knowledge: Knowledge) -> Case:
    p = passages[n]
    span = p.quotes[p.units[k].quote]
    return Case(
        passage=n,
        unit=k,
        start=span.start,
        end=span.end,
        proposals=tuple(x.proposal for x in choice.seen),
        sources=tuple(_made(p, n, k, x.proposal, passages, knowledge) for x in choice.seen),
        features=tuple(features_of(x.parts) for x in choice.seen),
        chosen=choice.chosen,
        share=choice.share,
        shape=features_of(choice.shape),
        speech=choice.speech,
    )


def _draft(
    choice: _Choice,
    n: int,
    k: int,
    last: Draft | None,
    passages: Sequence[Passage],
    knowledge: Knowledge,
    weights: Weights,
) -> Draft:
    """Return the draft that a choice leads to, or ``last`` with one more part."""
    p = passages[n]
    if choice.speech < weights.sure["cutoff"]:
        return replace(bare(p, n, k), kind="fragment", rule=FRAGMENT, chance=1 - choice.speech)
    if choice.chosen < 0:
        return replace(bare(p, n, k), chance=choice.speech)
    key = choice.seen[choice.chosen].key
    # of those that name the same source, the first that has a cue in the sentence knows where its words begin
    same = [x.proposal for x in choice.seen if x.key == key]
    proposal = next((x for x in same if _has_cue(p, n, k, x)), same[0])
    draft = _made(p, n, k, proposal, passages, knowledge)
    covered = last is not None and bool(last.units) and last.passage == n and last.begin <= k < last.covers
    if last is not None and covered and (proposal.rule == SAME_CLAUSE or draft.source == last.source):
        return with_part(p, last, k)
    return replace(draft, chance=_sure(choice, weights, mixed=draft.kind == "mixed"))


def _has_cue(p: Passage, n: int, k: int, proposal: Proposal) -> bool:
    """Whether a proposal has its cue in the sentence of the quoted unit ``k``."""
    cue = proposal.by.cue if proposal.by is not None and proposal.where == n else None
    begin, end = p.sentence(k)
    return cue is not None and begin <= cue[0] < end


def _sure(choice: _Choice, weights: Weights, *, mixed: bool) -> float:
    """Return how likely it is that it is speech and its speaker right, as calibrated on annotated articles."""
    alone = len({x.key for x in choice.seen}) == 1
    seen = evidence(choice.speech, choice.share, mixed=mixed, alone=alone)
    return logistic(sum(weights.sure.get(name, 0.0) * value for name, value in seen.items()))


def evidence(speech: float, share: float, *, mixed: bool, alone: bool) -> dict[str, float]:
    """Return what the calibration sees: the two shares, and whether the words are mixed and the source had no rival.

    A source without a rival has the whole share, however weak it is; so its share tells nothing.
    """
    speaker = 0.0 if alone else min(logit(share), _CLEAR)
    return {"bias": 1.0, "speech": logit(speech), "speaker": speaker, "mixed": float(mixed), "alone": float(alone)}


def _made(p: Passage, n: int, k: int, proposal: Proposal, passages: Sequence[Passage], knowledge: Knowledge) -> Draft:
    if proposal.copied is not None:
        other = proposal.copied
        return replace(
            bare(p, n, k),
            rule=proposal.rule,
            cue=other.cue,
            source=other.source,
            label=other.label,
            name=other.name,
            others=other.others,
            via=other.via,
        )
    if proposal.by is None:
        return bare(p, n, k)
    if proposal.where != n:
        return with_source(bare(p, n, k), passages[proposal.where], proposal.by, knowledge)
    return attributed(p, n, k, proposal.by, knowledge)
