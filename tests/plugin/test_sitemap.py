"""The sitemap after its protocol (https://www.sitemaps.org/protocol.html): every page once, however many there are."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from digest.plugin import build_site, sitemap

SEEDS = Path(__file__).parents[2] / "examples" / "seeds"
ROOT = "https://press.example/reader/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# https://www.w3.org/TR/NOTE-datetime
W3C = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
FREQUENCIES = {"always", "hourly", "daily", "weekly", "monthly", "yearly", "never"}
INSIDE = {
    "urlset": ("url", ("loc", "lastmod", "changefreq", "priority")),
    "sitemapindex": ("sitemap", ("loc", "lastmod")),
}
MOST, LONGEST, LARGEST = 50_000, 2_048, 50 * 1024 * 1024
"""The protocol's limits: entries of a file, characters of an address, bytes of a file."""


def mistakes(content: bytes, at: str) -> Iterator[str]:
    """Yield what the protocol does not allow of the sitemap, or the index of several, whose address is ``at``."""
    root = etree.fromstring(content)
    kind = root.tag.removeprefix(SPACE)
    if kind not in INSIDE or len(content) > LARGEST or not 1 <= len(root) <= MOST:
        yield f"{root.tag} with {len(root)} entries and {len(content)} bytes"
        return
    entry, known = INSIDE[kind]
    folder = at.rpartition("/")[0] + "/"
    for each in root:
        parts = [child.tag.removeprefix(SPACE) for child in each]
        if each.tag != SPACE + entry or "loc" not in parts or len(set(parts)) < len(parts) or set(parts) - set(known):
            yield f"{each.tag} with {parts}"
        held = {child.tag.removeprefix(SPACE): child.text or "" for child in each}
        loc = held.get("loc", "")
        if not urlsplit(loc).scheme or not loc.startswith(folder) or len(loc) >= LONGEST or re.search(r"[\s<>\"]", loc):
            yield f"loc {loc}"
        if not W3C.fullmatch(held.get("lastmod", "2025")):
            yield f"lastmod {held['lastmod']}"
        if held.get("changefreq", "never") not in FREQUENCIES:
            yield f"changefreq {held['changefreq']}"
        if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", held.get("priority", "1")):
            yield f"priority {held['priority']}"


def named(content: bytes) -> list[str]:
    return [str(loc.text) for loc in etree.fromstring(content).iter(f"{SPACE}loc")]


def site(folder: Path, **config: object) -> Path:
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "about.md").write_text("# About\n", encoding="utf-8")
    whole = {
        "site_name": "The Reader",
        "theme": {"name": "digest"},
        "docs_dir": str(folder / "docs"),
        "plugins": [{"digest": {"seeds": str(folder / "seeds"), "search": False, "exports": []}}],
    }
    (folder / "seeds").mkdir()
    for path in sorted(SEEDS.glob("*.txt"))[:3]:
        (folder / "seeds" / path.name).write_bytes(path.read_bytes())
    (folder / "mkdocs.yml").write_text(json.dumps(whole | config), encoding="utf-8")  # JSON is YAML
    return build_site(folder / "mkdocs.yml", folder / "site")[0]


def pages(made: Path) -> set[str]:
    """Return the addresses of the pages of a site that search engines may list."""
    listed = (path for path in made.rglob("index.html") if b'content="noindex"' not in path.read_bytes())
    return {ROOT + path.relative_to(made).as_posix().removesuffix("index.html") for path in listed}


def test_a_small_site_has_one_sitemap_and_robots_that_name_it(tmp_path: Path) -> None:
    made = site(tmp_path, site_url=ROOT)
    content = (made / "sitemap.xml").read_bytes()
    assert list(mistakes(content, f"{ROOT}sitemap.xml")) == []
    assert sorted(named(content)) == sorted(pages(made))
    assert f"{ROOT}about/" in named(content)
    assert gzip.decompress((made / "sitemap.xml.gz").read_bytes()) == content
    assert (made / "robots.txt").read_text() == f"User-agent: *\nAllow: /\n\nSitemap: {ROOT}sitemap.xml\n"
    assert list(made.glob("sitemap-*")) == []
    assert not (made / "partials").exists(), "templates are no files of the site"


def test_what_one_sitemap_may_not_name_stands_in_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 20)
    made = site(tmp_path, site_url=ROOT)
    content = (made / "sitemap.xml").read_bytes()
    assert etree.fromstring(content).tag == f"{SPACE}sitemapindex"
    assert list(mistakes(content, f"{ROOT}sitemap.xml")) == []
    assert gzip.decompress((made / "sitemap.xml.gz").read_bytes()) == content
    assert f"Sitemap: {ROOT}sitemap.xml\n" in (made / "robots.txt").read_text()
    names = [address.removeprefix(ROOT) for address in named(content)]
    assert len(names) > 2
    assert sorted(names) == sorted(path.name for path in made.glob("sitemap-*.xml"))
    held = []
    for name in names:
        sheet = (made / name).read_bytes()
        assert list(mistakes(sheet, ROOT + name)) == []
        assert len(named(sheet)) <= 20
        held += named(sheet)
    assert sorted(held) == sorted(pages(made)), "each page in exactly one"


def test_without_an_address_there_is_neither(tmp_path: Path) -> None:
    made = site(tmp_path)
    assert not [path for path in made.iterdir() if path.name.startswith(("sitemap", "robots"))]


def test_robots_of_ones_own_go_before_ours(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    made = site(tmp_path, site_url=ROOT, docs_dir=str(tmp_path / "own"))
    assert (made / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


@given(st.lists(st.text()), st.integers(1, 9))
def test_every_address_stands_in_exactly_one_sheet(found: list[str], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sitemap, "MOST", most)
        sheets = sitemap.sheets(found)
    assert [address for sheet in sheets for address in sheet] == found
    assert all(1 <= len(sheet) <= most for sheet in sheets)
    assert len(sheets) == -(-len(found) // most)


def test_a_sheet_holds_no_more_than_the_protocol_allows() -> None:
    assert sitemap.MOST == MOST
    assert len(sitemap.sheets(["a"] * MOST)) == 1
    assert [len(sheet) for sheet in sitemap.sheets(["a"] * (MOST + 1))] == [MOST, 1]


@pytest.mark.parametrize(
    ("kind", "inside"),
    [
        ("urlset", "<url><loc>/reader/</loc></url>"),
        ("urlset", "<url><loc>https://other.example/</loc></url>"),
        ("urlset", f"<url><loc>{ROOT}</loc><lastmod>4 May 2025</lastmod></url>"),
        ("urlset", f"<url><loc>{ROOT}</loc><changefreq>often</changefreq></url>"),
        ("urlset", f"<url><loc>{ROOT}</loc><priority>2</priority></url>"),
        ("urlset", f"<url><loc>{ROOT}</loc><loc>{ROOT}a/</loc></url>"),
        ("urlset", f"<url><loc>{ROOT}{'a' * LONGEST}</loc></url>"),
        ("urlset", "<url><lastmod>2025-05-04</lastmod></url>"),
        ("urlset", f"<sitemap><loc>{ROOT}</loc></sitemap>"),
        ("sitemapindex", f"<sitemap><loc>{ROOT}a.xml</loc><priority>1</priority></sitemap>"),
        ("urlset", ""),
        ("html", ""),
    ],
)
def test_what_the_protocol_does_not_allow_is_found(kind: str, inside: str) -> None:
    content = f'<{kind} xmlns="{SPACE[1:-1]}">{inside}</{kind}>'.encode()
    assert list(mistakes(content, f"{ROOT}sitemap.xml"))
