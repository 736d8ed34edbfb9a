"""Fitted weights: what each feature of a proposal or a quotation counts for, by language.

The files stand in ``digest/weights``, one a language: lines of a decision, a feature and its weight, under lines that
say on what, how and by which command they were fitted. A language without a file of its own is read with the weights
of English: the features are shapes and places, and words of grammar that it does not have count nothing.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.model import DigestError

FOLDER = Path(__file__).parent / "weights"
DECISIONS = ("speaker", "speech", "sure")
_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a language, by decision.

    ``speaker`` chooses among the proposals for a quotation; ``speech`` tells speech from a fragment; ``sure`` turns the
    two shares into the confidence that is shown, and has the ``cutoff`` from which words in marks are speech.
    """

    speaker: Mapping[str, float]
    speech: Mapping[str, float]
    sure: Mapping[str, float]


@functools.cache
def load(code: str) -> Weights:
    """Return the weights of the language ``code``, those of English where it has none."""
    file = FOLDER / f"{code}.tsv"
    return read(file if file.is_file() else FOLDER / f"{_FALLBACK}.tsv")


def read(file: Path) -> Weights:
    """Return the weights in ``file``. Raises DigestError, with the line, where one is no decision, feature, weight."""
    tables: dict[str, dict[str, float]] = {decision: {} for decision in DECISIONS}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            decision, feature, weight = line.split("\t")
            tables[decision][feature] = float(weight)
        except (ValueError, KeyError) as error:
            raise DigestError(
                f"{file}:{number}: “{line}” is not one of {', '.join(DECISIONS)}, a feature and a number with tabs"
                " between them; digest fit writes such files"
            ) from error
    return Weights(tables["speaker"], tables["speech"], tables["sure"])


def score(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the sum of the weights of ``features``; what has no weight counts nothing."""
    get = weights.get
    total = 0.0
    for feature in features:
        total += get(feature, 0.0)
    return total


def logistic(x: float) -> float:
    """Return 1 / (1 + e^-x), between 0 and 1 for any finite ``x``."""
    return 1.0 / (1.0 + math.exp(-max(min(x, 30.0), -30.0)))


def logit(share: float) -> float:
    """Return the inverse of ``logistic``; what is closer to 0 or 1 than a millionth counts as a millionth away."""
    share = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


def softmax(scores: Iterable[float]) -> list[float]:
    """Return the shares of ``scores`` after exponentiation; they sum to 1."""
    values = list(scores)
    top = max(values, default=0.0)
    shares = [math.exp(v - top) for v in values]
    total = sum(shares)
    return [s / total for s in shares]
