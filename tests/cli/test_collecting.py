"""``digest collect`` from the outside, against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from program import run

from digest import __version__

WORDS = "<p>The quay of Osterfeld stays shut until the cranes are safe, the harbour office said on Tuesday.</p>"


class Site(BaseHTTPRequestHandler):
    """A feed of one story, and nothing else."""

    agents: list[str] = []  # noqa: RUF012 - the server makes a handler for each request

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        entry = f"<item><title>Quay | shut</title><link>{here}/quay</link></item>"
        pages = {
            "/feed": f"<rss version='2.0'><channel><title>Courier</title>{entry}</channel></rss>",
            "/quay": f"<!doctype html><title>Quay shut</title><article><h1>Quay shut</h1>{WORDS * 3}</article>",
        }
        found = pages.get(self.path)
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write((found or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


QUICK = ("--allow-private", "--delay", "0")


def test_what_is_named_is_fetched_and_told(here: Path, site: str) -> None:
    done = run("collect", f"{site}/feed", f"{site}/gone", *QUICK)
    assert done.exit_code == 3
    header, feed, gone = (line.split("\t") for line in done.stdout.splitlines())
    assert header == ["Source", "State", "New", "Updated", "Unchanged", "Failed", "Last read", "Why"]
    assert feed[:6] == [f"{site}/feed", "read", "1", "0", "0", "0"]
    assert feed[7] == ""
    assert gone[1:] == ["failed", "0", "0", "0", "0", "never", "it is not there (any more) (status 404)"]
    assert done.stderr.endswith("1 new and 0 edited stories in seeds, from 2 sources, 1 of which failed\n")
    (path,) = (here / "seeds").glob("*/*.md")
    assert "# Quay shut\n" in path.read_text("utf-8")
    assert run("annotate", path).exit_code == 0


def test_a_list_in_mkdocs_yml_is_fetched(here: Path, site: str) -> None:
    (here / "feeds.opml").write_text(f"<opml><outline xmlUrl='{site}/feed' text='Mine'/></opml>", encoding="utf-8")
    config = "site_name: A\nsite_url: https://monitor.example/\ntheme: {name: digest}\nplugins:\n  - digest:\n      "
    config += (
        f"seeds: stories\n      collect:\n        - feeds.opml\n        - url: {site}/quay\n          outlet: Ours\n"
    )
    (here / "mkdocs.yml").write_text(config, encoding="utf-8")
    (here / "docs").mkdir()
    Site.agents.clear()
    done = run("collect", *QUICK)
    assert done.exit_code == 0, done.stdout
    assert [line.split("\t")[0] for line in done.stdout.splitlines()[1:]] == [
        f"Mine ({site}/feed)",
        f"Ours ({site}/quay)",
    ]
    assert set(Site.agents) == {f"newsroom-digest/{__version__} (+https://monitor.example/)"}
    assert len(list((here / "stories").glob("*/*.md"))) == 1
    state = json.loads((here / "stories" / ".collected.json").read_text("utf-8"))
    assert list(state["feeds"]) == [f"{site}/feed"]


def test_nothing_named_is_nothing_done(here: Path) -> None:
    done = run("collect")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "Nothing is named to be collected; name feeds here, or in mkdocs.yml under `collect:`\n"
    assert list(here.iterdir()) == []


def test_a_dry_run_as_markdown(here: Path, site: str) -> None:
    done = run("collect", f"{site}/feed", "--dry-run", "--markdown", *QUICK)
    assert done.exit_code == 0
    summary, _, header, line, row = done.stdout.splitlines()
    assert summary == "**1 new and 0 edited stories for seeds, from 1 source**"
    assert header == "| Source | State | New | Updated | Unchanged | Failed | Last read | Why |"
    assert line == "| --- " * 8 + "|"
    assert "| read | 1 | 0 | 0 | 0 |" in row
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("here")
def test_hosts_of_this_machine_are_asked_only_on_demand(site: str) -> None:
    done = run("collect", f"{site}/feed")
    assert done.exit_code == 3
    assert "only asked with --allow-private" in done.stdout


def test_another_folder_may_be_named(here: Path, site: str) -> None:
    assert run("collect", f"{site}/quay", "-o", "elsewhere", *QUICK).exit_code == 0
    assert [path.name for path in here.iterdir()] == ["elsewhere"]


@pytest.mark.usefixtures("here")
def test_a_wrong_list_is_named() -> None:
    done = run("collect", "feeds.opml")
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: feeds.opml: the list cannot be opened (No such file or directory); name a file or an address\n",
    )
