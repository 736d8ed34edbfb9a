"""Whether two quotations are of one utterance: their words, their speakers and their days agree.

The words agree where one quotation repeats the other word by word, perhaps shortened, or where one speaker is reported
to have said the same in other words. The numbers were chosen by counting; docs/method.md says what was counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.cluster.sayings import Saying

SHINGLE = 3
"""Words in a row that are looked for in the other quotation, as in Broder, "On the resemblance and containment of
documents" (1997)."""
SHORT, LONG = 6, 12
"""Words: what is shorter than the first is a phrase that may be said again any day; what is as long as the second is
hardly said twice in the same words."""
DAYS = (1, 3, 7)
"""So many days may lie between two reports of the same words below ``SHORT``, below ``LONG``, and beyond."""
COVERED = 0.8
"""So much of the shorter quotation stands word by word in the longer one: an edit, a slip, a word left out."""
NEARLY = 0.9
"""The same where not both say who speaks."""
CUT, CUT_COVERED = 8, 0.5
"""Two that overlap in so many words, half of the shorter one, cut the same speech in two ways."""
TOLD = 0.75
"""So much of what the shorter report tells, weighed by rarity, the longer one tells as well."""
TOLD_WORDS = 3
"""So many words that are no words of grammar two reports share at least."""
TOLD_SURE = 4
"""Below so many, both are of the same day."""
TOLD_DAYS = 1
TOLD_OPEN = 12
"""Reports of which one does not name who speaks share so many words in a row, on one day."""

Voices = Literal["same", "open", "other"]
"""Who speaks in two quotations: somebody speaks in both; one of them does not name who; two who are not the same."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """That two quotations agree: how surely (to be compared), and how many days may lie between all of an utterance.

    ``days`` is None between reports of one text, whose dates do not matter.
    """

    sureness: tuple[int, float, int]
    days: int | None


def voices(one: Saying, other: Saying) -> Voices:
    """Return how the speakers of two quotations go together."""
    if one.speakers and other.speakers:
        return "same" if one.speakers & other.speakers else "other"
    return "open"


def verbatim(one: Saying, other: Saying) -> Agreement | None:
    """Return how the words inside quotation marks agree, None where they do not; who speaks is not asked."""
    short, long = sorted((one.verbatim, other.verbatim), key=len)
    share = covered(short, shingles(long))
    n = round(share * len(short))
    if len(short) < SHINGLE:
        whole = short == long and one.text == other.text
    elif len(short) < SHORT:
        whole = share == 1
    else:
        whole = share >= COVERED or (n >= CUT and share >= CUT_COVERED)
    if not (short and whole):
        return None
    return _in_time(one, other, DAYS[(n >= SHORT) + (n >= LONG)], (2, share, n), undated=n >= LONG and share >= NEARLY)


def agreement(one: Saying, other: Saying, rarity: Counter[tuple[str, str]]) -> Agreement | None:
    """Return how two quotations agree, None where they are of two utterances.

    ``rarity`` counts in how many quotations of a language a stem stands, by language and stem.
    """
    if one.language != other.language or (who := voices(one, other)) == "other":
        return None
    if one.article == other.article:
        return repeated(one, other)
    found = verbatim(one, other)
    if found and (who == "same" or (found.sureness[1] >= NEARLY and found.sureness[2] >= SHORT)):
        return found
    return _told(one, other, rarity) if who == "same" else _told_alike(one, other)


def covered(words: Sequence[str], held: Collection[tuple[str, ...]]) -> float:
    """Return the share of ``words`` that stands in one of the shingles ``held``; of very few, all words or none."""
    n = upto = 0
    size = min(SHINGLE, len(words))
    for start in range(len(words) - size + 1):
        if size and tuple(words[start : start + size]) in held:
            n += start + size - max(start, upto)
            upto = start + size
    return n / len(words) if words else 0.0


def shingles(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Return the runs of ``SHINGLE`` words; of fewer words all of them as one run."""
    size = min(SHINGLE, len(words))
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1)) if words else frozenset()


def repeated(one: Saying, other: Saying) -> Agreement | None:
    """Return whether an article repeats a quotation: the same words again, or some of them in its headline."""
    short, long = sorted((one.words, other.words), key=len)
    if len(short) < SHINGLE or not (short == long or one.apart or other.apart):
        return None
    return Agreement((3, 1.0, len(short)), None) if covered(short, shingles(long)) == 1 else None


def _told(one: Saying, other: Saying, rarity: Counter[tuple[str, str]]) -> Agreement | None:
    """Return how two reports of one speaker agree: neither a number nor a denial tells them apart."""
    if one.denied != other.denied or not (one.figures <= other.figures or other.figures <= one.figures):
        return None
    if one.words == other.words and len(one.words) >= SHINGLE:
        return _in_time(one, other, TOLD_DAYS if len(one.words) >= SHORT else 0, (1, 1.0, len(one.words)))
    shared = one.stems & other.stems
    if len(shared) < TOLD_WORDS:
        return None
    weights = {stem: 1 / (1 + math.log(rarity[one.language, stem])) for stem in one.stems | other.stems}
    # summed in order, for sets have none and the last bits of a sum depend on it
    less = min(sum(weights[stem] for stem in sorted(said.stems)) for said in (one, other))
    share = sum(weights[stem] for stem in sorted(shared)) / less
    if share < TOLD:
        return None
    return _in_time(one, other, TOLD_DAYS if len(shared) >= TOLD_SURE else 0, (1, share, len(shared)))


def _told_alike(one: Saying, other: Saying) -> Agreement | None:
    """Return how two reports agree of which at least one does not name who speaks: nearly all words are the same."""
    if one.figures != other.figures or one.denied != other.denied:
        return None
    if not (one.speakers or other.speakers) and one.source != other.source:
        return None
    short, long = sorted((one.words, other.words), key=len)
    least = SHORT if one.text == other.text else TOLD_OPEN
    share = covered(short, shingles(long)) if len(short) >= least else 0.0
    return _in_time(one, other, 0, (0, share, len(short))) if share >= NEARLY else None


def _in_time(
    one: Saying, other: Saying, days: int, sureness: tuple[int, float, int], *, undated: bool = False
) -> Agreement | None:
    """Return the agreement of two quotations where their days allow it; in two reports of one text they always do."""
    if one.text == other.text:
        return Agreement(sureness, None)
    if one.day is None or other.day is None:
        return Agreement(sureness, days) if undated else None
    return Agreement(sureness, days) if abs(one.day - other.day) <= days else None
