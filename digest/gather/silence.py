"""The silence matrix: who is quoted by which outlet, and who leaves out whom though it had the story."""

from __future__ import annotations

import difflib
import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

from digest.gather import counts
from digest.lines import Line, Outlet, Tally, quoted
from digest.model import Actor
from digest.relations import Matrix, Silence, SilenceRow
from digest.text import fold

SPEAKERS, OUTLETS = 12, 6
"""A silence matrix shows at most so many speakers and outlets, the most quoted first."""
ALIKE = 0.8
"""From this share of common letters two names may be one: "Oleksiy Brandov" and "Oleksij Brandow" share 0.87, "Henrik
Aldane" and "Marit Aldane" 0.72."""


def matrix(
    lines: Iterable[Line],
    printed: Mapping[Outlet, Collection[Hashable]],
    stories: Callable[[Line], Collection[Hashable]],
    speakers: int = SPEAKERS,
    columns: int = OUTLETS,
) -> Matrix | None:
    """Return who is quoted by which outlet, or None below two known outlets.

    ``printed`` has the stories of each outlet, whatever a story is, and ``stories`` tells of which ones a quotation is.
    An outlet that does not quote a speaker had the story if it has one in common with what others quote of the speaker.
    Papers of two languages spell a name in two ways, and to say that one of them leaves a person out would be wrong.
    """
    names: dict[str, Actor] = {}
    by_speaker: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for speaker in line.speakers if line.outlet.name else ():
            names[speaker.id] = speaker
            by_speaker[speaker.id].append(line)
    known = [outlet for outlet in printed if outlet.name]
    if len(known) < 2 or not by_speaker:
        return None
    totals = counts.tallied((line.outlet, line.original) for own in by_speaker.values() for line in own)
    spoke: dict[Outlet, set[str]] = defaultdict(set)
    for id_, own in by_speaker.items():
        for line in own:
            spoke[line.outlet].add(names[id_].name)
    outlets = sorted(known, key=lambda o: (totals.get(o, Tally()).rank, o.name or ""))[:columns]
    rows = []
    ranked = sorted(by_speaker.items(), key=lambda x: (quoted(x[1]).rank, names[x[0]].name, x[0]))
    for id_, own in ranked[:speakers]:
        told = {story for line in own for story in stories(line)}
        held = counts.tallied((line.outlet, line.original) for line in own)
        missing = {o: _silence(names[id_], told.intersection(printed[o]), spoke[o]) for o in outlets}
        cells: list[Tally | Silence] = [held.get(o) or missing[o] for o in outlets]
        rows.append(SilenceRow(names[id_], quoted(own), tuple(cells)))
    return Matrix(tuple(outlets), tuple(rows))


def _silence(speaker: Actor, shared: Collection[Hashable], others: Collection[str]) -> Silence:
    """Return why an outlet does not quote ``speaker``: ``shared`` are the stories that it had as well."""
    if not shared:
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
