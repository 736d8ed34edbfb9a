"""What is wrong with a monitor and with the data that its articles are read with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digest import articles, build, curate, knowledge, plugin
from digest.cli.console import shown
from digest.decisions import Withhold
from digest.edition import Skipped
from digest.model import Analysis, DigestError

if TYPE_CHECKING:
    from digest.articles import Progress


def check(root: Path, progress: Progress) -> tuple[list[str], list[str], int]:
    """Return every problem of the monitor in ``root`` as a sentence, what is doubtful, and how many articles there are.

    Every article is read and recognised, for that is where it would fail. Raises DigestError when the configuration
    cannot be read.
    """
    settings = plugin.settings(root)
    if not settings.seeds.is_dir():
        raise DigestError(f"{settings.seeds}: there is no such folder; `digest new DIR` lays out a monitor")
    # mkdocs.yml makes them absolute; a line is read and followed more easily from where the person stands
    seeds, curation = Path(shown(settings.seeds)), Path(shown(settings.curation))
    decided, wrong = curate.read(curation)
    troubles: list[str] = []
    analyses: list[Analysis] = []
    skipped: list[str] = []
    for found in articles.analyse([seeds], decided.articles, progress, limits=settings.limits):
        if isinstance(found, Skipped):
            troubles.append(f"{seeds / found.path}: {found.reason}")
            skipped += [found.article] if found.article else []
        else:
            analyses.append(found)
    wrong += curate.misfits(decided, build.as_found(analyses, decided), skipped)
    published: Sequence[Analysis] = analyses
    if decided.of(Withhold) and not wrong:
        try:
            published, _ = build.curated(analyses, decided)
        except DigestError as error:  # something withheld stands in a name that is shown as it is
            wrong.append(str(error))
    wrong += curate.unread(curation)
    doubtful = curate.doubtful(decided)
    slips = list(settings.publish.misfits(analysis.article for analysis in analyses))
    if not slips:
        doubtful += settings.publish.idle(analysis.article for analysis in published)
    if analyses and not wrong:  # who has a feed is known of a whole edition only
        slips += build.feed_misfits(settings, progress)
    wrong += slips
    if not analyses and not troubles:
        troubles.append(f"{seeds}: no article found here; put .txt, .md or .html files into it")
    troubles += [*wrong, *build.language_problems(), *knowledge.problems()]
    return troubles, doubtful, len(analyses)
