"""Which proposed speaker is right, and whether what stands in marks is speech at all: decided by fitted weights.

Conditional logit over the proposals (the ranking of O'Keefe et al. 2012 and of Muzny et al. 2017 is of this kind),
then a logistic decision speech or fragment that sees the quotation and what was chosen for it. Quotations are decided
in the order of the text, so that one can go on with the speaker of the one before; headlines come last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
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
    signed,
    told_around,
)
from digest.weights import Weights, logistic, logit, score, softmax

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
    local = {(n, k): (*beside(passages[n], n, k), *told_around(n, k, told[n])) for n in order for k in near[n]}
    elsewhere = features.repeated_words(passages) if any(near.values()) else frozenset()
    behind = _behind(passages, near, local, elsewhere, knowledge, weights)
    out: list[Draft] = []
    last: Draft | None = None
    for n in order:
        p = passages[n]
        last = turns.get(n, last)
        for k in near[n]:
            proposals = [*local[n, k], *from_behind(k, n, behind.get((n, k)), passages)]
            if k >= len(p.units) - 2:
                proposals.extend(signed(n, passages))
            if p.block.kind == "title":
                same = next(repeated(p, k, out, passages), None)
                if same is not None:
                    out.append(_made(p, n, k, same, passages, knowledge))
                    continue
            else:
                proposals.extend(from_before(k, n, last, passages, told))
            case = _weighed(p, n, k, proposals, passages, elsewhere, weights)
            if watch is not None:
                watch(replace(case, sources=tuple(_made(p, n, k, x, passages, knowledge) for x in proposals)))
            draft = _draft(case, p, last, passages, knowledge, weights)
            if draft.unit != k and last is not None:  # one more part of the draft before
                out[out.index(last)] = last = draft
                continue
            out.append(draft)
            if draft.kind != "fragment":
                last = draft
    mixed = [d for d in out if d.kind == "mixed"]
    return sorted(
        (d for d in out if d.kind != "fragment" or not any(m.start <= d.start < m.end for m in mixed)),
        key=lambda d: (d.start, -d.end),
    )


def _behind(
    passages: Sequence[Passage],
    near: dict[int, list[int]],
    local: dict[tuple[int, int], tuple[Proposal, ...]],
    elsewhere: Container[str],
    knowledge: Knowledge,
    weights: Weights,
) -> dict[tuple[int, int], Draft]:
    """Return for each quoted unit the draft of the next one, or of one it joins, as its own sentence attributes it."""
    found: dict[tuple[int, int], Draft] = {}
    after: tuple[tuple[int, int], Draft] | None = None
    for n in sorted(near, reverse=True):
        p = passages[n]
        for k in reversed(near[n]):
            if after is not None:
                found[n, k] = after[1]
            proposals = local[n, k]
            made: Draft | None = None
            if proposals:
                case = _weighed(p, n, k, proposals, passages, elsewhere, weights)
                if case.share * logistic(score(case.shape, weights.speech)) > 0.3:
                    made = _made(p, n, k, proposals[case.chosen], passages, knowledge)
            elif after is not None and next(from_behind(k, n, after[1], passages), None) is not None:
                made = replace(after[1], passage=n, unit=k)
            after = ((n, k), made) if made is not None else None
    return found


def _weighed(
    p: Passage,
    n: int,
    k: int,
    proposals: Sequence[Proposal],
    passages: Sequence[Passage],
    elsewhere: Container[str],
    weights: Weights,
) -> Case:
    agreeing = Counter(x.key for x in proposals)
    seen = tuple(features.of_proposal(p, n, k, x, passages, agreeing[x.key], i == 0) for i, x in enumerate(proposals))
    shares = softmax(score(f, weights.speaker) for f in seen)
    chosen = max(range(len(shares)), key=lambda i: (shares[i], -i)) if shares else -1
    share = sum(s for s, x in zip(shares, proposals, strict=True) if x.key == proposals[chosen].key) if shares else 0.0
    best = proposals[chosen] if shares else None
    shape = features.of_quotation(p, k, elsewhere) + features.of_choice(p, n, k, best, share)
    span = p.quotes[p.units[k].quote]
    speech = logistic(score(shape, weights.speech))
    return Case(n, k, span.start, span.end, tuple(proposals), (), seen, chosen, share, shape, speech)


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
    return replace(draft, chance=sure(case, weights))


def sure(case: Case, weights: Weights) -> float:
    """Return how likely it is that a case is speech and its speaker right, as calibrated on annotated articles."""
    if case.chosen < 0:
        return case.speech
    w = weights.sure
    return logistic(w["bias"] + w["speech"] * logit(case.speech) + w["speaker"] * logit(case.share))


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
