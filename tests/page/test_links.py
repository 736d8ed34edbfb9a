"""Addresses that are safe to link to and lead to the place they name."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from digest.page import links


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


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("bridge.txt", "bridge.txt"),
        ("2025/bridge.txt", "bridge.txt"),
        ("000_940fa06cb24fb5c4.txt", "000_940f….txt"),
        ("a-headline-that-goes-on-and-on.html", "a-headline-that-goes….html"),
        ("README", "README"),
        ("valley.rss!bridge-closed", "bridge-closed"),
        ("2025/week.zip!inner/bridge.html", "bridge.html"),
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
