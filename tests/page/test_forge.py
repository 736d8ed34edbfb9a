"""Addresses in the repository, and reports of errors that are filled in."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from editions import BOARD, IDA, SITE, TOM, WIRE, Writer, digest

from digest.lines import Line
from digest.model import Actor, Speaker
from digest.output import SiteInfo
from digest.page import forge
from digest.read import packs

SITES = {
    "github": replace(SITE, repo_url="https://github.example/desk/reader"),
    "gitlab": replace(SITE, repo_url="https://gitlab.example/desk/reader.git"),
    "gitea": replace(SITE, repo_url="https://codeberg.example/desk/reader/"),
    "named": replace(SITE, repo_url="https://code.example/desk/reader", forge="gitlab"),
}


def line(**more: object) -> Line:
    writer = Writer("bridge")
    writer.says(IDA, "The bridge, so-called, will stand in May & June", **more)
    return digest(writer).lines[0]


@pytest.mark.parametrize(
    ("site", "blob", "commit"),
    [
        ("github", "https://github.example/desk/reader/blob/abc1234/", "https://github.example/desk/reader/commit/"),
        (
            "gitlab",
            "https://gitlab.example/desk/reader/-/blob/abc1234/",
            "https://gitlab.example/desk/reader/-/commit/",
        ),
        (
            "gitea",
            "https://codeberg.example/desk/reader/src/commit/abc1234/",
            "https://codeberg.example/desk/reader/commit/",
        ),
        ("named", "https://code.example/desk/reader/-/blob/abc1234/", "https://code.example/desk/reader/-/commit/"),
    ],
)
def test_a_file_is_linked_at_its_commit(site: str, blob: str, commit: str) -> None:
    assert forge.blob(SITES[site], line().article) == f"{blob}seeds/bridge.txt"
    assert forge.commit(SITES[site], "abc1234") == f"{commit}abc1234"


@pytest.mark.parametrize(
    ("path", "file"),
    [
        *((f"a/tarn{ending}!inner/quay.html", f"a/tarn{ending}") for ending in packs.PACKS),
        ("tarn.zip!feed.xml!quay", "tarn.zip"),
        ("wow!.txt", "wow!.txt"),
        ("a!b/quay.txt", "a!b/quay.txt"),
    ],
)
def test_an_article_among_others_is_linked_as_the_file_it_stands_in(path: str, file: str) -> None:
    article = replace(line().article, path=path)
    address = forge.blob(SITE, article)
    assert address == f"https://forge.example/desk/reader/blob/abc1234/seeds/{quote(file)}"


def test_nothing_is_linked_without_a_repository_or_a_commit() -> None:
    article = line().article
    assert forge.blob(SITE, article) == "https://forge.example/desk/reader/blob/abc1234/seeds/bridge.txt"
    assert forge.blob(replace(SITE, repo_url=None), article) is None
    assert forge.blob(replace(SITE, commit=None), article) is None
    assert forge.commit(replace(SITE, repo_url="javascript:x"), SITE.commit) is None
    assert forge.report(replace(SITE, repo_url=None), line()) is None
    assert forge.report_actor(replace(SITE, repo_url=None), IDA) is None


def filled(address: str | None, title: str = "title", body: str = "body") -> tuple[str, str, str]:
    """Return where a report is written, its title and its text."""
    assert address is not None
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    assert set(asked) == {title, body}
    return parts.path, asked[title][0], asked[body][0]


@pytest.mark.parametrize(
    ("site", "path", "names"),
    [
        ("github", "/desk/reader/issues/new", ("title", "body")),
        ("gitea", "/desk/reader/issues/new", ("title", "body")),
        ("gitlab", "/desk/reader/-/issues/new", ("issue[title]", "issue[description]")),
        ("named", "/desk/reader/-/issues/new", ("issue[title]", "issue[description]")),
    ],
)
def test_a_report_says_which_quotation_and_what_it_is_read_as(site: str, path: str, names: tuple[str, str]) -> None:
    both = (Speaker(TOM.id, TOM.name, TOM.type),)
    found = line(others=both, via=(WIRE,))
    q = found.quotation
    at, title, body = filled(forge.report(replace(SITES[site], url="https://site.example/"), found), *names)
    assert at == path
    assert title == f"{q.id} in bridge"
    for told in (
        f"Quotation: {q.id}\n",
        f"Page: https://site.example/articles/bridge/#{q.id}\n",
        f"File: seeds/bridge.txt, characters {q.start} to {q.end}\n",
        f"Words: “{found.words}”\n",
        "Speaker: Ida Quill (ida-quill), Tom Ferrow (tom-ferrow)\n",
        "Named by: Ida Quill\n",
        "Via: Gull Wire\n",
        "Kind: direct\n",
        "Outlet and date: Osterfeld Echo, 2025-03-04\n",
    ):
        assert f"- {told}" in body
    assert body.endswith("What is wrong, and what would be right?\n")


def test_a_report_says_that_nobody_was_found() -> None:
    writer = Writer("bridge", outlet=None, published=None)
    writer.says(None, "Nobody told me", source=None)
    writer.says(None, "Nor me")
    page = [filled(forge.report(SITE, each))[2] for each in digest(writer).lines]
    assert "- Speaker: not found\n" in page[0]
    assert "- Speaker: not named in the article\n- Named by: the clerk\n" in page[1]
    assert "Via" not in page[0]
    assert "Outlet" not in page[0]


def test_a_report_on_an_actor_says_what_it_is_known_as() -> None:
    many = Actor(
        "ida-quill", "Ida Quill", "person", {"Ida Quill": 9, **{f"Quill {n}": 1 for n in range(20)}}, wikidata="Q1"
    )
    _, title, body = filled(forge.report_actor(SITE, many))
    assert title == "ida-quill: Ida Quill"
    assert "- Page: actors/ida-quill/\n" in body
    assert "- Wikidata: Q1\n" in body
    assert "Quill 0, Quill 1" in body
    assert body.count("Quill ") < 20
    assert "and 8 more" in body
    assert "Wikidata" not in filled(forge.report_actor(SITE, BOARD))[2]


@pytest.mark.parametrize("site", [SITE, SITES["gitlab"]])
def test_an_address_stays_short_enough_for_servers(site: SiteInfo) -> None:
    writer = Writer("bridge")
    writer.says(IDA, "堤" * 5_000)
    found = digest(writer).lines[0]
    address = forge.report(site, found)
    assert address is not None
    assert len(address) < 7_000
