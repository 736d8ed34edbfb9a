"""Fit the weights on annotated articles: a conditional logit for the speaker, logistic regressions for the rest.

Stochastic gradient descent with AdaGrad steps (Duchi, Hazan and Singer 2011) and a ridge, in plain
Python: the features are few and sparse. The order of the cases is drawn with a fixed seed, so a fit can be repeated.
"""

from __future__ import annotations

import math
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.measure.labelled import Labelled
from digest.recognise.choice import evidence
from digest.weights import Weights, logistic, logit, score, softmax

_STEP = 0.2
_EPOCHS_SPEAKER = 6
_EPOCHS_SPEECH = 12
# A feature seen less often than this says more about its article than about news.
_RARE = 3
_FOLDS = 3
# Of what is shown with this confidence and more, this share is right on articles that the weights have not seen.
SURE, PROMISED = 0.9, 0.975
_SEED = 1
_SMALL = 0.01
_RIDGE = 1e-3  # of the calibration, for a handful of cases
_HAIR = 0.01


START = Weights(
    {"first": 1.0}, {}, {"bias": 0.0, "speech": 1.0, "speaker": 1.0, "mixed": 0.0, "alone": 0.0, "cutoff": 0.0}
)
"""Where a fit begins: everything in marks is speech, and the first rule that answers is right."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a fit is made: the ridges that hold the weights small, and the ``cutoff`` from which marks hold speech.

    A ridge of r adds r/2 times the sum of the squared weights to the loss over all cases (Hoerl and Kennard 1970): the
    fewer the cases, the larger it should be. What is shown as speech and is none costs a reader more than a term that
    is listed as one, so the cutoff lies above one half.
    """

    speaker: float = 5.0
    speech: float = 5.0
    cutoff: float = 0.75


_Verdict = tuple[tuple[float, ...], bool]
"""Of a case taken for speech: what the calibration sees of it, as ``choice.evidence`` says, and whether it is right."""


def fit(articles: Sequence[Sequence[Labelled]], setting: Setting = Setting()) -> Weights:
    """Return the weights fitted on ``articles``, with the confidence calibrated on articles that a fit had not seen."""
    cases = [case for article in articles for case in article]
    folds: list[list[Labelled]] = [[] for _ in range(_FOLDS)]
    samples: list[list[Labelled]] = [[] for _ in range(_FOLDS)]
    often = Counter(_mark(article) for article in articles)
    for article in articles:
        folds[_mark(article) % _FOLDS].extend(article)
        if often[_mark(article)] == 1:  # what is given several times is there to teach, and no sample of news
            samples[_mark(article) % _FOLDS].extend(article)
    unseen: list[_Verdict] = []
    for i, sample in enumerate(samples):
        rest = [case for j, other in enumerate(folds) if j != i for case in other]
        speaker, speech = _speaker(rest, setting.speaker), _speech(rest, setting.speech)
        unseen.extend(_verdicts(sample, speaker, speech, setting.cutoff))
    sure = {**_sure(unseen), "cutoff": setting.cutoff}
    return Weights(_speaker(cases, setting.speaker), _speech(cases, setting.speech), sure)


def _mark(article: Sequence[Labelled]) -> int:
    """Return a number that tells an article from others, and decides its fold."""
    return zlib.crc32(repr([case.shape for case in article]).encode())


def _common(lists: Iterable[Iterable[str]]) -> set[str]:
    counts = Counter(feature for features in lists for feature in features)
    return {feature for feature, n in counts.items() if n >= _RARE}


def _speaker(cases: Sequence[Labelled], ridge: float) -> dict[str, float]:
    """Return the weights that choose a proposal: those strictly right should win, where there are none the others."""
    known = _common(features for case in cases for features in case.proposals)
    data = []
    for case in cases:
        best = max(case.right, default=0)
        if best:
            right = frozenset(i for i, value in enumerate(case.right) if value == best)
            data.append(([[f for f in features if f in known] for features in case.proposals], right))
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    touched = Counter(f for proposals, _ in data for f in {f for features in proposals for f in features})
    order = random.Random(_SEED)  # noqa: S311 - an order, no secret
    for _ in range(_EPOCHS_SPEAKER):
        order.shuffle(data)
        for proposals, right in data:
            shares = softmax(sum(weights[f] for f in features) for features in proposals)
            won = sum(shares[i] for i in right)
            slope: dict[str, float] = defaultdict(float)
            for i, features in enumerate(proposals):
                off = shares[i] - (shares[i] / won if i in right else 0.0)
                for f in features:
                    slope[f] += off
            _step(weights, squares, slope, touched, ridge)
    return _rounded(weights)


def _speech(cases: Sequence[Labelled], ridge: float) -> dict[str, float]:
    """Return the weights that tell speech from a fragment."""
    known = _common(case.shape for case in cases)
    data = [([f for f in c.shape if f in known], float(c.speech)) for c in cases if c.speech is not None]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    touched = Counter(f for features, _ in data for f in features)
    order = random.Random(_SEED)  # noqa: S311 - an order, no secret
    for _ in range(_EPOCHS_SPEECH):
        order.shuffle(data)
        for features, speech in data:
            off = logistic(sum(weights[f] for f in features)) - speech
            _step(weights, squares, dict.fromkeys(features, off), touched, ridge)
    return _rounded(weights)


def _step(
    weights: dict[str, float],
    squares: dict[str, float],
    slope: Mapping[str, float],
    touched: Mapping[str, int],
    ridge: float,
) -> None:
    """Take one step down; each of the cases that have a feature bears its part of the ridge (``touched`` are many)."""
    for feature, off in slope.items():
        down = off + ridge * weights[feature] / touched[feature]
        squares[feature] += down * down
        weights[feature] -= _STEP * down / math.sqrt(squares[feature])


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= _SMALL}


def _verdicts(
    cases: Sequence[Labelled], speaker: Mapping[str, float], speech: Mapping[str, float], cutoff: float
) -> list[_Verdict]:
    """Return the verdicts of the cases that are taken for speech and say who speaks, where that can be judged."""
    found = []
    for case in cases:
        said = logistic(score(case.shape, speech))
        if said < cutoff or case.speech is None or not case.proposals or not case.known:
            continue
        shares = softmax(score(features, speaker) for features in case.proposals)
        chosen = max(range(len(shares)), key=lambda i: (shares[i], -i))
        share = sum(s for s, key in zip(shares, case.keys, strict=True) if key == case.keys[chosen])
        x = evidence(said, share, mixed=case.mixed[chosen], alone=len(set(case.keys)) == 1)
        found.append((tuple(x.values()), bool(case.speech and case.right[chosen])))
    return found


def _sure(verdicts: Sequence[_Verdict]) -> dict[str, float]:
    """Return the calibration (Platt 1999): a logistic regression on ``choice.evidence``, by Newton's method.

    Then it is lowered, of each kind by itself, until of what it calls sure the share PROMISED is right.
    """
    names = tuple(evidence(0.5, 0.5, mixed=False, alone=False))
    beta = _platt(verdicts, len(names))
    mixed = names.index("mixed")
    low = {kind: too_high([(x, right) for x, right in verdicts if x[mixed] == kind], beta) for kind in (0.0, 1.0)}
    beta[0] -= low[0.0]
    beta[mixed] -= low[1.0] - low[0.0]
    return dict(zip(names, (round(b, 3) for b in beta), strict=True))


def _platt(verdicts: Sequence[_Verdict], size: int) -> list[float]:
    """Return the ``size`` weights of a logistic regression on ``verdicts``."""
    beta = [0.0] * size
    for _ in range(20):
        slope, bend = [0.0] * size, [[0.0] * size for _ in range(size)]
        for x, right in verdicts:
            p = logistic(sum(b * v for b, v in zip(beta, x, strict=True)))
            for i in range(size):
                slope[i] += (right - p) * x[i]
                for j in range(size):
                    bend[i][j] += p * (1 - p) * x[i] * x[j]
        for i in range(size):
            bend[i][i] += _RIDGE
            slope[i] -= _RIDGE * beta[i]
        beta = [b + d for b, d in zip(beta, _solved(bend, slope), strict=True)]
    return beta


def too_high(verdicts: Sequence[_Verdict], beta: Sequence[float]) -> float:
    """Return by how much the sums of ``verdicts`` must be lowered for the promise to hold of those called sure.

    Where no line keeps the promise, none is called sure.
    """
    line = logit(SURE)
    sums = sorted((sum(b * v for b, v in zip(beta, x, strict=True)), right) for x, right in verdicts)
    total = sum(right for _, right in sums)
    for n, (x, right) in enumerate(sums):
        first = n == 0 or sums[n - 1][0] < x  # of those that cannot be told apart
        if first and x >= line and total >= PROMISED * (len(sums) - n):
            return x - line
        total -= right
    return max(sums[-1][0] - line + _HAIR, 0.0) if sums else 0.0


def _solved(matrix: list[list[float]], vector: list[float]) -> list[float]:
    """Return x of ``matrix`` x = ``vector`` for a small, positive definite matrix, by elimination."""
    n = len(vector)
    rows = [[*matrix[i], vector[i]] for i in range(n)]
    for i in range(n):
        for j in range(i + 1, n):
            share = rows[j][i] / rows[i][i]
            rows[j] = [a - share * b for a, b in zip(rows[j], rows[i], strict=True)]
    found = [0.0] * n
    for i in reversed(range(n)):
        found[i] = (rows[i][n] - sum(rows[i][j] * found[j] for j in range(i + 1, n))) / rows[i][i]
    return found


def write(weights: Weights, file: Path, header: Sequence[str]) -> None:
    """Write ``weights`` to ``file`` under the lines of ``header``. Raises OSError."""
    lines = [f"# {line}" for line in header]
    for decision, table in (("sure", weights.sure), ("speaker", weights.speaker), ("speech", weights.speech)):
        lines += [f"{decision}\t{feature}\t{weight:g}" for feature, weight in sorted(table.items())]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
