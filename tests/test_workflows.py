"""The pipelines of this repository and of every fresh monitor: valid, frugal with rights, and the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest
import yaml

from digest import scaffold

ROOT = Path(__file__).parents[1]
FRESH = ROOT / "digest" / "scaffold" / "files"
OWN, NEW = ROOT / ".github" / "workflows", FRESH / "dot.github" / "workflows"
GITHUB = [*sorted(OWN.glob("*.yml")), *sorted(NEW.glob("*.yml"))]
PAIRS = [(OWN / name, NEW / name) for name in ("collect.yml", "digest.yml")]
GITLAB = [ROOT / ".gitlab-ci.yml", FRESH / "dot.gitlab-ci.yml"]


MAY_WRITE = {
    "publish": {"pages", "id-token"},
    "comment": {"pull-requests"},
    "keep": {"contents", "actions"},
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def loaded(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings and lists only


def validate(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_workflows_to_check() -> None:
    assert {path.name for path in GITHUB} == {"collect.yml", "digest.yml", "tests.yml"}
    assert len(GITHUB) == 5


def test_github_workflows_are_valid() -> None:
    validate("--builtin-schema", "vendor.github-workflows", *GITHUB)


def test_github_jobs_end_by_themselves() -> None:
    validate("--builtin-schema", "custom.github-workflows-require-timeout", *GITHUB)


def test_gitlab_pipelines_are_valid() -> None:
    validate("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", *GITLAB)


@pytest.mark.parametrize("path", GITHUB, ids=name)
def test_a_job_has_only_the_rights_it_names(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {}
    for job_name, job in workflow["jobs"].items():
        writes = {right for right, value in job["permissions"].items() if value != "read"}
        assert writes == MAY_WRITE.get(job_name, set())


@pytest.mark.parametrize("path", PAIRS[1], ids=name)
def test_what_comments_runs_nothing_of_the_pull_request(path: Path) -> None:
    job = loaded(path)["jobs"]["comment"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in job["if"]
    (step,) = job["steps"]
    assert "uses" not in step
    assert step["env"]["EFFECT"] == "${{ needs.build.outputs.effect }}"


@pytest.mark.parametrize("path", GITHUB, ids=name)
def test_no_text_of_a_stranger_reaches_a_shell(path: Path) -> None:
    # GitHub pastes ${{ }} into the script before the shell sees it; a pull request's title could be a command.
    for job in loaded(path)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/checkout@v1"))
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize(("own", "fresh"), [*PAIRS, tuple(GITLAB)], ids=["collect", "GitHub", "GitLab"])
def test_this_repository_publishes_as_a_fresh_monitor_does(own: Path, fresh: Path) -> None:
    ours, theirs = own.read_text(encoding="utf-8"), fresh.read_text(encoding="utf-8")
    install = re.compile(r"( +run: \|\n)?([ -]+|[ -]+run: )python -m pip install .*\n(.*python -m pip install .*\n)?")
    assert install.sub("", ours, count=1) == install.sub("", theirs, count=1)
    assert "pip install --no-build-isolation --no-deps ." in ours
    assert "pip install -r requirements.txt" in theirs


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_every_supported_python_is_tested(python: str) -> None:
    job = loaded(ROOT / ".github" / "workflows" / "tests.yml")["jobs"]["test"]
    assert python in job["strategy"]["matrix"]["python"]
    assert job["steps"][-1]["run"] == "make test"
    classifiers = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"Programming Language :: Python :: {python}" in classifiers


def bash(script: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub and GitLab do."""
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


class Forge(BaseHTTPRequestHandler):
    """What both forges' interfaces have in common: comments that are listed, added and changed."""

    comments: ClassVar[list[dict[str, Any]]] = []

    def do_GET(self) -> None:
        self.answer(self.comments)

    def do_POST(self) -> None:
        self.comments.append({"id": len(self.comments) + 1, "user": {"type": "Bot"}, "body": self.body()})
        self.answer({})

    def do_PATCH(self) -> None:
        assert self.headers.get("Authorization") == "Bearer t0k" or self.headers.get("PRIVATE-TOKEN") == "t0k"
        self.comments[int(self.path.rpartition("/")[2]) - 1]["body"] = self.body()
        self.answer({})

    def do_PUT(self) -> None:
        self.do_PATCH()

    def body(self) -> str:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        return str(json.loads(raw)["body"] if raw.startswith("{") else parse_qs(raw)["body"][0])

    def answer(self, content: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests quiet."""


@pytest.fixture
def forge() -> Iterator[str]:
    Forge.comments[:] = [{"id": 1, "user": {"type": "User"}, "body": "Nice."}]
    with ThreadingHTTPServer(("127.0.0.1", 0), Forge) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("which", ["GitHub", "GitLab"])
def test_one_comment_is_posted_and_renewed(which: str, forge: str, tmp_path: Path) -> None:
    """Run the real steps against an interface on this machine; no title of an article is more than text there."""
    if which == "GitHub":
        (step,) = loaded(PAIRS[1][1])["jobs"]["comment"]["steps"]
        script = step["run"]
    else:
        script = "\n".join(loaded(GITLAB[-1])["note"]["script"])
    said = {**os.environ, "GITHUB_API_URL": forge, "GITHUB_SERVER_URL": "https://forge.example", "NUMBER": "7"}
    said |= {"GITHUB_REPOSITORY": "desk/press", "GITHUB_RUN_ID": "5", "TOKEN": "t0k", "DIGEST_TOKEN": "t0k"}
    said |= {"CI_API_V4_URL": forge, "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7", "CI_PIPELINE_URL": "https://f"}
    for effect in ("- 1 new article: “Rain” $(touch out) `touch out`", "- nothing moves"):
        (tmp_path / "effect.md").write_text(effect + "\n", encoding="utf-8")
        bash(script, tmp_path, said | {"EFFECT": effect})
        assert len(Forge.comments) == 2
        assert f"## What changes in the quotations\n\n{effect}\n\n[Each of them](" in Forge.comments[1]["body"]
    assert Forge.comments[0]["body"] == "Nice."
    assert not (tmp_path / "out").exists()


def test_a_note_is_posted_only_with_a_token() -> None:
    for path in GITLAB:
        assert loaded(path)["note"]["rules"] == [
            {"if": '$CI_PIPELINE_SOURCE == "merge_request_event" && $DIGEST_TOKEN'}
        ]


def test_a_pull_request_is_told_what_it_changes(tmp_path: Path) -> None:
    """Run the step of the fresh monitor's workflow as GitHub does, on a base and its change."""
    repository, summary = tmp_path / "press", tmp_path / "summary.md"
    scaffold.lay_out(repository)
    git = ["git", "-c", "user.name=desk", "-c", "user.email=desk@press.example"]

    def commit(message: str) -> None:
        for arguments in (["add", "--all"], ["commit", "--quiet", "--message", message]):
            subprocess.run([*git, *arguments], cwd=repository, check=True)

    subprocess.run([*git, "init", "--quiet"], cwd=repository, check=True)
    commit("The base")
    (repository / "seeds" / "rain.txt").write_text("Rain\n\n“It pours,” said Ida Quill.\n", encoding="utf-8")
    commit("The change")
    steps = loaded(repository / ".github" / "workflows" / "digest.yml")["jobs"]["build"]["steps"]
    (script,) = [step["run"] for step in steps if "GITHUB_STEP_SUMMARY" in step.get("run", "")]
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }
    done = bash(script, repository, environment)
    assert "::warning::" not in done.stdout
    first, *value, last = (tmp_path / "output").read_text(encoding="utf-8").splitlines()
    assert first == f"effect<<{last}"
    assert "- 1 new article: Rain" in value
    told = summary.read_text(encoding="utf-8")
    assert "- 1 new article: Rain\n" in told
    assert "**1 new, 0 changed, 0 gone**" in told
    assert "| new | Ida Quill | It pours | direct: said |" in told
