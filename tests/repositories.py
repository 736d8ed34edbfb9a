"""A real repository of articles, for the tests of what git knows."""

from __future__ import annotations

import subprocess
from pathlib import Path


class Repository:
    """A monitor under git. Each commit is dated by the day given."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seeds = root / "seeds"
        self.seeds.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, day: str = "2025-03-01") -> str:
        when = f"{day}T12:00:00Z"
        command = ["git", "-c", "user.name=desk", "-c", "user.email=desk@press.example", *arguments]
        environment = {"PATH": _path(), "HOME": str(self.root), "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        done = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, name: str, text: str | bytes) -> None:
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self, day: str) -> str:
        """Commit everything that stands in the folder; return the hash."""
        self.git("add", "--all")
        self.git("commit", "-q", "-m", f"As of {day}", day=day)
        return self.git("rev-parse", "HEAD")


def _path() -> str:
    import os

    return os.environ["PATH"]


def story(*sentences: str) -> str:
    return "\n\n".join(["Bridge is closed", "“The bridge is closed,” said Ida Quill, the mayor.", *sentences]) + "\n"
