"""What can be seen of a quotation and of a proposed speaker, as names of features that have weights.

No feature holds a word of an article. A cue counts by its lemma, which stands in the language file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from digest.language import Verb
from digest.recognise.cues import cue_at
from digest.recognise.drafts import Draft, is_term
from digest.recognise.passage import POSSESSIVE, Passage, once
from digest.recognise.phrases import Phrase, oblique, speakable
from digest.recognise.proposals import Proposal

_STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
_RUN = 3  # words of a run that is looked for outside marks
_LONGEST_RUN = 60  # characters of words in marks that are looked for elsewhere
_SHORT = 5  # words: fewer are rather a name or a term than speech
_CLOSERS = "\"'”’“»«‘‹› "


def step(n: int) -> int:
    """Return the step of a scale that grows like Fibonacci's numbers, so that weights need few values."""
    return _STEPS[bisect_right(_STEPS, n) - 1] if n > 0 else 0


# --- the quotation ----------------------------------------------------------------------------------------------------


def of_quotation(p: Passage, k: int, elsewhere: Container[str]) -> tuple[str, ...]:
    """Return the features of the quoted unit ``k`` by itself: length, shape, what stands before and behind.

    ``elsewhere`` are short runs of words that the article has more than once, or outside marks (``repeated_words``).
    """
    return (*_shape(p, k, elsewhere), *_around(p, k))


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


def _shape(p: Passage, k: int, elsewhere: Container[str]) -> Iterator[str]:
    span = p.quotes[p.units[k].quote]
    text = p.text[span.start : span.end]
    words = text.split()
    length = f"words {step(len(words))}"
    case = "lower" if text[0].islower() else "upper" if text[0].isupper() else "sign"
    ends = ending(p, k)
    yield length
    yield f"begins {case}"
    yield f"ends {ends}"
    yield f"{length}, begins {case}, ends {ends}"
    yield f"block {p.block.kind}"
    low = {w.strip(_CLOSERS + ".,;:!?…").lower() for w in words}
    small = sum(1 for w in words if w.lower() in p.language.function_words)
    yield f"words of grammar inside {min(small, 4)}"
    if any(w[0].islower() and w.lower() not in p.language.function_words for w in words):
        yield "a small word of content inside"
        yield f"a small word of content inside, begins {case}"
    if span.end - span.start < _LONGEST_RUN and _words_of(p, span.start, span.end) in elsewhere:
        yield "the same words elsewhere"
        yield f"the same words elsewhere, {length}"
    yield f"{length}, words of grammar inside {min(small, 4)}"
    if span.single:
        yield "single marks"
        yield f"single marks, {length}"
    if len(words) > 1 and all(w[0].isupper() or len(w) < 4 for w in words):
        yield "capitals throughout"
        yield f"capitals throughout, {length}"
    if low & p.language.sets["first_person"]:
        yield "first person"
    if low & p.language.sets["auxiliaries"]:
        yield "auxiliary"
    if not low & p.language.sets["auxiliaries"] and len(words) > 3:
        yield "long, no auxiliary"
    if any(s in text for s in ".!?") and len(words) > 3:
        yield "a full stop inside"
    for flaw in span.flaws:
        yield f"flaw: {flaw}"
        yield f"flaw: {flaw}, {'short' if len(words) < _SHORT else 'long'}"


@once
def ending(p: Passage, k: int) -> str:
    """Return the sign of punctuation that stands last inside the marks, "none" without one."""
    span = p.quotes[p.units[k].quote]
    tail = p.text[span.start : span.outer_end].rstrip(_CLOSERS)[-1:]
    return {
        ",": "comma",
        ".": "stop",
        "!": "call",
        "?": "ask",
        "…": "stop",
        ";": "comma",
        "-": "dash",
        "—": "dash",
    }.get(tail, "none")


def name_like(p: Passage, k: int) -> bool:
    """Whether every word in the marks begins with a capital or a digit, as in a name or in nouns alone."""
    span = p.quotes[p.units[k].quote]
    return not any(w[0].islower() for w in p.text[span.start : span.end].split())


@once
def reported_form(p: Passage, k: int) -> bool:
    """Whether a verb in the form of reported speech stands in the sentence of the quotation, outside its marks."""
    begin, end = p.sentence(k)
    return any(p.subjunctive(i) for i in range(begin, end))


@once
def length(p: Passage, k: int) -> int:
    """Return how many words the quotation has, as a step."""
    span = p.quotes[p.units[k].quote]
    return step(len(p.text[span.start : span.end].split()))


def _around(p: Passage, k: int) -> Iterator[str]:
    begin, end = p.sentence(k)
    before, after = _class(p, k - 1), _class(p, k + 1)
    yield f"before {before}"
    yield f"behind {after}"
    yield f"between {before} and {after}"
    span = p.quotes[p.units[k].quote]
    words = length(p, k)
    yield f"ends {ending(p, k)}, behind {after}"
    bare = "names only" if name_like(p, k) else "other words"
    yield f"{bare}, before {before}"
    short = "short" if words < _SHORT else "long"
    capital = "capital" if p.text[span.start].isupper() else "small"
    for side, i in (("before", k - 1), ("behind", k + 1)):
        if p.low(i) in p.language.function_words:
            yield f"{side} the word {p.low(i)}"
            yield f"{side} the word {p.low(i)}, {short}, {capital}"
    if p.low(k - 1) in POSSESSIVE:
        owner = p.name_ends.get(p.units[k - 2].end) if k > 1 else None
        yield f"owned by {owner.type if owner else 'no name'}"
        yield f"owned by {owner.type if owner else 'no name'}, {capital}"
    yield f"{short}, {capital}, between {before} and {after}"
    yield f"words {words}, before {before}"
    yield f"words {words}, behind {after}"
    yield f"begins {'lower' if p.text[span.start].islower() else 'upper'}, before {before}"
    if is_term(p, k):
        yield "a word for a title or a term before it"
    elif any(p.is_in(i, "work_nouns") for i in range(max(begin, k - 5), k)):
        yield "a word for a title near before it"
    if any(p.is_in(i, "work_nouns") for i in range(k + 1, min(k + 3, end))):
        yield "a word for a title behind it"
    if reported_form(p, k):
        yield "reported form"
        yield f"reported form, {capital}"
    if all(p.kind(i) in ("stop", "mark", "end") for i in range(k + 1, end)):
        yield "closes the sentence"
        yield f"closes the sentence, {short}"
    if begin == k and end == k + 1:
        yield "a sentence of its own"
    others = sum(1 for i in range(begin, end) if p.units[i].quote >= 0) - 1
    yield f"others in the sentence {step(min(others, 3))}"
    if p.low(k - 1) == "(" or p.low(k + 1) == ")":
        yield "in brackets"
    cues = [cue_at(p, i) for i in range(begin, end) if p.kind(i) == "word"]
    if not any(cues):
        yield "no cue in the sentence"
        yield f"no cue in the sentence, words {words}"


@once
def _class(p: Passage, i: int) -> str:
    """Return what kind of word or sign stands at unit ``i``."""
    kind = p.kind(i)
    if kind != "word":
        return kind
    for key in (
        "determiners",
        "possessives",
        "term_markers",
        "prepositions",
        "complementizers",
        "conjunctions",
        "auxiliaries",
        "subordinators",
        "relatives",
    ):
        if p.is_in(i, key):
            return key
    if p.low(i) in p.language.pronouns:
        return "pronoun"
    if p.is_in(i, "agency_words") or p.is_in(i, "media_words"):
        return "outlet"
    if cue_at(p, i) is not None:
        return "cue"
    if p.low(i) in p.language.verbs:
        return "cue form"
    if p.units[i].start in p.names or p.units[i].end in p.name_ends:
        return "name"
    if p.adverb(i):
        return "adverb"
    if p.person_noun(i):
        return "person noun"
    return "capital" if p.units[i].capital else "word"


# --- the proposed speaker ---------------------------------------------------------------------------------------------


def of_proposal(
    p: Passage, n: int, k: int, proposal: Proposal, passages: Sequence[Passage], agreeing: int, first: bool
) -> tuple[str, ...]:
    """Return the features of a proposal for the quoted unit ``k`` of passage number ``n``.

    ``agreeing`` is how many proposals name the same source, ``first`` whether it is the first of its passage's rules.
    """
    rule = proposal.rule
    out = [rule, f"agreeing {min(agreeing, 4)}", f"{rule}, ends {ending(p, k)}"]
    if first:
        out += ["first", f"first: {rule}"]
    begin = p.sentence(k)[0]
    out.append(f"{rule}, {'opens' if begin == k else 'inside'}")
    out.append(f"{rule}, before {_class(p, k - 1)}")
    if reported_form(p, k):
        out.append(f"{rule}, in reported form")
    if proposal.copied is not None:
        out += _of_copy(rule, n, k, proposal.copied)
    elif proposal.by is not None and proposal.by.source is not None:
        out += _of_source(passages[proposal.where], rule, proposal.by.source)
        out += _of_cue(passages[proposal.where], rule, proposal)
        if proposal.where == n:
            out += _of_place(p, k, rule, proposal)
    return tuple(out)


def _of_copy(rule: str, n: int, k: int, other: Draft) -> Iterator[str]:
    yield f"{rule}, {other.label}"
    yield f"copied, passages between {n - other.passage}"
    if n == other.passage:
        yield f"copied, units between {step(k - max(other.unit, other.covers) - 1)}"
    yield f"copied from {other.rule}"
    yield f"{rule}, copied from {other.kind}"


def _of_source(p: Passage, rule: str, source: Phrase) -> Iterator[str]:
    yield f"{rule}, {source.label}"
    if source.label == "name":
        kind = source.mention.type if source.mention is not None else "none"
        yield f"name of a {kind}"
        yield f"{rule}, name of a {kind}"
    if source.label == "nominal":
        yield f"{rule}, {'can speak' if speakable(p, source) else 'a thing'}"
        if p.is_in(source.begin, "indefinites"):
            yield "indefinite"
        yield f"nominal of {step(source.head - source.begin)}"
        if not (p.is_in(source.begin, "determiners") or p.is_in(source.begin, "possessives")):
            yield "nominal without an article"
    if oblique(p, source):
        yield "oblique"
        yield f"{rule}, oblique"
    yield f"source behind {_class(p, source.begin - 1)}"
    yield f"source before {_class(p, source.end)}"
    yield f"{rule}, source before {_class(p, source.end)}"


def _of_cue(p: Passage, rule: str, proposal: Proposal) -> Iterator[str]:
    by = proposal.by
    if by is None or by.cue is None:
        yield f"{rule}, no cue"
        return
    cue = next((c for i in range(by.cue[0], by.cue[1]) if (c := cue_at(p, i)) is not None), None)
    if cue is None:
        return
    yield f"cue {_lemma(cue.verb)}"
    yield f"{rule}, frames {' '.join(sorted(cue.verb.frames))}"
    if not cue.verb.finite:
        yield f"{rule}, participle"
    yield f"behind the cue {_class(p, cue.end)}"


def _lemma(verb: Verb) -> str:
    return f"{verb.lemma} {verb.particle}" if verb.particle else verb.lemma


def _of_place(p: Passage, k: int, rule: str, proposal: Proposal) -> Iterator[str]:
    by = proposal.by
    if by is None or by.source is None:
        return
    source = by.source
    side = "before" if source.begin < k else "behind"
    far = step(k - source.end if source.begin < k else source.begin - k - 1)
    yield f"source {side} at {far}"
    yield f"{rule}, source at {far}"
    if by.cue is not None:
        far = step(k - by.cue[1] if by.cue[0] < k else by.cue[0] - k - 1)
        yield f"cue {'before' if by.cue[0] < k else 'behind'} at {far}"
        yield f"{rule}, cue at {far}"
        apart = by.cue[0] - source.end if source.begin < by.cue[0] else source.begin - by.cue[1]
        yield f"source and cue apart {step(abs(apart))}"
    if by.begin is not None:
        yield f"{rule}, reported words before the marks {step(k - by.begin)}"
    between = range(min(source.end, k + 1), k) if source.begin < k else range(k + 1, source.begin)
    yield f"{rule}, quotations between {min(sum(1 for i in between if p.units[i].quote >= 0), 2)}"
    yield f"commas between {min(sum(1 for i in between if p.kind(i) == 'comma'), 3)}"


def of_choice(p: Passage, n: int, k: int, proposal: Proposal | None, share: float) -> tuple[str, ...]:
    """Return what the chosen speaker tells about whether the quotation is speech; ``share`` is its softmax share."""
    if proposal is None:
        return ("nobody proposed",)
    sure = "sure" if share > 0.9 else "likely" if share > 0.6 else "doubtful"
    rule = proposal.rule
    words = length(p, k)
    out = [
        f"by {rule}",
        f"by {rule}, {sure}",
        sure,
        f"by {rule}, words {words}",
        f"by {rule}, before {_class(p, k - 1)}",
    ]
    out.append(f"by {rule}, ends {ending(p, k)}")
    if proposal.copied is not None:
        out.append(f"copied from {proposal.copied.kind}")
        out.append(f"by {rule}, copied from {proposal.copied.kind}")
        return tuple(out)
    by = proposal.by
    if by is not None and by.source is not None:
        out.append(f"by {rule}, {by.source.label}")
    if by is not None and by.cue is not None and proposal.where == n:
        cue = next((c for i in range(by.cue[0], by.cue[1]) if (c := cue_at(p, i)) is not None), None)
        if cue is not None:
            far = step(k - cue.end if cue.begin < k else cue.begin - k - 1)
            side = "before" if cue.begin < k else "behind"
            out += [f"by cue {_lemma(cue.verb)}", f"by cue {_lemma(cue.verb)} {side} at {min(far, 3)}"]
            out += [
                f"by a cue {side} at {far}",
                f"by frames {' '.join(sorted(cue.verb.frames))}, {side} at {min(far, 3)}",
            ]
    return tuple(out)
