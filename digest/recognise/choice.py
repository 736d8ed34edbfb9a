"""Which proposed speaker is right, and whether what stands in marks is speech at all: decided by fitted weights.

Conditional logit over the proposals (the ranking of O'Keefe et al. 2012 and of Muzny et al. 2017 is of this kind),
then a logistic decision speech or fragment that sees the quotation and what was chosen for it. Quotations are decided
in the order of the text, so that one can go on with the speaker of the one before; headlines come last.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.knowledge import Knowledge
from digest.recognise import features
from digest.recognise.drafts import Draft, attributed, bare, with_part, with_source
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
from digest.weights import Weights, logistic, logit, score, softmax

_LIKELY = 0.5  # from which share of its own sentence's proposals a quotation's source may be that of the one before it
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


@dataclass(frozen=True, slots=True)
class Seen:
    """A proposal as the weights see it."""

    proposal: Proposal
    features: tuple[str, ...]
    score: float


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
    order = sorted(range(len(passages)), key=lambda n: (passages[n].block.kind == "title", n))
    near = {n: [k for k, u in enumerate(passages[n].units) if u.quote >= 0 and n not in turns] for n in order}
    local = {
        (n, k): _seen(p, n, k, [*beside(p, n, k), *told_around(n, k, told[n])], passages, weights)
        for n, p in enumerate(passages)
        for k in near[n]
    }
    elsewhere = features.repeated_words(passages) if any(near.values()) else frozenset()
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
            seen = [*local[n, k], *_seen(p, n, k, carried, passages, weights)]
            case = _weighed(p, n, k, seen, elsewhere, weights)
            if watch is not None:
                made = tuple(_made(p, n, k, x, passages, knowledge) for x in case.proposals)
                watch(replace(case, sources=made))
            draft = _draft(case, p, last, passages, knowledge, weights)
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
    p: Passage,
    n: int,
    k: int,
    proposals: Sequence[Proposal],
    passages: Sequence[Passage],
    weights: Weights,
) -> list[Seen]:
    """Return proposals for a quotation, those of its sentence or those carried over, with their scores."""
    agreeing = Counter(x.key for x in proposals)
    found = []
    for i, proposal in enumerate(proposals):
        one = features.of_proposal(p, n, k, proposal, passages, agreeing[proposal.key], i == 0)
        found.append(Seen(proposal, one, score(one, weights.speaker)))
    return found


def _behind(
    passages: Sequence[Passage],
    near: Mapping[int, Sequence[int]],
    local: Mapping[tuple[int, int], Sequence[Seen]],
    knowledge: Knowledge,
) -> dict[tuple[int, int], Draft]:
    """Return for each quoted unit the draft of the next one, or of one it joins, as its own sentence attributes it."""
    found: dict[tuple[int, int], Draft] = {}
    after: tuple[tuple[int, int], Draft] | None = None
    for n in sorted(near, reverse=True):
        p = passages[n]
        for k in reversed(near[n]):
            if after is not None:
                found[n, k] = after[1]
            seen = local[n, k]
            made: Draft | None = None
            if seen:
                chosen, share = _best(seen)
                if share > _LIKELY:
                    made = _made(p, n, k, seen[chosen].proposal, passages, knowledge)
            elif after is not None and next(from_behind(k, n, after[1], passages), None) is not None:
                made = replace(after[1], passage=n, unit=k)
            after = ((n, k), made) if made is not None else None
    return found


def _best(seen: Sequence[Seen]) -> tuple[int, float]:
    """Return the place of the best proposal and the share of all that name its source."""
    shares = softmax(x.score for x in seen)
    chosen = max(range(len(shares)), key=lambda i: (shares[i], -i))
    key = seen[chosen].proposal.key
    return chosen, sum(share for share, x in zip(shares, seen, strict=True) if x.proposal.key == key)


def _weighed(p: Passage, n: int, k: int, seen: Sequence[Seen], elsewhere: Container[str], weights: Weights) -> Case:
    chosen, share = _best(seen) if seen else (-1, 0.0)
    best = seen[chosen].proposal if seen else None
    shape = features.of_quotation(p, k, elsewhere) + features.of_choice(p, n, k, best, share)
    span = p.quotes[p.units[k].quote]
    return Case(
        passage=n,
        unit=k,
        start=span.start,
        end=span.end,
        proposals=tuple(x.proposal for x in seen),
        sources=(),
        features=tuple(x.features for x in seen),
        chosen=chosen,
        share=share,
        shape=shape,
        speech=logistic(score(shape, weights.speech)),
    )


def _draft(
    case: Case, p: Passage, last: Draft | None, passages: Sequence[Passage], knowledge: Knowledge, weights: Weights
) -> Draft:
    """Return the draft that a case decides on, or ``last`` with one more part."""
    n, k = case.passage, case.unit
    if case.speech < weights.sure["cutoff"]:
        return replace(bare(p, n, k), kind="fragment", rule=FRAGMENT, chance=1 - case.speech)
    if case.chosen < 0:
        return replace(bare(p, n, k), chance=case.speech)
    best = case.proposals[case.chosen]
    # of those that name the same source, the first knows its cue and where its words begin
    proposal = next(x for x in case.proposals if x.key == best.key)
    draft = _made(p, n, k, proposal, passages, knowledge)
    covered = last is not None and bool(last.units) and last.passage == n and last.begin <= k < last.covers
    if last is not None and covered and (proposal.rule == SAME_CLAUSE or draft.source == last.source):
        return with_part(p, last, k)
    return replace(draft, chance=sure(case, weights, mixed=draft.kind == "mixed"))


def sure(case: Case, weights: Weights, *, mixed: bool) -> float:
    """Return how likely it is that a case is speech and its speaker right, as calibrated on annotated articles."""
    if case.chosen < 0:
        return case.speech
    w = weights.sure
    evidence = w["bias"] + w["speech"] * logit(case.speech) + w["speaker"] * logit(case.share) + w["mixed"] * mixed
    return logistic(evidence)


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
