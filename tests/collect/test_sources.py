"""What is to be collected, as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.collect import Source, gathered
from digest.model import DigestError

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
  <outline text="Coast">
    <outline text="Courier" title="Harbour  Courier" type="rss" xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/>
    <outline text="Deeper"><outline text="Kestrel &amp; Wire" xmlUrl="https://kestrel.example/rss?utm_source=opml"/></outline>
  </outline>
  <outline text="Only a page" htmlUrl="https://page.example/"/>
  <outline xmlurl="http://plain.example/feed"/>
</body></opml>
"""


def test_a_list_of_feeds_is_read_however_deep(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(LIST, encoding="utf-8")
    assert gathered(["https://first.example", "feeds.opml", "https://courier.example/feed#again"], tmp_path) == [
        Source("https://first.example/"),
        Source("https://courier.example/feed", name="Harbour Courier"),
        Source("https://kestrel.example/rss", name="Kestrel & Wire"),
        Source("http://plain.example/feed"),
    ]


def test_an_outlet_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(LIST, encoding="utf-8")
    found = gathered(
        [{"url": "https://first.example/", "outlet": "First"}, {"url": "feeds.opml", "outlet": "All"}], tmp_path
    )
    assert [source.outlet for source in found] == ["First", "All", "All", "All"]


@pytest.mark.parametrize(("content", "said"), [
    (None, "cannot be opened"),
    ("", "this is no OPML"),
    ("<rss/>", "export the list of feeds from your feed reader"),
    ("<opml><body>", "this is no OPML"),
    ("<opml><body><outline text='a'/></body></opml>", "there is no feed in this list"),
    ("<opml>\n<outline xmlUrl='file:///etc/passwd'/></opml>", "“file:///etc/passwd” is no address"),
    ("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><outline xmlUrl='https://&a;.example/'/></opml>", "this is no OPML"),
    ("<!DOCTYPE o SYSTEM 'file:///etc/passwd'><opml>&a;</opml>", "there is no feed in this list"),
])  # fmt: skip
def test_a_list_that_is_none_is_named(tmp_path: Path, content: str | None, said: str) -> None:
    if content is not None:
        (tmp_path / "feeds.opml").write_text(content, encoding="utf-8")
    with pytest.raises(DigestError, match=said) as caught:
        gathered(["feeds.opml"], tmp_path)
    assert str(tmp_path / "feeds.opml") in str(caught.value)


@pytest.mark.parametrize("listed", [
    "ftp://courier.example/", "https://user:word@courier.example/", {"outlet": "Courier"},
    {"url": "https://a.example/", "name": "x"}, {"url": "https://a.example/", "outlet": ["x"]},
])  # fmt: skip
def test_what_is_no_source_is_named(tmp_path: Path, listed: str | dict[str, object]) -> None:
    with pytest.raises(DigestError, match=r"is no address that can be fetched|is not understood"):
        gathered([listed], tmp_path)
