"""Golden articles: each names a phenomenon and states below a line of equals signs what a careful reader finds.

kind | words | source | speaker | via NAME | flaw WORDS     one line a quotation, in text order; speaker - : unresolved
fragment | words                                            in marks, but no speech
block KIND | words                                          a block that is neither title nor paragraph
actor NAME | type | alias, alias                            an actor with its type and names
not NAME                                                    no actor has this name
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest import articles, read
from digest.model import Analysis, Quotation

HERE = Path(__file__).parent
GOLDEN = sorted(HERE.glob("*/*.txt"))
SEED = next((HERE.parents[1] / "seeds").glob("000_*.txt"))
RULE = "\n====\n"


def analysed(text: str, code: str) -> Analysis:
    article = read.from_text(text, "golden.txt", (code,))
    return articles.analyse_article(replace(article, language=code))


def line(q: Quotation, text: str) -> str:
    words = " ".join(text[q.start : q.end].split())
    if q.kind == "fragment":
        return f"fragment | {words}"
    said = [q.kind, words, q.source.text if q.source else "-", q.speaker.name if q.speaker else "-"]
    return " | ".join([*said, *(f"via {v.name}" for v in q.via), *(f"flaw {f}" for f in q.flaws)])


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_golden(path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition(RULE)
    check(analysed(text, path.parent.name), expected)


def test_the_seed() -> None:
    check(analysed(SEED.read_text(encoding="utf-8"), "en"), (HERE / "seed.expected").read_text(encoding="utf-8"))


def check(analysis: Analysis, expected: str) -> None:
    """Hold an analysis against the lines that a golden article states."""
    wanted = [x for x in expected.splitlines() if x and not x.startswith("#")]
    article = analysis.article
    facts = [x for x in wanted if x.split(" ")[0] in ("block", "actor", "not", "role", "topic")]
    assert [line(q, article.text) for q in analysis.quotations] == [x for x in wanted if x not in facts]
    names = {a.name: a for a in analysis.actors}
    stated = {f"block {b.kind} | {article.text[b.start : b.end]}" for b in article.blocks}
    stated |= {f"actor {a.name} | {a.type} | {', '.join(sorted(a.aliases))}" for a in analysis.actors}
    stated |= {f"role {a.name} | {r.text}" for a in analysis.actors for r in a.roles}
    stated |= {f"topic {t.name}" for t in analysis.topics}
    aliases = {alias for a in analysis.actors for alias in (a.name, *a.aliases)}
    assert {x for x in facts if not x.startswith("not ")} <= stated, sorted(names)
    assert not {x.removeprefix("not ") for x in facts if x.startswith("not ")} & aliases


def test_every_golden_article_states_something() -> None:
    assert len(GOLDEN) >= 20
    for path in GOLDEN:
        assert RULE in path.read_text(encoding="utf-8"), path.name
