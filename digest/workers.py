"""Work in processes of its own, every piece of it within limits of time and memory.

Whatever an article makes the program or one of its libraries do, it does it to a process that is ended and replaced:
inside a regular expression or libxml2 no exception of Python's could be raised. So the system keeps the limits:

* *Time* is the processor's, by the timer ITIMER_PROF (POSIX, setitimer), so that nothing is skipped because a machine
  is busy; what only waits is ended by ITIMER_REAL. Both signals end a process by themselves, and tell which it was.
* *Memory* is address space, by RLIMIT_AS (POSIX, setrlimit): what the process has as a piece begins, and the limit on
  top. Where the system does not tell it (macOS, Windows), only time is limited.

Windows has no such timers; there a watching thread of ``faulthandler`` ends the process.

``Workers`` is a ``concurrent.futures.Executor``: one of threads, each of which hands a piece of work to a process and
waits for the answer. So it is known which piece a process was at when it ended.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from queue import LifoQueue
from typing import Any, ParamSpec, TypeVar

from digest.model import DigestError
from digest.writing import is_lacking

if sys.platform != "win32":
    import resource

TOO_SLOW, MEMORY, CRASH, FAULT = "too slow", "memory", "crash", "fault"
CODES = (TOO_SLOW, MEMORY, CRASH, FAULT)
"""Why a piece of work was not done: its time was up, its memory was, its process ended, the program failed."""

_WAY_OUT = "split it, leave it out, or raise limits.{} in mkdocs.yml"

# Exit codes of a process: one that has no memory left, and one that ``faulthandler`` has ended. The last is also that
# of an exception that nobody has caught; so none may leave ``_work``.
_NO_MEMORY, _WATCHED = 112, 1

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

# Python's own record of child processes is not made for several threads that start and await them.
_CHILDREN = threading.Lock()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take: ``seconds`` of processor time, ``memory`` in bytes, and seconds by the clock.

    The last are for what does not work but waits, for a disk that does not answer; they leave room for other programs.
    """

    seconds: float = 10.0
    memory: int = 1_000_000_000
    clock: float = 300.0


class WorkError(DigestError):
    """A piece of work that was not done: ``code`` is one of CODES, the message a sentence with the way out."""

    def __init__(self, code: str, message: str) -> None:
        """Keep ``code`` beside the message; both are arguments, so that the error survives a process boundary."""
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        """Return the sentence for a person."""
        return self.message


class Workers(ThreadPoolExecutor):
    """An executor of ``processes`` processes, each of which is replaced when it ends.

    A function and its arguments are pickled. The future of a piece that was not done within ``limits`` has a
    ``WorkError`` as its exception, and so has that of one whose process was ended from outside twice, or at which the
    program failed. An error that is made for people (another ``DigestError``) or comes of a full disk comes back as it
    is. ``preload`` names a module that every process needs.
    """

    def __init__(self, processes: int, limits: Limits | None = None, preload: str = "") -> None:
        """Start the processes."""
        super().__init__(processes, thread_name_prefix="digest-worker", initializer=_deaf)
        self.processes = processes
        self._workers = [_Worker(limits or Limits(), preload) for _ in range(processes)]
        # the one that was used last is used next, for what it has loaded is loaded
        self._idle: LifoQueue[_Worker] = LifoQueue()
        with _interrupts_held_back():
            for worker in self._workers:
                worker.start()
                self._idle.put(worker)

    def submit(self, fn: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs) -> Future[_Result]:
        """Have ``fn`` called with these arguments in one of the processes."""
        return super().submit(self._done, fn, *args, **kwargs)

    def _done(self, fn: Callable[_Given, _Result], /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        """Return what ``fn`` returns; a process that was ended from outside gets a second one."""
        worker = self._idle.get()
        try:
            try:
                return worker.call(fn, args, kwargs)
            except _GoneError:
                return worker.call(fn, args, kwargs)
        finally:
            self._idle.put(worker)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when all is done; with ``cancel_futures`` at once, for nobody waits for it any more."""
        if cancel_futures:
            super().shutdown(wait=False, cancel_futures=True)
            for worker in self._workers:
                worker.stop()
        super().shutdown(wait)
        for worker in self._workers if wait else ():
            worker.stop()
            worker.left()


class _GoneError(WorkError):
    """A process that was ended, or came to its end, for a reason that may not come again."""


class _Worker:
    """A process that is handed one piece of work at a time. Used by one thread at a time, and stopped by any."""

    def __init__(self, limits: Limits, preload: str) -> None:
        self._limits = limits
        self._preload = preload
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._over = False

    def start(self) -> Connection[Any, Any]:
        """Return the pipe to the process, which is started where there is none.

        Raises OSError where the system starts none; the next piece of work tries anew.
        """
        if self._pipe is not None:
            return self._pipe
        context = _context(self._preload)
        with _CHILDREN:
            if self._over:
                raise WorkError(CRASH, "this was not read: the work was stopped before")
            ours, theirs = context.Pipe()
            # a copy of this process has this end of the pipe as well, and would never see that it was closed
            other = ours if context.get_start_method() == "fork" else None
            # of all contexts only the type of the three that there are has processes
            process = context.Process(target=_work, args=(theirs, self._limits, other), daemon=True)  # type: ignore[attr-defined]
            try:
                process.start()
            except BaseException:
                ours.close()
                raise
            finally:
                # so that reading from the pipe ends when the process does
                theirs.close()
            self._process, self._pipe = process, ours
        return ours

    def call(self, fn: Callable[..., _Result], args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Result:
        """Return what ``fn`` returns in the process. Raises what it raises, or ``WorkError``."""
        pipe = self.start()
        try:
            pipe.send((fn, args, kwargs))
            packed = pipe.recv_bytes()
        except (EOFError, OSError):
            raise _why(self.left(), self._limits) from None
        try:
            done, answer, leaves = ForkingPickler.loads(packed)
        except Exception as error:
            # an error whose class does not take back what it gave away
            raise _told(error) from error
        if leaves:
            self.left()
        if done:
            return answer  # type: ignore[no-any-return] # it comes out of a pipe
        raise answer

    def stop(self) -> None:
        """End the process and start no other."""
        with _CHILDREN:
            self._over = True
            if self._process is not None:
                self._process.terminate()

    def left(self) -> int:
        """Await the end of the process and return its exit code, negative for a signal."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is None or pipe is None:
            return 0
        pipe.close()
        with _CHILDREN:
            process.join()
            return process.exitcode or 0


def _why(exit_code: int, limits: Limits) -> WorkError:
    """Return why a process ended that did not answer."""
    if exit_code == _NO_MEMORY:
        most = f"{limits.memory / 1_000_000:,.0f} MB"
        return WorkError(MEMORY, f"reading it took more than {most} of memory; {_WAY_OUT.format('memory')}")
    if exit_code == (_WATCHED if sys.platform == "win32" else -signal.SIGPROF):
        return WorkError(
            TOO_SLOW, f"reading it took more than {limits.seconds:g} seconds; {_WAY_OUT.format('seconds')}"
        )
    if sys.platform != "win32" and exit_code == -signal.SIGALRM:
        waited = f"{limits.clock:g} seconds"
        return _GoneError(TOO_SLOW, f"nothing came of reading it for {waited}; look after the disk, or leave it out")
    if sys.platform != "win32" and exit_code == -signal.SIGABRT:
        # a library in C++ or Rust gives up where an exception of Python's would be raised
        return WorkError(MEMORY, f"a library gave up on it, most often for lack of memory; {_WAY_OUT.format('memory')}")
    how = f"by {signal.Signals(-exit_code).name}" if exit_code < 0 else f"with exit code {exit_code}"
    why = f"the process that read it was ended {how}, twice"
    if sys.platform != "win32" and exit_code == -signal.SIGKILL:
        why += ", most often because the machine has no memory left"
    return _GoneError(CRASH, f"{why}; close other programs, build again, or leave it out")


def _context(preload: str) -> BaseContext:
    """Return the way to start a process: a copy of this one costs milliseconds, a new one half a second.

    A copy has one thread only, and a lock that another thread holds would stay locked in it for ever; so it is made
    where there is no other, be it Python's or a library's. Elsewhere a server is started that makes the copies.
    """
    if sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1:  # noqa: PTH208 - only how many there are
        return get_context("fork")
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([preload] if preload else [])
    return context


def _work(pipe: Connection[Any, Any], limits: Limits, other: Connection[Any, Any] | None) -> None:
    """Do what comes through the pipe until the other end is closed, which is not to be held open here."""
    _leave_signals()
    if other is not None:
        other.close()
    rest = _size()
    while True:
        try:
            given = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        done, answer = _tried(ForkingPickler.loads, given)
        with _limited(limits):
            if done:
                fn, args, kwargs = answer
                done, answer = _tried(fn, *args, **kwargs)
            # what an article has left behind is not the next one's
            leaves = _size() - rest > limits.memory
            packable, packed = _tried(ForkingPickler.dumps, (done, answer, leaves))
            if not packable:
                packed = ForkingPickler.dumps((False, packed, leaves))
        try:
            pipe.send_bytes(packed)
        except OSError:
            return  # nobody is there any more
        if leaves:
            return


def _tried(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[bool, Any]:
    """Return True and what ``fn`` returns, or False and the error to tell; without memory, end the process."""
    try:
        return True, fn(*args, **kwargs)
    except MemoryError:
        os._exit(_NO_MEMORY)
    except BaseException as error:  # noqa: BLE001 - whatever it is (SystemExit too), one article must not end the others
        return False, _told(error)


def _told(error: BaseException) -> Exception:
    """Return an error of an input or the machine as it is, of any other, the program's, a sentence with its place."""
    if isinstance(error, DigestError):
        return error
    if isinstance(error, OSError) and is_lacking(error):
        # nothing is written by reading but what libraries keep for a while
        name = error.filename or "the folder for temporary files (TMPDIR)"
        return OSError(error.errno, error.strerror or str(error), name)
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
    return WorkError(
        FAULT, f"the program failed at it ({what}); please report this, and leave it out until it is mended"
    )


@contextmanager
def _limited(limits: Limits) -> Iterator[None]:
    """Let the system end this process when what is done takes too long, and refuse it memory when it takes too much."""
    if sys.platform == "win32":
        with Path(os.devnull).open("w") as nowhere:
            faulthandler.dump_traceback_later(limits.seconds, exit=True, file=nowhere)
            yield
            faulthandler.cancel_dump_traceback_later()
        return
    size = _size()
    if size:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = size + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    signal.setitimer(signal.ITIMER_REAL, limits.clock)
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def _size() -> int:
    """Return how much address space this process has, in bytes; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


def cpus() -> int:
    """Return how many processors this process may use: a container or `taskset` often leaves it fewer than there are.

    More processes than that only wait for each other, and each loads the program and its knowledge anew.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _leave_signals() -> None:
    """Leave Ctrl-C to the process that a person talks to, and let other signals do what they do by themselves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        own = (signal.SIGALRM, signal.SIGPROF, signal.SIGTERM)
        for each in own:
            signal.signal(each, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, own)


def _deaf() -> None:
    """Keep Ctrl-C from this thread, and so from what it starts, until that has said what it does with it."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Let Ctrl-C wait while processes start, so that they are all there when they are told to end.

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
