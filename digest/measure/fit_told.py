"""Fit the weights by which reported words are told: ``python -m digest.measure.fit_told GOLD... > FILE``.

Every place where ``digest.recognise.tellings`` proposes words is an example. It is right when one of its possible ends
makes it overlap by half with marked words (mixed or indirect) in whose cue, if one is marked, the teller stands. A
logistic regression learns which are right, a conditional one which end is; both by AdaGrad (Duchi, Hazan and Singer
2011) with an L2 penalty. Features that fewer than ``FEWEST`` examples have are left out. What is printed holds
features only.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest import knowledge, language, read
from digest.measure import gold as golds
from digest.measure.match import LOOSE, overlap, pairs, tight, units
from digest.measure.match import Unit as Piece
from digest.measure.quotes import Quote
from digest.model import Span
from digest.recognise import passages_of
from digest.recognise.behind import is_thing
from digest.recognise.passage import Passage
from digest.recognise.tellings import tellings
from digest.recognise.told import end_parts, parts
from digest.weights import features_of, logistic, softmax

FEWEST = 6  # examples that a feature needs; rarer ones fit accidents
PENALTY = 0.06
ROUNDS = 8
FOLDS = 3
LEAST = 0.25  # between the thresholds with the best F1 of spans and of spans with their speaker on held-out folds
THING = 0.35  # for bare nouns: 0.4 of F1 less than with 0.3 on held-out publishers, and a reader meets fewer wrong ones
SMALLEST = 0.03  # smaller weights change next to no decision and make the file half as long again
_SEED = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A telling: its features, those of its ends, and for each end its span and overlap with what is marked."""

    traits: tuple[str, ...]
    ends: tuple[tuple[str, ...], ...]
    spans: tuple[Span, ...]
    overlaps: tuple[float, ...]

    @property
    def right(self) -> bool:
        """Whether words are marked here."""
        return max(self.overlaps) >= LOOSE


def examples(article: golds.Gold) -> list[Example]:
    """Return the examples of an article. Raises DigestError where the text cannot be read."""
    code = article.language
    words = language.load(code)
    as_read = read.from_text(article.text, f"{article.id}.txt", (code,))
    whole, passages, _ = passages_of(as_read, words, knowledge.load())
    if whole.text != article.text:
        return []  # the offsets would not hold
    marked = [q for q in article.quotes if q.kind in ("mixed", "indirect")]
    return [example for p in passages for example in _of_passage(p, marked)]


def _of_passage(p: Passage, marked: Sequence[Quote]) -> Iterator[Example]:
    near = [q for q in marked if q.start < p.block.end and p.block.start < q.end]
    for begin, end in p.sentences:
        for t in tellings(p, begin, end):
            teller = p.units[t.at]
            own = [q for q in near if not q.cue or (q.cue.start < teller.end and teller.start < q.cue.end)]
            spans = [Span(*tight(p.text, p.units[t.begin].start, p.units[k - 1].end)) for k in t.ends]
            best = [max((overlap(span, _tight(p.text, q)) for q in own), default=0.0) for span in spans]
            ends = tuple(map(features_of, end_parts(p, t))) if len(spans) > 1 else ()
            yield Example(features_of(parts(p, t)), ends, tuple(spans), tuple(best))


def _tight(text: str, q: Quote) -> Span:
    return Span(*tight(text, q.start, q.end))


# --- fitting ---------------------------------------------------------------------------------------------------------


class Table:
    """Weights that are learned, with the sum of the squares of their gradients."""

    def __init__(self, features: Iterable[str]) -> None:
        """Begin with the weight 0 for every feature that is frequent enough; each of ``features`` counts once."""
        counted = Counter(features)
        self.index = {f: i for i, f in enumerate(sorted(f for f, n in counted.items() if n >= FEWEST))}
        self.weights = [0.0] * len(self.index)
        self.squares = [1e-8] * len(self.index)

    def known(self, features: Iterable[str]) -> list[int]:
        """Return the places of those features that are learned."""
        get = self.index.get
        return [i for f in features if (i := get(f)) is not None]

    def total(self, places: Sequence[int]) -> float:
        """Return the sum of the weights at ``places``."""
        weights = self.weights
        return sum(weights[i] for i in places)

    def learn(self, places: Sequence[int], gradient: float, rate: float) -> None:
        """Take a step against ``gradient`` at ``places``."""
        weights, squares = self.weights, self.squares
        for i in places:
            step = gradient + PENALTY * weights[i]
            squares[i] += step * step
            weights[i] -= rate * step / math.sqrt(squares[i])

    def learned(self) -> dict[str, float]:
        """Return the weights that matter, by feature."""
        return {f: w for f, i in self.index.items() if abs(w := round(self.weights[i], 2)) >= SMALLEST}


def fit_telling(found: Sequence[Example]) -> Table:
    """Return the weights that tell the right examples from the others."""
    table = Table(f for e in found for f in set(e.traits))
    known = [(table.known(e.traits), 1.0 if e.right else 0.0) for e in found]
    order = list(range(len(known)))
    shuffled = random.Random(_SEED)  # noqa: S311 # an order of examples, no secret
    for _ in range(ROUNDS):
        shuffled.shuffle(order)
        for n in order:
            places, right = known[n]
            table.learn(places, logistic(table.total(places)) - right, 0.3)
    return table


def fit_ending(found: Sequence[Example]) -> Table:
    """Return the weights that choose the best end of the right examples."""
    chosen = [e for e in found if e.right and e.ends]
    table = Table(f for e in chosen for f in {f for of_end in e.ends for f in of_end})
    known = [([table.known(of_end) for of_end in e.ends], _aim(e.overlaps)) for e in chosen]
    order = list(range(len(known)))
    shuffled = random.Random(_SEED)  # noqa: S311 # an order of examples, no secret
    for _ in range(ROUNDS):
        shuffled.shuffle(order)
        for n in order:
            options, aim = known[n]
            for places, share, wanted in zip(options, softmax([table.total(o) for o in options]), aim, strict=True):
                table.learn(places, share - wanted, 0.2)
    return table


def _aim(overlaps: Sequence[float]) -> list[float]:
    """Return which end should be chosen: the best, or the best alike."""
    best = max(overlaps)
    of_best = [float(o == best) for o in overlaps]
    return [o / sum(of_best) for o in of_best]


# --- trying on what was held out -------------------------------------------------------------------------------------


def tried(
    articles: Sequence[golds.Gold], found: Sequence[Sequence[Example]], beside: Sequence[Example]
) -> tuple[float, float, float]:
    """Return precision, recall and F1 of spans (IoU 0.5), each article tried with weights fitted on other folds.

    ``found`` are the examples of each article, ``beside`` those that every fit is given besides.
    """
    right = of_found = of_gold = 0
    for fold in range(FOLDS):
        others = [*(e for n, of_article in enumerate(found) if n % FOLDS != fold for e in of_article), *beside]
        telling, ending = fit_telling(others), fit_ending(others)
        for n in range(fold, len(articles), FOLDS):
            told = [Piece(s.start, s.end, _NONE) for s in _told(found[n], telling, ending)]
            marked = units(articles[n].text, articles[n].quotes, "reported")
            right += len(pairs(marked, told, LOOSE))
            of_found, of_gold = of_found + len(told), of_gold + len(marked)
    precision, recall = right / max(of_found, 1), right / max(of_gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


_NONE = Quote("indirect", 0, 0)


def _told(found: Sequence[Example], telling: Table, ending: Table) -> list[Span]:
    """Return what the weights choose among the examples of one article, as ``digest.recognise.told`` does."""
    weighed = []
    for e in found:
        chance, at = logistic(telling.total(telling.known(e.traits))), 0
        thing = any(is_thing(feature) for feature in e.traits[:2])
        if e.ends and chance >= LEAST:
            shares = softmax([ending.total(ending.known(of_end)) for of_end in e.ends])
            at = max(range(len(shares)), key=shares.__getitem__)
            chance *= sum(s for s, span in zip(shares, e.spans, strict=True) if overlap(span, e.spans[at]) >= LOOSE)
        if chance >= (THING if thing else LEAST):
            weighed.append((thing, -chance, e.spans[at]))
    chosen: list[Span] = []
    for _, _, span in sorted(weighed, key=lambda w: (w[0], w[1], w[2].start)):
        if all(span.end <= c.start or c.end <= span.start for c in chosen) and span.start < span.end:
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)


def printed(tables: Mapping[str, Mapping[str, float]], remarks: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a file of weights."""
    yield from (f"# {remark}" for remark in remarks)
    for name, weights in tables.items():
        yield from (f"{name}\t{feature}\t{weight:g}" for feature, weight in sorted(weights.items()))


def main(paths: Sequence[str]) -> None:
    """Fit on the gold files at ``paths``, and print the file of weights.

    The articles of the first one are also tried, each with weights fitted on other folds and on the other files, of
    which only articles in the same language count.
    """
    articles = golds.load(Path(paths[0]))
    code = articles[0].language
    found = [examples(article) for article in articles]
    others = [g for path in paths[1:] for g in golds.load(Path(path)) if g.language == code]
    beside = [e for article in others for e in examples(article)]
    everything = [*(e for of_article in found for e in of_article), *beside]
    precision, recall, f1 = tried(articles, found, beside)
    remarks = [
        "How likely it is that words are told at a place of a sentence, and where they end; see recognise/told.py.",
        f"Fitted by python -m digest.measure.fit_told on {len(articles)} articles of PolNeAR (six publishers) and on"
        f" {len(others)} golden ones (tests/golden/gold.py, each counted as often as its file was given).",
        f"Reported words of articles of PolNeAR held out ({FOLDS} folds), as whole spans that overlap by half: "
        f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}.",
    ]
    tables = {
        "limit": {"least": LEAST, "thing": THING},
        "telling": fit_telling(everything).learned(),
        "ending": fit_ending(everything).learned(),
    }
    sys.stdout.write("\n".join([*printed(tables, remarks), ""]))


if __name__ == "__main__":
    main(sys.argv[1:])
