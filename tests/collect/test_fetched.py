"""One request against a real server that behaves badly: every answer has an end, and a sentence says which."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import zlib
from pathlib import Path

import pytest
from presses import QUICK, Handler, Press, Reply, running

from digest.collect.errors import FetchError
from digest.collect.fetch import Answer, Client, is_public


def get(address: str, most: int | None = None, roots: Path | None = None) -> Answer:
    return Client("digest-test/1 (+https://monitor.example)", QUICK, private=True, roots=roots).get(address, most=most)


def refused(address: str, roots: Path | None = None) -> tuple[str, bool]:
    with pytest.raises(FetchError) as caught:
        get(address, roots=roots)
    return caught.value.reason, caught.value.again


SLOW = ("it took too long to answer", True)
BROKEN = ("its answer broke off", True)
LARGE = ("it is larger than 50,000 bytes", False)


def test_a_request_says_who_asks_and_takes_no_cookie(press: Press) -> None:
    press.routes["/a"] = Reply("x", headers={"Set-Cookie": "id=7", "ETag": '"e"', "Last-Modified": "then"})
    client = Client("digest-test/1 (+https://monitor.example)", QUICK, private=True)
    answer = client.get(press.at("/a"))
    assert (answer.status, answer.body, answer.etag, answer.modified) == (200, b"x", '"e"', "then")
    client.get(press.at("/a", "localhost"), etag='"e"', modified="then")
    (_, first), (_, second) = press.asked
    assert first["user-agent"] == "digest-test/1 (+https://monitor.example)"
    assert first["host"] == f"127.0.0.1:{press.server_port}"
    assert second["host"] == f"localhost:{press.server_port}"
    assert (second["if-none-match"], second["if-modified-since"]) == ('"e"', "then")
    assert not {"cookie", "referer", "if-none-match"} & set(first)
    assert "cookie" not in second


@pytest.mark.parametrize(("kind", "expected"), [
    ("text/html; charset=ISO-8859-1", ("text/html", "iso-8859-1")),
    ("TEXT/HTML", ("text/html", None)),
    ('application/rss+xml; charset="utf-8"', ("application/rss+xml", "utf-8")),
    ("", ("", None)),
])  # fmt: skip
def test_media_type_and_charset(press: Press, kind: str, expected: tuple[str, str | None]) -> None:
    press.routes["/a"] = Reply("x", kind=kind)
    answer = get(press.at("/a"))
    assert (answer.kind, answer.charset) == expected


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress])
def test_packed_answers_are_unpacked(press: Press, packed: object) -> None:
    name = "gzip" if packed is gzip.compress else "deflate"
    press.routes["/a"] = Reply(packed(b"words " * 1_000), headers={"Content-Encoding": name})  # type: ignore[operator]
    assert get(press.at("/a")).body == b"words " * 1_000


def test_an_answer_of_pieces_is_put_together(press: Press) -> None:
    def route(handler: Handler) -> None:
        handler.say(
            Reply(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", headers={"Transfer-Encoding": "chunked", "Content-Length": ""})
        )

    press.routes["/a"] = route
    assert get(press.at("/a")).body == b"abcde"


def test_slow_answers_end(press: Press) -> None:
    press.routes["/silent"] = lambda handler: handler.server.ended.wait(30) and None
    press.routes["/head"] = lambda handler: handler.drip(b"HTTP/1.1 200 OK\r\nX-Never-Ending: words and words ")

    def body(handler: Handler) -> None:
        handler.say(Reply(headers={"Content-Length": "10000"}))
        handler.drip(b"x")

    def sizes(handler: Handler) -> None:
        handler.say(Reply(headers={"Transfer-Encoding": "chunked", "Content-Length": ""}))
        handler.drip(b"0")

    press.routes["/body"], press.routes["/sizes"] = body, sizes
    for path in ("/silent", "/head", "/body", "/sizes"):
        assert refused(press.at(path)) == SLOW, path


def test_large_answers_end(press: Press) -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    twice = gzip.compress(bomb)
    press.routes["/large"] = Reply(b"x" * 60_000)
    press.routes["/bomb"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    press.routes["/twice"] = Reply(twice, headers={"Content-Encoding": "gzip, gzip"})

    def endless(handler: Handler) -> None:
        handler.say(Reply(headers={"Transfer-Encoding": "chunked", "Content-Length": ""}))
        while not handler.server.ended.is_set():
            handler.wfile.write(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")

    press.routes["/endless"] = endless
    for path in ("/large", "/bomb", "/twice", "/endless"):
        assert refused(press.at(path)) == LARGE, path
    assert len(get(press.at("/large"), most=1_000).body) == 1_000
    assert len(get(press.at("/bomb"), most=1_000).body) == 1_000


def test_broken_answers_are_named(press: Press) -> None:
    def says(raw: bytes) -> object:
        def route(handler: Handler) -> None:
            handler.wfile.write(raw)
            handler.close_connection = True

        return route

    head = b"HTTP/1.1 200 OK\r\n"
    press.routes.update({  # type: ignore[arg-type]
        "/nothing": says(b""),
        "/short": says(head + b"Content-Length: 99\r\n\r\nabc"),
        "/pieces": says(head + b"Transfer-Encoding: chunked\r\n\r\nff\r\nabc"),
        "/noise": says(b"\x00\x01\x02 hello\r\n\r\n"),
        "/headers": says(head + b"X: y\r\n" * 500 + b"\r\n"),
        "/line": says(head + b"X: " + b"y" * 100_000 + b"\r\n\r\n"),
    })  # fmt: skip
    press.routes["/packed"] = Reply(b"not packed", headers={"Content-Encoding": "gzip"})
    for path in ("/nothing", "/short", "/pieces"):
        assert refused(press.at(path)) == BROKEN, path
    assert refused(press.at("/packed")) == ("its answer cannot be unpacked", True)
    for path in ("/noise", "/headers", "/line"):
        reason, again = refused(press.at(path))
        assert reason.startswith("its answer cannot be read ("), path
        assert again


def test_who_is_not_there_is_named() -> None:
    with running() as press:
        address = press.at("/")
    assert refused(address) == ("it refuses the connection", True)
    assert refused("http://no-such-host.invalid/") == ("its name cannot be found", True)
    assert refused(f"http://{'x' * 70}.invalid/")[1]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that localhost made for itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    whole, secret = folder / "certificate.pem", folder / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", str(secret)]
    subprocess.run([*command, "-out", str(whole)], check=True, capture_output=True)
    return whole, secret


def test_only_a_valid_certificate_is_believed(press: Press, certificate: tuple[Path, Path]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    press.socket = context.wrap_socket(press.socket, server_side=True)
    press.routes["/a"] = Reply("held back")
    address = press.at("/a", "localhost").replace("http:", "https:")
    reason, again = refused(address)
    assert reason.startswith("its certificate is not valid (self")
    assert again
    assert press.asked == []
    roots = certificate[0]
    assert get(address, roots=roots).body == b"held back"
    reason, _ = refused(address.replace("localhost", "127.0.0.1"), roots=roots)
    assert reason.startswith("its certificate is not valid (IP address mismatch")


def test_a_host_that_does_not_encrypt_is_named(press: Press) -> None:
    reason, again = refused(press.at("/a").replace("http:", "https:"))
    assert reason.startswith("the encrypted connection failed (")
    assert again


@pytest.mark.parametrize("number", [
    "127.0.0.1", "127.9.9.9", "0.0.0.1", "10.1.1.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fc00::1", "fe80::1%eth0", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "ff02::1", "2001:db8::1", "64:ff9b:1::7f00:1", "fec0::1", "::127.0.0.1", "::ffff:0:127.0.0.1",
    "3fff::1", "5f00::1", "2001:0:7f00:1::8080:8080:ffff", "100::1", "::8.8.8.8",
])  # fmt: skip
def test_addresses_of_private_networks(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8", "2a00::1", "2002:808:808::"]
)
def test_addresses_of_the_open_internet(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_private_hosts_are_not_asked(press: Press, host: str) -> None:
    with pytest.raises(FetchError) as caught:
        Client("digest-test/1", QUICK).get(press.at("/", host))
    assert caught.value.reason == "it lies in a private network, which is only asked with --allow-private"
    assert press.asked == []
