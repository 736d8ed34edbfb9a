"""Whatever bytes a file that may hold many articles has: articles, and what is none with its reason; no other end."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from packed import inside, put, zipped
from test_read_feeds import item, rss
from test_read_mail import MHTML, newsletter
from test_read_news import NITF, ONE, XHTML, message
from test_read_news import item as g2
from test_read_warc import record

from digest import articles, read
from digest.edition import Skipped
from digest.model import Analysis
from digest.text import LONGEST_SLUG

FEED = rss(
    item(
        "Quay opens", "&lt;p&gt;It opened.&lt;/p&gt;", "<guid>1</guid><pubDate>Mon, 03 Mar 2025 08:00:00 GMT</pubDate>"
    ),
    item("Ferry", "<![CDATA[<p>It sails.</p>]]>", "<author>jo@tarn.example (Jo Field)</author>"),
)
CRAWL = record("https://tarn.example/quay") + record("https://tarn.example/ferry", more="Content-Encoding: gzip\r\n")
JSON = f'[{{"uri": "urn:1", "headline": "Quay", "body_text": "It opened."}}, {str(ONE).replace(chr(39), chr(34))}]'
WHOLE: dict[str, bytes] = {
    ".rss": FEED.encode(),
    ".xml": message(g2("urn:1", XHTML), g2("urn:2", NITF)).encode(),
    ".json": JSON.encode(),
    ".warc": CRAWL,
    ".warc.gz": gzip.compress(CRAWL[: len(CRAWL) // 2]) + gzip.compress(CRAWL),
    ".zip": zipped({"a.txt": "The quay.", "f.rss": FEED, "c.warc": CRAWL, "a.meta.yml": "outlet: x"}),
    ".eml": newsletter(),
    ".mhtml": MHTML.encode(),
    ".md": b"+++\ntitle = 'Quay'\ndate = 2025-03-03\n+++\n[[Tarn]] {{< x >}}\n",
}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a whole file of some format with pieces of it cut, doubled, or written over."""
    ending = draw(st.sampled_from(sorted(WHOLE)))
    data = bytearray(WHOLE[ending])
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        match draw(st.sampled_from(["cut", "double", "write", "end"])):
            case "cut":
                del data[start:end]
            case "double":
                data[end:end] = data[start:end] * draw(st.integers(1, 3))
            case "write":
                data[start:end] = draw(st.binary(max_size=40) | st.sampled_from([b"<", b"&x;", b"]]>", b"\r\n\r\n"]))
            case _:
                del data[start:]
    return ending, bytes(data)


def ends_well(ending: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        put(Path(folder), f"a{ending}", data)
        found, skipped = inside(Path(folder))
        assert found or skipped
        sources, none = articles.sources([Path(folder)])
    ids = [source.id for source in sources]
    assert len(set(ids)) == len(ids)
    assert all(0 < len(id_) <= LONGEST_SLUG for id_ in ids)
    assert len(sources) + len(none) >= len(found) + len(skipped)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(read.FORMATS)), st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@example(".xml", b"<rss><channel><item><title>a</title><link>http://[::1</link><description>b</description></item>")
@example(".rss", b"<rss><item><link>http://a.example:99999/x</link><description>b</description></item></rss>")
@example(".json", b'[{"uri": "\\ud800", "body_text": "\\ud800x", "type": []}]')
@example(".eml", b"Content-Type: text/plain; charset*=a''%ff\n\nx")
@example(".eml", b'From: "\n\n\x00')
@example(
    ".warc", b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: x\r\nContent-Length: 99999999999999999999\r\n\r\n"
)
def test_any_bytes(ending: str, data: bytes) -> None:
    ends_well(ending, data)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_any_damage(file: tuple[str, bytes]) -> None:
    ends_well(*file)


POOL: dict[str, tuple[bytes, int]] = {
    "quay.txt": (b"The quay opened.", 1),
    "feed.xml": (FEED.encode(), 2),
    "wire.xml": (WHOLE[".xml"], 2),
    "crawl.warc": (CRAWL, 2),
    "news.zip": (zipped({"quay.txt": "The quay.", "b.pdf": "x", "feed.rss": FEED, ".hidden": "x"}), 4),
    "quay.meta.yml": (b"outlet: The Tarn Post", 0),
    "photo.jpg": (b"\xff\xd8", 1),
    "empty.rss": (rss().encode(), 1),
    "broken.zip": (b"PK", 1),
    "letter.eml": (newsletter(), 1),
    "page_files/a.css": (b"p {}", 1),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.tuples(st.sampled_from(["", "a/", "b/c/"]), st.sampled_from(sorted(POOL))), max_size=8))
def test_every_input_is_published_or_skipped(files: set[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for above, name in files:
            put(Path(folder), above + name, POOL[name][0])
        sources, none = articles.sources([Path(folder)])
        outcome = [*map(articles.analyse_one, sources), *none]
    assert len(outcome) == sum(POOL[name][1] for _, name in files)
    ids = [each.article.id for each in outcome if isinstance(each, Analysis)]
    assert len(set(ids)) == len(ids)
    assert all(each.code and each.path for each in outcome if isinstance(each, Skipped))


def test_a_container_that_changes_is_read_anew(tmp_path: Path) -> None:
    path = put(tmp_path, "a.rss", rss(item("Quay", "It opened.")))
    assert [found.text for found in inside(path)[0].values()] == ["Quay\n\nIt opened."]
    path.write_text(rss(item("Quay", "It is closed.")), encoding="utf-8")
    assert [found.text for found in inside(path)[0].values()] == ["Quay\n\nIt is closed."]


@pytest.mark.parametrize("name", ["a.rss", "a.zip", "a.warc"])
def test_a_container_that_shrank_meanwhile_is_a_reason_and_no_crash(tmp_path: Path, name: str) -> None:
    full = {"a.rss": FEED.encode(), "a.zip": zipped({"a.txt": "A.", "b.txt": "B."}), "a.warc": CRAWL}[name]
    path = put(tmp_path, name, full)
    sources, _ = articles.sources([path])
    path.write_bytes(full[:40])
    assert [type(articles.analyse_one(source)) for source in sources] == [Skipped] * len(sources)
    path.unlink()
    assert {articles.analyse_one(source).code for source in sources} == {"unreadable"}  # type: ignore[union-attr]
