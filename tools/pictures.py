"""Take the manual's pictures: build the examples, open their pages in Debian's Chromium, and save what it shows.

Run it after the look of the pages has changed, from anywhere: ``.venv/bin/python tools/pictures.py``. It needs what
``make test`` installs. The pictures show invented articles only.
"""

from __future__ import annotations

import functools
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from digest.plugin import build_site

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LARGEST = 200_000
"""Bytes of a picture: what a reader of the README waits for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, the page (an address below the site), the window in pixels, and how far it is scrolled."""

    name: str
    page: str
    width: int
    height: int
    down: int = 0


TAKEN = (Picture("article.png", "articles/dam-talks-open/", 1200, 760, 60),)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address at which ``folder`` is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def take(picture: Picture, browser: Browser, address: str) -> Path:
    """Save one picture in light colours and return its file."""
    path = PICTURES / picture.name
    with browser.new_context(
        viewport={"width": picture.width, "height": picture.height}, color_scheme="light"
    ) as context:
        page = context.new_page()
        page.goto(address + picture.page)
        page.evaluate("down => window.scrollTo(0, down)", picture.down)
        page.screenshot(path=str(path))
    return path


def main() -> None:
    """Take every picture. Exits with a sentence when there is no Chromium or a picture is too large."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        sys.exit("Chromium is missing; install it (apt-get install chromium)")
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as site, sync_playwright() as play:
        build_site(ROOT / "examples" / "mkdocs.yml", Path(site))
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with served(Path(site)) as address:
            for picture in TAKEN:
                path = take(picture, browser, address)
                size = path.stat().st_size
                print(f"{path.relative_to(ROOT)}: {size:,} bytes")
                if size > LARGEST:
                    sys.exit(f"{picture.name} is larger than {LARGEST:,} bytes; make its window smaller")
        browser.close()


if __name__ == "__main__":
    main()
