"""What pages say to machines keeps to the vocabulary of schema.org, names what there is, and cannot break the page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from editions import BOARD, IDA, SITE, TOM, Writer, digest, role, topic
from hypothesis import given
from hypothesis import strategies as st
from vocabulary import nodes, problems

from digest import build
from digest.export import EXPORTS
from digest.gather import gather
from digest.model import Actor, ActorType, DatedRole
from digest.output import Download, Page, SiteInfo
from digest.page import render
from digest.page.linked import _TYPES, script

ROOT = "https://site.example/below/"
WHOLE = replace(SITE, url=ROOT, licence="https://licence.example/by/4.0/")
FILES = [Download(name, export.format, {"quotations": 7}, 640) for name, export in EXPORTS.items()]
STATE = Actor("norland", "Norland", "state", {"Norland": 2})
IDA_KNOWN = replace(
    IDA, wikidata="Q1", held=(DatedRole("head of the board"), DatedRole("engineer", until="2024-01-01"))
)


def world() -> list[Writer]:
    echo = Writer("echo", "Mayor: it will stand", url="https://echo.example/a")
    echo.article = replace(echo.article, byline="By Wenna Holt")
    echo.says(IDA, "The bridge will stand in May", about=("bridge-board",))
    echo.mixes(IDA, "the old one was", "tired", " of us")
    echo.reports(TOM, "nobody would drown")
    echo.says(STATE, "We will pay for it", others=())
    echo.says(None, "Nobody told me", source=None)
    echo.block("Ida Quill, the mayor of Osterfeld, walked home.")
    post = Writer("post", outlet="Lower Post", published="2025-03-06", language="de", url="javascript:alert(1)")
    post.says(TOM, "Ich habe das schon gehört", about=("ida-quill",))
    blank = Writer("blank", outlet=None, published=None)
    blank.reports(BOARD, "there was nothing to say")
    for writer in (echo, post, blank):
        writer.topics = (topic("medtop:20000439", "rivers"), topic("x:1", "Bridges"))
    return [echo, post, blank]


def made(site: SiteInfo) -> dict[str, Page]:
    written = world()
    ida = replace(IDA_KNOWN, roles=(role("mayor of Osterfeld", written[0]),))
    gathered = digest(*written, actors=(ida, TOM, BOARD, STATE))
    return {page.url: page for page in render(gathered, site, (), FILES)}


@pytest.fixture(scope="module", params=[SITE, WHOLE], ids=["relative", "whole"])
def pages(request: pytest.FixtureRequest) -> dict[str, Page]:
    return made(request.param)


@pytest.fixture(scope="module")
def whole() -> dict[str, Page]:
    return made(WHOLE)


def graph(page: Page) -> list[dict[str, Any]]:
    held = json.loads(page.linked)
    assert held["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = held["@graph"]
    return found


def main(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = graph(page)[0]["mainEntity"]
    return found


def test_every_page_keeps_to_the_vocabulary(pages: dict[str, Page]) -> None:
    assert len(pages) > 15
    for page in pages.values():
        assert [wrong for node in graph(page) for wrong in problems(node)] == [], page.url


def test_so_does_every_page_of_the_examples() -> None:
    home = Path(__file__).parents[2] / "examples"
    settings = build.Settings(home / "seeds", home / "curation", home, site_url=ROOT)
    edition = build.edition(settings)
    site = build.site_info(edition, settings)
    sides = set()
    for page in render(gather(edition, site), site):
        if page.moved:
            assert page.linked == ""
            continue
        first, *_ = found = graph(page)
        assert [wrong for node in found for wrong in problems(node)] == [], page.url
        about = first.get("about", ())
        sides |= {(len(about), thing["@type"]) for thing in about}
    assert {(1, "Person"), (2, "Person"), (2, "NewsMediaOrganization")} <= sides


def test_every_thing_that_is_named_is_on_the_site(pages: dict[str, Page]) -> None:
    anchors = {
        page.url: {tag["id"] for tag in BeautifulSoup(page.html, "html.parser").find_all(id=True)}
        for page in pages.values()
    }
    things = {"site", "way", "article", "actor", "outlet", "topic", "own", "data"}
    seen = set()
    for page in pages.values():
        for node in nodes(graph(page)):
            for name in ("@id", "url", "mainEntityOfPage"):
                address = urljoin(ROOT + page.url, str(node.get(name, "")))
                if not address.startswith(ROOT):
                    continue
                path, _, fragment = address.removeprefix(ROOT).partition("#")
                assert path in pages, address
                assert fragment == "" or fragment in things or fragment in anchors[path], address
                seen.add(fragment)
    assert {"article", "actor", "topic"} < seen
    assert any(fragment.startswith("q-") for fragment in seen)


def test_ids_are_whole_addresses_where_the_site_has_one(whole: dict[str, Page]) -> None:
    for page in whole.values():
        assert graph(page)[0]["@id"] == ROOT + page.url
        assert all(urlsplit(node["@id"]).scheme for node in nodes(graph(page)) if "@id" in node)


def test_an_article_is_news_with_its_quotations(whole: dict[str, Page]) -> None:
    page = graph(whole["articles/echo/"])[0]
    news = page["mainEntity"]
    assert page["isBasedOn"] == news["url"] == "https://echo.example/a"
    assert news["@type"] == "NewsArticle"
    assert news["headline"] == "Mayor: it will stand"
    assert news["datePublished"] == "2025-03-04"
    assert news["creditText"] == "By Wenna Holt"
    assert news["publisher"]["name"] == "Osterfeld Echo"
    direct, mixed, told, state, nobody = news["hasPart"]
    assert direct["text"] == "The bridge will stand in May"
    assert direct["genre"] == "direct"
    assert direct["spokenByCharacter"]["@type"] == "Person"
    assert direct["spokenByCharacter"]["@id"] == f"{ROOT}actors/ida-quill/#actor"
    assert direct["about"] == [{"@id": f"{ROOT}actors/bridge-board/#actor"}]
    assert mixed["genre"] == "part direct"
    assert [part["text"] for part in mixed["hasPart"]] == ["tired"]
    assert (told["genre"], "hasPart" in told) == ("reported", False)
    assert state["spokenByCharacter"]["@type"] == "GovernmentOrganization"
    assert "spokenByCharacter" not in nobody
    blank = main(whole["articles/blank/"])
    assert not {"datePublished", "publisher", "url", "creditText"} & set(blank)
    assert "url" not in main(whole["articles/post/"])


def test_several_who_speak_together_are_all_named() -> None:
    writer = Writer("echo")
    writer.says(IDA, "We will stand", others=())
    both = digest(writer)
    line = replace(both.lines[0], others=(TOM,))
    page = next(
        p
        for p in render(replace(both, articles=(replace(both.articles[0], lines=(line,)),)), SITE)
        if p.graph == "article"
    )
    assert [who["name"] for who in main(page)["hasPart"][0]["spokenByCharacter"]] == ["Ida Quill", "Tom Ferrow"]


def test_who_is_not_sure_to_speak_is_not_said_to() -> None:
    writer = Writer("echo")
    writer.says(IDA, "I may have said this", confidence=0.6)
    writer.says(TOM, "I have said this")
    page = next(page for page in render(digest(writer), SITE) if page.graph == "article")
    unsure, sure = main(page)["hasPart"]
    assert "spokenByCharacter" not in unsure
    assert sure["spokenByCharacter"]["name"] == "Tom Ferrow"


def test_an_actor_is_profiled(whole: dict[str, Page]) -> None:
    page = whole["actors/ida-quill/"]
    profile, person = graph(page)[0], main(page)
    assert (profile["@type"], person["@type"], person["name"]) == ("ProfilePage", "Person", "Ida Quill")
    assert person["alternateName"] == ["Quill"]
    assert person["sameAs"] == "http://www.wikidata.org/entity/Q1"
    assert person["jobTitle"] == ["head of the board", "mayor of Osterfeld"]
    assert profile["hasPart"][0]["isPartOf"]["headline"] == "Mayor: it will stand"
    assert "jobTitle" not in main(whole["actors/bridge-board/"])
    assert main(whole["actors/bridge-board/"])["@type"] == "Organization"


def test_a_topic_is_a_term_of_its_scheme(whole: dict[str, Page]) -> None:
    terms = {
        main(page)["termCode"]: main(page)
        for page in whole.values()
        if "termCode" in graph(page)[0].get("mainEntity", {})
    }
    river, own = terms["medtop:20000439"], terms["x:1"]
    assert river["sameAs"] == "http://cv.iptc.org/newscodes/mediatopic/20000439"
    assert river["inDefinedTermSet"]["@id"] == "http://cv.iptc.org/newscodes/mediatopic/"
    assert own["inDefinedTermSet"]["name"] == f"Topics of {SITE.name}"
    assert "sameAs" not in own


def test_the_data_is_a_dataset_with_its_licence(whole: dict[str, Page]) -> None:
    data = main(whole["data/"])
    assert data["license"] == "https://licence.example/by/4.0/"
    found = {each["name"]: (each["contentUrl"], each["encodingFormat"]) for each in data["distribution"]}
    assert found["quotations.csv"] == (f"{ROOT}data/quotations.csv", "text/csv")
    assert set(found) == set(EXPORTS)
    linked = {a["href"] for a in BeautifulSoup(whole["data/"].html, "html.parser")("a")}
    assert {f"../data/{name}" for name in found} <= linked
    assert "license" not in main(made(SITE)["data/"])


def test_the_front_page_tells_how_to_search(whole: dict[str, Page]) -> None:
    site = next(node for node in graph(whole[""]) if node["@type"] == "WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{ROOT}search/?q={{words}}"
    assert "potentialAction" not in next(n for n in graph(made(SITE)[""]) if n["@type"] == "WebSite")


def test_the_way_to_a_page_is_told(whole: dict[str, Page]) -> None:
    def way(url: str) -> list[tuple[int, str]]:
        crumbs = [node for node in graph(whole[url]) if node["@type"] == "BreadcrumbList"]
        return [(each["position"], each["name"]) for each in crumbs[0]["itemListElement"]] if crumbs else []

    assert way("") == []
    assert way("actors/") == [(1, SITE.name), (2, "Actors")]
    assert way("actors/ida-quill/") == [(1, SITE.name), (2, "Actors"), (3, "Ida Quill")]
    assert way("review/") == [(1, SITE.name), (2, "Review")]


def test_the_kind_of_page_is_told_to_networks(whole: dict[str, Page]) -> None:
    assert (whole["articles/echo/"].graph, whole["articles/echo/"].published) == ("article", "2025-03-04")
    assert (whole["articles/blank/"].graph, whole["articles/blank/"].published) == ("article", "")
    assert whole["actors/ida-quill/"].graph == "profile"
    assert whole["actors/"].graph == "website"


@pytest.mark.parametrize("type_", ActorType.__args__)
def test_whoever_speaks_may_speak(type_: ActorType) -> None:
    node = {"@type": "Quotation", "text": "x", "spokenByCharacter": {"@type": _TYPES[type_], "name": "y"}}
    assert list(problems(node)) == []


HOSTILE = '</script><script>alert(1)</script><!-- <script> & \u2028 “x” "y" \\u003c {{ 7*7 }}'


def test_what_an_article_says_cannot_end_the_element() -> None:
    writer = Writer("echo", HOSTILE, outlet=HOSTILE)
    writer.says(Actor("x", HOSTILE, "person"), HOSTILE)
    gathered = digest(writer, actors=(Actor("x", HOSTILE, "person", {HOSTILE: 1}),))
    for page in render(gathered, replace(SITE, name=HOSTILE)):
        assert not {"<", ">", "&", "\u2028"} & set(page.linked)
        html = f'<script type="application/ld+json">{page.linked}</script><p id="behind">'
        soup = BeautifulSoup(html, "html.parser")
        assert [tag.name for tag in soup.find_all(True)] == ["script", "p"]
    news = main(page_of(gathered, "articles/echo/"))
    assert news["headline"] == HOSTILE
    assert news["hasPart"][0]["text"] == HOSTILE


def page_of(gathered: Any, url: str) -> Page:
    return next(page for page in render(gathered, SITE) if page.url == url)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_anything_comes_out_of_a_script_as_it_was(value: object) -> None:
    written = script(value)
    assert json.loads(written) == value
    assert not {"<", ">", "&"} & set(written)
