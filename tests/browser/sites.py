"""Building, serving and watching a site."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

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


@dataclass(frozen=True)
class Site:
    """A built site: where its files lie and where it is served (an address that ends in a slash)."""

    folder: Path
    address: str

    def kinds(self) -> list[str]:
        """Return one address of every kind of page: each page at the top and the first page below each section."""
        found = [""]
        for section in sorted(p for p in self.folder.iterdir() if p.is_dir()):
            if (section / "index.html").is_file():
                found.append(f"{section.name}/")
            below = sorted(p for p in section.iterdir() if (p / "index.html").is_file())
            found += [f"{section.name}/{p.name}/" for p in below[:1]]
        return found


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def build(config: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr


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
