"""The few quotations that stand for a speaker or a topic: the most reported, the most representative, the latest.

Each is shown as it is printed; nothing is put into other words. The most representative is the one nearest to the
centre of all the others, the plainest way to sum up many texts by one of them (Radev, Jing, Styś and Tam,
"Centroid-based summarization of multiple documents", 2004): each word of a quotation counts for as many of the other
quotations as have it too, and for more where fewer quotations of the whole edition do. The words that they have in
common are named beside it, so that a reader sees why it stands there.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest import language
from digest.dossiers import Highlight
from digest.lines import Line, Utterance
from digest.text import fold, spoken

LEAST = 3
"""Below so many quotations, each is read as soon as one of them is chosen."""
REPORTED = 3
"""Where no two outlets are known to print it, so many articles make a quotation one that is much reported."""
FROM, TO = 6, 60
"""A quotation that stands for others has so many words: a sentence or two."""
COMMON, NAMED = 2, 3
"""It has so many words in common with others at least, and so many of them are named, those that count most."""
STEM = 5
"""Words that begin with the same five letters count as forms of one, as where quotations are compared."""


_PLAIN = ("first_person", "second_person", "denials", "negations", "numbers")
# Beside words of grammar, those that any quotation may hold, whatever it is about.


@dataclass(frozen=True, slots=True)
class Wording:
    """What the quotations of an edition are made of: the stems of each, with the word that is printed for it, and how
    much each stem counts.
    """

    stems: Mapping[int, Mapping[str, str]]
    weights: Mapping[str, float]


def wording(lines: Iterable[Line]) -> Wording:
    """Return the words of ``lines``, which are all of an edition; what copies of a text repeat counts once."""
    stems = {line.original: _stems(line) for line in {line.original: line for line in lines}.values()}
    held = Counter(stem for own in stems.values() for stem in own)
    return Wording(stems, {stem: math.log(1 + len(stems) / n) for stem, n in held.items()})


def highlights(lines: Sequence[Line], reported: Sequence[Utterance], known: Wording) -> tuple[Highlight, ...]:
    """Return up to three quotations that stand for ``lines``, which are newest first; one is shown once, for the first
    of its reasons. Of few or of unlike quotations none is representative, of undated ones none is the latest: then the
    longest direct one stands there.
    """
    if len(lines) < LEAST:
        return ()
    found: list[Highlight] = []
    if reported and (most := reported[0]).outlets > 1:
        found.append(Highlight("reported", _fullest(lines, most), outlets=most.outlets))
    elif reported and most.articles >= REPORTED:
        found.append(Highlight("reported", _fullest(lines, most), articles=most.articles))
    others = [line for line in lines if line.utterance not in {h.line.utterance for h in found}]
    representative = _representative(others, known)
    found += representative or _longest(others)
    if lines[0].article.published:
        found.append(Highlight("latest", _latest(lines)))
    elif representative:
        found += _longest(others)
    once: dict[str, Highlight] = {}
    for highlight in found:
        once.setdefault(highlight.line.utterance, highlight)
    return tuple(once.values())


def _latest(lines: Sequence[Line]) -> Line:
    """Return the first clear quotation of some words of the last day, or the first of all."""
    day = lines[0].article.published
    return next((x for x in lines if x.article.published == day and x.clear and _length(x) >= FROM), lines[0])


def _length(line: Line) -> int:
    return len(line.words.split())


def _representative(lines: Sequence[Line], known: Wording) -> list[Highlight]:
    """Return the quotation nearest to the centre of ``lines``, of equal ones the latest; none where none is near.

    What was said once counts once, in whichever words it is printed.
    """
    once = {line.utterance: line for line in reversed(lines)}
    counts = Counter(stem for line in once.values() for stem in known.stems[line.original])
    best: tuple[float, Line, list[str]] | None = None
    for line in reversed(once.values()):
        own = known.stems[line.original]
        shared = {stem: known.weights[stem] ** 2 * (counts[stem] - 1) for stem in own if counts[stem] > 1}
        if len(shared) < COMMON or not line.clear or not FROM <= _length(line) <= TO:
            continue
        near = sum(shared.values()) / math.sqrt(sum(known.weights[stem] ** 2 for stem in own))
        if best is None or near > best[0]:
            best = near, line, [own[s] for s in sorted(shared, key=lambda s: (-shared[s], s))[:NAMED]]
    return [Highlight("representative", best[1], tuple(best[2]))] if best else []


def _longest(lines: Iterable[Line]) -> list[Highlight]:
    direct = [line for line in lines if line.clear]
    return [Highlight("longest", max(direct, key=lambda x: len(x.words)))] if direct else []


def _fullest(lines: Iterable[Line], utterance: Utterance) -> Line:
    """Return the line of an utterance that has most of its words in quotation marks, of several the latest."""
    own = [line for line in lines if line.utterance == utterance.id]
    return max(own, key=lambda line: sum(len(part.text) for part in line.quotation.parts))


def _stems(line: Line) -> dict[str, str]:
    """Return the stems of what is said, each with the first word that is printed for it, words of grammar left out."""
    plain = _plain(line.article.language)
    found: dict[str, str] = {}
    pieces = [part.text for part in line.quotation.parts] if line.quotation.kind == "direct" else [line.words]
    for piece in pieces:
        for start, end, word in spoken(piece):
            if len(word) > 2 and word.isalpha() and word not in plain:
                found.setdefault(word[:STEM], piece[start:end])
    return found


@functools.cache
def _plain(code: str) -> frozenset[str]:
    known = language.load(code)
    of = (known.function_words, known.grammar, *(known.sets[key] for key in _PLAIN))
    return frozenset(fold(word) for words in of for word in words)
