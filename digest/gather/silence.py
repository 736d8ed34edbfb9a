"""The silence matrix: who is quoted by which outlet, and who leaves out whom though it had the story."""

from __future__ import annotations

import difflib
import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from digest.gather import counts
from digest.gather.stories import Printed, Stories
from digest.lines import Line, Outlet, Tally, quoted
from digest.model import Actor, Article
from digest.relations import Matrix, Silence, SilenceRow
from digest.text import fold

SPEAKERS, OUTLETS = 12, 6
"""A silence matrix shows at most so many speakers and outlets, the most quoted first."""
ALIKE = 0.8
"""From this share of common letters two names may be one: "Oleksiy Brandov" and "Oleksij Brandow" share 0.87, "Henrik
Aldane" and "Marit Aldane" 0.72."""


def matrix(
    lines: Iterable[Line],
    printed: Printed,
    stories: Stories,
    speakers: int = SPEAKERS,
    columns: int = OUTLETS,
) -> Matrix | None:
    """Return who is quoted by which outlet, or None below two known outlets.

    ``lines`` and ``printed`` are those of a topic, a week, or the whole edition. An outlet in which none of these lines
    is a speaker's leaves the speaker out if it does so in one of the stories that those of others are of. Papers of two
    languages spell a name in two ways, and to say that one of them leaves a person out would be wrong.
    """
    names: dict[str, Actor] = {}
    by_speaker: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for speaker in line.speakers if line.outlet.name else ():
            names[speaker.id] = speaker
            by_speaker[speaker.id].append(line)
    if len(printed) < 2 or not by_speaker:
        return None
    totals = counts.tallied((line.outlet, line.original) for own in by_speaker.values() for line in own)
    spoke: dict[Outlet, set[str]] = defaultdict(set)
    for id_, own in by_speaker.items():
        for line in own:
            spoke[line.outlet].add(names[id_].name)
    outlets = sorted(printed, key=lambda o: (totals.get(o, Tally()).rank, o.name or ""))[:columns]
    rows = []
    ranked = sorted(by_speaker.items(), key=lambda x: (quoted(x[1]).rank, names[x[0]].name, x[0]))
    for id_, own in ranked[:speakers]:
        told = dict.fromkeys(stories.told(line) for line in own)
        held = counts.tallied((line.outlet, line.original) for line in own)
        cells: list[Tally | Silence] = []
        shown: list[tuple[Article, ...]] = []
        for outlet in outlets:
            left = [] if outlet in held else stories.left(names[id_], told, outlet, printed)
            others = {name for story in left for name in stories.quotes.get((story, outlet), {}).values()}
            cells.append(held.get(outlet) or _silence(names[id_], left, others | spoke[outlet]))
            had = [a.article for story in left for a in printed[outlet][story]]
            shown.append(tuple(sorted(had, key=lambda a: (a.published or "", a.id), reverse=True)))
        rows.append(SilenceRow(names[id_], quoted(own), tuple(cells), tuple(shown)))
    return Matrix(tuple(outlets), tuple(rows))


def _silence(speaker: Actor, left: Collection[str], others: Collection[str]) -> Silence:
    """Return why an outlet does not quote ``speaker``: ``left`` are the stories that it leaves them out of, ``others``
    the names of whom it does quote.
    """
    if not left:
        return "no story"
    return "like name" if alike(speaker, others) else "left out"


def alike(speaker: Actor, others: Iterable[str]) -> bool:
    """Whether one of the names of ``others`` may be another spelling of a person's."""
    return speaker.type == "person" and any(_alike(speaker.name, name) for name in others)


@functools.lru_cache(maxsize=65_536)
def _alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: "Oleksiy Brandov", "Oleksij Brandow". They are not joined for that.

    The letters alone, in any order, tell of most names that they are not; the order takes much longer to compare.
    """
    (a, letters), (b, others) = _letters(one), _letters(other)
    least = ALIKE * (len(a) + len(b)) / 2
    if min(len(a), len(b)) < least or (letters & others).total() < least:
        return False
    return difflib.SequenceMatcher(None, a, b).ratio() >= ALIKE


@functools.lru_cache(maxsize=65_536)
def _letters(name: str) -> tuple[str, Counter[str]]:
    folded = fold(name)
    return folded, Counter(folded)
