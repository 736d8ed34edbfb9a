"""The program, run in this process or by itself, and the articles that it is given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from digest.cli import cli

BRIDGE = """Mayor promises a bridge

Osterfeld. “The bridge will stand in May,” said Ida Quill, the mayor of Osterfeld.

Nobody has asked the fish.
"""
QUAY = """Quay stays shut

The quay “will stay shut until the cranes are safe”, Bram Oxley, a harbour engineer, told Kestrel Wire on Monday.
"""
CURATION = "bridge:\n  outlet: Osterfeld Courier\n  published: 2025-05-02\n"


def run(*arguments: str | Path, stdin: str | bytes = "") -> Result:
    """Run the command line in this process; an error that is not the program's own is raised."""
    return CliRunner(catch_exceptions=False).invoke(cli, [str(a) for a in arguments], input=stdin, prog_name="digest")


def start(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
    """Start the program itself, with warnings as errors."""
    command = [sys.executable, "-W", "error", "-m", "digest", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]
