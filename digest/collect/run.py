"""A run: which feeds and stories are asked for, and what is made of the answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ParamSpec, TypeVar

from msgspec import structs

from digest.collect import addresses, feeds, files, markdown, stories
from digest.collect import state as states
from digest.collect.asking import Job, Said, asked
from digest.collect.errors import FetchError
from digest.collect.fetch import Answer
from digest.collect.manners import Guest
from digest.collect.state import Known, Told
from digest.collect.types import Feed, Health, Item, Source, Tally
from digest.model import Article
from digest.read import ReadError
from digest.text import digest_of
from digest.workers import WorkError, Workers

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")
Progress = Callable[[str, int, int | None], None]
_HASH = 16
_NEITHER = "neither feed nor web page"


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes. ``now`` is its moment in UTC; ``languages`` are the codes that the program has words for.

    ``most`` is how many new stories are taken of a feed, ``days`` for how long a story is asked for again, ``dry``
    whether nothing is written, and ``all_sources`` whether what the run is not told of is forgotten.
    """

    now: datetime.datetime
    languages: tuple[str, ...]
    most: int = 50
    days: int = 2
    dry: bool = False
    all_sources: bool = False


def collect(
    sources: Sequence[Source],
    folder: Path,
    guest: Guest,
    workers: Workers,
    options: Options,
    progress: Progress | None = None,
) -> list[Health]:
    """Fetch what is new of ``sources`` into ``folder``; return what became of each, in order.

    What was fetched is read by ``workers``, for it may be anything.

    What was done counts also when the run is interrupted. Raises DigestError when the state of earlier runs cannot be
    read, and OSError when a file cannot be written.
    """
    run = _Run(folder, workers, options, sources)
    if not options.dry:
        files.sweep(folder)
    tell = progress or (lambda *_: None)
    try:
        for n, (job, said) in enumerate(asked(guest, map(run.first_job, sources)), 1):
            run.take_source(job, said)
            tell("Fetching feeds", n, len(sources))
        jobs = list(run.story_jobs())
        for n, (job, said) in enumerate(asked(guest, jobs), 1):
            run.take_story(job, said)
            tell("Fetching stories", n, len(jobs))
        run.finish()
    finally:
        if not options.dry:
            states.save(run.state, folder)
    return [each.told() for each in run.health.values()]


@dataclass(frozen=True, slots=True)
class _Read:
    """A feed that was read in this run, with what makes the next request a conditional one."""

    feed: Feed
    known: Known


class _Run:
    """What a run knows.

    ``planned`` are the links that it asks for, ``pending`` the feeds of which it could not have everything now, and
    ``owners`` the link that leads to the file of each key.
    """

    def __init__(self, folder: Path, workers: Workers, options: Options, sources: Sequence[Source]) -> None:
        self.folder, self.options = folder, options
        self._workers = workers
        self.state = states.load(folder)
        self.health = {source.address: Tally(source) for source in sources}
        self._today = options.now.date().isoformat()
        self._recent = (options.now.date() - datetime.timedelta(days=options.days)).isoformat()
        self._kept = files.kept(folder)
        self._read: dict[str, _Read] = {}
        self._unchanged: list[Source] = []
        self._pending: set[str] = set()
        self._planned: set[str] = set()
        self._owners: dict[str, str] = {}
        for link, told in self.state.stories.items():
            if told.file and (key := addresses.key_in(told.file)):
                self._owners[key] = link

    # --- sources ------------------------------------------------------------------------------------------------------

    def first_job(self, source: Source) -> Job:
        """Return the request for a source itself, a feed or a page."""
        known = self.state.feeds.get(source.address) or self.state.stories.get(source.address)
        return Job(source.address, source, known.etag, known.modified) if known else Job(source.address, source)

    def take_source(self, job: Job, said: Said) -> None:
        """Take what came of a source itself."""
        health, known = self.health[job.address], self.state.feeds.get(job.address)
        health.good = known.good if known else None
        if known is None and (job.address in self.state.stories or self._is_page(said)):
            self._take_page(job, said)
            return
        if isinstance(said, FetchError):
            self._failed(health, said.reason)
            return
        answer, moved = said
        if moved:
            health.reasons.append(f"it has moved to {moved}; name that address instead")
        if answer.status == 304:
            health.condition = "unchanged"
            self._unchanged.append(job.source)
        else:
            try:
                feed = self._apart(feeds.read, answer.body, answer.address)
            except ReadError as error:
                self._failed(health, f"its feed cannot be read: {error}")
                return
            if feed is None:
                page = feeds.is_page(answer.body)
                self._failed(health, f"it is {'a web page, not the feed that it was' if page else _NEITHER}")
                return
            self._take_feed(health, feed, answer, known)
        health.good = self._today

    def _take_feed(self, health: Tally, feed: Feed, answer: Answer, known: Known | None) -> None:
        hash_ = digest_of(repr(feed))[:_HASH]
        links = tuple(dict.fromkeys(item.address for item in feed.items))
        self._read[health.source.address] = _Read(feed, Known(answer.etag, answer.modified, hash_, self._today, links))
        if known and known.hash == hash_:
            health.condition = "unchanged"
        if not feed.items:
            health.condition = "empty"
            health.reasons.append("there is no entry in it")
        if feed.lost:
            health.reasons.append(f"{feed.lost} of its entries lead nowhere")

    def _take_page(self, job: Job, said: Said) -> None:
        health, told = self.health[job.address], self.state.stories.get(job.address)
        self._planned.add(job.address)
        self.take_story(job, said)
        failed = isinstance(said, FetchError) or health.failed > 0
        health.good = self._today if not failed else told.good if told else None
        if failed or not (health.new or health.updated):
            health.condition = "failed" if failed else "unchanged"
        if kept := self.state.stories.get(job.address):
            self.state.stories[job.address] = structs.replace(kept, good=health.good)

    @staticmethod
    def _is_page(said: Said) -> bool:
        return not isinstance(said, FetchError) and feeds.is_page(said[0].body)

    @staticmethod
    def _failed(health: Tally, reason: str) -> None:
        health.condition = "failed"
        health.reasons.append(reason)

    # --- stories ------------------------------------------------------------------------------------------------------

    def story_jobs(self) -> Iterator[Job]:
        """Yield the requests for stories: those that are new, up to the limit of each feed, and those still young."""
        for address, read in self._read.items():
            source = self.health[address].source
            new = 0
            for item in read.feed.items:
                if item.address in self.state.stories or item.address in self._planned:
                    yield from self._again(item.address, source, read.feed, item)
                elif new < self.options.most:
                    new += 1
                    self._planned.add(item.address)
                    yield Job(item.address, source, feed=read.feed, item=item)
                else:
                    self.health[address].later += 1
        for source in self._unchanged:
            for link in self.state.feeds[source.address].stories:
                yield from self._again(link, source, None, None)

    def _again(self, link: str, source: Source, feed: Feed | None, item: Item | None) -> Iterator[Job]:
        """Yield the request for a story that is known, if it is young; what only the feed has is taken from there."""
        told = self.state.stories.get(link)
        young = told is not None and told.file is not None and told.first >= self._recent
        if told is None or not young or link in self._planned:
            self.health[source.address].unchanged += 1
            return
        self._planned.add(link)
        if not told.refused and not told.gone:
            yield Job(link, source, told.etag, told.modified, feed, item)
        elif told.refused and item and (article := self._from_feed(item, told.refused)):
            self._keep(Job(link, source, feed=feed, item=item), article, told)
        else:
            self.health[source.address].unchanged += 1

    def take_story(self, job: Job, said: Said) -> None:
        """Take what came of a story: a new or an edited one is written, whatever else is counted."""
        health, told = self.health[job.source.address], self.state.stories.get(job.address)
        if isinstance(said, FetchError):
            self._missed(job, said)
            return
        answer, _ = said
        if answer.status == 304:
            health.unchanged += 1
            return
        try:
            article = self._apart(stories.from_page, answer, job.item, self.options.languages)
        except ReadError as error:
            self._missed(job, FetchError(str(error), again=False))
            return
        first = told.first if told else self._today
        kept = Told(first, told.file if told else None, etag=answer.etag, modified=answer.modified)
        given = self._from_feed(job.item, stories.SHORT) if job.item else None
        if given and stories.is_richer(given, article):
            article, kept = replace(given, url=article.url), structs.replace(kept, refused=stories.SHORT)
        self._keep(job, article, kept)

    def _missed(self, job: Job, error: FetchError) -> None:
        """Take that a story's page could not be had: the feed's own text may do, or it is asked for later, or never."""
        health, told = self.health[job.source.address], self.state.stories.get(job.address)
        if told and told.file and error.gone:
            health.gone += 1
            self.state.stories[job.address] = Told(told.first, told.file, told.hash, gone=self._today)
            return
        if told is None and job.item and not error.again:
            article = self._from_feed(job.item, error.reason)
            if article:
                self._keep(job, article, Told(self._today, refused=error.reason))
                return
        self._told_off(job, error)

    def _told_off(self, job: Job, error: FetchError) -> None:
        """Count a story that failed; a new one that will fail again is not asked for again."""
        health = self.health[job.source.address]
        health.failed += 1
        health.reasons.append(error.reason if job.address == job.source.address else f"{job.address}: {error.reason}")
        if error.again:
            self._pending.add(job.source.address)
        elif job.item:
            self.state.stories.setdefault(job.address, Told(self._today, refused=error.reason))

    def _keep(self, job: Job, article: Article, told: Told) -> None:
        """Write the story into its file, where that is new or the story was edited, and remember it."""
        health, earlier = self.health[job.source.address], self.state.stories.get(job.address)
        key = addresses.key_in(told.file) if told.file else addresses.key(article.url or job.address)
        owner = self._owners.setdefault(key or "", job.address)
        if owner != job.address:
            self.state.stories[job.address] = Told(told.first, same=owner)
            health.unchanged += 1
            return
        path = self.folder / told.file if told.file else self._kept.get(key or "")
        old_text = path.read_text("utf-8") if path and path.is_file() else None
        if told.file and old_text is None:
            # Somebody took the file away, and knows why.
            health.unchanged += 1
            return
        try:
            text, path = self._made(job, article, old_text, path)
        except ReadError as error:
            self._owners.pop(key or "")
            self._told_off(job, FetchError(str(error), again=False))
            return
        bare = markdown.without_moment(text)
        hash_ = digest_of(bare)[:_HASH]
        place = path.relative_to(self.folder).as_posix()
        self.state.stories[job.address] = Told(told.first, place, hash_, told.etag, told.modified, refused=told.refused)
        if (earlier and earlier.hash == hash_) or (old_text and markdown.without_moment(old_text) == bare):
            health.unchanged += 1
            return
        if not self.options.dry:
            files.replaced(path, text)
        if old_text is None:
            health.new += 1
        else:
            health.updated += 1

    def _made(self, job: Job, article: Article, old_text: str | None, path: Path | None) -> tuple[str, Path]:
        """Return the text of a story's file and its place. Raises ReadError."""
        old = self._old(old_text)
        if old and old.url:
            article = replace(article, url=old.url)  # by it the file is found
        article = stories.settled(article, job.source, job.feed, job.item, old)
        moment = self.options.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        text = self._apart(stories.rendered, article, moment, self.options.languages)
        name = addresses.file_name(article.title, article.published, article.url or job.address)
        return text, path or self.folder / name

    def _old(self, text: str | None) -> Article | None:
        try:
            return self._apart(stories.read_back, text, self.options.languages) if text else None
        except ReadError:
            return None  # somebody broke it; what was fetched takes its place, and git has the old one

    def _from_feed(self, item: Item, why: str) -> Article | None:
        try:
            return self._apart(stories.from_feed, item, why, self.options.languages)
        except ReadError:
            return None

    def _apart(self, read: Callable[_Given, _Result], *given: _Given.args, **named: _Given.kwargs) -> _Result:
        """Return what ``read`` makes of it in a process that is ended where that takes too long. Raises ReadError."""
        try:
            return self._workers.submit(read, *given, **named).result()
        except WorkError as error:
            raise ReadError(error.code, str(error)) from error

    # --- the end ------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Remember the feeds, and forget what nobody asks for any more.

        A feed of which something is still to be had is asked for without conditions the next time, for "not modified"
        would not say what that is.
        """
        for address, read in self._read.items():
            if self.health[address].later or address in self._pending:
                read = _Read(read.feed, structs.replace(read.known, etag=None, modified=None))
            self.state.feeds[address] = read.known
        for source in self._unchanged:
            self.state.feeds[source.address] = structs.replace(self.state.feeds[source.address], good=self._today)
        if self.options.all_sources:
            self.state.feeds = {a: known for a, known in self.state.feeds.items() if a in self.health}
        pages = {address for address in self.health if address in self.state.stories}
        self.state.forget(self._recent, pages)
