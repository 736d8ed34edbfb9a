"""Fit the weights by which names are weighed (``digest/recognise/weighing.py``), or say how well they generalise.

``python tools/fit_names.py en GOLD…`` writes ``digest/knowledge/weights_en.tsv``; with ``--folds 4`` it writes
nothing and prints precision, recall and F1 for each file, every quarter of its articles weighed with weights fitted on
the rest of all files. GOLD is JSON Lines: ``{"text": …, "entities": [{"start", "end", "type": PER | ORG | LOC | …}]}``,
offsets in code points; ``GOLD:0.5`` lets a file count for half, and ``GOLD:1:partial`` says that it leaves names out: a
run of capitals in which the rules propose a name and the gold has none is then not learned from.

The model is a semi-Markov conditional random field (Sarawagi and Cohen 2004). Its log-likelihood, less an L2 penalty,
is climbed with L-BFGS (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.4). The features hold no word
of the gold texts except words of grammar. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest import knowledge, language, read
from digest.knowledge.words import FOLDER
from digest.recognise import spotted
from digest.recognise.sightings import Segment
from digest.recognise.weighing import Row, Scale, Weights, class_of

Floats = NDArray[np.float64]
Key = tuple[str, str]
Run = tuple[tuple[int, int], list[Segment], list[tuple[int, int]]]
TYPES = {"PER": 0, "ORG": 1, "LOC": 2}
PENALTY, LEAST, STEPS, MEMORY = 1.5, 2, 60, 8
# added to every segment's score, so that precision and recall come out alike: gold leaves more out than it adds
LEANING = 0.4
# added to what a firm rule proposes: an article is worse off without a speaker's name than with one name too many
FIRM = {
    ("why", "persongiven name"): (0.8, 0, 0),
    ("why", "personafter a"): (0.8, 0, 0),
    ("why", "persontwo or"): (0.8, 0, 0),
    ("why", "personsurname of"): (0.8, 0, 0),
    ("why", "personsurname"): (0.8, 0, 0),
    ("1rule", "organisation"): (0, 0.5, 0),
    ("why", "organisationends in"): (0, 0.8, 0),
    ("why", "organisationbegins with"): (0, 0.8, 0),
}
SMALLEST = 2  # hundredths; a weight below is not written


@dataclass(slots=True)
class Doc:
    """An article: its gold spans with their class, its runs, how much it counts, and whether gold leaves names out."""

    gold: dict[tuple[int, int], int]
    runs: list[Run]
    count: float
    partial: bool

    def learned(self) -> Iterator[Run]:
        """Yield the runs to learn from."""
        for run in self.runs:
            proposed = any(template == "why" for s in run[1] for template, _ in s.features())
            if not self.partial or not proposed or any(span in self.gold for span in run[2]):
                yield run


def docs_of(path: Path, code: str, count: float, *, partial: bool) -> list[Doc]:
    """Return the articles of a gold file, read and looked at as ``digest annotate`` does."""
    words, known = language.load(code), knowledge.load()
    docs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        article = read.from_text(entry["text"], "gold.txt", (code,))
        to = _carried(entry["text"], article.text)
        seen = spotted(article, words, known)
        ranks = [
            t.end + (article.text[t.end : t.end + 1] == ".")
            for tokens, _ in seen
            for t in tokens
            if t.low in words.titles or words.roles.get(t.low) == "person"
        ]
        gold = {}
        for e in entry["entities"]:
            if e["type"] in TYPES and e["start"] in to and e["end"] - 1 in to:
                start, end = to[e["start"]], to[e["end"] - 1] + 1
                gold[_bare(start, end, ranks) if e["type"] == "PER" else start, end] = TYPES[e["type"]]
        runs = [
            (run, found, [(tokens[s.begin].start, tokens[s.end - 1].end) for s in found])
            for tokens, block in seen
            for run, found in block
            if found
        ]
        docs.append(Doc(gold, runs, count, partial))
    return docs


def _bare(start: int, end: int, roles: Iterable[int]) -> int:
    """Return where a person's name begins behind its titles and roles, which some gold counts as a part of it."""
    return max((at + 1 for at in roles if start < at < end - 1), default=start)


def _carried(gold: str, ours: str) -> Mapping[int, int]:
    """Return gold offset -> our offset of every character that is no white space; empty where the texts differ."""
    a = [i for i, c in enumerate(gold) if not c.isspace()]
    b = [i for i, c in enumerate(ours) if not c.isspace()]
    return dict(zip(a, b, strict=True)) if len(a) == len(b) else {}


# --- the likelihood ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Table:
    """All segments in flat arrays: ``features`` end to end, ``owner`` the segment of each, ``gold`` -1 for no name."""

    features: NDArray[np.int64]
    owner: NDArray[np.int64]
    gold: NDArray[np.int64]
    count: Floats
    alone: NDArray[np.int64]
    lattices: list[tuple[int, list[tuple[int, int, int]]]] = field(default_factory=list)


def table(docs: Sequence[Doc], index: Mapping[Key, int]) -> Table:
    """Lay the segments of ``docs`` out; features that are not in ``index`` are left out."""
    features, owner, gold, count, alone, lattices = [], [], [], [], [], []
    for doc in docs:
        for run, found, spans in doc.learned():
            first = len(gold)
            for segment, span in zip(found, spans, strict=True):
                kept = [index[f] for f in segment.features() if f in index]
                features.extend(kept)
                owner.extend([len(gold)] * len(kept))
                gold.append(doc.gold.get(span, -1))
                count.append(doc.count)
            if len(found) == 1:
                alone.append(first)
            else:
                arcs = [(s.begin - run[0], s.end - run[0], first + n) for n, s in enumerate(found)]
                lattices.append((run[1] - run[0], arcs))
    return Table(
        np.array(features), np.array(owner), np.array(gold), np.array(count), np.array(alone, dtype=np.int64), lattices
    )


def loss(data: Table, weights: Floats) -> tuple[float, Floats]:
    """Return the negative log-likelihood with its penalty, and its gradient."""
    size = len(data.gold)
    scores = np.stack(
        [np.bincount(data.owner, weights=weights[data.features, c], minlength=size) for c in range(3)], axis=1
    )
    top = scores.max(axis=1)
    whole = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
    chance = np.zeros(size)
    alone = whole[data.alone]
    chance[data.alone] = 1 / (1 + np.exp(-alone))
    total = float((np.logaddexp(0, alone) * data.count[data.alone]).sum())
    listed = whole.tolist()
    for length, arcs in data.lattices:
        part, marginal = _marginals(length, arcs, listed)
        total += part * data.count[arcs[0][2]]
        for (_, _, n), p in zip(arcs, marginal, strict=True):
            chance[n] = p
    expected = np.exp(scores - whole[:, None]) * (chance * data.count)[:, None]
    named = np.nonzero(data.gold >= 0)[0]
    total -= float((scores[named, data.gold[named]] * data.count[named]).sum())
    expected[named, data.gold[named]] -= data.count[named]
    gradient = np.stack(
        [np.bincount(data.features, weights=expected[data.owner, c], minlength=len(weights)) for c in range(3)], axis=1
    )
    return total + PENALTY / 2 * float((weights**2).sum()), gradient + PENALTY * weights


def _marginals(length: int, arcs: Sequence[tuple[int, int, int]], whole: Sequence[float]) -> tuple[float, list[float]]:
    """Return the log partition of a run and the probability of each segment, by the forward-backward algorithm."""
    into: list[list[tuple[int, float]]] = [[] for _ in range(length + 1)]
    out: list[list[tuple[int, float]]] = [[] for _ in range(length + 1)]
    for begin, end, n in arcs:
        into[end].append((begin, whole[n]))
        out[begin].append((end, whole[n]))
    ahead, behind = [0.0] * (length + 1), [0.0] * (length + 1)
    for k in range(1, length + 1):
        ahead[k] = _log_sum([ahead[k - 1], *(ahead[b] + w for b, w in into[k])])
    for k in range(length - 1, -1, -1):
        behind[k] = _log_sum([behind[k + 1], *(behind[e] + w for e, w in out[k])])
    return ahead[length], [math.exp(ahead[b] + whole[n] + behind[e] - ahead[length]) for b, e, n in arcs]


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values)) if len(values) > 1 else top


# --- the fit ----------------------------------------------------------------------------------------------------------


def climb(f: Callable[[Floats], tuple[float, Floats]], x: Floats) -> Floats:
    """Return the minimum of ``f`` from ``x`` on, by L-BFGS with backtracking."""
    value, slope = f(x)
    moves: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        way = _direction(slope, moves)
        step, fall = 1.0, float((slope * way).sum())
        while True:
            there = x - step * way
            new, bend = f(there)
            if new <= value - 1e-4 * step * fall or step < 1e-4:
                break
            step /= 2
        move, change = there - x, bend - slope
        if float((move * change).sum()) > 1e-10:
            moves = [*moves[1 - MEMORY :], (move, change)]
        done = abs(value - new) < 1e-4 * abs(value)
        x, value, slope = there, new, bend
        if done:
            break
    return x


def _direction(slope: Floats, moves: Sequence[tuple[Floats, Floats]]) -> Floats:
    way, parts = slope.copy(), []
    for move, change in reversed(moves):
        part = float((move * way).sum() / (move * change).sum())
        parts.append(part)
        way -= part * change
    if not moves:
        return way / max(1.0, float(np.abs(slope).max()))
    move, change = moves[-1]
    way *= float((move * change).sum() / (change * change).sum())
    for (move, change), part in zip(moves, reversed(parts), strict=True):
        way += move * (part - float((change * way).sum() / (move * change).sum()))
    return way


def fit(docs: Sequence[Doc]) -> Weights:
    """Return the weights fitted on ``docs``, in hundredths, template -> value -> a weight a class."""
    seen = Counter(f for doc in docs for _, found, _ in doc.learned() for s in found for f in s.features())
    index = {f: n for n, f in enumerate(sorted(f for f, times in seen.items() if times >= LEAST and f[1]))}
    data = table(docs, index)
    fitted = climb(lambda w: loss(data, w), np.zeros((len(index), 3)))
    weights: dict[str, dict[str, Row]] = {}
    for (template, value), n in index.items():
        row = fitted[n] + (LEANING if template == "always" else FIRM.get((template, value), 0))
        if max(abs(row)) * 100 >= SMALLEST:
            weights.setdefault(template, {})[value] = tuple(round(float(w) * 100) for w in row)  # type: ignore[assignment] # three
    return weights


# --- how well it does -------------------------------------------------------------------------------------------------


def found_in(doc: Doc, scale: Scale) -> Iterator[tuple[int, int, int]]:
    """Yield the names weighed in ``doc`` as ``(start, end, class)``."""
    for run, found, spans in doc.runs:
        at = {(s.begin, s.end): span for s, span in zip(found, spans, strict=True)}
        yield from ((*at[s.begin, s.end], class_of(row)) for s, row in scale.best(run, found))


def figures(docs: Sequence[Doc], scales: Sequence[Scale]) -> str:
    """Return precision, recall and F1 (exact span and class) over ``docs``, each under the weights beside it."""
    right = found = gold = 0
    for doc, scale in zip(docs, scales, strict=True):
        names = set(found_in(doc, scale))
        right += len(names & {(*span, c) for span, c in doc.gold.items()})
        found, gold = found + len(names), gold + len(doc.gold)
    p, r = right / max(found, 1), right / max(gold, 1)
    return f"P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / max(p + r, 1e-9):.1f}"


def crossed(files: Mapping[str, Sequence[Doc]], folds: int) -> Iterator[tuple[str, str]]:
    """Yield, for each file, the figures of its articles under weights that were fitted without them."""
    fold = {name: [n % folds for n in range(len(docs))] for name, docs in files.items()}
    for numbers in fold.values():
        random.Random(5).shuffle(numbers)  # noqa: S311 # no secret
    fitted = [
        Scale(fit([d for name, docs in files.items() for d, f in zip(docs, fold[name], strict=True) if f != k]))
        for k in range(folds)
    ]
    for name, docs in files.items():
        yield name, figures(docs, [fitted[f] for f in fold[name]])


def main() -> None:
    """Read the arguments, then fit or cross."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language")
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--folds", type=int, default=0)
    asked = parser.parse_args()
    files = {}
    for given in asked.gold:
        path, count, rest = (*given.split(":"), "1", "")[:3]
        files[Path(path).stem] = docs_of(Path(path), asked.language, float(count), partial=rest == "partial")
    if asked.folds:
        for name, line in crossed(files, asked.folds):
            print(f"{name}: {line}")
        return
    weights = fit([doc for docs in files.values() for doc in docs])
    lines = [
        f"# Fitted by python tools/fit_names.py {asked.language} {' '.join(Path(g).name for g in asked.gold)}",
        *(
            "\t".join((template, value, *(str(w) for w in weights[template][value])))
            for template in sorted(weights)
            for value in sorted(weights[template])
        ),
    ]
    (FOLDER / f"weights_{asked.language}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} features")


if __name__ == "__main__":
    main()
