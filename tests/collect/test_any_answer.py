"""Whatever a host answers, reading it ends in a story, a feed or a reason."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect import feeds, state, stories
from digest.collect.fetch import Answer
from digest.model import DigestError
from digest.read import ReadError

TAGS = [
    "rss", "channel", "item", "title", "link", "description", "pubDate", "author", "feed", "entry", "id", "updated",
    "content", "content:encoded", "dc:creator", "guid", "source", "language", "atom:link", "p", "h1", "figcaption",
]  # fmt: skip
ATTRIBUTES = [
    "",
    ' href="/x"',
    ' href="http://["',
    ' type="html"',
    ' type="xhtml"',
    ' xml:base="http://["',
    ' rel="self"',
]
WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([
        "&amp;", "&nbsp;", "&#0;", "&#xD800;", "<![CDATA[<p>x</p>]]>", "<!--", "]]>", "http://a.example/ü?x", "http://[",
        "Tue, 06 May 2025 25:61:00 +9999", "\x00", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "It rains in Osterfeld. ",
    ]),
)  # fmt: skip
MARKUP = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, said, parts: f"<{tag}{said}>{''.join(parts)}</{tag}>",
        st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES), st.lists(inner, max_size=5),
    ),
    max_leaves=20,
)  # fmt: skip
HEADS = ["<rss version='2.0'>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<rdf:RDF>", ""]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(HEADS), MARKUP, st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_any_feed(head: str, inside: str, encoding: str) -> None:
    data = (head + inside).encode(encoding, "replace")
    try:
        found = feeds.read(data, "https://courier.example/feed")
    except ReadError:
        return
    assert found is None or all(item.address.startswith("http") for item in found.items)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200), MARKUP.map(lambda inside: f"<!doctype html>{inside}".encode("utf-8", "replace"))
    ),
    st.sampled_from([None, "utf-8", "x", "utf-16", "base64", "\udcff", "koi8-r", "punycode"]),
    st.sampled_from(["text/html", "image/png", ""]),
)
def test_any_page(body: bytes, charset: str | None, kind: str) -> None:
    try:
        article = stories.from_page(Answer("https://courier.example/a", 200, body, kind, charset), None, ("en", "de"))
    except ReadError:
        return
    kept = stories.read_back(stories.rendered(article, "2025-05-06T12:00:00Z", ("en", "de")), ("en", "de"))
    assert (kept.text, kept.blocks) == (article.text, article.blocks)


@pytest.mark.parametrize(("data", "page"), [
    (b"<!DOCTYPE html><p>a", True), (b"\xef\xbb\xbf <HTML lang=de>", True), (b"<rss><html>", False), (b"", False),
    (b"<!-- a --> <!-- b -->\n<html>", True), (b"<!-- a <html>", False), (b"<!-- <html> --><rss>", False),
    (b"<!--a-->" * 100 + b"<html>", True), (b"<!--a-->" * 100 + b"<rss>", False), (b"<htmlx>", False),
])  # fmt: skip
def test_what_begins_as_a_page_does(data: bytes, page: bool) -> None:
    # a pattern that goes back over the comments would not come to an end
    assert feeds.is_page(data) is page


@given(
    st.one_of(
        st.binary(max_size=100),
        st.text(max_size=100).map(lambda text: f'{{"feeds":{{{text}'.encode("utf-8", "replace")),
    )
)
def test_any_state(tmp_path_factory: object, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("state", numbered=True)  # type: ignore[attr-defined]
    (folder / state.NAME).write_bytes(data)
    with suppress(DigestError):
        state.load(folder)
