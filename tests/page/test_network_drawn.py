"""The picture of the network: nothing covers anything, nothing leaves the drawing, and the table says the same."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from bs4 import BeautifulSoup, Tag
from editions import BOARD, IDA, SITE, TOM, Writer, digest, topic
from hypothesis import given
from hypothesis import strategies as st

from digest.gather.network import LEAST
from digest.lines import Tally
from digest.model import Actor
from digest.page import render
from digest.page.network import NARROW, ROW, WIDE, Box, Measures, breadth, drawing, picture, wrapped
from digest.relations import Edge, Network, Printed, Stance

NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=60).map(
    lambda text: text[: len(text) // 2] + " " + text[len(text) // 2 :]
)
VERBS = st.lists(
    st.builds(Printed, st.text("abcde mw", min_size=1, max_size=40), st.sampled_from(["en", "de"]), st.just(1)),
    max_size=4,
)
STANCES: st.SearchStrategy[Stance | None] = st.sampled_from([None, "accuse", "deny", "demand"])


@st.composite
def networks(draw: st.DrawFn) -> Network:
    names = draw(st.lists(NAMES, min_size=2, max_size=12))
    actors = [Actor(f"a{n}", name, "person") for n, name in enumerate(names)]
    who = st.tuples(st.sampled_from(range(len(names))), st.sampled_from(range(len(names))), STANCES)
    edges = [
        Edge(actors[a], actors[b], stance, tuple(draw(VERBS)), Tally(n + 1, n), ())
        for a, b, stance in sorted(draw(st.sets(who, min_size=1, max_size=40)), key=str)
        if a != b
        for n in [draw(st.integers(1, 900))]
    ]
    return Network(tuple(edges), len(edges))


def apart(one: Box, other: Box) -> bool:
    return one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top


@given(networks(), st.sampled_from([WIDE, NARROW]))
def test_no_label_covers_another_and_none_leaves_the_drawing(network: Network, measures: Measures) -> None:
    made = drawing(network, measures)
    boxes = [*made.speakers.values(), *made.targets.values(), *(line.box for line in made.lines)]
    for box in boxes:
        assert box.left >= 0
        assert box.right <= measures.width
        assert box.top >= 0
        assert box.bottom <= made.height
        assert box.bottom > box.top
    for one, other in combinations(boxes, 2):
        assert apart(one, other), (one, other)


@given(networks(), st.sampled_from([WIDE, NARROW]))
def test_each_line_is_drawn_from_its_verb_to_its_target(network: Network, measures: Measures) -> None:
    made = drawing(network, measures)
    assert sorted(map(id, network.edges)) == sorted(id(line.edge) for line in made.lines)
    for line in made.lines:
        target = made.targets[line.edge.target.id]
        assert target.top < line.end < target.bottom
        assert line.box.top < line.start < line.box.bottom
        assert measures.width > measures.end > measures.begin > line.box.right
        assert 0 < line.width <= measures.widest + 1e-9 < ROW
    heights = [line.start for line in made.lines]
    assert heights == sorted(set(heights))


@given(NAMES)
def test_a_name_is_wrapped_and_never_cut(name: str) -> None:
    lines = wrapped(name, 106, 14)
    assert "".join(lines).replace(" ", "") == "".join(name.split())
    assert all(breadth(line, 14, bold=True) <= 106 or len(line) == 1 for line in lines)


@given(networks())
def test_the_picture_is_well_formed_and_without_style(network: Network) -> None:
    html = BeautifulSoup(
        f"<div>{picture(network, {e.place: e.place for e in network.edges}, '../', 'en')}</div>", "html.parser"
    )
    assert len(html.find_all("svg")) == 2
    assert not [tag for tag in html.find_all() if "style" in tag.attrs or any(k.startswith("on") for k in tag.attrs)]
    for drawn in html.find_all("svg"):
        lines = drawn.select("a:has(path)")
        assert len(lines) == len(network.edges)
        names = {e.speaker.id for e in network.edges}, {e.target.id for e in network.edges}
        assert len(drawn.select("a:not(:has(path))")) == len(names[0]) + len(names[1])
        for path in drawn.find_all("path"):
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", str(path["d"]))]
            _, _, width, height = map(float, str(drawn["viewbox"]).split())
            assert all(0 <= x <= width for x in numbers[::2])
            assert all(0 <= y <= height for y in numbers[1::2])


def test_the_widest_lines_are_the_straightest() -> None:
    towns = [Actor(f"t{n}", f"Town {n}", "place") for n in range(3)]
    edges = [
        *(Edge(IDA, town, None, (), Tally(1, 1), ()) for town in towns),
        Edge(TOM, towns[0], None, (), Tally(9, 9), ()),
    ]
    made = drawing(Network(tuple(edges), 4), WIDE)
    assert list(made.speakers) == ["tom-ferrow", "ida-quill"]
    assert list(made.targets) == ["t0", "t1", "t2"]


def test_a_line_is_wider_the_more_quotations_it_has_however_many_those_are() -> None:
    towns = [Actor(f"t{n}", f"Town {n}", "place") for n in range(3)]
    edges = [Edge(IDA, town, None, (), Tally(n, n), ()) for town, n in zip(towns, (1, 40, 80), strict=True)]
    widths = sorted(line.width for line in drawing(Network(tuple(edges), 3), NARROW).lines)
    assert widths[0] == pytest.approx(1.4)
    assert widths[1] == pytest.approx((1.4 + NARROW.widest) / 2, abs=0.05)
    assert widths[2] == pytest.approx(NARROW.widest)


def test_only_verbs_that_are_printed_stand_at_a_line() -> None:
    edge = Edge(IDA, TOM, "accuse", (), Tally(1, 1), ())
    (line,) = drawing(Network((edge,), 1), WIDE).lines
    assert line.box.lines == ("no verb",)
    long = Edge(IDA, TOM, None, (Printed("said " * 20, "en", 2), Printed("added", "en", 1)), Tally(1200, 1200), ())
    (line,) = drawing(Network((long,), 1), NARROW).lines
    assert line.box.lines[0].startswith("said")
    assert line.box.lines[0].endswith("… · 1,200")


def world() -> list[Writer]:
    echo = Writer("echo")
    echo.says(IDA, "The board sleeps", about=("bridge-board",))
    echo.says(TOM, "I have heard that before", about=("ida-quill",))
    echo.says(BOARD, "We never sleep", about=("ida-quill",))
    echo.says(BOARD, "We never saw him", about=("tom-ferrow",), cue=None)
    return [echo]


def page(url: str, *writers: Writer) -> BeautifulSoup:
    html = {page.url: page.html for page in render(digest(*writers), SITE)}[url]
    return BeautifulSoup(html, "html.parser")


def test_every_line_of_the_picture_is_a_row_of_the_table() -> None:
    html = page("network/", *world())
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in html.select("tbody tr")]
    assert [row[:3] for row in rows] == [
        ["Bridge Board", "said", "Ida Quill"],
        ["Bridge Board", "no verb", "Tom Ferrow"],
        ["Ida Quill", "said", "Bridge Board"],
        ["Tom Ferrow", "said", "Ida Quill"],
    ]
    targets = {str(a["href"]) for a in html.select("td.num a")}
    assert len(targets) == len(rows)
    for drawn in html.select("svg.net"):
        assert {str(a["href"]) for a in drawn.select("a:has(path)")} == targets


def opened(pages: dict[str, BeautifulSoup], network: str) -> dict[str, list[str]]:
    """Return the words that each line of a network opens, through all pages that go on with them."""
    found = {}
    for row in pages[network].select("#words tbody tr"):
        url, _, anchor = str(row.select("td.num a")[0]["href"]).removeprefix("../" * network.count("/")).partition("#")
        cells = [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        group = pages[url].find(id=anchor)
        assert isinstance(group, Tag)
        words = [said.get_text() for said in group.select("td.said > span")]
        # where a group ends its page, it may go on at the beginning of the next one
        while not group.find_next_sibling("tbody") and (more := pages[url].select("nav.pages a:-soup-contains(Next)")):
            url = str(more[0]["href"]).removeprefix("../" * url.count("/"))
            group = pages[url].select("tbody")[0]
            if group.get("id"):
                break
            words += [said.get_text() for said in group.select("td.said > span")]
        assert cells[3] == f"{len(words)} by {cells[0]} about {cells[2]}"
        found[f"{cells[0]} {cells[1]} {cells[2]}"] = words
    return found


def rendered(*writers: Writer, **more: object) -> dict[str, BeautifulSoup]:
    return {p.url: BeautifulSoup(p.html, "html.parser") for p in render(digest(*writers, **more), SITE)}  # type: ignore[arg-type] - passed on


def test_a_line_leads_to_its_quotations() -> None:
    found = opened(rendered(*world()), "network/")
    assert found["Bridge Board said Ida Quill"] == ["“We never sleep”"]
    assert len(found) == 4


def test_a_line_leads_to_all_of_its_quotations_however_many_they_are() -> None:
    writer = Writer("echo")
    for n in range(320):
        writer.says(IDA, f"They have slept for {n} years", about=("bridge-board",))
    writer.says(IDA, "They have hidden the bill", about=("bridge-board",))
    writer.cue("accused")
    for n in range(300):
        writer.says(TOM, f"She has said that {n} times", about=("ida-quill",))
    found = opened(rendered(writer), "network/")
    assert {sentence: len(words) for sentence, words in found.items()} == {
        "Ida Quill said Bridge Board": 320,
        "Tom Ferrow said Ida Quill": 300,
        "Ida Quill accused Bridge Board": 1,
    }


def of_rivers() -> tuple[Writer, tuple[Actor, ...]]:
    towns = tuple(Actor(f"town-{n}", f"Town {n}", "place") for n in range(LEAST))
    writer = Writer("echo")
    writer.topics = (topic("medtop:20000439", "rivers"),)
    for n, town in enumerate(towns):
        writer.says(IDA, f"Town number {n} lies in a valley", about=(town.id,))
    return writer, (IDA, TOM, *towns)


def test_a_topic_with_enough_lines_has_a_picture_of_its_own_and_leads_to_its_own_quotations() -> None:
    writer, actors = of_rivers()
    elsewhere = Writer("post", published="2025-03-05")
    elsewhere.says(IDA, "They lie still", about=("town-0",))
    pages = rendered(writer, elsewhere, actors=actors)
    (url,) = [str(a["href"]).removeprefix("../") for a in pages["network/"].select("#topics a")]
    assert len(pages[url].select("svg.net")) == 2
    found = opened(pages, url)
    assert found["Ida Quill said Town 0"] == ["“Town number 0 lies in a valley”"]
    assert opened(pages, "network/")["Ida Quill said Town 0"] == ["“They lie still”", *found["Ida Quill said Town 0"]]
    slug = url.removesuffix("network/")
    assert pages[slug].select(f'a[href="../../{url}"]')
    assert pages[url].select(f'a[href="../../../{slug}"]')


@pytest.mark.parametrize("lines", [0, 2])
def test_a_sparse_network_has_no_picture(lines: int) -> None:
    writer = Writer("echo")
    writer.says(TOM, "Nobody asked")
    for n in range(lines):
        writer.says((IDA, BOARD)[n], "He was not there", about=("tom-ferrow",))
    html = page("network/", writer)
    assert not html.select("svg.net")
    assert len(html.select("tbody tr")) == lines
    assert len(html.select("p.empty")) == (not lines)


def test_an_actor_that_is_called_like_a_part_of_the_page_takes_no_anchor_of_it() -> None:
    writer = Writer("one")
    main = Actor("main", "Main", "person")
    writer.says(IDA, "He knows what he has done with the ferry", about=("main",))
    made = {page.url: page.html for page in render(digest(writer, actors=(IDA, main)), SITE)}
    ids = {
        str(tag["id"]) for tag in BeautifulSoup(made["actors/ida-quill/about-others/"], "html.parser").find_all(id=True)
    }
    assert ids == {"about-main"}
    assert 'href="../network/quotations/#by-ida-quill--main"' in made["network/"]
