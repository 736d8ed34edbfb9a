"""Feeds read back by a feed reader: it finds what the pages say, and nothing to complain of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import pytest

from digest import build
from digest.dossiers import Digest
from digest.gather import gather
from digest.output import SiteInfo
from digest.page.feed import LATEST, feeds, written
from digest.page.feed.items import shown

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def examples() -> tuple[Digest, SiteInfo]:
    settings = build.Settings(
        EXAMPLES / "seeds", EXAMPLES / "curation", EXAMPLES, "The Ilve Reader", site_url="https://press.example/ilve/"
    )
    whole = build.edition(settings)
    site = build.site_info(whole, settings)
    return gather(whole, site), site


@pytest.fixture(scope="module")
def read(examples: tuple[Digest, SiteInfo]) -> dict[str, Any]:
    _, site = examples
    files = written(feeds(*examples), site)
    return {file.url: feedparser.parse(file.content) for file in files if file.url.endswith(".xml")}


def test_a_reader_has_nothing_to_complain_of(read: dict[str, Any]) -> None:
    assert len(read) > 50
    for url, found in read.items():
        assert (found.bozo, found.version) == (False, "atom10"), url
        assert found.entries, url
        for entry in found.entries:
            assert entry.link.startswith("https://press.example/ilve/articles/"), url
            assert entry.id.startswith("urn:uuid:"), url
            assert entry.updated_parsed, url


def test_a_reader_finds_the_quotations_of_the_page(examples: tuple[Digest, SiteInfo], read: dict[str, Any]) -> None:
    held, _ = examples
    for dossier in held.actors:
        if not dossier.by:
            continue
        found = read[f"{dossier.url}feed.xml"]
        assert found.feed.title == f"Quotations by {dossier.actor.name} · The Ilve Reader"
        by_id = {line.quotation.id: line for line in dossier.by}
        assert len(found.entries) == min(LATEST, len({line.original for line in dossier.by}))
        for entry in found.entries:
            line = by_id[entry.link.partition("#")[2]]
            assert shown(line) in " ".join(entry.content[0].value.replace("&amp;", "&").split())
            if line.unsure:
                assert "authors" not in entry
                assert entry.title.startswith(f"{line.speakers[0].name} (unsure): ")
            else:
                assert entry.authors[0].name == line.speakers[0].name
            if line.article.url:
                assert [link.href for link in entry.links if link.rel == "via"] == [line.article.url]


def test_several_feeds_call_a_quotation_by_one_id(read: dict[str, Any]) -> None:
    pages = {entry.id: entry.link for found in read.values() for entry in found.entries}
    assert all(pages[entry.id] == entry.link for found in read.values() for entry in found.entries)
    assert len(set(pages.values())) == len(pages)
