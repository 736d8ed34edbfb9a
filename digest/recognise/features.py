"""What can be seen of a quotation, and of the speaker chosen for it, as names of features that have weights.

No feature holds a word of an article. A cue counts by its lemma, which stands in the language file. Features come in
parts: a function that names some, and what it is given. What a part weighs is summed up once (``weights.Sums``).
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from digest.language import Language
from digest.recognise.attribution import cue_of
from digest.recognise.cues import cue_at, cues
from digest.recognise.drafts import is_term
from digest.recognise.passage import POSSESSIVE, Passage, once
from digest.recognise.proposals import Proposal
from digest.weights import Part

_STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
_RUN = 3  # words of a run that is looked for outside marks
_LONGEST_RUN = 60  # characters of words in marks that are looked for elsewhere
_SHORT = 5  # words: fewer are rather a name or a term than speech
_CLOSERS = "\"'”’“»«‘‹› "
_ENDINGS = {
    ",": "comma",
    ".": "stop",
    "!": "call",
    "?": "ask",
    "…": "stop",
    ";": "comma",
    "-": "dash",
    "—": "dash",
}
_CLASSES = (
    "determiners",
    "possessives",
    "term_markers",
    "prepositions",
    "complementizers",
    "conjunctions",
    "auxiliaries",
    "subordinators",
    "relatives",
)
_KEPT = 1 << 14  # words whose class is remembered


def step(n: int) -> int:
    """Return the step of a scale that grows like Fibonacci's numbers, so that weights need few values."""
    return _STEPS[bisect_right(_STEPS, n) - 1] if n > 0 else 0


# --- what stands in the marks and beside them -------------------------------------------------------------------------


def repeated_words(passages: Sequence[Passage]) -> frozenset[str]:
    """Return what stands in marks more than once, or outside them as well, of three words at most, in lower case.

    Words in marks that come again are rather a name or a term than speech.
    """
    quoted = Counter(
        _words_of(p, span.start, span.end)
        for p in passages
        for span in p.quotes
        if span.end - span.start < _LONGEST_RUN
    )
    first = {words.split(" ", 1)[0] for words in quoted if words.count(" ") < _RUN}
    again = {words for words, n in quoted.items() if n > 1}
    for p in passages if first else ():
        for i, unit in enumerate(p.units):
            if unit.low in first:
                run = [u.low for u in p.units[i : i + _RUN]]
                again.update(words for n in range(1, _RUN + 1) if (words := " ".join(run[:n])) in quoted)
    return frozenset(again)


def _words_of(p: Passage, start: int, end: int) -> str:
    return " ".join(p.text[start:end].lower().split())


@once
def ending(p: Passage, k: int) -> str:
    """Return the sign of punctuation that stands last inside the marks, "none" without one."""
    span = p.quotes[p.units[k].quote]
    return _ENDINGS.get(p.text[span.start : span.outer_end].rstrip(_CLOSERS)[-1:], "none")


@once
def reported_form(p: Passage, k: int) -> bool:
    """Whether a verb in the form of reported speech stands in the sentence of the quotation, outside its marks."""
    return bool(p.language.sets["subjunctives"]) and any(p.subjunctive(i) for i in range(*p.sentence(k)))


@once
def length(p: Passage, k: int) -> int:
    """Return how many words the quotation has, as a step."""
    span = p.quotes[p.units[k].quote]
    return step(len(p.text[span.start : span.end].split()))


@once
def class_of(p: Passage, i: int) -> str:
    """Return what kind of word or sign stands at unit ``i``."""
    kind = p.kind(i)
    if kind != "word":
        return kind
    unit = p.units[i]
    if known := _listed(p.language, unit.low):
        return known
    if cue_at(p, i) is not None:
        return "cue"
    if unit.low in p.language.verbs:
        return "cue form"
    if unit.start in p.names or unit.end in p.name_ends:
        return "name"
    if p.adverb(i):
        return "adverb"
    if p.person_noun(i):
        return "person noun"
    return "capital" if unit.capital else "word"


@functools.lru_cache(_KEPT)
def _listed(language: Language, low: str) -> str:
    """Return under which key of the language file a word stands that is told by it wherever it stands, "" if none."""
    for key in _CLASSES:
        if low in language.sets[key]:
            return key
    if low in language.pronouns:
        return "pronoun"
    return "outlet" if low in language.sets["agency_words"] or low in language.sets["media_words"] else ""


# --- the quotation ----------------------------------------------------------------------------------------------------


def of_quotation(p: Passage, k: int, elsewhere: Container[str]) -> tuple[Part, ...]:
    """Return the features of the quoted unit ``k`` by itself: length, shape, what stands before and behind.

    ``elsewhere`` are short runs of words that the article has more than once, or outside marks (``repeated_words``).
    """
    span = p.quotes[p.units[k].quote]
    words = p.text[span.start : span.end].split()
    first = p.text[span.start]
    case = "lower" if first.islower() else "upper" if first.isupper() else "sign"
    short = "short" if len(words) < _SHORT else "long"
    return (*_inside(p, k, words, case, elsewhere), (_flawed, span.flaws, short), *_around(p, k, words, case, short))


def _inside(p: Passage, k: int, words: Sequence[str], case: str, elsewhere: Container[str]) -> Iterator[Part]:
    span = p.quotes[p.units[k].quote]
    grammar, sets = p.language.function_words, p.language.sets
    long = len(words) > 3
    lows = [w.lower() for w in words]
    bare = {w.strip(_CLOSERS + ".,;:!?…") for w in lows}
    small = min(sum(1 for w in lows if w in grammar), 4)
    yield _measured, length(p, k), case, ending(p, k), p.block.kind, small
    content = any(w[0].islower() and low not in grammar for w, low in zip(words, lows, strict=True))
    again = span.end - span.start < _LONGEST_RUN and " ".join(lows) in elsewhere
    capitals = len(words) > 1 and all(w[0].isupper() or len(w) < 4 for w in words)
    yield _worded, length(p, k), case, content, again, span.single, capitals
    auxiliary = not bare.isdisjoint(sets["auxiliaries"])
    stops = long and any(s in w for w in words for s in ".!?")
    yield _phrased, not bare.isdisjoint(sets["first_person"]), auxiliary, long, stops


def _measured(words: int, case: str, ends: str, block: str, small: int) -> Iterator[str]:
    yield f"words {words}"
    yield f"begins {case}"
    yield f"ends {ends}"
    yield f"words {words}, begins {case}, ends {ends}"
    yield f"block {block}"
    yield f"words of grammar inside {small}"
    yield f"words {words}, words of grammar inside {small}"


def _worded(words: int, case: str, content: bool, again: bool, single: bool, capitals: bool) -> Iterator[str]:
    if content:
        yield "a small word of content inside"
        yield f"a small word of content inside, begins {case}"
    for seen, name in (
        (again, "the same words elsewhere"),
        (single, "single marks"),
        (capitals, "capitals throughout"),
    ):
        if seen:
            yield name
            yield f"{name}, words {words}"


def _phrased(first_person: bool, auxiliary: bool, long: bool, stops: bool) -> Iterator[str]:
    if first_person:
        yield "first person"
    if auxiliary:
        yield "auxiliary"
    elif long:
        yield "long, no auxiliary"
    if stops:
        yield "a full stop inside"


def _flawed(flaws: Sequence[str], short: str) -> Iterator[str]:
    for flaw in flaws:
        yield f"flaw: {flaw}"
        yield f"flaw: {flaw}, {short}"


def _around(p: Passage, k: int, words: Sequence[str], case: str, short: str) -> Iterator[Part]:
    begin, end = p.sentence(k)
    before, after = p.low(k - 1), p.low(k + 1)
    capital = "capital" if case == "upper" else "small"
    names = not any(w[0].islower() for w in words)
    yield _between, class_of(p, k - 1), class_of(p, k + 1), ending(p, k), case, short, length(p, k), names
    for side, low in (("before", before), ("behind", after)):
        if low in p.language.function_words:
            yield _beside, side, low, short, capital
    if before in POSSESSIVE:
        owner = p.name_ends.get(p.units[k - 2].end) if k > 1 else None
        yield _owned, owner.type if owner else "no name", capital
    term = "before" if is_term(p, k) else "near" if _works(p, max(begin, k - 5), k) else ""
    yield _named, term, _works(p, k + 1, min(k + 3, end))
    closes = all(u.kind in ("stop", "mark") for u in p.units[k + 1 : end])
    yield _standing, reported_form(p, k), closes, end - begin == 1, short, capital
    others = len(p.of_kind("quote", begin, end)) - 1
    cue = next(cues(p, begin, end), None) is not None
    yield _in_sentence, step(min(others, 3)), before == "(" or after == ")", cue, length(p, k)


def _works(p: Passage, begin: int, end: int) -> bool:
    return bool(p.among(p.language.sets["work_nouns"], begin, min(end, len(p.units))))


def _between(before: str, behind: str, ends: str, case: str, short: str, words: int, names: bool) -> Iterator[str]:
    capital = "capital" if case == "upper" else "small"
    yield f"before {before}"
    yield f"behind {behind}"
    yield f"between {before} and {behind}"
    yield f"ends {ends}, behind {behind}"
    yield f"{'names only' if names else 'other words'}, before {before}"
    yield f"{short}, {capital}, between {before} and {behind}"
    yield f"words {words}, before {before}"
    yield f"words {words}, behind {behind}"
    yield f"begins {'lower' if case == 'lower' else 'upper'}, before {before}"


def _beside(side: str, word: str, short: str, capital: str) -> Iterator[str]:
    yield f"{side} the word {word}"
    yield f"{side} the word {word}, {short}, {capital}"


def _owned(owner: str, capital: str) -> Iterator[str]:
    yield f"owned by {owner}"
    yield f"owned by {owner}, {capital}"


def _named(before: str, behind: bool) -> Iterator[str]:
    if before:
        yield "a word for a title or a term before it" if before == "before" else "a word for a title near before it"
    if behind:
        yield "a word for a title behind it"


def _standing(reported: bool, closes: bool, alone: bool, short: str, capital: str) -> Iterator[str]:
    if reported:
        yield "reported form"
        yield f"reported form, {capital}"
    if closes:
        yield "closes the sentence"
        yield f"closes the sentence, {short}"
    if alone:
        yield "a sentence of its own"


def _in_sentence(others: int, brackets: bool, cue: bool, words: int) -> Iterator[str]:
    yield f"others in the sentence {others}"
    if brackets:
        yield "in brackets"
    if not cue:
        yield "no cue in the sentence"
        yield f"no cue in the sentence, words {words}"


# --- the chosen speaker -----------------------------------------------------------------------------------------------


def of_choice(p: Passage, n: int, k: int, proposal: Proposal | None, share: float) -> Iterator[Part]:
    """Yield what the chosen speaker tells about whether the quotation is speech; ``share`` is its softmax share."""
    if proposal is None:
        yield (_nobody,)
        return
    sure = "sure" if share > 0.9 else "likely" if share > 0.6 else "doubtful"
    rule, by = proposal.rule, proposal.by
    yield _by_rule, rule, sure, length(p, k), class_of(p, k - 1), ending(p, k)
    if proposal.copied is not None:
        yield _by_copy, rule, proposal.copied.kind
        return
    if by is not None and by.source is not None:
        yield _by_source, rule, by.source.label
    cue = cue_of(p, by) if by is not None and proposal.where == n else None
    if cue is not None:
        far = step(k - cue.end if cue.begin < k else cue.begin - k - 1)
        yield _by_cue, cue.verb.named, cue.verb.frames, "before" if cue.begin < k else "behind", far


def _nobody() -> Iterator[str]:
    yield "nobody proposed"


def _by_rule(rule: str, sure: str, words: int, before: str, ends: str) -> Iterator[str]:
    yield f"by {rule}"
    yield f"by {rule}, {sure}"
    yield sure
    yield f"by {rule}, words {words}"
    yield f"by {rule}, before {before}"
    yield f"by {rule}, ends {ends}"


def _by_copy(rule: str, kind: str) -> Iterator[str]:
    yield f"copied from {kind}"
    yield f"by {rule}, copied from {kind}"


def _by_source(rule: str, label: str) -> Iterator[str]:
    yield f"by {rule}, {label}"


def _by_cue(named: str, frames: frozenset[str], side: str, far: int) -> Iterator[str]:
    yield f"by cue {named}"
    yield f"by cue {named} {side} at {min(far, 3)}"
    yield f"by a cue {side} at {far}"
    yield f"by frames {' '.join(sorted(frames))}, {side} at {min(far, 3)}"
