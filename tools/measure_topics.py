"""Measure whether the first topic of an article lies in the branch of the IPTC Media Topics that its desk stands for.

``python tools/measure_topics.py FOLDER META DESK=ID [DESK=ID …]``: META is a JSON list of objects with ``file`` (a name
in FOLDER) and ``topic`` (the desk); an ID is that of a top-level topic. Printed are how many articles of each desk have
a right first topic, a wrong one and none, for the files with an even number in their name (those phrases may be chosen
on), for the odd ones and for all, and which branches the wrong ones lie in.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from digest import language, read
from digest.knowledge import load_topics
from digest.recognise import topics
from digest.recognise.blocks import refine


class Entry(msgspec.Struct, frozen=True):
    """One article of META."""

    file: str
    topic: str


def branches(folder: Path, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str | None]]:
    """Yield each entry with the top-level topic of the article's first topic; None where it has no topic."""
    top = {rule.id: rule.parents[0] if rule.parents else rule.id for rule in load_topics()}
    for entry in entries:
        article = read.read(folder / entry.file, folder, None, ("en", "de"))
        words = language.load(article.language)
        found = topics(refine(article, words), words)
        yield entry, top[found[0].id] if found else None


def table(found: Iterable[tuple[Entry, str | None]], right: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the report: a line a half and a line a desk, then the branches of wrong first topics."""
    names = {rule.id: rule.name for rule in load_topics()}
    counts: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for entry, branch in found:
        number = re.search(r"\d+", entry.file)
        half = "even" if number and int(number[0]) % 2 == 0 else "odd"
        outcome = "none" if branch is None else "right" if branch == right[entry.topic] else "wrong"
        for group in ("all", half, entry.topic):
            counts[group, outcome] += 1
        if branch is not None and outcome == "wrong":
            wrong[entry.topic, names[branch]] += 1
    for group in ("even", "odd", "all", *sorted(right)):
        each = [counts[group, outcome] for outcome in ("right", "wrong", "none")]
        share = 100 * each[0] / sum(each) if sum(each) else 0.0
        yield f"{group:16} right {each[0]:5}  wrong {each[1]:5}  none {each[2]:5}  {share:5.1f} %"
    for (desk, name), n in wrong.most_common(20):
        yield f"{desk:16} {n:5} times {name}"


def main(arguments: list[str]) -> int:
    """Print the report and return 0; called wrongly, print how to call it and return 2."""
    if len(arguments) < 3 or not all("=" in desk for desk in arguments[2:]):
        print(__doc__, file=sys.stderr)
        return 2
    folder, meta, *desks = arguments
    right = dict(desk.split("=", 1) for desk in desks)
    entries = msgspec.json.decode(Path(meta).read_bytes(), type=list[Entry])
    print("\n".join(table(branches(Path(folder), entries), right)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
