"""Files to analyses: read -> recognise -> resolve inside the article, in processes of ``workers``, each only once.

An analysis depends on nothing but its file, what people decided about it, and the program; so it is kept under a hash
of those, and an unchanged article is never read again.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import re
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from digest import knowledge, language, read, recognise, resolve, workers
from digest.decisions import ArticleMeta
from digest.edition import Skipped
from digest.model import Analysis, Article
from digest.text import LONGEST_SLUG, digest_of, slug
from digest.weights import Weights
from digest.workers import Limits, Workers

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from digest.store import Store

Progress = Callable[[str, int, int | None], None]
"""Called with a stage's name, how many are done and how many there are (``None`` while unknown)."""

log = logging.getLogger(__name__)

DISTRIBUTION = "newsroom-digest"
"""The name under which the program is installed."""

# Loading the knowledge takes a process as long as reading some fifty articles.
_WORTH_A_POOL = 150
_WARM = "digest.warmed"
# Articles looked up, analysed and stored together: large enough for few transactions, small enough for memory.
_BATCH = 2_000
# Hex digits of the path behind a shared name. With six, 12,000 files named index.html hold some five pairs that are
# alike; with twelve there is one pair in 4 million such folders.
_TAIL = 12


@dataclass(frozen=True, slots=True)
class Source:
    """One input with the id its article gets: a file, or a ``member`` of one that holds many.

    ``data`` is what is read in its place, an earlier version of the file.
    """

    path: Path
    root: Path
    id: str
    data: bytes | None = None
    member: read.Member | None = None


Job = tuple[Source, ArticleMeta | None]
"""A file and what people decided about its article."""
_T = TypeVar("_T")


def sources(paths: Iterable[Path]) -> tuple[list[Source], list[Skipped]]:
    """List the input files under ``paths`` in order, each with its article id, and what cannot be an input.

    An id is the slug of the file's name, or of the name of a member of it; those that share one get twelve hex digits
    of their path as well, so that no id depends on the order of the inputs.
    """
    found: list[read.Found] = []
    skipped: list[Skipped] = []
    for each in read.find(list(paths)):
        if isinstance(each, Skipped):
            skipped.append(each)
        else:
            found.append(each)
    claims: dict[str, list[read.Found]] = defaultdict(list)
    for each in found:
        claims[slug(each.member.stem if each.member else each.path.stem)].append(each)
    ids = {claimant: id_ for name, claimants in claims.items() for claimant, id_ in _told_apart(name, claimants)}
    return [Source(each.path, each.root, ids[each], member=each.member) for each in found], skipped


def _told_apart(name: str, claimants: Sequence[read.Found]) -> Iterator[tuple[read.Found, str]]:
    """Yield each of the inputs whose names have one slug, with an id of its own."""
    if len(claimants) == 1:
        yield claimants[0], name
        return
    # not as they are shown: names that are no UTF-8 may look the same there, and need not be told apart by the root
    places = [_place(c, c.path.relative_to(c.root) if c.path.is_relative_to(c.root) else c.path) for c in claimants]
    if len(set(places)) < len(places):
        # folders given side by side may hold files at the same place
        places = [_place(each, each.path) for each in claimants]
    for claimant, place in zip(claimants, places, strict=True):
        tail = "-" + digest_of(place)[:_TAIL]
        yield claimant, name[: LONGEST_SLUG - len(tail)] + tail


def _place(found: read.Found, path: Path) -> str:
    return f"{path.as_posix()}!{found.member.name}" if found.member else path.as_posix()


def analyse_one(source: Source, meta: ArticleMeta | None = None) -> Analysis | Skipped:
    """Read and recognise one article; what cannot be read comes back as ``Skipped``, with its reason."""
    try:
        article = read.read(source.path, source.root, meta, language.available(), source.data, source.member)
    except read.ReadError as error:
        return Skipped(read.shown(source.path, source.root, source.member), error.code, str(error), source.id)
    return analyse_article(replace(article, id=source.id))


def analyse_text(text: str | bytes, name: str) -> Analysis | Skipped:
    """Read and recognise one article given as plain text; ``name`` stands for its file."""
    try:
        article = read.from_text(text, name, language.available())
    except read.ReadError as error:
        return Skipped(name, error.code, str(error))
    return analyse_article(article)


def watch_text(text: str, name: str, code: str, weights: Weights, watch: recognise.Watch | None = None) -> Analysis:
    """Return what stands in a plain text of a known language, as ``weights`` decide; ``watch`` sees each case.

    Raises ReadError where the text cannot be read.
    """
    article = read.from_text(text, name, (code,))
    words, known = language.load(code), knowledge.load()
    return resolve.inside(recognise.recognise(article, words, known, weights, watch), words, known)


def analyse_article(article: Article) -> Analysis:
    """Recognise one article and resolve its speakers inside it. Pure: the same article gives the same analysis."""
    words, known = language.load(article.language), knowledge.load()
    return resolve.inside(recognise.recognise(article, words, known), words, known)


def analyse(
    paths: Iterable[Path],
    metas: Mapping[str, ArticleMeta] | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
    limits: Limits | None = None,
) -> Iterator[Analysis | Skipped]:
    """Yield what stands in every file under ``paths``, in order: an analysis, or why there is none.

    With ``cache``, the file of a ``store.Store``, what it holds is taken from it and what it lacks is put into it.
    """
    files, skipped = sources(paths)
    yield from skipped
    jobs = [(source, (metas or {}).get(source.id)) for source in files]
    yield from analyse_jobs(jobs, cache, progress, len(jobs), limits)


def analyse_jobs(
    jobs: Iterable[Job],
    cache: Path | None = None,
    progress: Progress | None = None,
    total: int | None = None,
    limits: Limits | None = None,
) -> Iterator[Analysis | Skipped]:
    """Yield what stands in the file of each job, in order; ``cache`` is as for ``analyse``, ``total`` for ``progress``.

    Jobs are taken as they are worked on, so that the contents of earlier versions need not all be there at once.
    """
    done = 0
    waiting = iter(jobs)
    with ExitStack() as stack, _Pool(limits) as pool:
        kept = stack.enter_context(_store(cache)) if cache else None
        while batch := list(islice(waiting, _BATCH)):
            keys = [_key(job) for job in batch] if kept else [""] * len(batch)
            known = kept.get_many(keys) if kept else {}
            new = [job for job, key in zip(batch, keys, strict=True) if key not in known]
            names = (read.shown(source.path, source.root, source.member) for source, _ in new)
            fresh = pool.made(_run, new, zip(names, (source.id for source, _ in new), strict=True))
            made: dict[str, Analysis | Skipped] = {}
            for key in keys:
                found = known[key] if key in known else next(fresh)
                # what was not done may be next time, or on another machine
                if key and key not in known and not (isinstance(found, Skipped) and found.code in workers.CODES):
                    made[key] = found
                yield found
                done += 1
                if progress:
                    progress("Reading articles", done, total)
            if kept and made:
                kept.put_many(made)
        for note in kept.notes if kept else ():
            log.warning("%s", note)


def analyse_texts(
    texts: Sequence[tuple[str | bytes, str]], progress: Progress | None = None, processes: int | None = None
) -> Iterator[Analysis | Skipped]:
    """Yield what stands in each of ``texts``, in order; each is a plain text and its name, as for ``analyse_text``.

    ``processes`` is how many to share the work out to; without it, there are several where that is worth it.
    """
    with _Pool(None, processes) as pool:
        for done, each in enumerate(pool.made(_run_text, texts, ((name, None) for _, name in texts)), 1):
            yield each
            if progress:
                progress("Reading articles", done, len(texts))


class _Pool:
    """The processes that articles are read in: none before there is one to read, several where that is worth it."""

    def __init__(self, limits: Limits | None, processes: int | None = None) -> None:
        self._limits = limits
        self._processes = processes
        self._workers: Workers | None = None

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *error: object) -> None:
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)

    def made(
        self,
        run: Callable[[_T], Analysis | Skipped],
        jobs: Sequence[_T],
        names: Iterable[tuple[str, str | None]],
    ) -> Iterator[Analysis | Skipped]:
        """Yield what ``run`` makes of each of ``jobs``, in order; ``names`` are the path and the id of each."""
        if not jobs:
            return
        executor = self._executor(len(jobs))
        waiting = deque(executor.submit(run, job) for job in jobs)
        for path, id_ in names:
            try:
                yield waiting.popleft().result()
            except workers.WorkError as error:
                yield Skipped(path, error.code, str(error), id_)

    def _executor(self, jobs: int) -> Executor:
        """Return what carries out so many jobs."""
        wanted = self._processes or (workers.cpus() if jobs >= _WORTH_A_POOL else 1)
        if self._workers is None or self._workers.processes < wanted:
            self.__exit__()
            self._workers = Workers(wanted, self._limits, _WARM)
        return self._workers


def _store(cache: Path) -> Store:
    from digest.store import Store  # without a memory, nothing needs SQLite

    return Store(cache)


def _run(job: Job) -> Analysis | Skipped:
    return analyse_one(*job)


def _run_text(job: tuple[str | bytes, str]) -> Analysis | Skipped:
    return analyse_text(*job)


def _key(job: Job) -> str:
    """Return the key of an article in the store, "" for a file that cannot be read: its reason is found anew."""
    from digest import store

    source, meta = job
    try:
        content = read.content_hash(source.path, source.data, source.member)
    except read.ReadError:
        return ""
    return store.key(content, source.id, read.shown(source.path, source.root, source.member), meta, fingerprint())


@functools.cache
def fingerprint() -> str:
    """Return a hash of the program with its languages and its knowledge: whatever changes it may change an analysis.

    So may another version of a library that reads, or of Python, whose Unicode tables grow.
    """
    whole = hashlib.sha256(repr((sys.version_info[:2], _libraries())).encode())
    for path in program():
        whole.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def program() -> list[Path]:
    """Return the files of the program and its data that an analysis depends on, sorted."""
    home = Path(__file__).parent
    rooms = ("read", "recognise", "resolve", "language", "languages", "knowledge", "weights")
    files = [*home.glob("*.py"), *home.glob("*.toml"), *(p for room in rooms for p in (home / room).rglob("*"))]
    # Python's own byte code lies beside it, and changes with the time at which it was made
    return sorted(p for p in files if p.is_file() and p.suffix != ".pyc")


def _libraries() -> list[tuple[str, str]]:
    """Return the name and version of every library that the program asks for, none where it is not installed."""
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        wanted = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return []
    names = [re.split(r"[^\w.-]", line)[0] for line in wanted if "extra ==" not in line]
    return [(name, version(name)) for name in names]
