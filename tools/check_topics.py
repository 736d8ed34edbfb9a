"""Check that the topics of ``knowledge/topics.toml`` are those of the IPTC, and print the hash of their table.

``python tools/check_topics.py FILE``: FILE is a JSON list of the IPTC Media Topics
(https://cv.iptc.org/newscodes/mediatopic), each an object with ``id``, ``en`` (its name), ``path`` (the ids from the
top to itself) and ``retired`` (a date or null). Printed is a line for every topic whose id, name or parents differ or
that the IPTC has retired; without such a line, the hash that ``tests/tools/test_check_topics.py`` holds, so that nobody
changes a topic without this check. Returns 1 if something differs, 2 if called wrongly.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from digest.knowledge import load_topics
from digest.model import TopicRule


class Term(msgspec.Struct, frozen=True):
    """One topic of the IPTC."""

    id: str
    en: str
    path: tuple[str, ...]
    retired: str | None = None


def differences(topics: Iterable[TopicRule], terms: Iterable[Term]) -> Iterator[str]:
    """Yield a line for everything in which ``topics`` are not those of the IPTC."""
    known = {term.id: term for term in terms}
    for topic in topics:
        term = known.get(topic.id)
        if term is None:
            yield f"{topic.id}: the IPTC has no such id"
            continue
        if topic.name != term.en:
            yield f"{topic.id}: the name is {topic.name!r}, that of the IPTC {term.en!r}"
        if (*topic.parents, topic.id) != term.path:
            yield f"{topic.id}: the parents are {list(topic.parents)}, those of the IPTC {list(term.path[:-1])}"
        if term.retired:
            yield f"{topic.id}: retired by the IPTC ({term.retired})"


def fingerprint(topics: Iterable[TopicRule]) -> str:
    """Return the SHA-256 of the ids, names and parents, whatever the order of the topics."""
    rows = sorted("\t".join((topic.id, topic.name, *topic.parents)) for topic in topics)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def main(arguments: list[str]) -> int:
    """Print what differs, or the hash; return 0, 1 or 2 as above."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    terms = msgspec.json.decode(Path(arguments[0]).read_bytes(), type=tuple[Term, ...])
    found = list(differences(load_topics(), terms))
    print("\n".join(found) if found else fingerprint(load_topics()))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
