"""Feeds as a build writes them: beside their pages, linked from their heads, never over what people wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from digest.cli.checking import check
from digest.model import DigestError
from digest.plugin import build_site

ARTICLE = """Mayor promises a bridge

“The bridge will stand in May,” said Ida Quill, the mayor of Osterfeld.
"""


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    for name in ("seeds", "docs"):
        (tmp_path / name).mkdir()
    (tmp_path / "seeds" / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def build(root: Path, **plugin: object) -> Path:
    config = {
        "site_name": "Bridges",
        "site_url": "https://press.example/reader",
        "theme": {"name": "digest"},
        "plugins": [{"digest": {"search": False} | plugin}],
    }
    (root / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    site, _, _ = build_site(root / "mkdocs.yml", root / "site")
    return site


def test_the_head_of_a_page_names_its_feeds(monitor: Path) -> None:
    site = build(monitor)
    for page, title in (("", "All quotations"), ("actors/ida-quill/", "Quotations by Ida Quill")):
        html = BeautifulSoup((site / page / "index.html").read_bytes(), "html.parser")
        found = [(link["type"], link["title"], link["href"]) for link in html.head.select('link[rel="alternate"]')]
        assert [each[:2] for each in found if "json" in each[0] and "ld" not in each[0]] == [
            ("application/feed+json", title)
        ]
        atom = next(href for type_, _, href in found if type_ == "application/atom+xml")
        assert (site / page / atom).resolve() == site / page / "feed.xml"
        assert (site / page / "feed.json").is_file()
    article = (site / "articles" / "bridge" / "index.html").read_text(encoding="utf-8")
    assert "application/atom+xml" not in article


def test_addresses_are_those_of_the_published_site(monitor: Path) -> None:
    site = build(monitor)
    feed = json.loads((site / "feed.json").read_bytes())
    assert (feed["home_page_url"], feed["feed_url"]) == (
        "https://press.example/reader/",
        "https://press.example/reader/feed.json",
    )
    document = etree.fromstring((site / "feed.xml").read_bytes())
    (own,) = document.xpath("a:link[@rel='self']/@href", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert own == "https://press.example/reader/feed.xml"


def test_a_hand_written_feed_is_not_written_over(monitor: Path) -> None:
    (monitor / "docs" / "feed.xml").write_text("<feed/>", encoding="utf-8")
    with pytest.raises(DigestError, match=r"docs/feed\.xml: the digest writes a file at /feed\.xml itself"):
        build(monitor)


@pytest.mark.parametrize(
    ("feeds", "sentence"),
    [
        (
            [{"actor": "ida-quil", "topic": "x"}],
            "names the actor “ida-quil”, which there is not; do you mean “ida-quill”",
        ),
        ([{"actor": "ida-quill"}], "topic"),
        (["ida-quill"], "feeds"),
    ],
)
def test_a_wrong_pair_is_one_sentence(feeds: list[object], sentence: str, monitor: Path) -> None:
    with pytest.raises(DigestError) as error:
        build(monitor, feeds=feeds)
    assert str(error.value).startswith("mkdocs.yml: ")
    assert sentence in str(error.value)


def test_the_check_tells_every_wrong_pair_and_outlet(monitor: Path) -> None:
    pairs = [{"actor": "ida-quil", "topic": "watr"}, {"actor": "ida-quill", "topic": "fyre"}]
    outlets = {"Tarnholm Sampl": "excerpts", "Nowhere Post": "excerpts"}
    with pytest.raises(DigestError):
        build(monitor, feeds=pairs, publish_by_outlet=outlets)
    wrong, _, _ = check(monitor, lambda *_: None)
    for name in ("ida-quil", "watr", "fyre", *outlets):
        assert sum(f"“{name}”, which" in sentence for sentence in wrong) == 1
