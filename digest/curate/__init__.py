"""What people decided, in YAML files under git: read, checked, and each mistake shown with its file and line.

``articles.yml`` says what is known about an article, ``actors.yml`` about an actor; ``corrections.yml`` corrects what
the program found, and ``topics.yml`` adds topics. ``misfits`` looks whether the lines fit what there is; ``corrected``
and ``withheld`` act on them, ``earlier`` on what articles said before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from digest.curate import actors, articles, checked, corrections, sheet, topics
from digest.curate.corrected import corrected
from digest.curate.earlier import earlier
from digest.curate.withheld import Holder, covered_paths, holder, withheld
from digest.decisions import Curation
from digest.knowledge import load_topics, seldom_a_name
from digest.language import available
from digest.model import Analysis, DigestError

__all__ = [
    "Holder",
    "corrected",
    "covered_paths",
    "demand",
    "doubtful",
    "earlier",
    "holder",
    "load",
    "misfits",
    "read",
    "unread",
    "withheld",
]

FILES = (articles.NAME, actors.NAME, corrections.NAME, topics.NAME)


def load(folder: Path) -> Curation:
    """Return what stands in ``folder``; a folder or file that is not there decides nothing.

    Raises DigestError with the first mistake, naming file and line.
    """
    found, wrong = read(folder)
    if wrong:
        raise DigestError(wrong[0])
    return found


def read(folder: Path) -> tuple[Curation, list[str]]:
    """Return what can be read in ``folder``, and a sentence with its place for each mistake in the files themselves."""
    sheets = {name: sheet.read(folder / name) for name in FILES}
    metas, places = articles.parse(sheets[articles.NAME])
    found = Curation(
        articles=metas,
        places=places,
        actors=actors.parse(sheets[actors.NAME]),
        corrections=corrections.parse(sheets[corrections.NAME]),
        topics=topics.parse(sheets[topics.NAME], available()),
    )
    return found, [problem for each in sheets.values() for problem in each.problems]


def unread(folder: Path) -> list[str]:
    """Return a sentence for each YAML file of ``folder`` that nothing reads."""
    if not folder.is_dir():
        return []
    others = sorted(p for p in folder.iterdir() if p.suffix in (".yml", ".yaml") and p.name not in FILES)
    return [f"{p}: nothing reads this file; the files that are read are {', '.join(FILES)}" for p in others]


def misfits(decided: Curation, analyses: Sequence[Analysis], skipped: Collection[str]) -> list[str]:
    """Return a sentence, with its place, for each decision that matches nothing or contradicts another.

    ``analyses`` are those of all articles before any correction, with the topics that people added; ``skipped`` are the
    ids of those that could not be read.
    """
    shipped = {topic.id for topic in load_topics()} if decided.corrections else set()
    return checked.problems(decided, analyses, skipped, shipped)


def doubtful(decided: Curation) -> list[str]:
    """Return a sentence, with its place, for each alias that stands for an actor wherever a common word stands."""
    return [
        f"{one.decided.at}: “{alias}” is seldom a name ({code}); wherever it stands, it would mean “{one.id}”"
        for one in decided.actors.values()
        for alias in one.aliases
        for code in [next((code for code in available() if seldom_a_name(alias, code)), None)]
        if code
    ]


def demand(decided: Curation, analyses: Sequence[Analysis], skipped: Collection[str]) -> None:
    """Raise DigestError with the first decision that matches nothing or contradicts another; see ``misfits``."""
    for problem in misfits(decided, analyses, skipped):
        raise DigestError(problem)
