"""Work in processes within limits: what an article does to its process, it does to no other article."""

from __future__ import annotations

import faulthandler
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import workers
from digest.model import DigestError
from digest.workers import Limits, WorkError, Workers

SMALL = Limits(seconds=0.3, memory=200_000_000)
SHORT = Limits(clock=0.5)
MIB = 1 << 20


def double(n: int) -> int:
    return 2 * n


def loop(n: int) -> int:
    while True:
        n += 1


def match(n: int) -> int:
    """Stay inside C, in a regular expression that goes back for ever."""
    return len(re.findall(r"(?:a|a)*b", "a" * (60 + n)))


def wait(n: int) -> int:
    time.sleep(3600)
    return n


def eat(n: int) -> int:
    held = []
    while True:
        held.append(bytearray(n + 16 * MIB))


def leave(_n: int) -> int:
    os._exit(9)


def die(n: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return n


def abort(_n: int) -> int:
    faulthandler.disable()
    os.abort()


def fail(n: int) -> int:
    return n // 0


def refuse(n: int) -> int:
    raise DigestError(f"{n} is refused")


def grow(n: int) -> int:
    """Leave behind more than a piece of work may take."""
    kept.append(bytearray(n))
    return os.getpid()


def give_a_lock(_n: int) -> Any:
    return threading.Lock()


def leave_python(n: int) -> int:
    raise SystemExit(n)


class HalfError(DigestError):
    """An error that is not made anew from the arguments that it keeps."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


def refuse_by_halves(n: int) -> int:
    raise HalfError(str(n), "")


class Locked:
    """What can be sent and not be received."""

    def __reduce__(self) -> Any:
        return refuse_by_halves, (1,)


kept: list[bytearray] = []


def once(place: str) -> str:
    """End the process the first time only."""
    if not Path(place).exists():
        Path(place).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return place


DEEDS: dict[str, tuple[Callable[[int], int], str, str]] = {
    "loop": (loop, workers.TOO_SLOW, "more than 0.3 seconds"),
    "match": (match, workers.TOO_SLOW, "more than 0.3 seconds"),
    "wait": (wait, workers.TOO_SLOW, "nothing came of reading it for 0.5 seconds"),
    "eat": (eat, workers.MEMORY, "more than 200 MB of memory"),
    "abort": (abort, workers.MEMORY, "a library gave up on it, most often for lack of memory"),
    "leave": (leave, workers.CRASH, "ended with exit code 9, twice"),
    "die": (die, workers.CRASH, "ended by SIGKILL, twice, most often because the machine has no memory left"),
    "fail": (fail, workers.FAULT, r"ZeroDivisionError in test_workers\.py, line \d+"),
    "give a lock": (give_a_lock, workers.FAULT, r"TypeError in \w+\.py, line \d+"),
    "leave Python": (leave_python, workers.FAULT, r"SystemExit in test_workers\.py, line \d+"),
    "half an error": (refuse_by_halves, workers.FAULT, r"TypeError in workers\.py, line \d+"),
}


def told(future: Future[int]) -> int | str:
    try:
        return future.result()
    except WorkError as error:
        return error.code


@pytest.mark.parametrize("deed", DEEDS)
def test_what_ends_its_process_is_told_and_the_next_is_done(deed: str) -> None:
    run, code, said = DEEDS[deed]
    with Workers(1, SHORT if run is wait else SMALL) as pool:
        future = pool.submit(run, 1)
        after = pool.submit(double, 4)
        with pytest.raises(WorkError, match=said) as error:
            future.result()
        assert error.value.code == code
        assert after.result() == 8


@pytest.mark.parametrize("processes", [1, 3])
@settings(max_examples=10)
@given(st.lists(st.sampled_from([None, None, None, "loop", "eat", "leave", "fail"]), max_size=20))
def test_every_other_piece_comes_in_order(processes: int, deeds: list[str | None]) -> None:
    wanted = [2 * n if deed is None else DEEDS[deed][1] for n, deed in enumerate(deeds)]
    limits = Limits(seconds=0.2, memory=100_000_000)
    with Workers(processes, limits) as pool:
        futures = [pool.submit(DEEDS[deed][0] if deed else double, n) for n, deed in enumerate(deeds)]
        assert [told(future) for future in futures] == wanted


def test_a_process_that_was_ended_once_costs_nothing(tmp_path: Path) -> None:
    places = [str(tmp_path / str(n)) for n in range(3)]
    with Workers(2) as pool:
        assert list(pool.map(once, places)) == places


def test_an_error_that_is_made_for_people_comes_back() -> None:
    with Workers(1) as pool, pytest.raises(DigestError, match="7 is refused"):
        pool.submit(refuse, 7).result()


def test_what_a_process_cannot_take_costs_it_nothing() -> None:
    with Workers(1, SMALL) as pool:
        process = pool.submit(os.getpid).result()
        with pytest.raises(WorkError, match="TypeError in"):
            pool.submit(type, Locked()).result()
        assert pool.submit(os.getpid).result() == process


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the limit of open files is no limit of processes elsewhere")
def test_a_process_that_could_not_be_started_is_started_for_the_next_piece() -> None:
    import resource

    pool = Workers(1)
    try:
        assert told(pool.submit(leave, 1)) == workers.CRASH
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        ends = os.pipe()
        for end in ends:
            os.close(end)
        # enough for the pipe to a process, and not for the process
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(ends) + 1, hard))
        try:
            with pytest.raises(OSError, match="Too many open files"):
                pool.submit(double, 4).result(timeout=60)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert pool.submit(double, 4).result(timeout=60) == 8
    finally:
        pool.shutdown(cancel_futures=True)


def test_what_one_piece_leaves_behind_is_not_the_next_ones() -> None:
    with Workers(1, SMALL) as pool:
        first = pool.submit(grow, 150 * MIB).result()
        # both are within the limit, and together they are not
        second = pool.submit(grow, 150 * MIB).result()
        third = pool.submit(grow, MIB).result()
    assert first == second
    assert third != second


def test_processes_are_no_copies_of_one_with_threads() -> None:
    go = threading.Event()
    other = threading.Thread(target=go.wait)
    other.start()
    try:
        assert workers._context("").get_start_method() == "forkserver"
        with Workers(2, SMALL) as pool:
            assert list(pool.map(double, range(40))) == list(range(0, 80, 2))
    finally:
        go.set()
        other.join()


def test_work_that_nobody_waits_for_ends_at_once() -> None:
    pool = Workers(2)
    futures = [pool.submit(wait, n) for n in range(20)]
    pool.shutdown(cancel_futures=True)
    assert all(future.cancelled() or isinstance(future.exception(), WorkError) for future in futures)


ORPHANS = """
import os, signal, sys, time
from digest.workers import Workers
with Workers(3) as pool:
    print(*[worker._process.pid for worker in pool._workers], flush=True)
    time.sleep(3600)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the system does not list its processes there")
def test_a_program_that_is_killed_leaves_no_process_behind() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        processes = program.stdout.readline().split()
        program.kill()
        # the processes hold the other end, so this waits for the last of them
        assert program.stdout.read() == ""
    assert len(processes) == 3


def test_an_interrupt_waits_until_the_processes_are_there() -> None:
    started = []

    def start() -> None:
        with workers._interrupts_held_back():
            signal.raise_signal(signal.SIGINT)
            started.append(True)

    with pytest.raises(KeyboardInterrupt):
        start()
    assert started == [True]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
