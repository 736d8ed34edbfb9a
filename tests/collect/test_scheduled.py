"""The scheduled jobs of a fresh monitor, run as GitHub and GitLab do: fetched, committed, pushed, and built."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
import yaml
from presses import LONG, Press, Reply, item, page, rss

from digest import scaffold

LISTED = "      curation: curation\n      collect:\n        - {}\n"


class Forge(BaseHTTPRequestHandler):
    """What GitHub's interface has for asking for a run."""

    asked: ClassVar[list[tuple[str, str, Any]]] = []

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, self.headers["Authorization"], said))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests quiet."""


@pytest.fixture
def forge() -> Iterator[str]:
    Forge.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Forge) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=desk", "-c", "user.email=desk@press.example", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def origin(press: Press, tmp_path: Path) -> Path:
    """The repository of a monitor that collects from the press, as it lies at the forge."""
    press.routes["/feed"] = rss(item(press.at("/quay")))
    press.routes["/quay"] = Reply(page("Quay stays shut", *LONG))
    scaffold.lay_out(tmp_path / "desk")
    config = tmp_path / "desk" / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("      curation: curation\n", LISTED.format(press.at("/feed"))))
    git(tmp_path / "desk", "init", "--quiet", "--initial-branch", "main")
    git(tmp_path / "desk", "add", "--all")
    git(tmp_path / "desk", "commit", "--quiet", "--message", "A monitor")
    git(tmp_path, "clone", "--quiet", "--bare", "desk", "origin.git")
    return tmp_path / "origin.git"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a step finds, with a ``digest`` that may ask this machine."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "digest"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m digest "$@" --allow-private --delay 0\n')
    program.chmod(0o755)
    where = os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    said = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": where}
    return said | {"RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}


def bash(script: str, folder: Path, environment: dict[str, str]) -> None:
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def checked_out(origin: Path, name: str) -> Path:
    git(origin.parent, "clone", "--quiet", str(origin), name)
    return origin.parent / name


def step(origin: Path, job: str) -> str:
    workflow = checked_out(origin, f"read-{job}") / ".github" / "workflows" / "collect.yml"
    steps = yaml.load(workflow.read_text("utf-8"), Loader=yaml.BaseLoader)["jobs"][job]["steps"]  # noqa: S506 - strings
    (script,) = [each["run"] for each in steps if each.get("name", "").startswith(("Collect", "Commit"))]
    return str(script)


def test_github_collects_commits_and_builds(origin: Path, environment: dict[str, str], forge: str) -> None:
    here = origin.parent
    output = here / "output"
    script = step(origin, "fetch")
    bash(script, checked_out(origin, "fetch"), environment | {"GITHUB_OUTPUT": str(output)})
    assert output.read_text() == "changed=true\n"
    assert "**1 new and 0 edited stories in seeds, from 1 source**" in (here / "summary.md").read_text("utf-8")
    # what was fetched may hold anything; what lies outside of seeds is not taken
    patch = here / "collected.patch"
    outside = "diff --git a/evil b/evil\nnew file mode 100644\n--- /dev/null\n+++ b/evil\n@@ -0,0 +1 @@\n+evil\n"
    patch.write_text(patch.read_text("utf-8") + outside, encoding="utf-8")
    said = {"GITHUB_API_URL": forge, "GITHUB_REPOSITORY": "desk/press", "GITHUB_REF_NAME": "main", "TOKEN": "t0k"}
    bash(step(origin, "keep"), checked_out(origin, "keep"), environment | said)
    assert git(origin, "log", "--format=%an: %s", "main").splitlines()[0] == "github-actions[bot]: Collect stories"
    names = git(origin, "show", "--name-only", "--format=", "main").split()
    assert [name.rpartition("/")[2][:26] for name in names] == [".collected.json", "2025-05-06-quay-stays-shut"]
    path = "/repos/desk/press/actions/workflows/digest.yml/dispatches"
    assert Forge.asked == [(path, "Bearer t0k", {"ref": "main"})]
    # another machine, where nothing is new
    output.unlink()
    bash(script, checked_out(origin, "again"), environment | {"GITHUB_OUTPUT": str(output)})
    assert not output.exists()


def moved(origin: Path, line: str) -> None:
    """Keep the articles elsewhere, as `seeds:` in mkdocs.yml says."""
    desk = checked_out(origin, "moving")
    config = desk / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("      seeds: seeds\n", f"      seeds: {line}\n"), "utf-8")
    git(desk, "mv", "seeds", "the articles")
    git(desk, "commit", "--quiet", "--all", "--message", "Keep the articles elsewhere")
    git(desk, "push", "--quiet", "origin", "main")


def push_in_between(origin: Path) -> None:
    desk = checked_out(origin, "desk-in-between")
    (desk / "NOTES.md").write_text("A note.\n", "utf-8")
    git(desk, "add", "--all")
    git(desk, "commit", "--quiet", "--message", "A note")
    git(desk, "push", "--quiet", "origin", "main")


@pytest.mark.parametrize("line", ["the articles", '"./the articles/"  # not seeds', "'the articles'"])
def test_github_keeps_what_was_pushed_in_between_and_goes_by_the_seeds(
    origin: Path, environment: dict[str, str], forge: str, line: str
) -> None:
    moved(origin, line)
    output = origin.parent / "output"
    bash(step(origin, "fetch"), checked_out(origin, "fetch"), environment | {"GITHUB_OUTPUT": str(output)})
    assert output.read_text() == "changed=true\n"
    script, keep = step(origin, "keep"), checked_out(origin, "keep")
    push_in_between(origin)
    said = {"GITHUB_API_URL": forge, "GITHUB_REPOSITORY": "desk/press", "GITHUB_REF_NAME": "main", "TOKEN": "t0k"}
    bash(script, keep, environment | said)
    assert git(origin, "log", "--format=%s", "main").splitlines()[:2] == ["Collect stories", "A note"]
    names = git(origin, "show", "--name-only", "--format=", "main").splitlines()
    assert len(names) == 2
    assert all(name.startswith("the articles/") for name in names)


def test_gitlab_keeps_what_was_pushed_in_between_and_goes_by_the_seeds(
    origin: Path, environment: dict[str, str]
) -> None:
    moved(origin, "the articles")
    here = checked_out(origin, "runner")
    push_in_between(origin)
    jobs = yaml.load((here / ".gitlab-ci.yml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings
    said = {"CI_REPOSITORY_URL": str(origin), "CI_DEFAULT_BRANCH": "main", "CI_SERVER_HOST": "forge.example"}
    bash("\n".join(jobs["collect"]["script"]), here, environment | said)
    assert git(origin, "log", "--format=%s", "main").splitlines()[:2] == ["Collect stories", "A note"]
    names = git(origin, "show", "--name-only", "--format=", "main").splitlines()
    assert len(names) == 2
    assert all(name.startswith("the articles/") for name in names)


def test_gitlab_collects_commits_and_builds(origin: Path, environment: dict[str, str]) -> None:
    here = checked_out(origin, "runner")
    jobs = yaml.load((here / ".gitlab-ci.yml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings
    said = {"CI_REPOSITORY_URL": str(origin), "CI_DEFAULT_BRANCH": "main", "CI_SERVER_HOST": "forge.example"}
    environment |= said | {"CI_PIPELINE_SOURCE": "schedule"}
    before = git(origin, "rev-parse", "main").strip()
    bash("\n".join(jobs["collect"]["script"]), here, environment)
    assert git(origin, "rev-parse", "main~1").strip() == before
    # the next job of the pipeline, on the commit that the pipeline is of
    pages = checked_out(origin, "pages")
    git(pages, "checkout", "--quiet", before)
    bash(jobs["pages"]["script"][0], pages, environment)
    assert len(list((pages / "seeds").glob("*/*.md"))) == 1
    git(pages, "checkout", "--quiet", before)
    bash(jobs["pages"]["script"][0], pages, environment | {"CI_PIPELINE_SOURCE": "push"})
    assert git(pages, "rev-parse", "HEAD").strip() == before
    # and a pipeline that finds nothing new
    bash("\n".join(jobs["collect"]["script"]), checked_out(origin, "again"), environment)
    assert git(origin, "rev-parse", "main~1").strip() == before


def test_without_a_list_nothing_is_done(environment: dict[str, str], tmp_path: Path) -> None:
    scaffold.lay_out(tmp_path / "desk")
    git(tmp_path / "desk", "init", "--quiet", "--initial-branch", "main")
    git(tmp_path / "desk", "add", "--all")
    git(tmp_path / "desk", "commit", "--quiet", "--message", "A monitor")
    git(tmp_path, "clone", "--quiet", "--bare", "desk", "origin.git")
    output = tmp_path / "output"
    bash(step(tmp_path / "origin.git", "fetch"), tmp_path / "desk", environment | {"GITHUB_OUTPUT": str(output)})
    assert not output.exists()
    assert (tmp_path / "summary.md").read_text("utf-8") == ""
