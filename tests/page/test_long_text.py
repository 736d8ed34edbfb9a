"""The text of a very long article stands on several pages: every address leads to its place, and each stays light."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from random import Random
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from editions import IDA, SITE, TOM, Writer, digest

from digest.model import DigestError
from digest.output import Page
from digest.page import render

WORDS = ["bridge", "toll", "river", "ferry", "levee", "council", "spring", "never", "again", "stands", "opens", "costs"]


def varied(n: int, words: int) -> str:
    """Return so many words of which no two rows have the same run, for words that repeat would weigh nothing."""
    chance = Random(n)  # noqa: S311 - the same words each time, no secret
    return " ".join(f"{chance.choice(WORDS)}{chance.randrange(200)}" for _ in range(words))


def made(*writers: Writer) -> dict[str, Page]:
    return {page.url: page for page in render(digest(*writers), SITE)}


def text_of(found: Mapping[str, Page], article: str) -> list[BeautifulSoup]:
    return [BeautifulSoup(p.html, "html.parser") for url, p in found.items() if url.startswith(f"articles/{article}/")]


def test_every_link_to_a_place_leads_to_one() -> None:
    long, other = Writer("long"), Writer("other", outlet="Vell Post")
    for n in range(120):
        long.block(varied(1_000 + n, 40))
        # of some nobody knows who said it, and some are printed elsewhere as well
        long.says((IDA, TOM, None)[n % 3], varied(n, 12))
        if n % 4 == 0:
            other.says((IDA, TOM, None)[n % 3], varied(n, 12))
    found = made(long, other)
    assert len(text_of(found, "long")) > 2
    read = {url: BeautifulSoup(page.html, "html.parser") for url, page in found.items()}
    ids = {url: {str(tag["id"]) for tag in page.select("[id]")} for url, page in read.items()}
    dead, followed = [], 0
    for url, page in read.items():
        for link in page.select("a[href*='#']"):
            there, _, place = urljoin(f"/{url}", str(link["href"])).partition("#")
            followed += 1
            if place not in ids[there.removeprefix("/")]:
                dead.append((url, link["href"]))
    assert followed > 500
    assert dead == []


def test_a_quotation_over_two_blocks_stands_on_one_page_with_its_note() -> None:
    writer = Writer("long")
    for n in range(150):
        writer.goes_on(IDA, varied(n, 30), varied(1_000 + n, 30))
    every = text_of(made(writer), "long")
    assert len(every) > 2
    for page in every:
        own = [str(note["id"]) for note in page.select(".notes > div")]
        assert [str(number["href"]) for number in page.select(".text a.ref")] == [f"#{id_}" for id_ in own]
        assert all(page.find(id=str(back["href"])[1:]) for back in page.select(".notes a.n"))


def test_no_page_of_a_list_has_the_address_of_an_article() -> None:
    """A file page.txt is an article of the id “page”, and page 2 of its text is not page 2 of the list of articles."""
    long = Writer("page")
    for n in range(160):
        long.block(varied(n, 60))
    addresses = [page.url for page in render(digest(long, *(Writer(f"a{n}") for n in range(600))), SITE)]
    assert {"articles/page/", "articles/page/2/", "articles/page_2/"} <= {*addresses}
    assert len(addresses) == len(set(addresses))


def test_two_pages_at_one_address_end_the_build() -> None:
    with pytest.raises(DigestError, match=r"/articles/twice/: two pages .* “One bridge” and “Two bridges”"):
        made(Writer("twice", "One bridge"), Writer("twice", "Two bridges"))


@pytest.mark.parametrize("many", [300, 900])
def test_a_long_article_of_very_many_quotations_stays_light_on_every_page(many: int) -> None:
    """The first page leads to each quotation of the further ones, which weighs something as well."""
    long, other = Writer("long"), Writer("other", outlet="Vell Post")
    for n in range(many):
        long.says((IDA, TOM)[n % 2], varied(n, 12))
        if n % 9 == 0:
            other.says((IDA, TOM)[n % 2], varied(n, 12))
    found = made(long, other)
    weights = {u: len(gzip.compress((p.html + p.linked).encode())) for u, p in found.items() if "/long/" in u}
    assert len(weights) > 3
    assert {url: weight for url, weight in weights.items() if weight > 20_000} == {}
    first = BeautifulSoup(found["articles/long/"].html, "html.parser")
    assert all(first.find(id=q.id) for q in long.quotations)
