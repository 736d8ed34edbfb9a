"""Archives of crawlers: a page that was answered is an article; what stands around it is not."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from packed import inside, put, zipped

from digest import articles, read
from digest.read import limits

TEXT = "“We waited nine years,” said Ida Quill, who runs the ferry at Tarn."
PAGE = f"""<html lang="en"><head><title>Quay opens</title><meta property="og:site_name" content="The Tarn Post">
<meta property="article:published_time" content="2025-03-03T08:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Quay opens</h1><p>The quay at Tarn opened on Monday.</p><p>{TEXT}</p>
</article></body></html>""".encode()


def record(
    url: str,
    body: bytes = PAGE,
    *,
    kind: str = "response",
    media: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    more: str = "",
    warc: str = "",
) -> bytes:
    """Return a record of an archive as a crawler writes it (ISO 28500, annex C)."""
    block = body
    stated = media
    if kind == "response":
        block = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body
        stated = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-04T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{zlib.crc32(url.encode()):012d}>\r\n{warc}"
        f"Content-Type: {stated}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_pages_are_articles_and_what_is_around_them_is_not(tmp_path: Path, packed: Callable[[bytes], bytes]) -> None:
    records = [
        record("", kind="warcinfo", media="application/warc-fields"),
        record("https://www.tarn.example/2025/quay.html", kind="request", media="application/http; msgtype=request"),
        record("https://www.tarn.example/2025/quay.html"),
        record("https://tarn.example/logo.png", b"\x89PNG", media="image/png"),
        record("https://tarn.example/a.js", b"f()", media="application/javascript"),
        record("https://tarn.example/old", b"", status="301 Moved Permanently", more="Location: /new\r\n"),
        record("https://tarn.example/gone", PAGE, status="404 Not Found"),
        record("https://tarn.example/quay.pdf", b"%PDF", media="application/pdf"),
        record("https://tarn.example/saved", kind="resource"),
        record("https://tarn.example/words", b"Quay opens\n\nThe quay opened.", kind="conversion", media="text/plain"),
        record("https://tarn.example/robots.txt", b"User-agent: *", media="text/plain"),
    ]
    name = "crawl.warc.gz" if packed is gzip.compress else "crawl.warc"
    put(tmp_path, name, b"".join(map(packed, records)))
    found, skipped = inside(tmp_path)
    assert list(found) == [
        f"{name}!tarn-example-2025-quay",
        f"{name}!tarn-example-saved",
        f"{name}!tarn-example-words",
    ]
    assert skipped == {
        f"{name}!tarn-example-gone": "no page",
        f"{name}!tarn-example-quay-pdf": "format",
        f"{name}!tarn-example-robots-txt": "format",
    }
    quay = found[f"{name}!tarn-example-2025-quay"]
    assert quay.title == "Quay opens"
    assert TEXT in quay.text
    # the address is the archive's, the date the page's and not that of the crawl
    assert (quay.url, quay.published) == ("https://www.tarn.example/2025/quay.html", "2025-03-03")
    assert found[f"{name}!tarn-example-words"].published is None


def _chunked(body: bytes) -> bytes:
    half = len(body) // 2
    pieces = (body[:half], body[half:], b"")
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)


@pytest.mark.parametrize(
    ("header", "coded"),
    [
        ("Content-Encoding: gzip", gzip.compress),
        ("Content-Encoding: deflate", zlib.compress),
        ("Content-Encoding: br", brotli.compress),
        ("Transfer-Encoding: chunked", _chunked),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", lambda body: _chunked(gzip.compress(body))),
    ],
)
def test_what_http_coded_is_undone(tmp_path: Path, header: str, coded: Callable[[bytes], bytes]) -> None:
    put(tmp_path, "a.warc", record("https://tarn.example/quay", coded(PAGE), more=f"{header}\r\n"))
    ((_, found),) = inside(tmp_path)[0].items()
    assert TEXT in found.text


def test_a_bomb_inside_a_record_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * 200_000_000)
    records = [
        record("https://tarn.example/bomb", bomb, more="Content-Encoding: gzip\r\n"),
        record("https://tarn.example/quay"),
    ]
    put(tmp_path, "a.warc.gz", b"".join(map(gzip.compress, records)))
    found, skipped = inside(tmp_path)
    assert list(found) == ["a.warc.gz!tarn-example-quay"]
    assert skipped == {"a.warc.gz!tarn-example-bomb": "too large"}


def test_records_that_unpack_to_too_much_end_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1_000_000)
    records = [record("https://tarn.example/quay"), record("https://tarn.example/bomb", b" " * 2_000_000)]
    put(tmp_path, "a.warc.gz", b"".join(map(gzip.compress, [*records, record("https://tarn.example/late")])))
    found, skipped = inside(tmp_path)
    assert list(found) == ["a.warc.gz!tarn-example-quay"]
    assert list(skipped.values()) == ["too large"]


def test_of_several_copies_of_a_page_the_last_is_read(tmp_path: Path) -> None:
    url = "https://tarn.example/quay"
    newer = PAGE.replace(b"nine years", b"ten years")
    records = [record(url), record("https://tarn.example/b"), record(url, newer), record(url, b"", status="503 Busy")]
    path = put(tmp_path, "a.warc", b"".join(records))
    found = [each for each in read.find([path]) if isinstance(each, read.Found)]
    codes = [each.code for each in read.find([path]) if not isinstance(each, read.Found)]
    assert [each.member.name for each in found if each.member] == ["tarn-example-b", "tarn-example-quay"]
    assert codes == ["twice", "no page"]
    assert "ten years" in inside(path)[0]["a.warc!tarn-example-quay"].text


def test_addresses_with_one_slug_are_two_pages(tmp_path: Path) -> None:
    long = "https://tarn.example/" + "quay-" * 30
    records = [record(f"{long}{n}") for n in range(3)] + [
        record("https://tarn.example/a?b"),
        record("https://tarn.example/a/b"),
    ]
    put(tmp_path, "a.warc", b"".join(records))
    sources, skipped = articles.sources([tmp_path])
    assert skipped == []
    assert len({source.id for source in sources}) == 5


def test_the_charset_that_a_server_named_is_read(tmp_path: Path) -> None:
    page = "<html><body><article><h1>Brücke</h1><p>Die Brücke ist offen, sagt Ida Quill. Über den Fluss führt sie.</p>"
    put(tmp_path, "a.warc", record("https://tarn.example/b", page.encode("cp1252"), media="text/html; charset=latin1"))
    ((_, found),) = inside(tmp_path)[0].items()
    assert "Die Brücke ist offen" in found.text


@pytest.mark.parametrize("gap", [1, 20, 200, len(PAGE) + 60])
def test_what_a_cut_archive_still_holds_is_read(tmp_path: Path, gap: int) -> None:
    whole = record("https://tarn.example/quay") + record("https://tarn.example/ferry").rstrip(b"\r\n")
    put(tmp_path, "a.warc", whole[:-gap])
    found, skipped = inside(tmp_path)
    assert list(found) == ["a.warc!tarn-example-quay"]
    assert set(skipped.values()) <= {"broken"}


def test_what_a_crawler_cut_is_noted(tmp_path: Path) -> None:
    put(tmp_path, "a.warc", record("https://tarn.example/quay", warc="WARC-Truncated: length\r\n"))
    ((_, found),) = inside(tmp_path)[0].items()
    assert "the crawler kept only the beginning of this page" in found.notes


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"no archive" * 50, "broken"),
        (b"\x1f\x8b\x08\x00" + b"x" * 100, "broken"),
        (b"WARC/1.0\r\nContent-Length: -5\r\n\r\nxx", "broken"),
        (record("https://tarn.example/a.png", b"x", media="image/png"), "empty"),
        (gzip.compress(record("https://tarn.example/a") + record("https://tarn.example/b")), "format"),
    ],
)
def test_what_is_no_archive_is_skipped(tmp_path: Path, content: bytes, code: str) -> None:
    name = "a.warc.gz" if content.startswith(b"\x1f\x8b") else "a.warc"
    put(tmp_path, name, content)
    found, skipped = inside(tmp_path)
    assert found == {}
    assert code in skipped.values()


def test_an_archive_of_a_crawler_inside_an_archive(tmp_path: Path) -> None:
    crawl = b"".join(map(gzip.compress, [record("https://tarn.example/quay"), record("https://tarn.example/b")]))
    put(tmp_path, "a.zip", zipped({"crawl.warc.gz": crawl, "c.warc": record("https://tarn.example/c")}))
    found, skipped = inside(tmp_path)
    assert skipped == {}
    assert list(found) == [
        "a.zip!crawl.warc.gz!tarn-example-quay",
        "a.zip!crawl.warc.gz!tarn-example-b",
        "a.zip!c.warc!tarn-example-c",
    ]


def test_addresses_that_are_none_are_not_linked(tmp_path: Path) -> None:
    records = [record("javascript:alert(1)", kind="resource"), record("file:///home/ida/quay.html", kind="resource")]
    put(tmp_path, "a.warc", b"".join(records))
    found, _ = inside(tmp_path)
    assert list(found) == ["a.warc!javascript-alert-1", "a.warc!file-home-ida-quay-html"]
    assert [article.url for article in found.values()] == [None, None]
