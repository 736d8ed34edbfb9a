"""Golden groups: several articles that name the same ones in other words, letters and languages.

A group is a file ``across/groups/NAME.txt``: articles, each behind a line ``# <code> <headline>``, a line of equals
signs, and lines that state what a careful reader finds in the edition that they make; articles are numbered from 1.

one NAME | 1, 2                    one actor, who is named in these articles and in no other
read N | with [words] in | WHOM    whom the words in brackets mean in article N: an actor by name, a place or nothing
called NAME | words | WHY          by which rule the words mostly mean the actor, as its page shows it
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from golden import HERE, RULE

from digest import build
from digest.dossiers import Digest
from digest.edition import Edition
from digest.gather import gather
from digest.model import Analysis
from digest.output import SiteInfo
from digest.page import reasons

GROUPS = sorted((HERE / "across" / "groups").glob("*.txt"))


@pytest.mark.parametrize("path", GROUPS, ids=lambda p: p.stem)
def test_group(path: Path, tmp_path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition(RULE)
    edition = _edition(text, tmp_path)
    gathered = gather(edition, SiteInfo("Groups", None, None, "seeds", "0", "en"))
    articles = sorted(edition.articles, key=lambda a: a.article.path)
    wanted = [line for line in expected.splitlines() if line]
    assert {line.split(" ")[0] for line in wanted} <= {"one", "read", "called"}
    wrong = [f"{line}  (found: {found})" for line in wanted if (found := _found(line, articles, edition, gathered))]
    assert not wrong, "\n".join(wrong)


def test_there_are_groups() -> None:
    assert len(GROUPS) >= 6


def _edition(text: str, root: Path) -> Edition:
    """Return the edition that the articles of a group make, written as a monitor keeps them."""
    (root / "seeds").mkdir()
    for n, article in enumerate(f"\n{text}".split("\n# ")[1:], 1):
        head, _, body = article.partition("\n")
        code, _, headline = head.partition(" ")
        front = f'---\ntitle: "{headline}"\nlanguage: {code}\n---\n\n'
        (root / "seeds" / f"{n:02}.md").write_text(front + body.strip() + "\n", encoding="utf-8")
    return build.edition(build.Settings(root / "seeds", root / "curation", root))


def _found(line: str, articles: Sequence[Analysis], edition: Edition, gathered: Digest) -> str:
    """Return what is found where a line does not hold, "" where it does."""
    kind, _, stated = line.partition(" ")
    first, *rest = stated.split(" | ")
    if kind == "one":
        having = [id_ for id_, actor in edition.actors.items() if actor.name == first]
        named = [n for n, a in enumerate(articles, 1) if any(m.actor in having for m in a.mentions)]
        return "" if len(having) == 1 and ", ".join(map(str, named)) == rest[0] else f"{having} in {named}"
    if kind == "called":
        actor = next(a for a in gathered.actors if a.actor.name == first)
        why = {alias.text: reasons.read(alias.rule) for alias in actor.aliases}
        return "" if why.get(rest[0]) == rest[1] else str(why)
    before, _, words = rest[0].partition("[")
    words, _, behind = words.partition("]")
    analysis = articles[int(first) - 1]
    start = analysis.article.text.index(before + words + behind) + len(before)
    at = [m for m in analysis.mentions if m.label == "name" and m.start < start + len(words) and start < m.end]
    found = " and ".join(
        "place" if m.type == "place" else edition.actors[m.actor].name if m.actor else "nobody" for m in at
    )
    return "" if rest[1] == (found or "nothing") else f"{found or 'nothing'}, {[(m.text, m.rule) for m in at]}"
