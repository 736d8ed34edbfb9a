"""Whole pages: every link leads somewhere, every word is the article's, nothing from an article becomes markup."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from editions import BOARD, IDA, SITE, TOM, WIRE, Writer, digest, edition, topic

from digest.edition import Skipped
from digest.export import EXPORTS
from digest.gather import gather
from digest.knowledge import load_topics
from digest.model import Actor, DatedRole, Mention, Speaker, TopicMatch, Via
from digest.output import Download, Page, SiteInfo
from digest.page import feeds, files, render
from digest.page.sheets import PART

ROOT = "https://site.example/below/a/path/"
FILES = {
    f"data/{name}"
    for name in ("quotations.csv", "quotations.jsonl", "articles.jsonl", "actors.jsonl", "report.json", "state.json")
}
TABLES = [Download("quotations.csv", "csv", {"quotations": 7}, 640)]
DEEP = next(rule for rule in load_topics() if len(rule.parents) == 2)
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(2)> {{ 1337*7331 }} & “x” 'y' \"z\""


def pages(*written: Writer, site: SiteInfo = SITE, **more: object) -> dict[str, Page]:
    held = digest(*written, **more)
    return {page.url: page for page in render(held, site, feeds(held, site), TABLES)}


def soup(page: Page) -> BeautifulSoup:
    return BeautifulSoup(page.html, "html.parser")


def world() -> list[Writer]:
    """Four articles: three outlets and one unknown, two languages, every kind of quotation and of block."""
    echo = Writer("echo", "‘It will stand’: Ida Quill", url="https://echo.example/a", published="2025-03-04")
    echo.block("By Wenna Holt", "byline")
    start = echo.block("Ida Quill", "caption")
    echo.mentions.append(Mention(start, start + 9, "Ida Quill", "name", "person", "ida-quill"))
    echo.says(IDA, "The bridge will stand in May", about=("bridge-board",), via=(WIRE,))
    echo.says(TOM, "I have heard that before", about=("ida-quill",), flaws=("no opening quotation mark",))
    echo.mixes(IDA, "the old one was", "tired", " of us", confidence=0.7)
    echo.block("A heading", "heading")
    echo.block("Comment: nobody asked us.", "editor")
    echo.block("[See our earlier report]", "reference")
    echo.block("one\ntwo\nthree", "list")
    echo.block("We build what we are asked to build", "quote")
    post = Writer("post", outlet="Lower Post", published="2025-03-06", url="javascript:alert(1)")
    post.says(IDA, "The bridge will stand in May", via=(Via("Tom Ferrow", "tom-ferrow", "addressee"),))
    post.says(None, "Nobody told me", source=None)
    post.says(None, "The clerk was not told either", confidence=0.9)
    bote = Writer("bote", "Die Brücke", outlet="Unterer Bote", published="2025-03-20", language="de")
    bote.says(IDA, "Sie wird stehen", about=("tom-ferrow",))
    blank = Writer("blank", outlet=None, published=None)
    blank.reports(IDA, "nobody would drown", about=("bridge-board",))
    for writer in (echo, post, bote, blank):
        writer.topics = (topic(DEEP.id, DEEP.name), topic("x:1", "Bridges"))
    return [echo, post, bote, blank]


SKIPPED = (Skipped("empty.txt", "empty", "There is no text in it; remove it or write something."),)


WORLD = digest(*world(), skipped=SKIPPED)
BESIDE = {file.url for file in files(WORLD, SITE, feeds(WORLD, SITE))}


@pytest.fixture(scope="module")
def site() -> dict[str, Page]:
    return pages(*world(), skipped=SKIPPED)


def test_every_page_is_there(site: dict[str, Page]) -> None:
    wanted = {
        *("", "search/", "network/", "compare/", "quotations/", "actors/", "topics/", "articles/", "outlets/", "data/"),
        *("actors/ida-quill/", "actors/tom-ferrow/", "actors/bridge-board/"),
        *("articles/echo/", "articles/post/", "articles/bote/", "articles/blank/"),
        *("outlets/osterfeld-echo/", "outlets/lower-post/", "outlets/unterer-bote/", "outlets/unknown/"),
        *("topics/bridges/", "briefings/", "briefings/2025-w10/", "briefings/2025-w12/"),
    }
    assert wanted < set(site)
    assert {page.section for page in site.values()} == {
        *("front", "search", "quotations", "actors", "topics", "articles", "outlets", "network", "compare", "data"),
        "briefings",
    }


def test_the_same_digest_gives_the_same_pages() -> None:
    assert pages(*world()) == pages(*world())


def test_every_link_leads_somewhere(site: dict[str, Page]) -> None:
    ids = {url: {str(tag["id"]) for tag in soup(page).find_all(id=True)} for url, page in site.items()}
    broken = []
    for url, page in site.items():
        for link in soup(page).find_all("a"):
            whole = urlsplit(urljoin(ROOT + url, str(link["href"])))
            if not whole.geturl().startswith(ROOT):
                assert whole.scheme == "https", link
                continue
            target = unquote(whole.path).removeprefix(urlsplit(ROOT).path)
            beside = target.removesuffix("annotations.jsonld")
            file = target in FILES | BESIDE or (beside != target and beside in ids)
            found = file or (target in ids and (not whole.fragment or whole.fragment in ids[target]))
            if not found:
                broken.append((url, link["href"]))
    assert broken == []


def test_no_anchor_stands_twice(site: dict[str, Page]) -> None:
    for url, page in site.items():
        twice = [id_ for id_, n in Counter(str(t["id"]) for t in soup(page).find_all(id=True)).items() if n > 1]
        assert twice == [], url


def test_nothing_is_inline(site: dict[str, Page]) -> None:
    for url, page in site.items():
        html = soup(page)
        assert not html.find_all(["script", "style", "link", "iframe", "object", "img"]), url
        assert not [t for t in html.find_all() if any(k == "style" or k.startswith("on") for k in t.attrs)], url


def test_there_is_one_heading_at_the_top(site: dict[str, Page]) -> None:
    for url, page in site.items():
        # On the front page the nameplate is the heading; the theme sets it.
        assert len(soup(page).find_all("h1")) == (0 if url == "" else 1), url


def blocks_shown(page: Page) -> list[str]:
    """Return the text of each block of an article's page, without what the page adds."""
    html = BeautifulSoup(page.html, "html.parser")
    for added in html.select(".ref, .notes, .l-ed > span:first-child"):
        added.decompose()
    headline = html.select_one("h1")
    shown = [headline.get_text()] if headline else []
    for row in html.select(".text > .row"):
        block = row.find(["p", "h2"])
        assert isinstance(block, Tag)
        if "cap" in (block.get("class") or []):
            words = block.find_all("span", recursive=False)
            if len(words) > 1:
                shown.append(words[1].get_text())
        else:
            shown.append(block.get_text())
    return shown


def test_an_article_shows_every_character_of_every_block(site: dict[str, Page]) -> None:
    for writer in world():
        wanted = [writer.text[block.start : block.end] for block in writer.blocks]
        assert blocks_shown(site[f"articles/{writer.article.id}/"]) == wanted


def test_each_quotation_has_its_anchor_and_its_note(site: dict[str, Page]) -> None:
    for writer in world():
        html = soup(site[f"articles/{writer.article.id}/"])
        for number, q in enumerate(writer.quotations, 1):
            anchor = html.find(id=q.id)
            assert anchor is not None
            for added in anchor.select(".ref"):
                added.decompose()
            assert anchor.get_text() == writer.text[q.start : q.end]
            note = html.find(id=f"n{number}")
            assert note is not None
            assert f":{q.start}–{q.end}" in note.get_text()


def test_every_row_shows_the_words_of_its_article_and_leads_to_them(site: dict[str, Page]) -> None:
    written = {(w.article.id, q.id): w.text[q.start : q.end] for w in world() for q in w.quotations}
    seen = set()
    for page in site.values():
        for row in soup(page).select("table tr:has(td.said)"):
            link = row.select("a[href*='#q-']")[-1]
            id_, anchor = str(link["href"]).split("/")[-2:]
            for mark in row.select(".said .m"):
                mark.decompose()
            words = row.select_one(".said > span")
            assert words is not None
            key = id_, anchor.removeprefix("#")
            assert words.get_text() == written[key].replace('"', "")
            seen.add(key)
    assert seen == set(written)


def test_a_table_says_who_what_how_when_via_and_where(site: dict[str, Page]) -> None:
    row = soup(site["quotations/"]).select("tbody tr")[-3]
    cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
    assert cells == [
        "4 Mar 2025",
        "Tom Ferrow",
        "I have heard that before ” no opening quotation mark",
        "direct said",
        "Osterfeld Echo",
        "‘It will stand’: Ida Quill",
    ]
    first = soup(site["quotations/"]).select("tbody tr")[-4].get_text(" ", strip=True)
    assert "via Gull Wire" in first
    assert "to Tom Ferrow" in soup(site["quotations/"]).get_text(" ")


def test_what_is_unsure_says_so_and_leads_to_its_words(site: dict[str, Page]) -> None:
    flags = soup(site["quotations/"]).select("a.flag.unsure")
    assert [flag.get_text() for flag in flags] == ["no speaker found", "unsure, 0.70"]
    for flag, article, note in zip(flags, ("articles/post/", "articles/echo/"), ("#n2", "#n3"), strict=True):
        page, _, place = str(flag["href"]).removeprefix("../").partition("#")
        assert page == article
        # its note leads back to them
        back = soup(site[page]).select_one(f"{note} a.n")
        assert back
        assert back["href"] == f"#{place}"
    row = next(row for row in soup(site["quotations/"]).select("tbody tr") if row.find("q", string="the clerk"))
    assert not row.select(".flag")


def test_who_speaks_together_stands_on_the_page_of_each() -> None:
    together = (Speaker(TOM.id, TOM.name, TOM.type),)
    one = Writer("one", published="2025-03-04")
    one.says(IDA, "We were never asked", others=together)
    one.says(IDA, "I was not asked")
    two = Writer("two", published="2025-03-05")
    two.says(IDA, "Nor were we later", others=together)
    made = pages(one, two)
    for url in ("actors/ida-quill/", "actors/tom-ferrow/"):
        rows = soup(made[url]).select("tbody tr:has(td.said)")
        said = {
            row.select_one("td.said > span").get_text(): row.select_one("td.said").get_text(" ", strip=True)
            for row in rows
        }
        assert said["“We were never asked”"].endswith("Ida Quill and Tom Ferrow together")
        assert "together" not in said.get("“I was not asked”", "")
    row = next(r for r in soup(made["quotations/"]).select("tbody tr") if "Nor were we later" in r.get_text())
    assert row.select("td")[1].get_text() == "Ida Quill and Tom Ferrow"
    assert "together" not in row.get_text()
    chain = soup(made["articles/two/"]).select_one(".notes .chain li")
    assert chain is not None
    assert chain.get_text() == "Ida Quill and Tom Ferrow"


def test_who_speaks_together_stands_beside_a_large_quotation() -> None:
    one = Writer("one", published="2025-03-04")
    one.says(IDA, "We were never asked", others=(Speaker(TOM.id, TOM.name, TOM.type),))
    meta = soup(pages(one, Writer("two"))["actors/tom-ferrow/"]).select_one("figure.q .meta")
    assert meta is not None
    assert "Ida Quill and Tom Ferrow together" in meta.get_text()


def test_a_note_says_in_words_how_sure_the_reading_is(site: dict[str, Page]) -> None:
    assert "right in 70 of 100" in soup(site["articles/echo/"]).select("#n3")[0].get_text()
    # Where nobody is found there is no reading that could be right.
    assert "of 100" not in soup(site["articles/post/"]).select("#n2")[0].get_text()


def test_a_foreign_article_names_its_language(site: dict[str, Page]) -> None:
    assert soup(site["articles/bote/"]).select_one("h1")["lang"] == "de"  # type: ignore[index]
    said = soup(site["quotations/"]).select("td.said > span[lang]")
    assert [(s["lang"], s.get_text()) for s in said] == [("de", "„Sie wird stehen“")]


def test_blocks_say_what_they_are(site: dict[str, Page]) -> None:
    text = soup(site["articles/echo/"]).select_one(".text")
    assert text is not None
    words = text.get_text(" ", strip=True)
    assert "Caption:" in words
    assert "The person in the picture, not the author." in words
    assert "nobody’s quotation" in words
    assert [h.get_text() for h in text.select("h2")] == ["A heading"]
    assert text.select_one(".refline") is not None
    assert len(text.select("p br")) == 2


def test_only_a_web_address_is_linked(site: dict[str, Page]) -> None:
    assert soup(site["articles/echo/"]).find("a", string="original") is not None
    post = soup(site["articles/post/"])
    assert post.find("a", string="original") is None
    assert "javascript:alert(1)" in post.get_text()


def test_an_address_of_before_leads_to_the_actor_of_today() -> None:
    writer = Writer("bridge")
    writer.says(IDA, "The bridge will stand in May")
    writer.says(TOM, "It will not")
    site = pages(writer, actors=(replace(IDA, formerly=("i-quill", "tom-ferrow")), TOM))
    old = site["actors/i-quill/"]
    assert old.moved == "actors/ida-quill/"
    link = soup(old).find("a", string="another page")
    assert link is not None
    assert link["href"] == "../../actors/ida-quill/"
    assert not site["actors/tom-ferrow/"].moved, "whoever has a page keeps it"


def test_skipped_inputs_are_listed_with_the_reason(site: dict[str, Page]) -> None:
    row = soup(site["data/"]).select_one("#skipped tbody tr")
    assert row is not None
    assert [cell.get_text() for cell in row.find_all(["th", "td"])] == [
        *(SKIPPED[0].path, SKIPPED[0].code, SKIPPED[0].reason)
    ]
    assert "1 input skipped" in soup(site[""]).get_text()
    (line,) = soup(site["review/"]).select("#skipped li")
    assert line.get_text().strip() == f"{SKIPPED[0].path}: {SKIPPED[0].reason} {SKIPPED[0].code}"


def test_what_is_not_known_comes_with_the_lines_that_add_it(site: dict[str, Page]) -> None:
    for url in ("articles/blank/", "review/"):
        lines = soup(site[url]).select("pre.yaml")[-1]
        assert lines.get_text() == "blank:\n  published: YYYY-MM-DD\n  outlet: name of the outlet\n"
    assert "date not known" in soup(site["articles/blank/"]).get_text()


def test_one_article_has_no_empty_charts_or_tables() -> None:
    writer = Writer("bridge", outlet=None, published=None)
    writer.says(IDA, "The bridge will stand in May", via=(WIRE,))
    writer.says(IDA, "And in June")
    site = pages(writer)
    ida = soup(site["actors/ida-quill/"])
    assert not ida.select("table, svg, .bar-top")
    assert "Quoted twice in one article: in full. One of these came through Gull Wire." in ida.get_text()
    assert [q.get_text() for q in ida.select(".q blockquote")] == ["“The bridge will stand in May”", "“And in June”"]
    assert "the article" in ida.get_text()
    assert "Nobody in this article is quoted about her." in ida.get_text()
    for page in site.values():
        html = soup(page)
        assert not [t for t in html.select("table tbody") if not t.find("tr")], page.url
        assert not html.select(".chart"), page.url


def test_an_edition_without_quotations_says_so() -> None:
    site = pages(Writer("bridge"), Writer("ferry"))
    assert "Nobody is quoted in these articles." in soup(site[""]).get_text()
    assert "Nobody is quoted in these articles." in soup(site["quotations/"]).get_text()
    assert "no quotation found" in soup(site["articles/bridge/"]).get_text()
    assert "Named in no articles and not quoted." in soup(site["actors/ida-quill/"]).get_text()


def test_hostile_text_stays_text() -> None:
    rogue = Actor("rogue", HOSTILE, "person", {HOSTILE: 2})
    writer = Writer("bridge", HOSTILE, outlet=HOSTILE, url=HOSTILE)
    writer.article = replace(writer.article, byline=HOSTILE, notes=(HOSTILE,), path=f"{HOSTILE}.txt")
    writer.topics = (topic("x:1", HOSTILE),)
    writer.says(rogue, HOSTILE.replace("”", ""), about=("rogue",), via=(Via(HOSTILE),), how=HOSTILE, flaws=(HOSTILE,))
    writer.says(None, "x")
    site = pages(writer, Writer("other"), actors=(rogue,), skipped=(Skipped(HOSTILE, HOSTILE, HOSTILE),))
    shown = 0
    for page in site.values():
        html = soup(page)
        assert not html.find_all(["script", "img"]), page.url
        assert not [t for t in html.find_all() if any(k.startswith("on") for k in t.attrs)], page.url
        assert str(1337 * 7331) not in page.html
        shown += page.html.count("&lt;script&gt;")
    assert shown > 20


def test_an_article_shows_the_words_that_show_its_topics() -> None:
    writer = Writer("bote", "Die Brücke", language="de")
    five = ("Brücke", HOSTILE, "Pfeiler", "Bogen", "Furt")
    writer.topics = (
        TopicMatch("x:1", "bridges", 0.9, five),
        TopicMatch("x:2", "fords", 0.5, ("Furt",)),
        TopicMatch("x:3", "tolls", 1.0, ()),
    )
    shown = next(p for p in soup(pages(writer)["articles/bote/"]).select("p.under") if "Topics" in p.text)
    assert " ".join(shown.text.split()) == (
        f"Topics, each with the words that show it: bridges (Brücke, {HOSTILE}, Pfeiler, Bogen, …); fords (Furt); "
        "tolls (added by hand)."
    )
    assert [x.get("lang") for x in shown.select("span")] == ["de", "de", None]


def test_right_to_left_articles_are_set_so() -> None:
    writer = Writer("bridge", "پل", language="fa")
    writer.says(IDA, "پل خواهد ماند")
    site = pages(writer, Writer("other"))
    quote = soup(site["quotations/"]).select_one("td.said > span")
    assert quote is not None
    assert (quote["lang"], quote["dir"], quote.get_text()) == ("fa", "rtl", "«پل خواهد ماند»")
    assert soup(site["articles/bridge/"]).select_one("h1")["dir"] == "rtl"  # type: ignore[index]


def test_a_quotation_over_two_paragraphs_is_marked_in_both_with_one_anchor() -> None:
    writer = Writer("bridge")
    found = writer.says(IDA, "The bridge will stand")
    more = writer.block("and so will the toll,” she said.")
    end = more + len("and so will the toll")
    writer.quotations[0] = q = replace(found, kind="indirect", parts=(), end=end)
    page = pages(writer, Writer("other"))["articles/bridge/"]
    marked = soup(page).select(".text .l-con")
    assert marked[0]["id"] == q.id
    assert "id" not in marked[-1].attrs
    assert marked[-1].get_text() == "and so will the toll"
    assert page.html.count('id="n1"') == page.html.count('href="#n1"') == 1


def test_long_tables_go_on_on_further_pages() -> None:
    writers = [Writer(f"a{n:03}", outlet="Osterfeld Echo") for n in range(6)]
    for writer in writers:
        for n in range(100):
            writer.says(IDA, f"So it is number {n}", about=("tom-ferrow",))
        writer.topics = (topic("x:1", "Bridges"),)
    site = pages(*writers, Writer("other", outlet="Lower Post"))
    every = 6 * 100
    beyond = [len(soup(site[url]).select("tbody tr")) for url in ("quotations/", "quotations/2/")]
    assert sum(beyond) == every
    tables = {
        "actors/ida-quill/": ("#by-t", "by/"),
        "actors/tom-ferrow/": ("#ab-t", "about/"),
        "topics/bridges/": ("#on-t", "quotations/"),
        "outlets/osterfeld-echo/": ("#in-t", "quotations/"),
    }
    for url, (table, base) in tables.items():
        assert len(soup(site[url]).select(f"{table} tbody tr")) == PART.rows, url
        further = [at for at in site if re.fullmatch(rf"{url}{base}\d+/", at)]
        assert further, url
        assert sum(len(soup(site[at]).select("tbody tr")) for at in further) == every - PART.rows, url
    following = soup(site["actors/ida-quill/"]).find("a", string="Next")
    assert isinstance(following, Tag)
    assert urljoin(ROOT + "actors/ida-quill/", str(following["href"])) == ROOT + "actors/ida-quill/by/2/"
    alone = pages(*writers)
    (more,) = soup(alone["outlets/osterfeld-echo/"]).select("#quotations .more a")
    assert more.get_text() == f"All {every} quotations"
    assert urljoin(ROOT + "outlets/osterfeld-echo/", str(more["href"])) == ROOT + "quotations/"
    assert "outlets/osterfeld-echo/quotations/2/" not in alone


def test_without_a_repository_places_are_named_and_not_linked() -> None:
    bare = replace(SITE, repo_url=None, commit=None)
    writer = Writer("bridge")
    q = writer.says(IDA, "So it is")
    html = soup(pages(writer, Writer("other"), site=bare)["articles/bridge/"])
    assert f"bridge.txt:{q.start}–{q.end}" in [code.get_text() for code in html.select(".chain code")]
    assert html.find("a", string="Report an error") is None


def test_descriptions_and_titles_are_plain(site: dict[str, Page]) -> None:
    for page in site.values():
        assert page.title, page.url
        assert page.description, page.url
        assert unescape(page.title) == page.title
    assert re.match(r"Ida Quill: Quoted five times in four articles", site["actors/ida-quill/"].description)
    assert BOARD.name in site["actors/bridge-board/"].title


def test_roles_that_people_wrote_down_are_shown_with_their_dates() -> None:
    writer = Writer("bridge")
    writer.says(IDA, "The bridge will stand in May")
    held = (DatedRole("engineer"), DatedRole("mayor of Tarn", "2023-05-01"), DatedRole("judge", None, "2022-12-31"))
    whole = edition(writer, actors=(replace(IDA, held=held), TOM, BOARD))
    site = {page.url: page for page in render(gather(whole, SITE), SITE)}
    text = soup(site["actors/ida-quill/"]).get_text(" ", strip=True)
    assert "Roles, as people know them engineer mayor of Tarn since 1 May 2023 judge until 31 December 2022" in text


def once() -> list[Writer]:
    """Three outlets that print what Ida said once, in three wordings."""
    words = "The bridge will stand in May, whatever the river thinks of it"
    echo = Writer("echo", published="2025-03-04")
    post = Writer("post", outlet="Lower Post", published="2025-03-05")
    herald = Writer("herald", outlet="Upper Herald", published="2025-03-05")
    echo.says(IDA, words, via=(WIRE,))
    post.says(None, f"{words}, and rivers think slowly")
    herald.mixes(IDA, "it would be there", "whatever the river thinks of it")
    return [echo, post, herald]


def test_the_wordings_of_one_utterance_stand_side_by_side() -> None:
    found = pages(*once())
    for url in ("quotations/", "actors/ida-quill/"):
        links = soup(found[url]).select("table.lines a.small")
        assert [a.get_text() for a in links if "echo" in str(a["href"])] == ["also in 2 outlets"]
        assert {str(a["href"]).rpartition("/")[2] for a in links} == {"#also1"}
    note = soup(found["articles/echo/"]).select_one("#n1 details")
    assert note is not None
    assert note.select_one("summary").get_text() == "Also in 2 outlets, in 3 wordings"  # type: ignore[union-attr] - it has one
    table = note.select_one("table#also1")
    assert table is not None
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in table.select("tbody tr")]
    assert [row[2] for row in rows] == ["this article", "Upper Herald 5 Mar 2025", "Lower Post 5 Mar 2025"]
    assert [row[1] for row in rows] == ["Ida Quill · said via Gull Wire", "Ida Quill · said", "the clerk · said"]
    assert [mark.get_text() for mark in table.select("mark")] == ["would be there", "and rivers think slowly"]
    assert [kind["class"] for kind in table.select(".kind")] == [["kind"], ["kind", "mixed"], ["kind"]]
    assert {urljoin("articles/echo/", str(a["href"])).partition("#")[0] for a in table.select("a")} == {
        "articles/post/",
        "articles/herald/",
    }


def test_an_actor_and_a_topic_show_what_several_outlets_print() -> None:
    writers = once()
    for writer in writers:
        writer.topics = (topic("x:1", "Bridges"),)
    found = pages(*writers)
    for url in ("actors/ida-quill/", "topics/bridges/"):
        section = soup(found[url]).select_one("#reported")
        assert section is not None
        assert len(section.select("table")) == 1
        assert "3 outlets" in section.get_text()
        assert len(section.select("tbody tr")) == 3


def test_the_same_words_of_two_speakers_are_asked_about() -> None:
    echo, gull = Writer("echo", published="2025-03-04"), Writer("gull", outlet="Gull", published="2025-03-05")
    echo.says(IDA, "The bridge will stand in May")
    gull.says(TOM, "The bridge will stand in May")
    found = pages(echo, gull)
    assert soup(found["actors/tom-ferrow/"]).select_one("#reported") is None
    section = soup(found["review/"]).select_one("#contested")
    assert section is not None
    assert len(section.select("li")) == 1
    lines = [pre.get_text().strip().split("\n")[:2] for pre in section.select("pre")]
    assert [line[0].split(": ")[0] for line in lines] == ["- speaker", "- speaker", "- merge"]
    assert [line[1].strip() for line in lines[:2]] == ["is: ida-quill", "is: tom-ferrow"]
    assert lines[2][0] == "- merge: [ida-quill, tom-ferrow]"


def test_what_many_print_is_shown_in_few_rows_with_a_link_to_all() -> None:
    writers = [Writer(f"a{n:02}", outlet=f"Paper {n}") for n in range(20)]
    for n, writer in enumerate(writers):
        writer.says(
            IDA, f"The bridge will stand in May, whatever the river thinks of it, paper {'abcdefghijklmnopqrst'[n]}"
        )
    found = pages(*writers)
    section = soup(found["actors/ida-quill/"]).select_one("#reported")
    assert section is not None
    assert len(section.select("tbody tr")) == 4
    more = section.select_one(".more a")
    assert more is not None
    assert (more.get_text(), more["href"]) == ("All 20 wordings side by side", "../../articles/a00/#also1")
    note = soup(found["articles/a00/"]).select_one("#n1 details")
    assert note is not None
    assert len(note.select("tbody tr")) == 12
    assert "u-" in note.select_one(".more").get_text()  # type: ignore[union-attr] - it says where the others are


def crowd() -> list[Writer]:
    """More quotations of one kind than a list of the page of review shows, and more wordings than a note does."""
    one = Writer("one")
    for n in range(60):
        one.says(None, f"Nobody said line {n} of this", source=None)
        one.says(IDA, f"I may have said line {n} of this", confidence=0.4)
    return [one]


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [
        (["digest.sqlite", "quotations.csv"], "The other 35 are in the table."),
        (["articles.csv", "articles.ninjs.jsonl"], "The other 35 are asked by digest curate."),
        ([], "The other 35 are asked by digest curate."),
    ],
)
def test_what_a_list_leaves_out_is_looked_for_in_no_file_that_is_not_offered(offered: list[str], wanted: str) -> None:
    files = [Download(name, EXPORTS[name].format, dict.fromkeys(EXPORTS[name].tables, 1), 1) for name in offered]
    (review,) = [page for page in render(digest(*crowd()), SITE, (), files) if page.url == "review/"]
    unsure, unresolved = (soup(review).select_one(f"#{id_} > .more:last-child") for id_ in ("unsure", "unresolved"))
    assert " ".join(unsure.get_text().split()) == wanted
    assert unresolved.select_one("a[href='../search/?speaker=unresolved']")
    leading = {str(a["href"]) for a in soup(review).select("a[href^='../data/']")}
    assert leading == ({"../data/quotations.csv"} if wanted.endswith("table.") else set())


def test_a_topic_keeps_its_capitals_at_the_beginning_of_a_line() -> None:
    writer = Writer("a")
    writer.says(IDA, "The council of Osterfeld will not wait for the EU")
    writer.topics = (topic("t:1", "council of Osterfeld"),)
    held = pages(writer)
    heading = soup(held["topics/"]).select_one("h2 a")
    assert heading
    assert heading.get_text() == "Council of Osterfeld"
    assert held["topics/council-of-osterfeld/"].title == "Council of Osterfeld"


def test_the_outlet_that_is_not_known_stands_behind_others_of_its_number() -> None:
    named, unnamed = Writer("a", outlet="Quayside Post"), Writer("b", outlet=None)
    for n, writer in enumerate((named, unnamed)):
        writer.says(IDA, f"The bridge will stand in May, said for the {'first' if n else 'second'} time")
    actor = soup(pages(named, unnamed)["actors/ida-quill/"])
    ranked = [a.get_text() for a in actor.select("#outlets .rank .who") if "outlets/" in str(a.get("href"))]
    assert ranked == ["Quayside Post", "Outlet unknown"]


def test_an_outlet_is_told_of_in_words_also_where_nobody_is_named() -> None:
    named, unnamed = Writer("bridge", outlet=None), Writer("ferry", outlet="Lower Post")
    named.says(IDA, "So it is")
    unnamed.says(None, "So it was")
    site = pages(named, unnamed)
    told = {url: soup(site[f"outlets/{url}/"]).get_text(" ", strip=True) for url in ("unknown", "lower-post")}
    assert "One article, 4 March 2025, with one quotation by one speaker. It is direct speech." in told["unknown"]
    assert "Who is quoted 1 Ida Quill" in told["unknown"]
    assert "Quotations in this article" in told["unknown"]
    assert "with one quotation, without a name of who speaks." in told["lower-post"]
    assert "1 quotation, nobody named" in told["lower-post"]
