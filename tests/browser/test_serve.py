"""``mkdocs serve``: an edited article shows up by itself."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect
from sites import local

pytestmark = pytest.mark.browser

CONFIG = "site_name: Served\ntheme: {name: digest}\nplugins: [digest]\n"
ARTICLE = """Mayor promises a bridge

Osterfeld. “The bridge will stand in May,” said Ida Quill, the mayor of Osterfeld.
"""


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "seeds" / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def address(monitor: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    with (monitor / "log").open("w") as log, subprocess.Popen(command, cwd=monitor, stdout=log, stderr=log) as server:
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=20)
    shutil.rmtree(monitor)


def wait_for(address: str, words: str, log: Path, seconds: float = 60) -> None:
    seen, end = "", time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                seen = answer.read().decode()
        except (URLError, ConnectionError) as error:
            seen = str(error)
        if words in seen:
            return
        time.sleep(0.2)
    pytest.fail(f"{words!r} did not appear in {seconds} s; the server said: {log.read_text()[-2000:]}")


def test_an_edited_article_shows_up_by_itself(monitor: Path, address: str, chromium: Browser) -> None:
    place = address + "articles/bridge/"
    wait_for(place, "stand in May", monitor / "log")
    with chromium.new_context() as context:
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: wrong.append(r.url) if not local(r.url) else None)
        page.goto(place)
        (monitor / "seeds" / "bridge.txt").write_text(ARTICLE.replace("in May", "in June"), encoding="utf-8")
        # The page reloads by itself: MkDocs' script runs under our policy while serving.
        expect(page.locator("main")).to_contain_text("stand in June", timeout=60_000)
        assert wrong == []
