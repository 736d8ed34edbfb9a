"""Many requests at once: hosts side by side, the requests to one host one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from digest.collect import addresses
from digest.collect.errors import FetchError
from digest.collect.fetch import Answer
from digest.collect.manners import Guest
from digest.collect.types import Feed, Item, Source

HOSTS = 8
"""How many hosts are asked at once: few enough for a small machine, and one slow host holds up no other."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for: an address, what is known of it, and for whom. ``item`` and ``feed`` are what led to it."""

    address: str
    source: Source
    etag: str | None = None
    modified: str | None = None
    feed: Feed | None = None
    item: Item | None = None


Said = tuple[Answer, str | None] | FetchError
"""What came of a job: an answer with the address that it has moved to for good, or why there is none."""


def asked(guest: Guest, jobs: Iterable[Job]) -> Iterator[tuple[Job, Said]]:
    """Yield each job with what came of it, as it comes. Where this is left early, what has not begun is not asked."""
    lines: dict[str, deque[Job]] = {}
    for job in jobs:
        lines.setdefault(addresses.host(job.address), deque()).append(job)
    with ThreadPoolExecutor(HOSTS, "collect") as pool:
        waiting: dict[Future[Said], Job] = {}
        for line in lines.values():
            first = line.popleft()
            waiting[pool.submit(_ask, guest, first)] = first
        try:
            while waiting:
                for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                    job = waiting.pop(done)
                    if line := lines[addresses.host(job.address)]:
                        following = line.popleft()
                        waiting[pool.submit(_ask, guest, following)] = following
                    yield job, done.result()
        except BaseException:  # also where nobody takes the rest: the pool waits for its threads
            guest.stop()
            for future in waiting:
                future.cancel()
            raise


def _ask(guest: Guest, job: Job) -> Said:
    try:
        return guest.visit(job.address, job.etag, job.modified)
    except FetchError as error:
        return error
