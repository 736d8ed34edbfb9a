"""The program itself: pipes, terminals, locales, signals."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from program import run, start

from digest import __version__


def test_version_and_help() -> None:
    assert run("--version").stdout == f"digest, version {__version__}\n"
    assert run("-h").exit_code == run("quotes", "-h").exit_code == 0


@pytest.mark.parametrize("arguments", [["frob"], ["build", "--frob"], ["quotes", "--kind", "loud"], ["explain"]])
def test_a_wrong_call_is_told_from_an_error(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_path_without_meaning_in_unicode_is_printed_as_valid_json(monitor: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (monitor / "seeds" / name).write_text("Menu\n\n“Soup,” said Ida Quill.\n", encoding="utf-8")
    with start("annotate", "seeds", cwd=monitor) as program:
        out, err = program.communicate()
    assert (program.returncode, err) == (0, b"")
    assert "caf\ufffd.txt" in [json.loads(line)["path"] for line in out.decode("utf-8").splitlines()]


def test_output_is_utf8_whatever_the_locale(monitor: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with start("explain", "seeds/bridge.txt", cwd=monitor, env=environment) as program:
        out, err = program.communicate()
    assert (program.returncode, err) == (0, b"")
    assert "–" in out.decode("utf-8")


def test_a_reader_may_go_away(monitor: Path) -> None:
    for n in range(40):
        (monitor / "seeds" / f"more-{n}.txt").write_text(f"Number {n}\n\n{'A line of words. ' * 400}", encoding="utf-8")
    with start("annotate", "seeds", cwd=monitor) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert json.loads(program.stdout.readline())["path"] == "bridge.txt"
        program.stdout.close()
        err = program.stderr.read()
    assert (program.returncode, err) == (141, b"")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("annotate seeds >/dev/full", "Error: input or output: No space left on device; make room there"),
        ("quotes >/dev/full", "Error: input or output: No space left on device; make room there"),
        ("--help >/dev/full", "Error: input or output: No space left on device; make room there"),
        ("annotate seeds >&-", "Error: input or output: Bad file descriptor; the caller has closed standard"),
        ("export >&-", "Error: input or output: Bad file descriptor; the caller has closed standard"),
        ("annotate - <&-", "Error: input or output: Bad file descriptor; the caller has closed standard"),
        ("export -o seeds/bridge.txt/x.csv", "Error: seeds/bridge.txt/x.csv: Not a directory; a file stands where"),
        ("explain 'a\nb\x1b[31m'", "Error: a b[31m: there is no such file or folder; check the spelling"),
    ],
)
def test_a_stream_or_place_that_takes_nothing_ends_in_one_sentence(monitor: Path, call: str, said: str) -> None:
    (code, lines), heard = shell(call, monitor)
    assert (code, lines) == (1, 1), heard
    assert heard.startswith(said)


@pytest.mark.parametrize("call", ["export -o out.jsonl <&-", "export -o out.jsonl 2>&-", "export -o out.jsonl <&- >&-"])
def test_closed_streams_that_are_not_needed_do_no_harm(monitor: Path, call: str) -> None:
    assert shell(call, monitor)[0] == (0, 0)
    assert len((monitor / "out.jsonl").read_bytes().splitlines()) == 2


def shell(call: str, folder: Path) -> tuple[tuple[int, int], str]:
    """Run the program as a shell would; return its exit code, how many lines it said on standard error, and those."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = f'exec "$0" -W error -m digest {call}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable],  # noqa: S607 - the shell of the system
        capture_output=True,
        cwd=folder,
        env=environment,
        timeout=60,
        check=False,
    )
    said = done.stderr.decode("utf-8")
    return (done.returncode, len(said.splitlines())), said


def on_a_terminal(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return the exit code and what a terminal shows, without colours."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    command = [sys.executable, "-m", "digest", *arguments]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=folder, env=environment) as program:
        os.close(theirs)
        written = b""
        try:
            while piece := os.read(ours, 1 << 16):
                written += piece
        except OSError:
            pass  # Linux tells so that the other side has closed the terminal
    os.close(ours)
    return program.returncode, re.sub(r"\x1b\[[0-9;]*m", "", written.decode("utf-8"))


def test_a_terminal_gets_no_bytes_that_are_no_text(monitor: Path) -> None:
    code, shown = on_a_terminal(monitor, "export", "--format", "sqlite")
    assert code == 2
    assert "digest.sqlite is no text; name a file for it with -o" in shown


def test_a_terminal_gets_a_table_that_fits(monitor: Path) -> None:
    code, shown = on_a_terminal(monitor, "quotes", "seeds")
    assert code == 0
    lines = shown.splitlines()
    assert lines[0].split() == ["Speaker", "Words", "How", "Via", "When", "Place"]
    assert set(lines[1].strip()) == {"─"}
    assert max(map(len, lines)) <= 100
    assert any("Ida Quill" in line for line in lines)


def test_serve_shows_the_site_until_interrupted(monitor: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with start("serve", "-a", address, cwd=monitor) as program:
        try:
            assert "The bridge will stand in May" in fetched(f"http://{address}/articles/bridge/", program)
        finally:
            program.send_signal(signal.SIGINT)
            _, err = program.communicate(timeout=30)
    assert program.returncode == 0, err.decode("utf-8")


def fetched(address: str, program: subprocess.Popen[bytes]) -> str:
    """Return the page at ``address`` once it is there."""
    for _ in range(300):
        assert program.poll() is None
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode("utf-8"))
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"nothing is served at {address}")


def test_an_interrupt_ends_the_reading_in_several_processes(monitor: Path) -> None:
    for n in range(400):
        (monitor / "seeds" / f"more-{n}.txt").write_text(f"Number {n}\n\n{'A line of words. ' * 100}", encoding="utf-8")
    with start("annotate", "seeds", cwd=monitor, start_new_session=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        # As a terminal does: Ctrl-C reaches every process of the group.
        os.killpg(program.pid, signal.SIGINT)
        program.stdout.read()
        try:
            assert program.wait(timeout=60) == 130
        finally:
            if program.poll() is None:
                os.killpg(program.pid, signal.SIGKILL)
