"""Building, serving and watching a site."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""The browser, by the names under which make looks for it too."""
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# For what takes long at every row: nothing is folded in, and what comes behind forty rows of one kind is left out.
SHORTENED = """() => {
  document.querySelectorAll('details').forEach(e => { e.open = true; });
  document.querySelectorAll('tr:nth-child(n+41), li:nth-child(n+41)').forEach(e => { e.hidden = true; });
}"""
NODE_MODULES = Path(__file__).parent / "node_modules"
"""Where `make test` installs what package.json names."""


BELOW = (("actors",), ("topics",), ("outlets",))
"""The sections whose pages have pages below them."""


@dataclass(frozen=True)
class Site:
    """A built site: where its files lie and where it is served (an address that ends in a slash)."""

    folder: Path
    address: str

    def kinds(self) -> list[str]:
        """Return an address of every kind of page: of each section, the largest page at each depth, and below pages of
        one actor, topic or outlet the largest of each name.
        """
        largest: dict[tuple[str, int, str], Path] = {}
        for path in sorted(self.folder.rglob("index.html")):
            parts = path.parent.relative_to(self.folder).parts
            below = parts[2].rstrip("0123456789") if parts[:1] in BELOW and len(parts) > 2 else ""
            kind = (parts[0] if parts else "", len(parts), below)
            if kind not in largest or path.stat().st_size > largest[kind].stat().st_size:
                largest[kind] = path
        return [str(path.relative_to(self.folder)).removesuffix("index.html") for path in largest.values()]

    def heaviest(self) -> list[str]:
        """Return the address of the largest page of every section."""
        by_size = sorted(self.kinds(), key=lambda url: (self.folder / url / "index.html").stat().st_size)
        return sorted({url.partition("/")[0]: url for url in by_size}.values())


class Host(SimpleHTTPRequestHandler):
    """Serves files without a word, and as a usual host does: text compressed, everything to be kept for a while."""

    protocol_version = "HTTP/1.1"
    COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".jsonl")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def handle_one_request(self) -> None:
        """A browser that is closed may hang up in the middle."""
        with contextlib.suppress(ConnectionError):
            super().handle_one_request()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if path.suffix not in self.COMPRESSED or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


# MkDocs' own command takes no address of the site.
BUILD = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
config, folder, address = sys.argv[1:]
settings = load_config(config, strict=True, site_dir=folder, **({"site_url": address} if address else {}))
settings.plugins.on_startup(command="build", dirty=False)
build(settings)
"""


def build(config: Path, folder: Path, address: str = "") -> None:
    """Build the site of ``config`` into ``folder``, for ``address`` where one is given."""
    command = [sys.executable, "-c", BUILD, str(config), str(folder), address]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr


def installed(name: str) -> Path:
    """Return the folder of a package of package.json; without it the test is skipped, and fails in CI."""
    folder = NODE_MODULES / name
    if not folder.is_dir():
        leave = pytest.fail if os.environ.get("CI") else pytest.skip
        leave(f"{name} is not installed; `make test` does so where Node.js 20 and npm are (apt-get install npm)")
    return folder


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Return a new page and the list of what went wrong on it: console messages, errors, requests to other hosts."""
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("requestfailed", lambda r: wrong.append(f"failed: {r.url}") if r.failure != "net::ERR_ABORTED" else None)
    page.on("response", lambda r: wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    page.on("request", lambda r: wrong.append(f"elsewhere: {r.url}") if not local(r.url) else None)
    page.set_default_timeout(10_000)
    return page, wrong


def local(url: str) -> bool:
    return urlsplit(url).hostname == "127.0.0.1" or url.startswith(("data:", "blob:"))
