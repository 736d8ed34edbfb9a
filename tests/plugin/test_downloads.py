"""The files beside the pages: as many rows as the pages say and show, and those that were asked for."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from pathlib import Path

import pytest

from digest import export
from digest.plugin import build_site

EXAMPLES = Path(__file__).parents[2] / "examples"


def site(folder: Path, plugin: dict[str, object]) -> Path:
    (folder / "docs").mkdir(parents=True)
    config = {
        "site_name": "The Reader",
        "theme": {"name": "digest"},
        "docs_dir": str(folder / "docs"),
        "plugins": [{"digest": {"seeds": str(EXAMPLES / "seeds"), "curation": str(EXAMPLES / "curation")} | plugin}],
    }
    (folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")  # JSON is YAML
    made, _, _ = build_site(folder / "mkdocs.yml", folder / "site")
    return made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("whole"), {"search": False})


def counts(data: Path) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for name in ("quotations", "articles", "actors"):
        with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[f"{name}.csv"] = (sum(1 for _ in csv.DictReader(file)),)
        found[f"{name}.jsonl"] = (len((data / f"{name}.jsonl").read_bytes().splitlines()),)
    items = [json.loads(line) for line in (data / "articles.ninjs.jsonl").read_bytes().splitlines()]
    found["articles.ninjs.jsonl"] = (len(items), sum(len(item.get("associations", ())) for item in items))
    with sqlite3.connect(data / "digest.sqlite") as held:
        queries = (f"SELECT count(*) FROM {table}" for table in export.TABLES)  # noqa: S608
        found["digest.sqlite"] = tuple(held.execute(query).fetchone()[0] for query in queries)
    held.close()
    return found


def test_the_files_have_the_rows_that_the_page_says_and_the_pages_show(whole: Path) -> None:
    html = (whole / "data" / "index.html").read_text(encoding="utf-8")
    said = {
        name: tuple(int(n.replace(",", "")) for n in re.findall(r"([\d,]+) (?:quotation|article|actor)s?\b", holds))
        for name, holds in re.findall(r'href="\.\./data/([^"]+)">[^<]*</a><small>([^·<]*) · ', html)
    }
    assert said == counts(whole / "data")
    assert list(said) == list(export.PLAIN)
    listed = "".join(p.read_text(encoding="utf-8") for p in whole.glob("quotations/**/index.html"))
    shown = re.findall(r'<a [^>]*href="[./]*articles/([^/"]+)/#(q-[0-9a-f]{10}[^"]*)"', listed)
    with (whole / "data" / "quotations.csv").open(encoding="utf-8", newline="") as file:
        assert {(row["article"], row["id"]) for row in csv.DictReader(file)} == set(shown)
    articles = {p.parent.name for p in whole.glob("articles/*/index.html")} - {"page"}
    assert len(articles) == said["articles.csv"][0]


def test_the_page_says_what_each_file_weighs(whole: Path) -> None:
    html = (whole / "data" / "index.html").read_text(encoding="utf-8")
    size = (whole / "data" / "digest.sqlite").stat().st_size
    assert 100_000 < size < 10_000_000
    weighs = f"{size / 10**6:.1f} MB" if size >= 10**6 else f"{size // 1000} KB"
    assert f" · {weighs} · an SQLite database" in html


def test_the_files_are_those_that_were_asked_for(tmp_path: Path) -> None:
    made = site(tmp_path, {"search": False, "exports": ["actors.csv", "articles.jsonl"]})
    assert {p.name for p in (made / "data").iterdir()} == {
        "actors.csv",
        "articles.jsonl",
        "index.html",
        "report.json",
        "state.json",
    }
    html = (made / "data" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="\.\./data/([^"]+)"', html) == [
        "actors.csv",
        "articles.jsonl",
        "state.json",
        "report.json",
    ]


def test_a_file_that_there_is_none_of_is_named(tmp_path: Path) -> None:
    with pytest.raises(export.DigestError, match=r"mkdocs\.yml: .*exports.*quotations\.csv.*actors\.xls"):
        site(tmp_path, {"exports": ["actors.xls"]})
