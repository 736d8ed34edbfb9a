"""What is wrong with a language file beyond the types of its keys, and where in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from digest.language.tables import tables
from digest.language.types import FRAMES, GROUPS, KINDS, Example, Raw
from digest.model import DigestError


def wrong(path: Path, text: str, key: str, trouble: str) -> DigestError:
    """Return the error for ``trouble`` at ``key``, with the line on which the key or its value first stands."""
    begins = re.compile(rf"""\s*(\[+\s*{re.escape(key)}\b|["']?{re.escape(key)}["']?\s*=|.*{re.escape(key)})""")
    line = next((n for n, words in enumerate(text.splitlines(), 1) if key and begins.match(words)), None)
    return DigestError(f"languages/{path.name}{f':{line}' if line else ''}: {trouble}")


def troubles(table: Mapping[str, Any], raw: Raw) -> Iterator[tuple[str, str]]:
    """Yield what is wrong beyond the types, as ``(words to find the line by, sentence)``."""
    import difflib  # for a mistake only

    known = list(Raw.__dataclass_fields__)
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            yield key, f"“{key}” is no key of a language file{f'; is “{near[0]}” meant?' if near else ''}"
    for key, allowed in GROUPS.items():
        for group in sorted(set(getattr(raw, key)) - allowed):
            yield key, f"{key}.{group} is no group; known are {', '.join(sorted(allowed))}"
    for key, rows in raw.verbs.items():
        if unknown := sorted(set(key.split()) - FRAMES):
            yield key, f"verbs: {', '.join(unknown)} is no frame; known are {', '.join(sorted(FRAMES))}"
        yield from ((row, f"verbs: “{row}” names no form") for row in rows if not row.partition("|")[0].split())
    yield from _stance_troubles(raw)
    for example in raw.examples:
        yield from ((example.text[:40], trouble) for trouble in _example_troubles(example))


def _stance_troubles(raw: Raw) -> Iterator[tuple[str, str]]:
    """Yield the words under ``stances`` that no rule ever finds as a cue: they are no lemma and no noun of saying."""
    made = tables(raw)
    known = {name for verb in made.verbs.values() for v in verb.readings for name in (v.lemma, v.named)}
    known |= {teller.lemma for kinds in made.tellers.values() for teller in kinds} | set(raw.cue_nouns)
    for group, words in raw.stances.items():
        for word in words:
            if word not in known:
                yield "stances", f"stances.{group}: “{word}” is no verb of verbs or reporting, and no cue noun"


def _example_troubles(example: Example) -> Iterator[str]:
    for entry in example.quotations:
        kind, *rest = (piece.strip() for piece in entry.split("|"))
        if kind not in KINDS or len(rest) != 2:
            yield f"examples: write “{entry}” as kind | words | source; kinds are {', '.join(sorted(KINDS))}"
        elif missing := next((piece for piece in rest if piece not in example.text), None):
            yield f"examples: “{missing}” does not stand in “{example.text}”"
