"""Fit the weights by which pronouns are resolved, on articles in which people said whom a pronoun means.

``python tools/fit_pronouns.py GOLD...`` reads gold files (``docs/formats.md``) whose quotations have a
``speaker_canonical`` where the speaker is a pronoun, and prints the table ``[antecedents]`` of
``digest/confidence.toml``. The weights are those of a log-linear choice among the candidates of each pronoun, with a
penalty on large ones; those of ``[strangers]`` are set by hand. Whom a pronoun means depends on whom the ones before it
mean, so they are fitted several times, each time on what the last ones resolve. The same files give the same weights.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from digest import confidence, knowledge, language, read, recognise
from digest.language import Language
from digest.measure import gold
from digest.measure.agree import published
from digest.measure.quotes import Who
from digest.model import Analysis
from digest.resolve.inside import choices

ROUNDS, STEPS, RATE, PENALTY = 5, 300, 0.3, 0.5
Choice = tuple[list[tuple[str, ...]], frozenset[int]]
"""The features of each candidate of a pronoun, and which of them are right."""


def analyses(paths: Sequence[Path]) -> Iterator[tuple[gold.Gold, Analysis]]:
    """Yield the articles of the gold files that name a pronoun's speaker, recognised but not resolved."""
    known = knowledge.load()
    for path in paths:
        for article in gold.load(path):
            words = language.load(article.language)
            if any(q.who.name and q.who.place for q in article.quotes):
                text = replace(
                    read.from_text(article.text, "article.txt", (article.language,)), language=article.language
                )
                yield article, recognise.recognise(text, words, known)


def choice(candidates: Mapping[str, tuple[str, ...]], who: Who, words: Language) -> Choice | None:
    """Return a pronoun's choice among those with a name, or None where none of them is the one that people named."""
    names = [name for name in candidates if name]
    right = frozenset(k for k, name in enumerate(names) if published(who, Who(name=name), words))
    return ([candidates[name] for name in names], right) if 0 < len(right) < len(names) else None


def collect(pairs: Sequence[tuple[gold.Gold, Analysis]], weights: Mapping[str, float]) -> list[Choice]:
    """Return the choices of all pronouns that people resolved, as ``weights`` lead to them."""
    found = []
    for article, analysis in pairs:
        words = language.load(article.language)
        named = {q.who.place.start: q.who for q in article.quotes if q.who.place and q.who.name}
        for source, candidates in choices(analysis, words, knowledge.load(), weights):
            who = named.get(source.start)
            one = choice({name: c.features for name, c in candidates.items()}, who, words) if who else None
            if one is not None:
                found.append(one)
    return found


def shares(candidates: Sequence[tuple[str, ...]], weights: Mapping[str, float]) -> list[float]:
    """Return the probability of each candidate."""
    scores = [sum(weights[f] for f in features) for features in candidates]
    powers = [math.exp(s - max(scores)) for s in scores]
    return [p / sum(powers) for p in powers]


def fitted(found: Sequence[Choice]) -> dict[str, float]:
    """Return the weights under which the right candidates are likeliest (Duchi et al. 2011 give the step size)."""
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    for _ in range(STEPS):
        slope: dict[str, float] = defaultdict(float)
        for candidates, right in found:
            now = shares(candidates, weights)
            total = sum(now[k] for k in right)
            for k, features in enumerate(candidates):
                change = (now[k] / total if k in right else 0.0) - now[k]
                for f in features:
                    slope[f] += change
        for f, change in slope.items():
            step = change - PENALTY * weights[f]
            squares[f] += step * step
            weights[f] += RATE * step / math.sqrt(squares[f])
    return dict(weights)


def main(paths: Sequence[Path]) -> None:
    """Print the table and, on standard error, how many pronouns it was fitted on and how many of them it gets right."""
    pairs = list(analyses(paths))
    strangers = confidence.strangers()
    weights: dict[str, float] = {}
    for _ in range(ROUNDS):
        found = collect(pairs, {**strangers, **weights})
        weights = fitted(found)
    likeliest = [max(range(len(c)), key=shares(c, defaultdict(float, weights)).__getitem__) for c, _ in found]
    hits = sum(k in right for k, (_, right) in zip(likeliest, found, strict=True))
    print(f"{hits} of {len(found)} pronouns with more than one candidate are right", file=sys.stderr)
    print("[antecedents]")
    for f in sorted(weights):
        print(f'"{f}" = {weights[f]:.2f}')


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
