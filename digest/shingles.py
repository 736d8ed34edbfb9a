"""Runs of words, by which texts are compared: the same ones under other marks, in other lines and in other cases.

A shingle is the checksum of four folded words in a row. Of two texts, the share of the shingles of one that stand in
the other is its containment there (Broder, "On the resemblance and containment of documents", 1997). The same shingles
are sampled in every text, those whose checksum is divisible by ``SAMPLE``, so that a share can be estimated from few.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

SHINGLE = 4
SAMPLE = 4
"""One shingle in four is sampled: on an article of 300 words the share is right within some 5 of 100."""
COMMON = 50
"""A shingle that stands in more texts than this is a set phrase and no sign of a copy."""

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order."""
    return _WORD.findall(text.casefold())


def shingles(folded: Sequence[str]) -> frozenset[int]:
    """Return every shingle of ``folded`` words; there is none below ``SHINGLE`` of them."""
    runs = (" ".join(folded[i : i + SHINGLE]) for i in range(len(folded) - SHINGLE + 1))
    return frozenset(zlib.crc32(run.encode()) for run in runs)


def sampled(found: Iterable[int]) -> frozenset[int]:
    """Return those of ``found`` that are looked at where one in ``SAMPLE`` is enough."""
    return frozenset(shingle for shingle in found if shingle % SAMPLE == 0)


def share(part: frozenset[int], whole: frozenset[int]) -> int:
    """Return how many in 100 shingles of ``part`` stand in ``whole``, rounded; 0 where ``part`` has none."""
    return round(100 * len(part & whole) / len(part)) if part else 0
