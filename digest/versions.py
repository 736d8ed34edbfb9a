"""Earlier versions of articles: the contents that git keeps, read and recognised as the files of today are."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from digest import articles, repository
from digest.decisions import ArticleMeta
from digest.edition import History, Version
from digest.model import Analysis
from digest.read.limits import MAX_BYTES
from digest.workers import Limits

MOST = 10
"""Edits of one article that are looked into, the latest ones. Older ones are counted."""
MOST_IN_ALL = 5_000
"""Edits of all articles that are looked into, the latest ones: each is kept in memory as an article is."""


def histories(
    seeds: Path,
    analyses: Sequence[Analysis],
    metas: Mapping[str, ArticleMeta],
    cache: Path | None = None,
    progress: articles.Progress | None = None,
    limits: Limits | None = None,
) -> tuple[History, ...]:
    """Return the history of each of ``analyses`` whose file in ``seeds`` was edited, in their order.

    An earlier version is read in the language of today's, with its sidecars and ``metas``, what people decided about
    the article. ``cache`` is the file of a ``store.Store`` for what is made of the versions; ``limits`` hold for
    each of them.
    """
    past = repository.past(seeds, MOST, MOST_IN_ALL)
    if not past.edits:
        return ()
    files, _ = articles.sources([seeds])
    # of the articles in a file that holds many, git does not tell which of them an edit changed
    alone = (file for file in files if file.member is None)
    sources = {os.fsencode(file.path.relative_to(seeds).as_posix()): file for file in alone}
    today = {analysis.article.id: analysis for analysis in analyses}
    edits = {
        source.id: (path, each)
        for path, each in past.edits.items()
        if (source := sources.get(path)) is not None and source.id in today
    }

    def wanted() -> Iterator[tuple[str, articles.Job]]:
        for id_, (path, each) in edits.items():
            meta = replace(metas.get(id_) or ArticleMeta(), language=today[id_].article.language)
            yield from ((edit.before, (sources[path], meta)) for edit in each)

    found = _read(seeds, list(wanted()), cache, progress, limits)
    return tuple(
        _history(analysis, each, found, past.older.get(path, 0), past.cut)
        for id_, analysis in today.items()
        if id_ in edits
        for path, each in [edits[id_]]
    )


def _read(
    seeds: Path,
    wanted: Sequence[tuple[str, articles.Job]],
    cache: Path | None,
    progress: articles.Progress | None,
    limits: Limits | None,
) -> Mapping[tuple[str, str], Analysis]:
    """Return what stands in earlier contents, by article and hash; what is no article now is left out."""
    by_hash: dict[str, list[articles.Job]] = defaultdict(list)
    for hash_, job in wanted:
        by_hash[hash_].append(job)
    asked: list[tuple[str, str]] = []

    def jobs() -> Iterator[articles.Job]:
        for hash_, data in repository.contents(seeds, by_hash, MAX_BYTES):
            for source, meta in dict.fromkeys(by_hash[hash_]):
                asked.append((source.id, hash_))
                yield replace(source, data=data), meta

    made = articles.analyse_jobs(jobs(), cache, progress, limits=limits)
    # a job stands in ``asked`` once it was taken, and it is taken before its result is there
    return {asked[n]: each for n, each in enumerate(made) if isinstance(each, Analysis)}


def _history(
    analysis: Analysis,
    edits: Sequence[repository.Edit],
    found: Mapping[tuple[str, str], Analysis],
    older: int,
    cut: bool,
) -> History:
    """Return the history of an article; over a version that could not be read, the edits on both sides are one."""
    id_ = analysis.article.id
    versions: list[Version] = []
    unread = 0
    # of the edit that made the earliest version, nothing is known
    known = [*edits, repository.Edit("")]
    newer, made_by = analysis, known[0]
    for edit, earlier in pairwise(known):
        before = found.get((id_, edit.before))
        if before is None:
            unread += 1
        else:
            versions.append(Version(newer, made_by.commit, made_by.date))
            newer, made_by = before, earlier
    return History(id_, (*versions, Version(newer)), older, unread, cut)
