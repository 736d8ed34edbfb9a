"""Building a monitor through MkDocs: the whole way, as ``mkdocs build`` goes it."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

ARTICLE = """Mayor promises <b>a bridge</b> & more

Osterfeld. “The bridge will stand in May,” said Ida Quill, the mayor of Osterfeld. “It will carry <i>everybody</i>.”

Tamo Brandl, her predecessor, told the Osterfeld Echo that she had promised it twice before.
"""
CONFIG = {"site_name": "Bridges & <u>Budgets</u>", "theme": {"name": "digest"}, "plugins": ["digest"], "strict": True}
Build = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    root = tmp_path / "monitor"
    for name in ("seeds", "docs", "curation"):
        (root / name).mkdir(parents=True)
    (root / "seeds" / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    (root / "docs" / "about.md").write_text("# About\n\nWe read [the actors](actors/index.md).\n", encoding="utf-8")
    return root


@pytest.fixture
def build(monitor: Path) -> Build:
    def run(folder: str = "site", **config: object) -> subprocess.CompletedProcess[str]:
        # JSON is YAML
        (monitor / "mkdocs.yml").write_text(json.dumps(CONFIG | config), encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "-d", folder]
        return subprocess.run(command, cwd=monitor, capture_output=True, text=True, check=False, timeout=120)

    return run


def built(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_two_builds_are_the_same_to_the_byte(monitor: Path, build: Build) -> None:
    for folder in ("one", "two"):
        done = build(folder, site_url="https://press.example/reader/")
        assert done.returncode == 0, done.stderr
    one, two = built(monitor / "one"), built(monitor / "two")
    assert one == two
    today = datetime.now(UTC).date().isoformat().encode()
    assert [name for name, content in one.items() if today in content] == []
    sitemap = one["sitemap.xml"].decode()
    assert "<loc>https://press.example/reader/articles/bridge/</loc>" in sitemap
    assert "<loc>https://press.example/reader/about/</loc>" in sitemap
    assert gzip.decompress(one["sitemap.xml.gz"]).decode() == sitemap


def test_what_articles_say_is_text_on_every_page(monitor: Path, build: Build) -> None:
    assert build().returncode == 0
    for path in (monitor / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<[biu]>(?:a bridge|everybody|Budgets)", html), path
    title = (monitor / "site" / "articles" / "bridge" / "index.html").read_text(encoding="utf-8")
    assert "<title>Mayor promises &lt;b&gt;a bridge&lt;/b&gt; &amp; more · Bridges &amp; &lt;u&gt;" in title


def test_everything_promised_is_written(monitor: Path, build: Build) -> None:
    (monitor / "seeds" / "empty.txt").write_bytes(b"")
    done = build()
    assert done.returncode == 0, done.stderr
    site = built(monitor / "site")
    report = json.loads(site["data/report.json"])
    assert (report["published"], report["found"]) == (1, 2)
    assert [s["path"] for s in report["skipped"]] == ["empty.txt"]
    assert "skipped empty.txt" in done.stderr
    lines = [json.loads(line) for line in site["data/quotations.jsonl"].splitlines()]
    assert len(lines) == report["quotations"] > 0
    assert {"404.html", "search/index.html", "data/quotations.csv"} <= set(site)
    (listed,) = re.findall(r"data-shards='([^']*)'", site["search/index.html"].decode())
    (shard,) = json.loads(listed)
    assert f"pagefind/{shard['folder']}/entries.json" in site
    assert "sitemap.xml" not in site


def test_a_merged_actor_leaves_an_address_that_leads_on(monitor: Path, build: Build) -> None:
    line = "- {merge: [ida-quill, tamo-brandl], why: seen, by: N, on: 2025-06-01}\n"
    (monitor / "curation" / "corrections.yml").write_text(line, encoding="utf-8")
    done = build(site_url="https://press.example/reader/")
    assert done.returncode == 0, done.stderr
    page = (monitor / "site" / "actors" / "tamo-brandl" / "index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../ida-quill/">' in page
    assert 'rel="canonical"' not in page
    assert "tamo-brandl" not in (monitor / "site" / "sitemap.xml").read_text(encoding="utf-8")


def test_the_search_index_can_be_left_out(monitor: Path, build: Build) -> None:
    assert build(plugins=[{"digest": {"search": False}}]).returncode == 0
    assert not (monitor / "site" / "pagefind").exists()
    assert "data-shards='[]'" in (monitor / "site" / "search" / "index.html").read_text(encoding="utf-8")


def test_all_parts_of_the_search_are_asked_for_at_once(monitor: Path, build: Build) -> None:
    assert build().returncode == 0
    page = (monitor / "site" / "search" / "index.html").read_text(encoding="utf-8")
    asked = re.findall(r'<script type="module" src="\.\./assets/search/([^"]+)"', page)
    assert sorted(asked) == sorted(path.name for path in (monitor / "site" / "assets" / "search").iterdir())


def test_links_hold_below_any_path(monitor: Path, build: Build) -> None:
    assert build().returncode == 0
    for name, content in built(monitor / "site").items():
        if name.endswith(".html") and name != "404.html":
            assert not re.search(rb"(?:href|src|action)=\"?/", content), name


def test_the_footer_names_what_it_was_built_from(monitor: Path, build: Build) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@press.example", "-C", str(monitor)]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    commit = subprocess.run([*git, "rev-parse", "--short=7", "HEAD"], check=True, capture_output=True, text=True).stdout
    assert build(repo_url="https://code.example/press/").returncode == 0
    page = (monitor / "site" / "about" / "index.html").read_text(encoding="utf-8")
    assert f'href="https://code.example/press/commit/{commit.strip()}"' in page


def test_a_table_in_markdown_is_aligned_without_styles(monitor: Path, build: Build) -> None:
    table = "# Numbers\n\n| who | how many |\n|---|---:|\n| Ida Quill | 2 |\n"
    (monitor / "docs" / "numbers.md").write_text(table, encoding="utf-8")
    assert build(markdown_extensions=["tables"]).returncode == 0
    page = (monitor / "site" / "numbers" / "index.html").read_text(encoding="utf-8")
    assert '<td align="right">2</td>' in page
    assert " style=" not in page


def test_parts_of_the_navigation_nest(monitor: Path, build: Build) -> None:
    for name in ("rules", "sources"):
        (monitor / "docs" / f"{name}.md").write_text(f"# Our {name}\n", encoding="utf-8")
    handbook = {"Hand & book": ["rules.md", {"Deeper": ["sources.md"]}]}
    assert build(nav=["about.md", handbook, {"Paper": "https://press.example/"}]).returncode == 0
    page = (monitor / "site" / "sources" / "index.html").read_text(encoding="utf-8")
    header, footer = re.findall(r"<nav aria-label=\"(?:Main|All sections)\">(.*?)</nav>", page, re.DOTALL)
    assert '<a href="../rules/" aria-current="true">Hand &amp; book</a>' in header
    assert '<a href="../sources/"' not in header
    assert '<a href="https://press.example/">Paper</a>' in header
    assert all(f'href="{url}"' in footer for url in ("../rules/", "./", "../about/"))
    assert '<p class="crumb">Hand &amp; book / Deeper</p>' in page


@pytest.mark.parametrize("name", ["actors.md", "actors/index.md", "search.md", "index.md", "articles/bridge.md"])
def test_a_hand_written_page_at_a_generated_address_is_named(name: str, monitor: Path, build: Build) -> None:
    (monitor / "docs" / name).parent.mkdir(exist_ok=True)
    (monitor / "docs" / name).write_text("# Mine\n", encoding="utf-8")
    done = build()
    assert done.returncode == 1
    assert f"docs/{name}: the digest makes a page at /" in done.stderr
    assert "give the hand-written page another name" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["data/report.json", "data/quotations.csv", "pagefind/list.json"])
def test_a_hand_written_file_at_a_written_address_is_named(name: str, monitor: Path, build: Build) -> None:
    (monitor / "docs" / name).parent.mkdir(exist_ok=True)
    (monitor / "docs" / name).write_text("{}", encoding="utf-8")
    done = build()
    assert done.returncode == 1
    assert f"docs/{name}: the digest writes a file at /{name} itself" in done.stderr


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        ({"theme": {"name": "mkdocs"}}, "write `theme: {name: digest}`"),
        ({"use_directory_urls": False}, "needs `use_directory_urls: true`"),
        ({"plugins": [{"digest": {"seeds": "nowhere"}}]}, "nowhere: there is no such folder"),
        ({"plugins": [{"digest": {"seedz": "seeds"}}]}, "seedz"),
    ],
)
def test_what_cannot_be_built_is_one_sentence(config: dict[str, object], sentence: str, build: Build) -> None:
    done = build(**config)
    assert done.returncode == 1
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
