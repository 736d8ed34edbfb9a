"""Golden articles and cases: what a careful reader finds, and how it is held against what the engine finds.

An article is a file ``<code>/NAME.txt``: its text, a line of equals signs, and the lines that state what is in it.

kind | words | source | speaker | via NAME | flaw WORDS     one line a quotation, in text order; speaker - : unresolved,
                                                                several joined by &
fragment | words                                            in marks, but no speech
block KIND | words                                          a block that is neither title nor paragraph
actor NAME | type | alias, alias                            an actor with its type and names
role NAME | words                                           a role that the article gives an actor
topic NAME                                                  a topic of the article
not NAME                                                    no actor has this name
unheld NAME | words                                         a role that is not this actor's

A case is the same in small, and a file ``<code>/cases/TOPIC.txt`` holds many: ``# the phenomenon`` (a headline of its
own on a line ``## …`` if that is what the case is about), the paragraphs, the line of equals signs, what is found.
Expectations come from the phenomenon, never from what the engine prints. Where the engine is wrong, the case stays as
it is and ``known-failures.txt`` names it, under the cause; it must fail until somebody strikes out its line there.
Run as a program, this file shows what the engine makes of them; words behind its name select cases by their ids.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from digest import articles, read
from digest.model import Analysis, Quotation

HERE = Path(__file__).parent
RULE = "\n====\n"
_FACTS = ("block", "actor", "not", "role", "unheld", "topic")
# The headline of a case that has none of its own: nobody is named in it and nothing is said.
_HEADLINE = {"en": "In brief", "de": "Kurz gemeldet"}


class MisreadError(AssertionError):
    """What was found is not what a careful reader finds."""


@dataclass(frozen=True, slots=True)
class Case:
    """One phenomenon: its text with a headline, and the lines that state what is in it.

    ``topic`` is the name of the file it stands in, ``line`` the number of its first line there.
    """

    code: str
    topic: str
    phenomenon: str
    headline: str
    body: str
    expected: str
    line: int

    @property
    def id(self) -> str:
        """How ``known-failures.txt`` and pytest name the case."""
        return f"{self.code}/{self.topic} | {self.phenomenon}"

    @property
    def paragraphs(self) -> int:
        """How many paragraphs the case has."""
        return len([p for p in self.body.split("\n\n") if p.strip()])


def cases() -> list[Case]:
    """Return the cases of all languages, in the order of their files."""
    return [case for path in sorted(HERE.glob("*/cases/*.txt")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a file. Raises ValueError, with the line, where one is not of the form."""
    code = path.parent.parent.name
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = [n for n, line in enumerate(lines) if line.startswith("# ")]
    for begin, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        body, rule, expected = "\n".join([*lines[begin + 1 : end], ""]).partition(RULE)
        if not rule or not body.strip():
            raise ValueError(f"{path.name}:{begin + 1}: a case is a text, a line ==== and what is found in it")
        headline = _HEADLINE[code]
        if body.startswith("## "):
            headline, _, body = body.removeprefix("## ").partition("\n")
        phenomenon = lines[begin].removeprefix("# ").strip()
        yield Case(code, path.stem, phenomenon, headline, body.strip(), expected, begin + 1)


def known_failures() -> list[str]:
    """Return the ids of the cases that the engine is known to get wrong."""
    lines = (HERE / "known-failures.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def analysed(text: str, code: str) -> Analysis:
    """Return the analysis of an article whose first line is its headline."""
    article = read.from_text(text, "golden.txt", (code,))
    return articles.analyse_article(replace(article, language=code))


def check_case(case: Case) -> None:
    """Hold a case against the engine. Raises MisreadError, which shows the text and both readings."""
    __tracebackhide__ = True
    where = f"{case.code}/cases/{case.topic}.txt:{case.line}: {case.phenomenon}"
    text = f"{case.headline}\n\n{case.body}\n"
    check(analysed(text, case.code), case.expected, f"{where}\n\n{text}")


def check(analysis: Analysis, expected: str, context: str = "") -> None:
    """Hold an analysis against stated lines. Raises MisreadError, which shows ``context`` and both readings."""
    __tracebackhide__ = True
    wanted = [x for x in expected.splitlines() if x and not x.startswith("#")]
    facts = [x for x in wanted if x.split(" ")[0] in _FACTS]
    stated, names = _stated(analysis), _names(analysis)
    read_as = [x for x in wanted if x not in facts]
    found = [line(q, analysis.article.text) for q in analysis.quotations]
    wrong = [x for x in facts if not _holds(x, stated, names)]
    if read_as == found and not wrong:
        return
    shown = [d for d in difflib.ndiff(read_as, found) if not d.startswith("?")]
    missing = [f"! {x}" for x in wrong] + ([f"  named: {', '.join(sorted(names))}"] if wrong else [])
    raise MisreadError(
        "\n".join([context, "- a careful reader, + the engine, ! a fact that does not hold:", *shown, *missing])
    )


def _holds(fact: str, stated: Collection[str], names: Collection[str]) -> bool:
    kind, _, words = fact.partition(" ")
    if kind == "not":
        return words not in names
    return f"role {words}" not in stated if kind == "unheld" else fact in stated


def line(q: Quotation, text: str) -> str:
    """Return a quotation as a golden article states it."""
    words = " ".join(text[q.start : q.end].split())
    if q.kind == "fragment":
        return f"fragment | {words}"
    said = [q.kind, words, q.source.text if q.source else "-", " & ".join(s.name for s in q.speakers) or "-"]
    return " | ".join([*said, *(f"via {v.name}" for v in q.via), *(f"flaw {f}" for f in q.flaws)])


def _stated(analysis: Analysis) -> set[str]:
    """Return every fact that could be stated of an analysis."""
    article, actors = analysis.article, analysis.actors
    stated = {f"block {b.kind} | {article.text[b.start : b.end]}" for b in article.blocks}
    stated |= {f"actor {a.name} | {a.type} | {', '.join(sorted(a.aliases))}" for a in actors}
    stated |= {f"role {a.name} | {r.text}" for a in actors for r in a.roles}
    return stated | {f"topic {t.name}" for t in analysis.topics}


def _names(analysis: Analysis) -> set[str]:
    return {alias for a in analysis.actors for alias in (a.name, *a.aliases)}


def main(wanted: Sequence[str]) -> None:
    """Print both readings of the known failures whose ids hold all ``wanted`` words."""
    known = set(known_failures())
    for case in cases():
        if case.id in known and all(word in case.id for word in wanted):
            try:
                check_case(case)
            except MisreadError as misread:
                sys.stdout.write(f"{misread}\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
