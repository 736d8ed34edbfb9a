"""A press of the tests' own: a real server on this machine that answers as each test says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

from digest.collect import Health, Limits

QUICK = Limits(connect=2, read=0.5, total=1, body=50_000)
"""What an answer may take in the tests."""

Collect = Callable[..., list[Health]]
"""Collects from sources; see the fixture ``run``."""


@dataclass(frozen=True)
class Reply:
    """What the server says to one request."""

    body: str | bytes = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Route = Reply | Callable[["Handler"], Reply | None]


class Press(ThreadingHTTPServer):
    """A server with routes; ``asked`` are the requests that came, each a path with its headers."""

    daemon_threads = True
    # whoever asked may be gone before all was said
    handle_error = lambda self, request, client_address: None  # noqa: E731, ARG005

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.ended = threading.Event()

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"

    def paths(self) -> list[str]:
        """Return what was asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    """Answers by the route of the path; without one, there is nothing."""

    protocol_version = "HTTP/1.1"
    server: Press

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        route = self.server.routes.get(self.path, Reply("nothing here", 404))
        reply = route if isinstance(route, Reply) else route(self)
        if reply is not None:
            self.say(reply)

    def say(self, reply: Reply) -> None:
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        headers = {"Content-Type": reply.kind, "Content-Length": str(len(body)), **reply.headers}
        self.send_response(reply.status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, pieces: bytes, every: float = 0.05) -> None:
        """Say ``pieces`` a byte at a time, again and again, until the test is over or nobody listens."""
        while not self.server.ended.is_set():
            for n in range(len(pieces)):
                self.wfile.write(pieces[n : n + 1])
                self.wfile.flush()
                if self.server.ended.wait(every):
                    return

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the tests quiet."""


@contextmanager
def running() -> Iterator[Press]:
    with Press() as press:
        thread = threading.Thread(target=press.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield press
        finally:
            press.ended.set()
            press.shutdown()
            thread.join()


def page(title: str, *paragraphs: str, head: str = "", body: str = "") -> str:
    words = "".join(f"<p>{escape(each)}</p>\n" for each in paragraphs or LONG)
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(title)}</title>{head}</head>'
        f"<body><article><h1>{escape(title)}</h1>{words}{body}</article></body></html>"
    )


LONG = (
    "The quay of Osterfeld stays shut until the cranes are safe, the harbour office said on Tuesday.",
    "“We will not hurry,” said Bram Oxley, the harbour engineer, who inspected the cranes for three days in a row.",
    "The fishing boats land their catch in Tarnholm for the time being, and the buses to the market leave earlier.",
)


TAGGED = {"ETag": '"a feed"'}


def rss(*items: str, title: str = "Harbour Courier", link: str = "") -> Reply:
    head = f"<title>{title}</title><link>{link}</link><description>News</description>"
    return Reply(
        f'<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>',
        kind="application/rss+xml",
        headers=TAGGED,
    )


def item(
    link: str, title: str = "Quay stays shut", date: str = "Tue, 06 May 2025 10:00:00 +0200", text: str = ""
) -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><pubDate>{date}</pubDate>"
        f"<description>{escape(text)}</description></item>"
    )
