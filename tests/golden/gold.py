"""Print the golden articles and cases as a gold file, for ``digest fit``: python tests/golden/gold.py > golden.jsonl.

What annotated corpora hardly have (headlines, damaged marks, terms, signatures) the golden cases have; the weights are
fitted on both.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

from golden import HERE, RULE, cases

from digest.text import clean

_IN_MARKS = re.compile(r"[“„«»‘‚\"]([^“”„«»\"]+)(?:[”“»«’‘\"]|$)")


def main() -> None:
    """Print one line of JSON for each case and each article."""
    for case in cases():
        put(case.id, case.code, f"{case.headline}\n\n{case.body}\n", case.expected)
    for path in sorted(HERE.glob("*/*.txt")):
        text, _, expected = path.read_text(encoding="utf-8").partition(RULE)
        put(f"{path.parent.name}/{path.stem}", path.parent.name, text, expected)


def put(name: str, code: str, text: str, expected: str) -> None:
    """Print an article with the quotations that are stated of it."""
    text = clean(text)
    made = {"id": name, "lang": code, "text": text, "quotes": list(quotes(text, expected))}
    sys.stdout.write(json.dumps(made, ensure_ascii=False) + "\n")


def quotes(text: str, expected: str) -> Iterator[dict[str, object]]:
    """Yield the stated quotations with their offsets. Raises ValueError where the words do not stand in the text."""
    at = 0
    for line in expected.splitlines():
        kind, *rest = line.split(" | ")
        if kind not in ("direct", "mixed", "indirect"):
            continue
        words, source = rest[0], rest[1]
        found = place(words, text, at) or place(words, text, 0)
        if found is None:
            raise ValueError(f"“{words}” does not stand in the text")
        at = found[0]
        quote: dict[str, object] = {"kind": kind, "start": found[0], "end": found[1]}
        if kind == "mixed":
            inside = text[found[0] : found[1]]
            quote["parts"] = [(at + m.start(1), at + m.end(1)) for m in _IN_MARKS.finditer(inside)]
        if source != "-":
            near = sorted(
                (m.span() for m in pattern(source).finditer(text)),
                key=lambda s: min(abs(s[0] - at), abs(s[0] - found[1])),
            )
            quote["speaker"] = source
            if near:
                quote["speaker_start"], quote["speaker_end"] = near[0]
        yield quote


def place(words: str, text: str, start: int) -> tuple[int, int] | None:
    """Return where ``words`` stand at ``start`` or later, however they are broken into lines."""
    found = pattern(words).search(text, start)
    return found.span() if found else None


def pattern(words: str) -> re.Pattern[str]:
    """Return a pattern of ``words`` in which any white space may stand between two of them."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))


if __name__ == "__main__":
    main()
