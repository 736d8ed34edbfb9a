"""Which of the proposed tellings an article makes, by fitted weights: how likely each is, and where its words end.

Two sums of weights decide, both over features that hold no word of an article but words of grammar and the lemmas of
the language file: ``telling`` says how likely somebody's words stand there at all, ``ending`` at which of the possible
ends they stop. The likelihood of a telling is that of both. The weights, and how and on what they were fitted, stand in
``digest/weights/told.<code>.tsv``; a language without such a file is read by the rules of ``reported``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.recognise import bounds
from digest.recognise.cues import Attribution
from digest.recognise.passage import Passage
from digest.recognise.phrases import Phrase, speakable
from digest.recognise.shapes import clausal, shape, step
from digest.recognise.tellings import Telling, tellings
from digest.weights import logistic, score, softmax

FOLDER = Path(__file__).parents[1] / "weights"


@dataclass(frozen=True, slots=True)
class ToldWeights:
    """Weights of features for a ``telling`` and for an ``ending``; what is less likely than ``least`` is not told."""

    telling: Mapping[str, float]
    ending: Mapping[str, float]
    least: float


@dataclass(frozen=True, slots=True)
class Told:
    """Words that are told: the units ``begin..end``, by whom, and how likely it is that they are so told."""

    begin: int
    end: int
    by: Attribution
    chance: float


@functools.cache
def load(code: str) -> ToldWeights | None:
    """Return the weights of the language ``code``, None where nobody has fitted any."""
    path = FOLDER / f"told.{code}.tsv"
    if not path.is_file():
        return None
    tables: dict[str, dict[str, float]] = {"telling": {}, "ending": {}, "limit": {}}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            table, feature, weight = line.split("\t")
            tables[table][feature] = float(weight)
    return ToldWeights(tables["telling"], tables["ending"], tables["limit"]["least"])


def told(p: Passage, weights: ToldWeights) -> Iterator[Told]:
    """Yield the words that the passage tells, the likeliest first; none overlap."""
    found = [one for begin, end in p.sentences for t in tellings(p, begin, end) if (one := weighed(p, t, weights))]
    found.sort(key=lambda one: (-one.chance, one.begin))
    taken: list[Told] = []
    for begin, end in p.sentences:
        of_sentence: list[Told] = []
        for one in found:
            if begin <= one.begin < end and all(one.end <= t.begin or t.end <= one.begin for t in of_sentence):
                of_sentence.append(one)
        taken.extend(of_sentence)
    yield from taken


def weighed(p: Passage, t: Telling, weights: ToldWeights) -> Told | None:
    """Return the telling with its likeliest end, None when it is less likely than the weights ask for."""
    chance = logistic(score(traits(p, t), weights.telling))
    if chance < weights.least:
        return None
    at, share = likeliest_end(p, t, weights)
    return Told(t.begin, at, t.by, chance * share) if chance * share >= weights.least else None


def likeliest_end(p: Passage, t: Telling, weights: ToldWeights) -> tuple[int, float]:
    """Return the likeliest of the possible ends, and the likelihood that the right one is this or one near it.

    Near is what covers at least half of what the two cover together.
    """
    if len(t.ends) == 1:
        return t.ends[0], 1.0
    shares = softmax(score(of_end, weights.ending) for of_end in end_traits(p, t))
    best = max(range(len(shares)), key=shares.__getitem__)
    start, long = p.units[t.begin].start, [p.units[k - 1].end for k in t.ends]
    size = long[best] - start
    near = (s for s, e in zip(shares, long, strict=True) if min(size, e - start) * 2 >= max(size, e - start))
    return t.ends[best], sum(near)


def end_traits(p: Passage, t: Telling) -> list[tuple[str, ...]]:
    """Return the features of each possible end."""
    lemma, group = t.teller.lemma, t.teller.group
    return [bounds.traits(p, t.begin, k, t.ends[-1], n, t.shape, lemma, group) for n, k in enumerate(t.ends)]


# --- what can be seen of a telling -----------------------------------------------------------------------------------


def traits(p: Passage, t: Telling) -> tuple[str, ...]:
    """Return the features of a telling: its construction, its teller, its source, how the words begin and go on."""
    form = t.shape.partition(" ")[0]
    start, (begin, end) = t.begin, t.place
    stop = end if len(t.ends) > 1 else t.ends[0]
    words = step(stop - start)
    opens, clause = shape(p, start), clausal(p, start, stop)
    lemma, group, verb = t.teller.lemma, t.teller.group, t.teller.form
    first = t.by.cue[0] if t.by.cue else t.at
    before = shape(p, t.at - 1) if t.at > begin else "(begin)"
    out = [
        "always",
        t.shape,
        f"lemma {lemma}",
        f"lemma {lemma}, {t.shape}",
        f"group {group}",
        f"group {group}, {form}",
        f"form {verb}",
        f"form {verb}, {form}",
        f"before it {before}",
        f"before it {before}, form {verb}",
        f"rule {t.by.rule}",
        f"begins {opens}",
        f"begins {opens}, {form}",
        f"then {shape(p, start + 1)}",
        f"clause {clause}, {form}",
        f"clause {clause}, {form}, lemma {lemma}",
        f"{words} words",
        f"{words} words, {t.shape}",
        f"teller no. {min(t.nth, 4)}",
        f"block {p.block.kind}",
        f"behind {shape(p, first - 1) if first > begin else '(begin)'}",
    ]
    for word in sorted(t.auxiliaries):
        out += [f"auxiliary {word}", f"auxiliary {word}, group {group}"]
    if t.auxiliaries & p.language.sets["infinitive_markers"]:
        out.append(f"infinitive of {_governor(p, first)}")
    out += _of_source(p, t.by.source, begin)
    if len(t.ends) == 1:
        out += _of_words_before(p, t, stop, end)
    elif form == "goes":
        out += [f"goes on after {min(start - t.at, 6)}", f"goes on, sentence begins {shape(p, begin)}"]
    return tuple(out)


def _governor(p: Passage, first: int) -> str:
    """Return the lemma of what governs an infinitive that begins at ``first``: wants to call, a plan to call."""
    readings = p.language.tellers.get(p.low(first - 1))
    return readings[0].lemma if readings else shape(p, first - 1)


def _of_source(p: Passage, source: Phrase | None, begin: int) -> Iterator[str]:
    if source is None:
        yield "source none"
        return
    yield f"source {source.label}"
    yield f"behind {shape(p, source.begin - 1) if source.begin > begin else '(begin)'}, source"
    if source.label == "pronoun":
        yield f"source {p.low(source.begin)}"
    elif source.mention is not None:
        yield f"source {source.mention.type}"
    else:
        head = source.head - 1
        role = p.language.roles.get(p.low(head))
        kinds = [k for k in ("group_nouns", "organisation_words") if p.is_in(head, k)]
        yield f"source {role or (kinds[0] if kinds else 'other')}"
        yield f"source {'can speak' if speakable(p, source) else 'cannot speak'}"


def _of_words_before(p: Passage, t: Telling, stop: int, end: int) -> Iterator[str]:
    """Yield what can be seen of words that stand before their attribution."""
    ends = [t.by.cue[1] if t.by.cue else t.at + 1, t.by.source.end if t.by.source else 0]
    behind = shape(p, max(ends)) if max(ends) < end else "end"
    tellers = sum(1 for k in range(t.begin, stop) if p.low(k) in p.language.verbs)
    yield f"before it, then {behind}"
    yield f"{t.shape}, then {behind}"
    yield f"before it, joined by {p.kind(stop)}"
    yield f"before it, {min(tellers, 3)} cues inside"
    inside = any(u.quote >= 0 for u in p.units[t.begin : stop])
    yield f"before it, quote {'last' if p.kind(stop - 1) == 'quote' else inside}"
