"""Which of the proposed tellings an article makes, by fitted weights: how likely each is, and where its words end.

Two sums of weights decide, both over features that hold no word of an article but words of grammar and the lemmas of
the language file: ``telling`` says how likely somebody's words stand there at all, ``ending`` at which of the possible
ends they stop. The likelihood of a telling is that of both. The weights, and how and on what they were fitted, stand in
``digest/weights/told.<code>.tsv``; a language without such a file is read by the rules of ``reported``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.recognise import bounds
from digest.recognise.behind import is_thing
from digest.recognise.cues import Attribution
from digest.recognise.passage import Passage
from digest.recognise.phrases import Phrase, phrase_from, speakable
from digest.recognise.shapes import clausal, shape, step
from digest.recognise.tellings import Telling, tellings
from digest.weights import Part, Sums, logistic, softmax

FOLDER = Path(__file__).parents[1] / "weights"
_ENDING = 3  # last letters of a noun, by which an act (criticism, payment) looks unlike a thing


@dataclass(frozen=True, slots=True)
class ToldWeights:
    """Sums of weights for a ``telling`` and for an ``ending``; what is less likely than ``least`` is not told.

    A bare noun is not told when it is less likely than ``thing``.
    """

    telling: Sums
    ending: Sums
    least: float
    thing: float


@dataclass(frozen=True, slots=True)
class Told:
    """Words that are told: the units ``begin..end``, by whom, and how likely it is that they are so told.

    ``thing`` says that they are a bare noun; such words give way to all others.
    """

    begin: int
    end: int
    by: Attribution
    chance: float
    thing: bool


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
    limit = tables["limit"]
    return ToldWeights(Sums(tables["telling"]), Sums(tables["ending"]), limit["least"], limit["thing"])


def told(p: Passage, weights: ToldWeights) -> Iterator[Told]:
    """Yield the words that the passage tells, of a sentence the likeliest first and bare nouns last; none overlap."""
    for begin, end in p.sentences:
        found = [one for t in tellings(p, begin, end) if (one := weighed(p, t, weights))]
        if len(found) > 1:
            found.sort(key=lambda one: (one.thing, -one.chance, one.begin))
        taken: list[Told] = []
        for one in found:
            if all(one.end <= t.begin or t.end <= one.begin for t in taken):
                taken.append(one)
        yield from taken


def weighed(p: Passage, t: Telling, weights: ToldWeights) -> Told | None:
    """Return the telling with its likeliest end, None when it is less likely than the weights ask for."""
    chance = logistic(weights.telling.total(parts(p, t)))
    least = weights.thing if is_thing(t.shape) else weights.least
    if chance < least:
        return None
    at, share = likeliest_end(p, t, weights)
    return Told(t.begin, at, t.by, chance * share, is_thing(t.shape)) if chance * share >= least else None


def likeliest_end(p: Passage, t: Telling, weights: ToldWeights) -> tuple[int, float]:
    """Return the likeliest of the possible ends, and the likelihood that the right one is this or one near it.

    Near is what covers at least half of what the two cover together.
    """
    if len(t.ends) == 1:
        return t.ends[0], 1.0
    shares = softmax(map(weights.ending.total, end_parts(p, t)))
    best = max(range(len(shares)), key=shares.__getitem__)
    start, long = p.units[t.begin].start, [p.units[k - 1].end for k in t.ends]
    size = long[best] - start
    near = (s for s, e in zip(shares, long, strict=True) if min(size, e - start) * 2 >= max(size, e - start))
    return t.ends[best], sum(near)


def end_parts(p: Passage, t: Telling) -> Iterator[list[Part]]:
    """Yield what can be seen at each possible end."""
    where = bounds.Reach(
        t.begin, shape(p, t.begin), t.ends[-1], t.shape.partition(" ")[0], t.teller.lemma, t.teller.group
    )
    commas = p.of_kind("comma", t.begin, where.end)
    last = commas[-1] if commas else -1
    return (bounds.parts(p, where, k, n, more=k < last) for n, k in enumerate(t.ends))


# --- what can be seen of a telling -----------------------------------------------------------------------------------


def parts(p: Passage, t: Telling) -> list[Part]:
    """Return what can be seen: the construction, its teller, its source, how the words begin and go on."""
    form = t.shape.partition(" ")[0]
    start, (begin, end) = t.begin, t.place
    stop = end if len(t.ends) > 1 else t.ends[0]
    opens = shape(p, start)
    lemma, group, verb = t.teller.lemma, t.teller.group, t.teller.form
    first = t.by.cue[0] if t.by.cue else t.at
    before = shape(p, t.at - 1) if t.at > begin else "(begin)"
    behind = shape(p, first - 1) if first > begin else "(begin)"
    out: list[Part] = [
        (_of_teller, t.shape, form, lemma, group, verb),
        (_beside, before, behind, verb),
        (_opening, opens, shape(p, start + 1), form),
        (_of_clause, clausal(p, start, stop), form, lemma),
        (_of_length, step(stop - start), t.shape),
        (_of_place, t.by.rule, min(t.nth, 4), p.block.kind),
    ]
    out += [(_of_auxiliary, word, group) for word in t.auxiliaries]
    if t.auxiliaries & p.language.sets["infinitive_markers"]:
        out.append((_of_infinitive, _governor(p, first)))
    out.append(_source(p, t.by.source, begin))
    if form in ("thing", "object", "preposition"):
        out += _thing(p, t, form, end)
    if len(t.ends) == 1:
        out += _words_before(p, t, stop, end)
    elif form == "goes":
        out.append((_going_on, min(start - t.at, 6), shape(p, begin)))
    return out


def _of_teller(construction: str, form: str, lemma: str, group: str, verb: str) -> Iterator[str]:
    yield "always"
    yield construction
    yield f"lemma {lemma}"
    yield f"lemma {lemma}, {construction}"
    yield f"group {group}"
    yield f"group {group}, {form}"
    yield f"form {verb}"
    yield f"form {verb}, {form}"


def _beside(before: str, behind: str, verb: str) -> Iterator[str]:
    yield f"before it {before}"
    yield f"before it {before}, form {verb}"
    yield f"behind {behind}"


def _opening(opens: str, then: str, form: str) -> Iterator[str]:
    yield f"begins {opens}"
    yield f"begins {opens}, {form}"
    yield f"then {then}"


def _of_clause(clause: str, form: str, lemma: str) -> Iterator[str]:
    yield f"clause {clause}, {form}"
    yield f"clause {clause}, {form}, lemma {lemma}"


def _of_length(words: int, construction: str) -> Iterator[str]:
    yield f"{words} words"
    yield f"{words} words, {construction}"


def _of_place(rule: str, nth: int, block: str) -> Iterator[str]:
    yield f"rule {rule}"
    yield f"teller no. {nth}"
    yield f"block {block}"


def _of_auxiliary(word: str, group: str) -> Iterator[str]:
    yield f"auxiliary {word}"
    yield f"auxiliary {word}, group {group}"


def _of_infinitive(governor: str) -> Iterator[str]:
    yield f"infinitive of {governor}"


def _going_on(after: int, opens: str) -> Iterator[str]:
    yield f"goes on after {after}"
    yield f"goes on, sentence begins {opens}"


def _thing(p: Passage, t: Telling, form: str, end: int) -> Iterator[Part]:
    """Yield what can be seen of the noun that the words begin with: what it names, how it ends, what follows it."""
    group = t.teller.group
    phrase = phrase_from(p, t.begin, end)
    if phrase is None:
        yield (_no_noun, form, group)
        return
    yield (_of_thing, form, _sort(p, phrase), t.teller.lemma, group)
    yield (_behind_thing, form, shape(p, phrase.head) if phrase.head < end else None)
    head = p.low(phrase.head - 1)
    if phrase.label == "nominal" and len(head) > _ENDING + 2:
        yield (_of_ending, form, head[-_ENDING:], group)


def _no_noun(form: str, group: str) -> Iterator[str]:
    yield f"{form}, no noun, group {group}"


def _of_thing(form: str, what: str, lemma: str, group: str) -> Iterator[str]:
    yield f"{form} is {what}"
    yield f"{form} is {what}, group {group}"
    yield f"{form} is {what}, lemma {lemma}"


def _behind_thing(form: str, then: str | None) -> Iterator[str]:
    yield f"{form}, then {then}" if then is not None else f"{form} alone"


def _of_ending(form: str, ending: str, group: str) -> Iterator[str]:
    yield f"{form} ends in {ending}"
    yield f"{form} ends in {ending}, group {group}"


def _sort(p: Passage, phrase: Phrase) -> str:
    """Return what a phrase names: a pronoun, the type of a name, a person by role, a group, or anything else."""
    if phrase.label == "pronoun":
        return "pronoun"
    if phrase.mention is not None:
        return phrase.mention.type
    low = p.low(phrase.head - 1)
    readings = p.language.tellers.get(low)
    if low in p.language.roles:
        return "role"
    if p.is_in(phrase.head - 1, "group_nouns") or p.is_in(phrase.head - 1, "organisation_words"):
        return "group"
    return "telling noun" if readings and any(r.form == "noun" for r in readings) else "thing"


def _governor(p: Passage, first: int) -> str:
    """Return the lemma of what governs an infinitive that begins at ``first``: wants to call, a plan to call."""
    readings = p.language.tellers.get(p.low(first - 1))
    return readings[0].lemma if readings else shape(p, first - 1)


def _source(p: Passage, source: Phrase | None, begin: int) -> Part:
    """Return what can be seen of who would be the source."""
    if source is None:
        return (_of_source, "none", None, "", None)
    behind = shape(p, source.begin - 1) if source.begin > begin else "(begin)"
    if source.label == "pronoun":
        return (_of_source, source.label, behind, p.low(source.begin), None)
    if source.mention is not None:
        return (_of_source, source.label, behind, source.mention.type, None)
    head = source.head - 1
    role = p.language.roles.get(p.low(head))
    kinds = (k for k in ("group_nouns", "organisation_words") if p.is_in(head, k))
    return (_of_source, source.label, behind, role or next(kinds, "other"), speakable(p, source))


def _of_source(label: str, behind: str | None, kind: str, speaks: bool | None) -> Iterator[str]:
    yield f"source {label}"
    if behind is None:
        return
    yield f"behind {behind}, source"
    yield f"source {kind}"
    if speaks is not None:
        yield f"source {'can speak' if speaks else 'cannot speak'}"


def _words_before(p: Passage, t: Telling, stop: int, end: int) -> Iterator[Part]:
    """Yield what can be seen of words that stand before their attribution."""
    ends = [t.by.cue[1] if t.by.cue else t.at + 1, t.by.source.end if t.by.source else 0]
    behind = shape(p, max(ends)) if max(ends) < end else "end"
    tellers = len(p.among(p.language.verbs, t.begin, stop))
    inside = bool(p.quotes) and any(u.quote >= 0 for u in p.units[t.begin : stop])
    yield (_then, behind, t.shape)
    yield (_of_words_before, p.kind(stop), min(tellers, 3), "last" if p.kind(stop - 1) == "quote" else inside)


def _then(behind: str, construction: str) -> Iterator[str]:
    yield f"before it, then {behind}"
    yield f"{construction}, then {behind}"


def _of_words_before(sign: str, cues: int, quote: str | bool) -> Iterator[str]:
    yield f"before it, joined by {sign}"
    yield f"before it, {cues} cues inside"
    yield f"before it, quote {quote}"
