"""How we behave as a guest: robots.txt, a pause between two requests to a host, what it asks to wait, few redirects.

Nothing here reads a page, and nothing opens a connection but ``fetch``.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from digest.collect import addresses, robots
from digest.collect.errors import FetchError
from digest.collect.fetch import PERMANENT, Answer, Client
from digest.collect.robots import Robots

REDIRECTS = 5
"""What a chain of redirects may have; browsers stop at 20, RFC 9309 asks for 5 for a robots.txt."""

LARGEST_ROBOTS = 512_000
"""Bytes of a robots.txt that are read (RFC 9309, 2.5, asks for 500 kibibytes at least)."""

_BUSY = (429, 503)
_GONE = (404, 410)
_NO = {401: "asks for a login", 402: "asks for money", 403: "does not let programs in", 451: "is kept back by law"}


@dataclass(frozen=True, slots=True)
class Manners:
    """How long to wait, in seconds: between two requests to a host, at most for a host that asks us to, and in all."""

    delay: float = 1.0
    patience: float = 60.0
    run: float = 1_800.0


@dataclass(slots=True)
class _Site:
    """What is known of scheme, host and port during a run. ``no_more`` is why it is asked nothing more."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    robots: Robots | None = None
    no_more: str | None = None


class Guest:
    """Asks hosts for pages, each as it wants to be asked. It may be used by several threads at once."""

    def __init__(
        self,
        client: Client,
        token: str,
        manners: Manners | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """``token`` is the name by which a robots.txt may mean us. ``clock`` and ``sleep`` are for the waiting only."""
        self._client, self._token = client, token
        self._manners = manners or Manners()
        self._stopped = threading.Event()
        self._clock = clock
        self._sleep = sleep or self._stopped.wait
        self._ends = clock() + self._manners.run
        self._lock = threading.Lock()
        self._sites: dict[str, _Site] = {}
        self._free: dict[str, float] = {}

    def stop(self) -> None:
        """Ask nobody any more, and wake whoever waits."""
        self._stopped.set()

    def visit(self, address: str, etag: str | None = None, modified: str | None = None) -> tuple[Answer, str | None]:
        """Return what is at ``address``, and where it has moved to for good. The answer's status is 200 or 304.

        Its address is the last one of the redirects, each of which has to be allowed as the first one has. Raises
        FetchError.
        """
        at, moved, for_good = address, None, True
        for _ in range(REDIRECTS + 1):
            answer = self._asked(at, etag, modified)
            if answer.status == 304 and not etag and not modified:
                raise FetchError("it says that nothing has changed, to a first request", again=True)
            if answer.location is None:
                return self._judged(answer), moved
            at = self._next(answer)
            for_good = for_good and answer.status in PERMANENT
            moved = at if for_good else moved
        raise FetchError(f"it redirects more than {REDIRECTS} times", again=False)

    def _asked(self, address: str, etag: str | None, modified: str | None) -> Answer:
        with self._lock:
            site = self._sites.setdefault(addresses.origin(address), _Site())
        with site.lock:
            if site.robots is None and site.no_more is None:
                site.robots = self._robots(site, address)
        if site.robots and not site.robots.allows(address):
            raise FetchError("its robots.txt asks programs to stay away", again=False)
        for last in (False, True):
            self._wait(site, address)
            answer = self._client.get(address, etag, modified)
            if answer.status not in _BUSY:
                return answer
            wait = answer.wait
            if last or wait is None or wait > self._manners.patience:
                site.no_more = f"it is busy (status {answer.status})"
                if wait is not None:
                    site.no_more += f" and asks to wait {wait:,.0f} seconds"
                break
            with self._lock:
                host = addresses.host(address)
                self._free[host] = max(self._free[host], self._clock() + wait)
        raise FetchError(site.no_more or "", again=True)

    def _wait(self, site: _Site, address: str) -> None:
        """Wait until the host may be asked again, and take the next place. Raises FetchError where that is too long."""
        asked = site.robots.delay if site.robots and site.robots.delay else 0.0
        host = addresses.host(address)
        with self._lock:
            now = self._clock()
            start = max(now, self._free.get(host, now))
            if self._stopped.is_set() or site.no_more:
                raise FetchError(site.no_more or "the run was stopped", again=True)
            if start - now > self._manners.patience:
                raise FetchError("it wants to be asked less often; the next run goes on", again=True)
            if start > self._ends:
                raise FetchError("the time of this run is over; the next run goes on", again=True)
            self._free[host] = start + max(self._manners.delay, asked)
        if start > now:
            self._sleep(start - now)

    def _robots(self, site: _Site, address: str) -> Robots:
        """Return what the site of ``address`` allows. Raises FetchError where that is not known, for all of the run."""
        at = f"{addresses.origin(address)}/robots.txt"
        try:
            for _ in range(REDIRECTS + 1):
                self._wait(site, at)
                answer = self._client.get(at, most=LARGEST_ROBOTS)
                if answer.location is None:
                    break
                at = self._next(answer)
        except FetchError as error:
            site.no_more = error.reason
            raise
        if answer.status == 200:
            return robots.parse(answer.body.decode("utf-8", "replace"), self._token)
        # RFC 9309, 2.3.1.2 to 2.3.1.4: 4xx is no robots.txt, and so are endless redirects; 5xx forbids all. Who says
        # "too many requests" is asked no further either.
        if answer.status < 500 and answer.status not in _BUSY:
            return robots.ANYTHING
        site.no_more = f"its robots.txt cannot be had now (status {answer.status})"
        raise FetchError(site.no_more, again=True)

    @staticmethod
    def _next(answer: Answer) -> str:
        """Return where a redirect leads. Raises FetchError where that is no address of the web."""
        found = addresses.normal(answer.location or "", answer.address)
        if found is None:
            raise FetchError("it redirects to what is no address of the web", again=False)
        return found

    @staticmethod
    def _judged(answer: Answer) -> Answer:
        status = answer.status
        if status in (200, 304):
            return replace(answer, location=None)
        if status in _GONE:
            raise FetchError(f"it is not there (any more) (status {status})", again=False, gone=True)
        if status in _NO:
            raise FetchError(f"it {_NO[status]} (status {status})", again=False)
        raise FetchError(f"it answers with status {status}", again=status >= 500 or status == 408)
