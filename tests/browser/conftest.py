"""A real browser on really built sites: the examples and the seed, each served below a path of its own."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sites import ARGUMENTS, CHROMIUM, ROOT, Host, Site, build, watched


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    root = tmp_path_factory.mktemp("www")
    handler = functools.partial(Host, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield root, f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def example(served: tuple[Path, str]) -> Site:
    """The fictional corpus, below a path as on Pages, and knowing its address."""
    root, address = served
    site = Site(root / "press" / "reader", address + "press/reader/")
    build(ROOT / "examples" / "mkdocs.yml", site.folder, site.address)
    return site


@pytest.fixture(scope="session")
def seed(served: tuple[Path, str]) -> Site:
    """The default site of this repository, which knows no address of its own."""
    root, address = served
    build(ROOT / "mkdocs.yml", root / "digest")
    return Site(root / "digest", address + "digest/")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("the browser tests need Debian's Chromium (apt-get install chromium)")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of desktop width; the test fails when the console speaks or a request leaves the host."""
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        page, wrong = watched(context)
        yield page
        assert wrong == []


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page of phone width, watched in the same way."""
    with chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True) as context:
        page, wrong = watched(context)
        yield page
        assert wrong == []
