"""A press to fetch from, and a collector that writes into a folder of the test's own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from presses import QUICK, Collect, Press, running

from digest.collect import Client, Guest, Health, Manners, Options, Source, collect
from digest.collect.run import Progress
from digest.workers import Limits, Workers

NOW = datetime.datetime(2025, 5, 6, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def press() -> Iterator[Press]:
    with running() as press:
        yield press


@pytest.fixture
def other() -> Iterator[Press]:
    """A second press, at another port."""
    with running() as press:
        yield press


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """What reads the answers. A page that takes two seconds is too slow."""
    with Workers(1, Limits(seconds=2)) as workers:
        yield workers


@pytest.fixture
def run(tmp_path: Path, workers: Workers) -> Collect:
    """Collect into ``tmp_path``; what a run is asked for may be addresses or sources."""

    def collected(
        *sources: str | Source,
        days_later: int = 0,
        most: int = 50,
        dry: bool = False,
        progress: Progress | None = None,
        hurried: Workers | None = None,
    ) -> list[Health]:
        now = NOW + datetime.timedelta(days=days_later)
        guest = Guest(Client("digest-test/1", QUICK, private=True), "digest-test", Manners(delay=0))
        wanted = [each if isinstance(each, Source) else Source(each) for each in sources]
        options = Options(now, ("en", "de"), most=most, dry=dry)
        return collect(wanted, tmp_path, guest, hurried or workers, options, progress)

    return collected
