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
from typing import Any

from digest.model import DigestError

FOLDER = Path(__file__).parent / "weights"
DECISIONS = ("speaker", "speech", "sure")
_FALLBACK = "en"
_PARTS = 1000  # of a weight of one
_MOST = 1 << 17  # parts whose sums are kept
Part = tuple[Any, ...]
"""Features that are found together: a function that yields their names, and what it is given."""


class Sums(dict[Part, int]):
    """Part -> the sum of the weights of its features, made when it is asked for and kept, for most come again.

    It is in thousandths, as weights are written, so that no sum depends on the order in which it is made.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Prepare for ``weights``; what has none counts nothing."""
        super().__init__()
        self._weights = weights

    def __missing__(self, part: Part) -> int:
        """Return the sum for a part that is not known yet."""
        if len(self) >= _MOST:
            self.clear()
        total = self[part] = round(score(part[0](*part[1:]), self._weights) * _PARTS)
        return total

    def total(self, parts: Iterable[Part]) -> float:
        """Return the sum of all ``parts``."""
        return sum(map(self.__getitem__, parts)) / _PARTS


def features_of(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return the names of the features of ``parts``."""
    return tuple(feature for function, *given in parts for feature in function(*given))


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The weights of a language, by decision. They equal themselves alone, so they have a hash.

    ``speaker`` chooses among the proposals for a quotation; ``speech`` tells speech from a fragment; ``sure`` turns the
    two shares into the confidence that is shown, and has the ``cutoff`` from which words in marks are speech.
    """

    speaker: Mapping[str, float]
    speech: Mapping[str, float]
    sure: Mapping[str, float]


@functools.lru_cache(8)
def sums(weights: Weights) -> tuple[Sums, Sums]:
    """Return the sums for speakers and for speech that are kept for ``weights``."""
    return Sums(weights.speaker), Sums(weights.speech)


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
