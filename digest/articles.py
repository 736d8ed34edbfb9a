"""Files to analyses: read -> recognise -> resolve inside the article, in several processes, each article only once.

An analysis depends on nothing but its file, what people decided about it, and the program; so it is kept under a hash
of those, and an unchanged article is never read again.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import re
import signal
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from digest import knowledge, language, read, recognise, resolve
from digest.model import Analysis, Article, ArticleMeta, DigestError, Skipped
from digest.text import LONGEST_SLUG, digest_of, slug
from digest.weights import Weights

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from digest.store import Store

Progress = Callable[[str, int, int | None], None]
"""Called with a stage's name, how many are done and how many there are (``None`` while unknown)."""

log = logging.getLogger(__name__)

DISTRIBUTION = "newsroom-digest"
"""The name under which the program is installed."""

# Starting a process and loading the knowledge in it takes as long as reading some fifty articles.
_WORTH_A_POOL = 150
_CHUNK = 16
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
) -> Iterator[Analysis | Skipped]:
    """Yield what stands in every file under ``paths``, in order: an analysis, or why there is none.

    With ``cache``, the file of a ``store.Store``, what it holds is taken from it and what it lacks is put into it.
    """
    files, skipped = sources(paths)
    yield from skipped
    jobs = [(source, (metas or {}).get(source.id)) for source in files]
    yield from analyse_jobs(jobs, cache, progress, len(jobs))


def analyse_jobs(
    jobs: Iterable[Job], cache: Path | None = None, progress: Progress | None = None, total: int | None = None
) -> Iterator[Analysis | Skipped]:
    """Yield what stands in the file of each job, in order; ``cache`` is as for ``analyse``, ``total`` for ``progress``.

    Jobs are taken as they are worked on, so that the contents of earlier versions need not all be there at once.
    """
    with ExitStack() as stack:
        kept = stack.enter_context(_store(cache)) if cache else None
        pool = None
        done = 0
        waiting = iter(jobs)
        while batch := list(islice(waiting, _BATCH)):
            keys = [_key(job) for job in batch] if kept else [""] * len(batch)
            known = kept.get_many(keys) if kept else {}
            new = [job for job, key in zip(batch, keys, strict=True) if key not in known]
            if pool is None and len(new) >= _WORTH_A_POOL and _cpus() > 1:
                pool = _pool(stack, _cpus())
            fresh = _shared_out(pool, _run, new) if pool else map(_run, new)
            made: dict[str, Analysis | Skipped] = {}
            for key in keys:
                found = known[key] if key in known else next(fresh)
                if key and key not in known:
                    made[key] = found
                yield found
                done += 1
                if progress:
                    progress("Reading articles", done, total)
            if kept and made:
                kept.put_many(made)
        for note in kept.notes if kept else ():
            log.info("%s", note)


def analyse_texts(
    texts: Sequence[tuple[str, str]], progress: Progress | None = None, processes: int | None = None
) -> Iterator[Analysis | Skipped]:
    """Yield what stands in each of ``texts``, in order; each is a plain text and its name, as for ``analyse_text``.

    ``processes`` is how many to share the work out to; without it, there are several where that is worth it.
    """
    many = processes or (_cpus() if len(texts) >= _WORTH_A_POOL else 1)
    with ExitStack() as stack:
        found = _shared_out(_pool(stack, many), _run_text, texts) if many > 1 else map(_run_text, texts)
        for done, each in enumerate(found, 1):
            yield each
            if progress:
                progress("Reading articles", done, len(texts))


def _store(cache: Path) -> Store:
    from digest.store import Store  # without a memory, nothing needs SQLite

    return Store(cache)


def _cpus() -> int:
    """Return how many processors this process may use: a container or `taskset` often leaves it fewer than there are.

    More processes than that only wait for each other, and each loads the program and its knowledge anew.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _pool(stack: ExitStack, processes: int) -> ProcessPoolExecutor:
    """Return a pool of ``processes`` that ends with ``stack``, without doing first what nobody waits for any more.

    The processes are not forked from this one: under ``digest serve`` it has threads, and a lock that one of them
    holds would stay locked in the copy for ever.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    context = get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_interrupts)
    stack.callback(pool.shutdown, cancel_futures=True)
    return pool


def _shared_out(
    pool: ProcessPoolExecutor, run: Callable[[_T], Analysis | Skipped], jobs: Sequence[_T]
) -> Iterator[Analysis | Skipped]:
    """Yield what ``run`` makes of ``jobs``, in order. Raises DigestError when a process was ended before its time."""
    from concurrent.futures.process import BrokenProcessPool

    with _interrupts_held_back():
        found = pool.map(run, jobs, chunksize=_CHUNK)
    try:
        yield from found
    except BrokenProcessPool as error:
        raise DigestError(
            "a process that read articles was ended from outside, most often because memory ran out; "
            "close other programs and run this again"
        ) from error


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Let Ctrl-C wait while processes start, so that they are all there when the pool is told to end them.

    What is started meanwhile inherits the mask and stays deaf to it; the handler is for the threads of libraries, which
    take the signal in this one's place.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    for number in heard:
        signal.raise_signal(number)


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the process that a person talks to; one that dies of it inside a queue would lock the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run(job: Job) -> Analysis | Skipped:
    return analyse_one(*job)


def _run_text(job: tuple[str, str]) -> Analysis | Skipped:
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
    return sorted(p for p in files if p.is_file())


def _libraries() -> list[tuple[str, str]]:
    """Return the name and version of every library that the program asks for, none where it is not installed."""
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        wanted = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return []
    names = [re.split(r"[^\w.-]", line)[0] for line in wanted if "extra ==" not in line]
    return [(name, version(name)) for name in names]
