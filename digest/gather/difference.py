"""What differs between two texts: their paragraphs are aligned, then the words of those that changed.

Both steps are difflib's (Ratcliff and Metzener, "Pattern matching: the gestalt approach", 1988), whose time grows with
the square of what is compared and worse. So an upper bound of the work is known beforehand, and what would go beyond
``Budget`` is not compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from operator import itemgetter

from digest.edits import Difference, Piece, Row

ALIKE = 0.5
"""From so large a share of common words on, two paragraphs or two quotations are one that changed."""
WORK = 10_000_000
"""Comparisons for one pair of texts at the most; an article of a thousand words takes some ten thousand."""
WINDOW = 50
"""So many paragraphs of either text are looked at together to find which became which."""
RUN = 2
"""Fewer words than these, alone between two changes, are shown as changed with them: they stayed by chance."""

# A word or a sign with the space before it: spaces of their own would all be alike, and cost as much as they are many.
_TOKEN = re.compile(r"\s*\w+(?:['’]\w+)*|\s*[^\w\s]|\s+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")

_Step = tuple[bool, int, int, int, int]
"""Whether a stretch of both sequences is the same, and its half-open places in the first and in the second."""


@dataclass(slots=True)
class Budget:
    """How many comparisons are left."""

    left: int = WORK

    def takes(self, work: int) -> bool:
        """Whether there is enough left for ``work``, which is then taken off."""
        if work > self.left:
            return False
        self.left -= work
        return True


def difference(
    old: Sequence[str], new: Sequence[str], budget: Budget | None = None, key: Callable[[str], str] = str
) -> Difference:
    """Return what differs between two texts, given as their paragraphs, whose white space should be squeezed.

    What has the same ``key`` is the same: of two words with one key, the old one is shown.
    """
    budget = budget or Budget()
    steps = _steps(old, new, budget, key)
    if steps is None:
        return Difference(beyond=True)
    rows: list[Row] = []
    for same, a, b, c, d in steps:
        rows += [Row("same", count=b - a)] if same else _changed(old[a:b], new[c:d], budget, key)
    return Difference(tuple(rows))


def rewording(old: str, new: str, budget: Budget, key: Callable[[str], str] = str) -> tuple[Piece, ...] | None:
    """Return the pieces of two wordings in order, None where there is not enough of ``budget`` left.

    Neither is empty or begins with white space.
    """
    # with a space before it, the first word is like the same word further in
    before, after = _TOKEN.findall(f" {old}"), _TOKEN.findall(f" {new}")
    steps = _steps(before, after, budget, key)
    if steps is None:
        return None
    return tuple(_unspaced(list(_pieces(list(_without_chance(before, steps)), before, after))))


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """Return the share of common words of two texts, given as their words with how often each stands there."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


def words_of(text: str) -> Counter[str]:
    """Return the words of a text with how often each stands there, whatever their case."""
    return Counter(_WORD.findall(text.casefold()))


def _steps(whole: Sequence[str], other: Sequence[str], budget: Budget, key: Callable[[str], str]) -> list[_Step] | None:
    """Return the stretches of two sequences that are the same and that are not; None where that is too much work."""
    old, new = list(map(key, whole)), list(map(key, other))
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    ends = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    counts = Counter(b)
    # a search for the longest match looks at each equal pair once, and every search finds a match or is the last one
    if not budget.takes(sum(counts[each] + 1 for each in a) * (min(len(a), len(b)) + 1)):
        return None
    middle = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    found = [(tag == "equal", i + head, j + head, k + head, m + head) for tag, i, j, k, m in middle]
    if head:
        found.insert(0, (True, 0, head, 0, head))
    if tail:
        found.append((True, len(old) - tail, len(old), len(new) - tail, len(new)))
    return found


def _changed(old: Sequence[str], new: Sequence[str], budget: Budget, key: Callable[[str], str]) -> Iterator[Row]:
    """Yield the rows of a stretch where no paragraph stayed: which became which, and which came and went."""
    at = there = 0
    for i, j in [*_alike(old, new, budget, key), (len(old), len(new))]:
        yield from (Row("removed", (Piece("removed", each),)) for each in old[at:i])
        yield from (Row("added", (Piece("inserted", each),)) for each in new[there:j])
        if i < len(old) and j < len(new):
            pieces = rewording(old[i], new[j], budget, key)
            if pieces is None:
                yield Row("removed", (Piece("removed", old[i]),))
                yield Row("added", (Piece("inserted", new[j]),))
            else:
                yield Row("changed", pieces)
        at, there = i + 1, j + 1


def _alike(
    old: Sequence[str], new: Sequence[str], budget: Budget, key: Callable[[str], str]
) -> Iterator[tuple[int, int]]:
    """Yield which paragraphs became which, in order: those pairs that together have most words in common.

    A long stretch is gone through in windows. Where a window has pairs, those of its first half are kept, and the next
    one begins behind them.
    """
    i = j = 0
    while i < len(old) and j < len(new):
        before, after = ([words_of(key(each)) for each in part] for part in (old[i : i + WINDOW], new[j : j + WINDOW]))
        pairs = _best(before, after, budget)
        last = i + WINDOW >= len(old) and j + WINDOW >= len(new)
        kept = pairs if last or not pairs else pairs[: (len(pairs) + 1) // 2]
        yield from ((i + a, j + b) for a, b in kept)
        if last:
            return
        i, j = (i + kept[-1][0] + 1, j + kept[-1][1] + 1) if kept else (i + WINDOW, j + WINDOW)


def _best(before: Sequence[Counter[str]], after: Sequence[Counter[str]], budget: Budget) -> list[tuple[int, int]]:
    """Return the pairs, in order, that together have most words in common; none where that is too much work."""
    if not budget.takes(sum(map(len, before)) * len(after) + sum(map(len, after)) * len(before)):
        return []
    shares = [[share if (share := likeness(a, b)) >= ALIKE else 0.0 for b in after] for a in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            paired = shares[i][j] + best[i + 1][j + 1] if shares[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs = []
    i = j = 0
    while i < len(before) and j < len(after):
        if shares[i][j] and best[i][j] == shares[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _without_chance(old: Sequence[str], steps: Sequence[_Step]) -> Iterator[_Step]:
    """Yield the steps, each that stayed by chance between two changes as a change, and changes in a row as one."""
    last = len(steps) - 1
    marked = [
        (same and (n in (0, last) or sum(map(bool, map(_WORD.search, old[a:b]))) >= RUN), a, b, c, d)
        for n, (same, a, b, c, d) in enumerate(steps)
    ]
    for same, steps_in_a_row in groupby(marked, key=itemgetter(0)):
        row = list(steps_in_a_row)
        yield same, row[0][1], row[-1][2], row[0][3], row[-1][4]


def _pieces(steps: Sequence[_Step], old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for same, a, b, c, d in steps:
        if same:
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("removed", "".join(old[a:b]))
        if c < d:
            yield Piece("inserted", "".join(new[c:d]))


def _unspaced(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces of two texts without the space that was set before both; where only one of them has words there,
    it moves behind them.
    """
    first, *others = pieces
    one_sided = first.kind != "same" and (not others or others[0].kind == "same")
    yield Piece(first.kind, first.text[1:] + (" " if one_sided and others else ""))
    if others and first.kind != "same":
        yield Piece(others[0].kind, others[0].text[1:])
        others = others[1:]
    yield from others
