"""Who is only guessed to speak: no format for machines names them without its flag."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from editions import BOARD, IDA, SITE, TOM, Writer, edition
from lxml import etree
from pyarrow import parquet

from digest import build, export
from digest.dossiers import Digest
from digest.edition import Edition
from digest.export.places import places
from digest.gather import gather
from digest.lines import Line
from digest.model import Actor, Source
from digest.output import SiteInfo
from digest.page import render
from digest.page.feed import feeds, written
from digest.page.feed.items import speaker
from digest.text import urn

EXAMPLES = Path(__file__).parents[1] / "examples"
ROOT = "https://press.example/reader/"
WENNA = Actor("wenna-holt", "Wenna Holt", "person", {"Wenna Holt": 1})
ATOM = {"a": "http://www.w3.org/2005/Atom"}
Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """An edition, what the pages know of it, and the lines of which a person should look at who speaks."""

    edition: Edition
    digest: Digest
    site: SiteInfo

    @property
    def unsure(self) -> list[Line]:
        return [line for line in self.digest.lines if line.unsure]

    def flagged(self, unsure: Callable[[Line], bool]) -> None:
        """Check of every line that machines are told it is unsure where it is."""
        for line in self.digest.lines:
            assert unsure(line) == line.unsure, line.quotation.id


def small() -> Edition:
    one, two = Writer("one"), Writer("two", published="2025-03-06", url="https://echo.example/two")
    she, he = one.block("She walked home."), two.block("He walked home.")
    one.says(WENNA, "The bridge may have been sold", confidence=0.6, source=Source(she, she + 3, "She", "pronoun"))
    one.says(IDA, "The bridge is ours", confidence=0.6)
    one.says(IDA, "The bridge stays where it is")
    two.says(None, "Nobody asked the ferryman", source=None)
    two.says(None, "I was not asked", source=Source(he, he + 2, "He", "pronoun"))
    two.reports(TOM, "the ferry would go on", confidence=0.74, about=("wenna-holt",))
    return edition(one, two, actors=(IDA, TOM, BOARD, WENNA))


def examples() -> Edition:
    return build.edition(build.Settings(EXAMPLES / "seeds", EXAMPLES / "curation", EXAMPLES))


@pytest.fixture(scope="module", params=[small, examples])
def world(request: pytest.FixtureRequest) -> World:
    made = request.param()
    site = replace(SITE, url=ROOT)
    found = World(made, gather(made, site), site)
    assert {bool(line.speakers) for line in found.unsure} == {True, False}
    return found


def written_as(name: str, world: World) -> bytes:
    return b"".join(export.EXPORTS[name].write(world.edition, ROOT))


def table(name: str, world: World) -> list[Row]:
    """Return the rows of a table, each cell as its format has it."""
    data = written_as(name, world)
    if name.endswith(".csv"):
        return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    if name.endswith(".parquet"):
        rows: list[Row] = parquet.read_table(io.BytesIO(data)).to_pylist()
        return rows
    return [json.loads(line) for line in data.splitlines()]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_tables_flag_them_in_each_row(world: World, ending: str) -> None:
    rows = {(row["article"], row["id"]): row for row in table(f"quotations.{ending}", world)}
    world.flagged(lambda line: bool(rows[line.article.id, line.quotation.id]["unsure"]))
    for line in world.digest.lines:
        row = rows[line.article.id, line.quotation.id]
        assert bool(row["speakers"]) == bool(row["speaker"]) == bool(line.speakers)
        if not line.speakers:
            assert not row["role"]
    surely = {(line.article.id, who.id) for line in world.digest.lines if not line.unsure for who in line.speakers}
    both = {(line.article.id, who.id) for line in world.digest.lines for who in line.speakers}
    for row in table(f"articles.{ending}", world):
        speakers, unsure = (ids(row[key]) for key in ("speakers", "unsure_speakers"))
        assert {(row["id"], who) for who in speakers} == {each for each in surely if each[0] == row["id"]}
        assert {(row["id"], who) for who in unsure} == {each for each in both - surely if each[0] == row["id"]}
    for row in table(f"actors.{ending}", world):
        lines = [line for line in world.digest.lines if row["id"] in {who.id for who in line.speakers}]
        assert (int(row["quotations"]), int(row["unsure"])) == (len(lines), sum(line.unsure for line in lines))


def ids(cell: str | list[str]) -> list[str]:
    return [id_ for id_ in cell.split(" | ") if id_] if isinstance(cell, str) else cell


def test_the_database_flags_them_with_the_quotation_and_with_each_speaker(world: World) -> None:
    with closing(sqlite3.connect(":memory:")) as held:
        held.deserialize(written_as("digest.sqlite", world))
        said = {(article, id_): unsure for article, id_, unsure in held.execute("SELECT article, id, unsure FROM said")}
        query = "SELECT q.article, q.id, s.actor, s.unsure FROM speakers s JOIN quotations q ON q.number = s.quotation"
        spoke = {(article, id_, actor): unsure for article, id_, actor, unsure in held.execute(query)}
    world.flagged(lambda line: bool(said[line.article.id, line.quotation.id]))
    wanted = {
        (line.article.id, line.quotation.id, who.id): int(line.unsure)
        for line in world.digest.lines
        for who in line.speakers
    }
    assert spoke == wanted


def test_news_items_relate_them_as_unsure(world: World) -> None:
    kinds = ("people", "organisations", "places")
    surely = {(line.article.id, who.id) for line in world.digest.lines if not line.unsure for who in line.speakers}
    items = {}
    for item in table("articles.ninjs.jsonl", world):
        (article,) = (each["value"] for each in item["altIds"] if each["role"] == "article")
        for who in (who for kind in kinds for who in item.get(kind, ())):
            assert who["rel"] != "speaker" or (article, who["literal"]) in surely
        items |= {quoted["uri"]: quoted for quoted in item.get("associations", ())}
    for line in world.digest.lines:
        quoted = items[urn("quotation", line.article.id, line.quotation.id)]
        related = {
            who["literal"]: who["rel"] for kind in kinds for who in quoted.get(kind, ()) if who["rel"] != "about"
        }
        assert related == {who.id: "speaker, unsure" if line.unsure else "speaker" for who in line.speakers}
        if line.unsure:
            own = line.quotation.source.text if line.quotation.source else None
            assert quoted.get("by") in (None, own), "only the article's own words"


def test_annotations_do_not_name_them(world: World) -> None:
    for analysis in world.edition.articles:
        items = {item["id"].partition("#")[2]: item for item in json.loads(places(analysis, ROOT))["items"]}
        for line in (line for line in world.digest.lines if line.article.id == analysis.article.id):
            sources = [body["source"] for body in items[line.quotation.id]["body"] if "source" in body]
            assert sources == ([] if line.unsure else [f"{ROOT}actors/{who.id}/#actor" for who in line.speakers])


def test_feeds_have_no_author_that_is_a_guess_and_flag_them_in_every_title(world: World) -> None:
    lines = {urn("quotation", line.article.id, line.quotation.id): line for line in world.digest.lines}
    seen = set()
    for file in written(feeds(world.digest, world.site), world.site):
        for id_, title, content, authors, unsure in entries(file.url, file.content):
            line = lines[id_]
            seen.add((file.url[-4:], line.unsure))
            assert authors == ([] if line.unsure else [who.name for who in line.speakers])
            assert unsure in (None, line.unsure)
            assert (" · speaker unsure" in content) == (line.unsure and bool(speaker(line)))
            if line.unsure and speaker(line):
                assert title.startswith(speaker(line)[:40])
                assert " (unsure): " in title
    assert seen == {(ending, unsure) for ending in (".xml", "json") for unsure in (True, False)}


def entries(url: str, content: bytes) -> Iterator[tuple[str, str, str, list[str], bool | None]]:
    """Yield id, title, content, authors and the flag of each entry of a feed; Atom has none of ours."""
    if url.endswith(".json"):
        for item in json.loads(content)["items"]:
            authors = [author["name"] for author in item.get("authors", ())]
            yield item["id"], item["title"], item["content_html"], authors, item["_digest"]["unsure"]
        return
    for entry in etree.fromstring(content).findall("a:entry", ATOM):
        id_, title, html = (entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "content"))
        yield id_, title, html, [name.text for name in entry.findall("a:author/a:name", ATOM)], None


def test_json_ld_gives_no_guess_a_voice(world: World) -> None:
    lines = {f"{ROOT}articles/{line.article.id}/#{line.quotation.id}": line for line in world.digest.lines}
    found, profiled = set(), 0
    for page in render(world.digest, world.site, feeds(world.digest, world.site)):
        for node in nodes(json.loads(page.linked or "null")):
            if node.get("@type") == "Quotation" and "@id" in node:
                line = lines[node["@id"]]
                who = node.get("spokenByCharacter", [])
                named = [each["name"] for each in (who if isinstance(who, list) else [who])]
                assert named == ([] if line.unsure else [each.name for each in line.speakers]), page.url
                found.add(node["@id"])
            if node.get("@type") == "ProfilePage":
                profiled += 1
                assert [part["@id"] for part in node.get("hasPart", ()) if lines[part["@id"]].unsure] == []
    assert found == set(lines)
    assert profiled > 2


def nodes(value: object) -> Iterator[Row]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from nodes(each)
