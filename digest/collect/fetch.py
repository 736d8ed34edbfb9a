"""One request to one host: the only module that opens a connection.

Nothing is followed here, nothing kept between two requests, no cookie and no proxy known. Whatever the other side does,
the answer has an end: in time, however slowly its bytes come, and in size, also unpacked.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError
from urllib3.exceptions import TimeoutError as TimeoutException
from urllib3.response import HTTPResponse

from digest.collect.addresses import PORTS
from digest.collect.errors import FetchError

_CHUNK = 65_536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# What IANA has given out of IPv6 for the open internet (RFC 4291, 2.4), and what of it is for examples (RFC 9637):
# Python 3.11 takes for global what stands in none of its lists, as site-local and IPv4-compatible addresses.
_OPEN = ipaddress.ip_network("2000::/3")
_EXAMPLES = ipaddress.ip_network("3fff::/20")
_OLDEST_TLS = ssl.TLSVersion.TLSv1_2
_REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
"""The redirects that say that the old address is no longer to be used (RFC 9110, 15.4)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take: seconds to connect, between two pieces and in all, and bytes when unpacked."""

    connect: float = 10
    read: float = 20
    total: float = 60
    body: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said to one request. ``kind`` is the media type, ``wait`` what it asks to wait, in seconds.

    ``location`` is where else to ask, for a redirect. ``etag`` and ``modified`` are its words, to be given back.
    """

    address: str
    status: int
    body: bytes = b""
    kind: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    location: str | None = None
    wait: float | None = None


class Client:
    """Asks hosts for pages. It may be used by several threads at once."""

    def __init__(self, agent: str, limits: Limits | None = None, *, private: bool = False, roots: Path | None = None):
        """Call itself ``agent``. ``private`` lets it ask hosts of this machine and its network.

        ``roots`` is a file of certificates to trust; without it those of the system count, and where it has none,
        those of Mozilla.
        """
        self._agent = agent
        self._limits = limits or Limits()
        self._private = private
        self._tls = ssl.create_default_context(cafile=str(roots) if roots else None)
        self._tls.minimum_version = _OLDEST_TLS
        found = ssl.get_default_verify_paths()
        if not roots and not found.cafile and not found.capath:
            self._tls.load_verify_locations(certifi.where())

    def get(
        self, address: str, etag: str | None = None, modified: str | None = None, most: int | None = None
    ) -> Answer:
        """Return what the host of ``address`` answers. A body is read where the status is 200.

        ``etag`` and ``modified`` make it a conditional request; ``most`` is how many bytes are taken in place of what
        the limits say, and what is beyond them is cut off. Raises FetchError.
        """
        parts = urlsplit(address)
        name, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        ends = time.monotonic() + self._limits.total
        try:
            connection = self._connected(parts.scheme, name, port, ends)
            try:
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                headers = self._headers(parts.netloc, etag, modified)
                connection.request("GET", target, headers=headers, preload_content=False)
                return self._answer(address, connection.getresponse(), ends, most)
            finally:
                connection.close()
        except (OSError, HTTPError, HTTPException, ValueError) as error:
            raise FetchError(_told(error), again=True) from error

    def _headers(self, place: str, etag: str | None, modified: str | None) -> dict[str, str]:
        said = {
            "Host": place,
            "User-Agent": self._agent,
            "Accept": "application/rss+xml, application/atom+xml, text/html, application/xhtml+xml, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        if etag:
            said["If-None-Match"] = etag
        if modified:
            said["If-Modified-Since"] = modified
        return said

    def _connected(self, scheme: str, name: str, port: int, ends: float) -> HTTPConnection:
        """Return a connection to a host whose address was looked up once and judged, so that it cannot change."""
        refused: Exception | None = None
        for numeric in self._places(name, port):
            longest = self._limits.connect
            if scheme == "https":
                connection: HTTPConnection = HTTPSConnection(
                    numeric, port, timeout=longest, ssl_context=self._tls, server_hostname=name
                )
            else:
                connection = HTTPConnection(numeric, port, timeout=longest)
            try:
                connection.connect()
            except ssl.SSLError:
                connection.close()
                raise
            except (OSError, HTTPError) as error:
                connection.close()
                refused = error
                if time.monotonic() >= ends:
                    break
                continue
            # http.client asks a socket for nothing but what _Timed has or hands on.
            connection.sock = cast(socket.socket, _Timed(cast(socket.socket, connection.sock), ends, self._limits.read))
            return connection
        raise FetchError(_told(refused) if refused else "its name leads nowhere", again=True) from refused

    def _places(self, name: str, port: int) -> Iterator[str]:
        """Yield the numeric addresses of a host. Raises FetchError where one is not of the open internet."""
        try:
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError("its name cannot be found", again=True) from error
        numbers = list(dict.fromkeys(str(place[4][0]) for place in found))
        if not self._private and not all(is_public(number) for number in numbers):
            raise FetchError("it lies in a private network, which is only asked with --allow-private", again=False)
        yield from numbers

    def _answer(self, address: str, response: HTTPResponse, ends: float, most: int | None) -> Answer:
        headers: Mapping[str, str] = response.headers
        described = Message()
        described["content-type"] = headers.get("content-type", "")
        body = self._body(response, ends, most) if response.status == 200 else b""
        return Answer(
            address,
            response.status,
            body,
            described.get_content_type() if headers.get("content-type") else "",
            described.get_content_charset(),
            headers.get("etag"),
            headers.get("last-modified"),
            headers.get("location") if response.status in _REDIRECTS else None,
            _wait(headers),
        )

    def _body(self, response: HTTPResponse, ends: float, most: int | None) -> bytes:
        limit = most or self._limits.body
        found = bytearray()
        while len(found) <= limit:
            if time.monotonic() >= ends:
                raise TimeoutError
            piece = response.read1(_CHUNK, decode_content=True)
            if not piece:
                break
            found += piece
        else:
            if most is None:
                raise FetchError(f"it is larger than {limit:,} bytes", again=False)
        if len(found) <= limit and response.length_remaining:
            raise FetchError("its answer broke off", again=True)
        return bytes(found[:limit])


class _Timed:
    """A socket whose reading ends at a moment: a server that sends a byte now and then would hold us for ever."""

    def __init__(self, connected: socket.socket, ends: float, longest: float) -> None:
        """Read from ``connected`` until ``ends`` (of ``time.monotonic``), waiting at most ``longest`` at once."""
        self._socket = connected
        self._ends, self._longest = ends, longest

    def makefile(self, mode: str, *_: object, **__: object) -> io.BufferedReader:
        """Return what is received as a file."""
        raw = cast(io.RawIOBase, self._socket.makefile(cast(Any, mode), buffering=0))
        return io.BufferedReader(_TimedFile(raw, self._socket, self._ends, self._longest))

    def __getattr__(self, name: str) -> Any:
        """Everything else is the socket's own."""
        return getattr(self._socket, name)


class _TimedFile(io.RawIOBase):
    """The bytes that a socket receives until a moment."""

    def __init__(self, raw: io.RawIOBase, connected: socket.socket, ends: float, longest: float) -> None:
        """Read from ``raw``, the file of ``connected``."""
        self._raw, self._socket = raw, connected
        self._ends, self._longest = ends, longest

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Receive what has come, waiting for it no longer than is left. Raises TimeoutError."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(min(left, self._longest))
        return cast("int | None", cast(Any, self._raw).readinto(buffer))

    def close(self) -> None:
        """Close the socket's file, and with it the socket."""
        self._raw.close()
        super().close()


def is_public(number: str) -> bool:
    """Whether a numeric address is of the open internet, also where an address of IPv4 stands inside one of IPv6."""
    place = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(place, ipaddress.IPv6Address):
        inner = place.ipv4_mapped or place.sixtofour or (place.teredo or (None, None))[1]
        if inner is None and place in _NAT64:
            inner = ipaddress.IPv4Address(int(place) & 0xFFFFFFFF)
        if inner is None and (place not in _OPEN or place in _EXAMPLES):
            return False
        place = inner or place
    return place.is_global and not place.is_multicast


def _wait(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a host asks to wait (RFC 9110, 10.2.3); a moment is held against the host's own clock."""
    said = headers.get("retry-after", "").strip()
    if said.isdigit() and len(said) < 10:
        return float(said)
    try:
        moment, now = parsedate_to_datetime(said), parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _told(error: BaseException) -> str:
    """Return half a sentence on what went wrong with a connection; urllib3 puts its own errors round the system's."""
    chain: list[BaseException] = []
    while error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__ or error
    for kind, reason in _REASONS:
        if found := next((each for each in chain if isinstance(each, kind)), None):
            detail = getattr(found, "verify_message", "") or getattr(found, "reason", "")
            return reason.format(detail or "no reason given")
    return f"its answer cannot be read ({type(chain[0]).__name__})"


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not valid ({})"),
    (ssl.SSLError, "the encrypted connection failed ({})"),
    (ConnectionRefusedError, "it refuses the connection"),
    (TimeoutError, "it took too long to answer"),
    (TimeoutException, "it took too long to answer"),
    (IncompleteRead, "its answer broke off"),
    (ConnectionError, "its answer broke off"),
    (DecodeError, "its answer cannot be unpacked"),
)
