"""What is new, changed and gone between an earlier export of quotations and now."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from digest.model import DigestError
from digest.page.english import counted

if TYPE_CHECKING:
    from digest.curate import Holder

Record = Mapping[str, Any]

SIMILAR = 0.6
"""From here on two wordings in one article are the same quotation, edited: difflib's ratio for "close matches"."""

# What a reader sees. Not the offsets, which move with every edit before them, and not the confidence, rule and
# explanation, which tell of the program.
_COMPARED = ("kind", "speaker", "source", "cue", "via", "flaws", "outlet", "published", "title", "url", "language")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``record`` is the quotation now (the earlier one when it is gone).

    ``fields`` are the keys whose values differ when it changed, and ``before`` what they were.
    """

    kind: Literal["new", "changed", "gone"]
    record: Record
    fields: tuple[str, ...] = ()
    before: Record | None = None


def load(path: Path) -> list[Record]:
    """Read an earlier export; ``-`` is standard input. Raises DigestError, naming the line, when it is none."""
    data = sys.stdin.buffer.read() if path == Path("-") else path.read_bytes()
    records: list[Record] = []
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise DigestError(f"{path}:{number}: this is not JSON ({error}); {_WAY_OUT}") from error
        if not isinstance(record, dict) or not all(isinstance(record.get(key), str) for key in _NEEDED):
            raise DigestError(f"{path}:{number}: this is not a quotation; {_WAY_OUT}")
        records.append(record)
    return records


_NEEDED = ("id", "article", "path", "kind", "text")
_WAY_OUT = "make the file with `digest export --format jsonl -o FILE`"


def compare(before: Iterable[Record], after: Iterable[Record]) -> list[Change]:
    """Return the differences in the order of the articles now, gone articles last.

    A quotation is the same when article and id are. What is left over in an article is matched by its words, so that
    an edited quotation is one change and not two.
    """
    old, new = _by_article(before), _by_article(after)
    changes: list[Change] = []
    for article in dict.fromkeys((*new, *old)):
        changes += _within(old.get(article, {}), new.get(article, {}))
    return changes


def tellable(changes: Iterable[Change], holder: Holder) -> tuple[list[Change], int]:
    """Return the changes that tell nothing of what is withheld by now, and how many others there are."""
    every = list(changes)
    told = [change for change in every if not _withheld(change, holder)]
    return told, len(every) - len(told)


def _withheld(change: Change, holder: Holder) -> bool:
    record = change.record if change.kind == "gone" else change.before
    if record is None:
        return False
    ids = (record["id"], *(who["id"] for who in speakers(record)))
    words = (value(record, field) for field in ("text", "article", "path", *_COMPARED))
    return holder.quotation(record["article"], ids, words)


def summary(changes: Sequence[Change], withheld: int = 0) -> str:
    """Return how many are new, changed and gone, in words, and how many withheld where any is."""
    counts = [f"{sum(c.kind == kind for c in changes)} {kind}" for kind in ("new", "changed", "gone")]
    said = ", ".join(counts) if changes else "No quotation is new, changed or gone"
    return f"{said}, {counted(withheld, 'quotation')} withheld" if withheld else said


def value(record: Record, field: str) -> str:
    """Return a field of a record in a reader's words."""
    held = speakers(record) if field == "speaker" else record.get(field)
    if isinstance(held, list):
        return ", ".join(_short(each) for each in held)
    return _short(held)


def speakers(record: Record) -> Sequence[Record]:
    """Return all who speak in a quotation; exports of earlier versions name the first one only."""
    first = record.get("speaker")
    found: Sequence[Record] = record.get("speakers") or ([first] if first else [])
    return found


def _short(held: object) -> str:
    if isinstance(held, Mapping):
        return str(held.get("name") or held.get("text") or "")
    return "" if held is None else str(held)


def _by_article(records: Iterable[Record]) -> dict[str, dict[tuple[str, int], Record]]:
    """Group records by article, each under its id and how often that id came before: the same words can come twice."""
    found: dict[str, dict[tuple[str, int], Record]] = defaultdict(dict)
    for record in records:
        held = found[record["article"]]
        n = 0
        while (record["id"], n) in held:
            n += 1
        held[record["id"], n] = record
    return found


def _within(old: Mapping[tuple[str, int], Record], new: Mapping[tuple[str, int], Record]) -> Iterator[Change]:
    gone = {key: record for key, record in old.items() if key not in new}
    edited: dict[tuple[str, int], Record] = {}
    for key, record in new.items():
        if key not in old and (match := _most_similar(record, gone)):
            edited[key] = gone.pop(match)
    for key, record in new.items():
        earlier = old.get(key) or edited.get(key)
        if earlier is None:
            yield Change("new", record)
        elif fields := tuple(f for f in ("text", *_COMPARED) if value(earlier, f) != value(record, f)):
            yield Change("changed", record, fields, earlier)
    yield from (Change("gone", record) for record in gone.values())


def _most_similar(record: Record, others: Mapping[tuple[str, int], Record]) -> tuple[str, int] | None:
    best, found = SIMILAR, None
    matcher = SequenceMatcher(b=record["text"], autojunk=False)
    for key, other in others.items():
        matcher.set_seq1(other["text"])
        # The quick ratios are upper bounds, so most pairs are done with early.
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best and matcher.ratio() >= best:
            best, found = matcher.ratio(), key
    return found
