"""Addresses that are safe to link to and lead to the place they name."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from editions import IDA, SITE, Writer, digest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.lines import Line
from digest.page import links


def line(**more: str) -> Line:
    writer = Writer("bridge", **more)  # type: ignore[arg-type] - url only
    writer.says(IDA, "The bridge, so-called, will stand in May & June and July and August and on")
    return digest(writer).lines[0]


@pytest.mark.parametrize(
    ("url", "up"), [("", ""), ("actors/", "../"), ("actors/ida-quill/", "../../"), ("actors/x/by/2/", "../../../../")]
)
def test_the_way_up(url: str, up: str) -> None:
    assert links.up(url) == up


@pytest.mark.parametrize("url", ["https://echo.example/a", "http://echo.example:8080/a?b=c#d"])
def test_web_addresses_are_linked(url: str) -> None:
    assert links.web(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//echo.example/a", "/a", "a b"),
        *("https://", "http://[", 'https://echo.example/"onload=x', "https://echo.example/\n", " https://echo.example"),
        *("https://echo.example/<b>", "ftp://echo.example/a", "https:\\\\echo.example"),
    ],
)
def test_nothing_else_is(url: str | None) -> None:
    assert links.web(url) is None


def test_a_file_is_linked_at_its_commit() -> None:
    article = line().article
    assert links.blob(SITE, article) == "https://forge.example/desk/reader/blob/abc1234/seeds/bridge.txt"
    gitlab = replace(SITE, repo_url="https://gitlab.example/desk/reader.git")
    assert links.blob(gitlab, article) == "https://gitlab.example/desk/reader/-/blob/abc1234/seeds/bridge.txt"
    assert links.blob(replace(SITE, repo_url=None), article) is None
    assert links.blob(replace(SITE, commit=None), article) is None
    assert links.commit(replace(SITE, repo_url="javascript:x"), SITE.commit) is None


def test_a_report_says_where_and_what() -> None:
    address = links.report(SITE, line())
    assert address is not None
    asked = parse_qs(urlsplit(address).query)
    found = line()
    assert asked["title"] == [f"bridge: {found.quotation.id}"]
    assert f"seeds/bridge.txt:{found.quotation.start}-{found.quotation.end}" in asked["body"][0]
    assert found.words in asked["body"][0]
    assert links.report(replace(SITE, repo_url=None), found) is None


def test_the_source_is_opened_at_the_words() -> None:
    address = links.at_source(line(url="https://echo.example/a#top"))
    assert address is not None
    page, _, wanted = address.partition("#:~:text=")
    assert page == "https://echo.example/a"
    assert unquote(wanted) == "The bridge, so-called, will stand in May &"
    # "-", "," and "&" are punctuation of the fragment itself.
    assert not set("-,&") & set(wanted)
    assert links.at_source(line()) is None
    assert links.at_source(line(url="javascript:alert(1)")) is None


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("bridge.txt", "bridge.txt"),
        ("2025/bridge.txt", "bridge.txt"),
        ("000_940fa06cb24fb5c4.txt", "000_940f….txt"),
        ("a-headline-that-goes-on-and-on.html", "a-headline-that-goes….html"),
        ("README", "README"),
    ],
)
def test_long_file_names_are_shortened(path: str, short: str) -> None:
    assert links.short_path(path) == short


@given(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?", fullmatch=True))
@example("0001")
@example("2025-01-01")
@example("on")
@example("1e5")
@example("0x1f")
def test_an_id_stays_an_id_when_it_is_pasted(id_: str) -> None:
    assert yaml.safe_load(f"{links.yaml_key(id_)}:\n  outlet: x\n") == {id_: {"outlet": "x"}}
