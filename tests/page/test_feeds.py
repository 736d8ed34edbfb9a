"""Feeds: what their standards allow, each quotation once and under a name of its own, the newest first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from editions import BOARD, IDA, SITE, TOM, WIRE, Writer, digest, topic
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from digest import build
from digest.dossiers import Digest
from digest.gather import gather
from digest.knowledge import load_topics
from digest.model import Actor, DigestError, Speaker
from digest.output import SiteInfo
from digest.page import files, render
from digest.page.feed import LATEST, atom, feeds
from digest.page.feed.items import TITLE

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
PUBLISHED = replace(SITE, url="https://press.example/reader/")
ATOM = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
JSON = Draft202012Validator(json.loads((HERE / "json_feed_1_1.json").read_text(encoding="utf-8")))
NAMES = {"a": "http://www.w3.org/2005/Atom"}
ROADS = next(rule for rule in load_topics() if rule.name == "organised crime")


def written(held: Digest, site: SiteInfo = PUBLISHED) -> dict[str, bytes]:
    return {
        file.url: file.content for file in files(held, site, feeds(held, site)) if not file.url.startswith("briefings/")
    }


def items(found: dict[str, bytes], url: str = "feed") -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads(found[f"{url}.json"])["items"]
    return held


def entries(found: dict[str, bytes], url: str = "feed") -> list[Any]:
    return etree.fromstring(found[f"{url}.xml"]).findall("a:entry", NAMES)


def mistakes(url: str, content: bytes) -> Iterator[str]:
    if url.endswith(".json"):
        held = json.loads(content)
        yield from (f"{url}: {error.json_path}: {error.message}" for error in JSON.iter_errors(held))
        # "id … is unique for that item for that feed over time"
        if len({item["id"] for item in held["items"]}) < len(held["items"]):
            yield f"{url}: an id twice"
        return
    document = etree.fromstring(content)
    if not ATOM.validate(document):
        yield from (f"{url}: {error}" for error in ATOM.error_log)
    # What the grammar of RFC 4287 leaves to its prose: 4.1.1, 4.1.2, 4.2.6
    if document.find("a:author", NAMES) is None:
        yield f"{url}: no author"
    ids = [each.text for each in document.iter("{http://www.w3.org/2005/Atom}id")]
    if len(set(ids)) != len(ids) or not all(id_ and id_.startswith("urn:uuid:") for id_ in ids):
        yield f"{url}: ids {ids}"
    for holder in (document, *document.findall("a:entry", NAMES)):
        links = [
            (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
            for link in holder.findall("a:link", NAMES)
        ]
        alternates = [link for link in links if link[0] == "alternate"]
        if not alternates or len(set(alternates)) < len(alternates):
            yield f"{url}: alternates {alternates}"
        if holder is document and [rel for rel, _, _ in links].count("self") != 1:
            yield f"{url}: no link to itself"
    # 3.2.2 and 4.2.7.1: references after RFC 3986, which relative ones are too where the site's address is not known
    whole = re.compile(JSON.schema["$defs"]["address"]["pattern"])
    for address in document.xpath("//@href | //a:uri/text()", namespaces=NAMES):
        if not whole.search(urljoin("https://a.example/b/", address)):
            yield f"{url}: {address} is no address"


def two() -> list[Writer]:
    one, other = Writer("one", url="https://echo.example/a?b=1&c=2"), Writer("two", published="2025-03-06")
    one.says(IDA, "The bridge is closed", via=(WIRE,), about=("tom-ferrow",))
    one.reports(TOM, "nobody would drown")
    other.mixes(IDA, "the old one was", "tired", " of us")
    other.says(None, "Nobody told me", source=None)
    return [one, other]


@pytest.fixture(scope="module")
def examples() -> Digest:
    settings = build.Settings(EXAMPLES / "seeds", EXAMPLES / "curation", EXAMPLES)
    whole = build.edition(settings)
    return gather(whole, build.site_info(whole, settings))


@pytest.mark.parametrize("site", [SITE, PUBLISHED])
def test_every_feed_is_what_its_standard_allows(site: SiteInfo, examples: Digest) -> None:
    found = written(examples, site)
    assert len(found) > 100
    assert [mistake for url, content in found.items() for mistake in mistakes(url, content)] == []


def test_the_schemas_find_what_the_standards_do_not_allow() -> None:
    found = written(digest(*two()))
    for old, new in (
        (b"<updated>2025-03-06T00:00:00Z", b"<updated>2025-03-06"),
        (b"<title>", b"<name>x</name><title>"),
        (b' rel="self"', b' rel="self" size="2"'),
        (b"<id>urn:uuid:", b"<id>urn:uuid:0</id><id>"),
        (b'<link rel="alternate"', b'<link rel="related"'),
        (
            b'<link rel="alternate"',
            b'<link rel="alternate" type="text/html" href="https://a.example/"/><link rel="alternate"',
        ),
        (b'<link rel="self"', b'<link rel="related"'),
        (b'rel="via" type="text/html" href="', b'rel="via" type="text/html" href="[1]'),
    ):
        assert old in found["feed.xml"]
        assert list(mistakes("feed.xml", found["feed.xml"].replace(old, new, 1))), old
    whole = json.loads(found["feed.json"])
    for wrong in (
        whole | {"version": "https://jsonfeed.org/version/1"},
        whole | {"updated": "2025-03-06"},
        whole | {"items": [{"id": "x"}]},
        whole | {"items": [whole["items"][0] | {"url": "../articles/one/"}]},
        whole | {"items": [whole["items"][0] | {"date_published": "2025-03-06"}]},
        whole | {"items": [whole["items"][0] | {"external_url": "https://a.example/#a#b"}]},
        whole | {"items": [whole["items"][0] | {"authors": [{}]}]},
        whole | {"items": [whole["items"][0]] * 2},
    ):
        assert list(mistakes("feed.json", json.dumps(wrong).encode()))


def test_the_site_each_actor_topic_and_outlet_has_a_feed_and_its_page_says_so(examples: Digest) -> None:
    found = written(examples)
    wanted = {
        "",
        *(d.url for d in examples.actors if d.by),
        *(d.topic.url for d in examples.topics),
        *(d.outlet.url for d in examples.outlets),
    }
    before = {f"actors/{old}/" for d in examples.actors if d.by for old in d.actor.formerly}
    assert len(before) > 1
    assert set(found) == {f"{url}feed{ending}" for url in wanted | before for ending in (".xml", ".json")}
    for page in render(examples, PUBLISHED, feeds(examples, PUBLISHED)):
        linked = [other.url for other in page.alternates if not other.url.endswith("annotations.jsonld")]
        assert linked == ([f"{page.url}feed.xml", f"{page.url}feed.json"] if page.url in wanted else [])
        assert ('id="follow"' in page.html) == (page.url in wanted), page.url


def test_an_item_is_a_quotation_with_all_that_tells_whose_it_is() -> None:
    found = written(digest(*two()))
    item = items(found)[2]
    assert item["title"] == "Ida Quill: “The bridge is closed”"
    assert item["url"].startswith("https://press.example/reader/articles/one/#q-")
    assert item["external_url"] == "https://echo.example/a?b=1&c=2"
    assert item["date_published"] == "2025-03-04T00:00:00Z"
    assert item["authors"] == [{"name": "Ida Quill", "url": "https://press.example/reader/actors/ida-quill/"}]
    assert item["content_html"] == (
        '<blockquote><p lang="en">“The bridge is closed”</p></blockquote><p>Ida Quill · said · via Gull Wire · '
        f'Osterfeld Echo · 4 March 2025 · <a href="{item["url"]}">in the article</a></p>'
    )
    said = item["_digest"]
    assert (said["text"], said["speakers"], said["about"]) == ("The bridge is closed", ["ida-quill"], ["tom-ferrow"])
    entry = entries(found)[2]
    assert entry.findtext("a:id", namespaces=NAMES) == item["id"]
    assert entry.findtext("a:content", namespaces=NAMES) == item["content_html"]
    links = {link.get("rel"): link.get("href") for link in entry.findall("a:link", NAMES)}
    assert links == {"alternate": item["url"], "via": item["external_url"]}


def test_what_is_reported_stands_in_no_marks_and_is_no_quotation() -> None:
    reported, mixed = items(written(digest(*two())))[3], items(written(digest(*two())))[0]
    assert reported["content_html"].startswith('<p lang="en">nobody would drown</p><p>Tom Ferrow · said (reported) · ')
    assert mixed["title"] == "Ida Quill: the old one was “tired” of us"
    assert "said (part direct)" in mixed["content_html"]


def test_who_is_not_known_to_speak_is_no_author() -> None:
    found = written(digest(*two()))
    unknown = items(found)[1]
    assert "authors" not in unknown
    assert unknown["title"] == "“Nobody told me”"
    assert "speaker not found" in unknown["content_html"]
    assert entries(found)[1].find("a:author", NAMES) is None


def test_the_newest_stand_first_and_a_feed_ends() -> None:
    writers = []
    for day in range(1, 29):
        writer = Writer(f"a{day}", published=f"2025-03-{day:02}")
        writer.says(IDA, f"Bridge number {day} is closed")
        writer.says(IDA, f"Road number {day} is open")
        writers.append(writer)
    found = written(digest(*writers))
    dates = [item["date_published"] for item in items(found, "actors/ida-quill/feed")]
    assert len(dates) == LATEST < 56
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == "2025-03-28T00:00:00Z"
    assert etree.fromstring(found["feed.xml"]).findtext("a:updated", namespaces=NAMES) == dates[0]


def test_a_quotation_has_one_id_in_every_feed_and_every_edition() -> None:
    one, other = two()
    before = written(digest(one))
    after = written(digest(one, other), SITE)
    (first, _) = items(before)
    assert first["id"] in [item["id"] for item in items(after)]
    assert first["id"] == items(after, "actors/ida-quill/feed")[1]["id"]
    ids = [item["id"] for item in items(after)]
    assert len(set(ids)) == len(ids) == 4


def test_a_copy_of_a_text_is_no_news() -> None:
    one, copy = Writer("one"), Writer("two", outlet="Lower Post", published="2025-03-09")
    for writer in (one, copy):
        writer.says(IDA, "The bridge is closed")
    held = digest(one, copy, texts={"one": "one", "two": "one"})
    (item,) = items(written(held))
    assert item["url"].startswith("https://press.example/reader/articles/one/")
    assert "printed by 2 articles" in item["content_html"]
    assert len(items(written(held), "outlets/lower-post/feed")) == 1
    (undated,) = items(written(digest(Writer("blank", published=None), one, texts={})))
    assert undated["id"] == item["id"]


def test_what_is_not_dated_is_never_new() -> None:
    blank = Writer("blank", published=None)
    blank.says(IDA, "The bridge is closed")
    found = written(digest(blank))
    (item,), (entry,) = items(found), entries(found)
    assert "date_published" not in item
    assert "date not known" in item["content_html"]
    assert entry.findtext("a:updated", namespaces=NAMES) == atom.EPOCH
    assert entry.find("a:published", NAMES) is None
    assert [m for url, content in found.items() for m in mistakes(url, content)] == []


def test_without_an_address_of_the_site_nothing_claims_one() -> None:
    found = written(digest(*two()), SITE)
    whole = json.loads(found["actors/ida-quill/feed.json"])
    assert not {"home_page_url", "feed_url"} & set(whole)
    assert all("url" not in item for item in whole["items"])
    document = etree.fromstring(found["actors/ida-quill/feed.xml"])
    links = {link.get("rel"): link.get("href") for link in document.findall("a:link", NAMES)}
    assert links == {"self": "../../actors/ida-quill/feed.xml", "alternate": "../../actors/ida-quill/"}


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_words_are_text_in_both(words: str, name: str) -> None:
    writer = Writer("one", outlet=name)
    said = writer.says(Actor("x", name, "person"), words)
    held = digest(writer, actors=(Actor("x", name, "person"),))
    found = written(held, replace(PUBLISHED, name=name))
    (entry,) = entries(found)
    names = entry.findtext("a:author/a:name", namespaces=NAMES)
    assert len(names or "") == len(name.replace("\r\n", "\n"))
    assert items(found)[0]["_digest"]["text"] == writer.text[said.start : said.end]
    assert len(items(found)[0]["title"]) <= TITLE
    content = entry.findtext("a:content", namespaces=NAMES)
    assert {e.tag for e in etree.HTML(f"<div>{content}</div>").iterfind(".//div//*")} == {"blockquote", "p", "a"}


def pair(actor: str, on: str, *written_: Writer) -> dict[str, bytes]:
    return written(digest(*written_), replace(PUBLISHED, pairs=((actor, on),)))


def on_roads() -> list[Writer]:
    one, other = Writer("one"), Writer("two", published="2025-03-06")
    one.topics = (topic(ROADS.id, ROADS.name),)
    one.says(IDA, "The road is closed")
    one.says(TOM, "It is not")
    other.says(IDA, "I like cheese")
    return [one, other]


@pytest.mark.parametrize("actor", ["ida-quill", "Ida Quill", "IDA QUILL"])
@pytest.mark.parametrize("on", [ROADS.id, ROADS.name, "Organised Crime"])
def test_a_pair_that_is_asked_for_has_a_feed(actor: str, on: str) -> None:
    found = pair(actor, on, *on_roads())
    assert [item["_digest"]["text"] for item in items(found, "actors/ida-quill/feed/organised-crime")] == [
        "The road is closed"
    ]
    site = replace(PUBLISHED, pairs=((actor, on),))
    held = digest(*on_roads())
    page = next(page for page in render(held, site, feeds(held, site)) if page.url == "actors/ida-quill/")
    assert [(other.title, other.url) for other in page.alternates if other.type == "application/atom+xml"] == [
        ("Quotations by Ida Quill", "actors/ida-quill/feed.xml"),
        ("Quotations by Ida Quill on organised crime", "actors/ida-quill/feed/organised-crime.xml"),
    ]
    assert 'href="../../actors/ida-quill/feed/organised-crime.xml"' in page.html
    assert [m for url, content in found.items() for m in mistakes(url, content)] == []


@pytest.mark.parametrize(
    ("actor", "on", "sentence"),
    [
        ("ida-quil", ROADS.name, "the actor “ida-quil”, which there is not; do you mean “ida-quill”?"),
        ("Ida Quil", ROADS.name, "the actor “Ida Quil”, which there is not; do you mean “Ida Quill”?"),
        (
            "ida-quill",
            "organized crimes",
            "the topic “organized crimes”, which there is not; do you mean “organised crime”?",
        ),
        ("xyz", ROADS.name, "the actor “xyz”, which there is not; the page of each actor has its name"),
    ],
)
def test_a_pair_that_there_is_not_is_named_with_the_nearest(actor: str, on: str, sentence: str) -> None:
    with pytest.raises(DigestError) as error:
        pair(actor, on, *on_roads())
    assert str(error.value) == f"mkdocs.yml: `feeds` names {sentence}"


def test_where_a_person_said_that_nobody_is_named_nobody_was_missed() -> None:
    writer = Writer("one")
    writer.says(None, "Nobody is named here", source=None, decided=True, confidence=1.0)
    (found,) = items(written(digest(writer)))
    assert "speaker not named" in found["content_html"]


def test_a_name_that_several_bear_is_no_answer_to_who_is_meant() -> None:
    twin = Actor("ida-quill-osterfeld", "Ida Quill", "person")
    writers = on_roads()
    writers[1].says(twin, "I am another")
    held = digest(*writers, actors=(IDA, TOM, BOARD, twin))
    with pytest.raises(DigestError) as error:
        written(held, replace(PUBLISHED, pairs=(("ida quill", ROADS.id),)))
    assert str(error.value) == (
        "mkdocs.yml: `feeds` names the actor “ida quill”, which several are called; "
        "write the id of one of them: ida-quill, ida-quill-osterfeld"
    )
    found = written(held, replace(PUBLISHED, pairs=((twin.id, ROADS.id),)))
    assert items(found, f"actors/{twin.id}/feed/organised-crime") == []


def test_a_pair_that_is_asked_for_twice_has_one_feed() -> None:
    site = replace(PUBLISHED, pairs=(("ida-quill", ROADS.id), ("Ida Quill", ROADS.name), ("tom-ferrow", ROADS.id)))
    found = [feed.url for feed in feeds(digest(*on_roads()), site) if "/feed/" in feed.url]
    assert found == ["actors/ida-quill/feed/organised-crime", "actors/tom-ferrow/feed/organised-crime"]


def test_a_pair_on_a_broad_topic_takes_the_narrower_ones_in() -> None:
    above = next(rule for rule in load_topics() if rule.id == ROADS.parents[-1])
    found = pair("ida-quill", above.id, *on_roads())
    (url,) = [url for url in found if url.startswith("actors/ida-quill/feed/") and url.endswith(".json")]
    assert [item["_digest"]["text"] for item in json.loads(found[url])["items"]] == ["The road is closed"]


def test_a_topic_takes_the_narrower_ones_in_and_an_outlet_without_quotations_has_an_empty_feed() -> None:
    silent, blank = Writer("silent", outlet="Lower Post"), Writer("blank", outlet=None)
    blank.says(TOM, "Nobody printed my name")
    held = digest(*on_roads(), silent, blank)
    found = written(held)
    above = next(d for d in held.topics if d.topic.id == ROADS.parents[-1])
    assert above.lines == ()
    broad, narrow = items(found, f"{above.topic.url}feed"), items(found, "topics/organised-crime/feed")
    assert [item["_digest"]["text"] for item in broad] == ["The road is closed", "It is not"]
    assert [item["id"] for item in broad] == [item["id"] for item in narrow]
    assert items(found, "outlets/lower-post/feed") == []
    assert [item["_digest"]["text"] for item in items(found, "outlets/unknown/feed")] == ["Nobody printed my name"]
    assert json.loads(found["outlets/unknown/feed.json"])["title"].startswith(
        "Quotations in articles of an outlet that is not known"
    )
    assert [m for url, content in found.items() for m in mistakes(url, content)] == []


def test_a_quotation_on_two_narrower_topics_stands_once_in_the_broader_one() -> None:
    siblings = [rule for rule in load_topics() if rule.parents == ROADS.parents][:2]
    one = Writer("one")
    one.topics = tuple(topic(rule.id, rule.name) for rule in siblings)
    one.says(IDA, "The road is closed")
    held = digest(one)
    above = next(d for d in held.topics if d.topic.id == ROADS.parents[-1])
    assert len(siblings) == 2
    assert len(items(written(held), f"{above.topic.url}feed")) == 1


def test_who_follows_an_actor_at_an_address_of_before_gets_the_feed_of_today() -> None:
    ida = replace(IDA, formerly=("i-quill", "tom-ferrow"))
    found = written(digest(*two(), actors=(ida, TOM, BOARD)))
    assert found["actors/i-quill/feed.xml"] == found["actors/ida-quill/feed.xml"]
    assert (
        b'rel="self" type="application/atom+xml" href="https://press.example/reader/actors/ida-quill/feed.xml"'
        in (found["actors/i-quill/feed.xml"])
    )
    assert found["actors/tom-ferrow/feed.xml"] != found["actors/ida-quill/feed.xml"]


def test_several_who_speak_together_are_all_authors() -> None:
    one = Writer("one")
    one.says(IDA, "We are closed", others=(Speaker(TOM.id, TOM.name, TOM.type),))
    (item,) = items(written(digest(one)))
    assert [author["name"] for author in item["authors"]] == ["Ida Quill", "Tom Ferrow"]
    assert item["title"] == "Ida Quill, Tom Ferrow: “We are closed”"


def test_the_papers_say_how_many_there_are() -> None:
    formats = (HERE.parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
    assert f"the newest first, {LATEST} at most" in formats


def test_no_feed_is_chosen_twice(examples: Digest) -> None:
    urls = [url for feed in feeds(examples, PUBLISHED) for url in (feed.url, *feed.also)]
    assert len(set(urls)) == len(urls)
