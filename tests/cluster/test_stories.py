"""Which articles are on one story."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import build
from digest.cluster import stories
from digest.cluster.stories import COMMON, DAYS
from digest.model import Analysis, Article, Mention

BRIDGE = (
    "The old bridge over the Tarn was closed on Tuesday evening after a lorry loaded with gravel struck the northern "
    "pier. Engineers found a crack in the second arch. Ida Quill, the harbour master, said that boats would have to "
    "wait below the mill until the arch is propped, and that the ferry would take people over."
)
PROPPED = (
    "Carpenters began to prop the cracked arch of the Tarn bridge at dawn. Ida Quill said the first boats could pass "
    "the northern pier by noon, and that the lorry and its gravel had been lifted out of the river in the night while "
    "engineers measured the crack."
)
ORCHESTRA = (
    "The players of Osterfeld opened their season with a symphony that lay in a cellar below the school of music until "
    "a plumber found it. Two horns answer each other across the hall, and the gallery asked for the slow movement "
    "again before the lamps went out. Tom Ferrow conducted."
)
REHEARSAL = (
    "Tom Ferrow rehearsed the symphony from the cellar behind closed doors. The two horns of Osterfeld complained of "
    "the slow movement, which the composer wrote for the old hall, and the gallery will be sold for the first time, "
    "the orchestra says, since the lamps went out in the season before."
)
GERMAN = (
    "Nach dem Unfall am Dienstag bleibt die alte Brücke gesperrt. Hafenmeisterin Ida Quill rechnet damit, dass der "
    "Bogen noch vor dem Winter gestützt wird; bis dahin fahren kleine Fähren über den Fluss."
)


def written(id_: str, text: str, day: str | None, names: tuple[str, ...], language: str = "en") -> Analysis:
    article = Article(id_, f"{id_}.txt", "", text, (), language=language, published=day)
    return Analysis(article, mentions=tuple(Mention(0, 1, name, "name", "person", name) for name in names))


PEOPLE = ("ida-quill", "tarn", "tarnholm")
PLAYERS = ("tom-ferrow", "osterfeld")
ALL = [
    written("bridge", BRIDGE, "2025-03-04", PEOPLE),
    written("propped", PROPPED, "2025-03-06", PEOPLE),
    written("orchestra", ORCHESTRA, "2025-03-05", PLAYERS),
    written("rehearsal", REHEARSAL, "2025-03-04", PLAYERS),
    written("bruecke", GERMAN, "2025-03-05", PEOPLE, "de"),
]


def groups(analyses: list[Analysis], texts: dict[str, str] | None = None) -> list[list[str]]:
    found = defaultdict(list)
    for id_, story in stories(analyses, texts or {}).items():
        found[story].append(id_)
    return sorted(sorted(own) for own in found.values())


def moved(id_: str, day: str | None) -> list[Analysis]:
    return [replace(a, article=replace(a.article, published=day)) if a.article.id == id_ else a for a in ALL]


def test_articles_with_the_same_words_and_names_are_on_one_story_in_any_language() -> None:
    assert groups(ALL) == [["bridge", "bruecke", "propped"], ["orchestra", "rehearsal"]]


def test_a_story_has_the_id_of_its_earliest_article() -> None:
    assert set(stories(ALL, {}).values()) == {"bridge", "rehearsal"}


def test_a_story_stays_open_for_so_many_days_after_its_latest_article() -> None:
    assert DAYS == 7
    assert ["bridge", "bruecke", "propped"] in groups(moved("propped", "2025-03-12"))
    assert ["propped"] in groups(moved("propped", "2025-03-13"))


def test_undated_articles_join_undated_ones_only() -> None:
    assert ["propped"] in groups(moved("propped", None))
    undated = [replace(a, article=replace(a.article, published=None)) for a in ALL]
    assert groups(undated) == groups(ALL)


def test_words_alone_make_no_story_where_the_names_differ() -> None:
    others = list(ALL)
    others[1] = written("propped", PROPPED, "2025-03-06", ("tomas-brask", "wenna-holt"))
    assert ["propped"] in groups(others)


def test_names_alone_make_no_story_where_the_words_differ() -> None:
    others = [*ALL, written("garden", "Roses are cut in March, and moss is raked from lawns.", "2025-03-05", PEOPLE)]
    assert ["garden"] in groups(others)


def test_reports_of_one_text_are_on_one_story_whenever_they_are_printed() -> None:
    late = written("late", BRIDGE, "2025-06-01", PEOPLE)
    assert ["bridge", "bruecke", "late", "propped"] in groups([*ALL, late], {"late": "bridge"})


def test_one_article_is_its_own_story() -> None:
    assert stories(ALL[:1], {}) == {"bridge": "bridge"}
    assert stories([], {}) == {}


@given(st.permutations(ALL))
@settings(max_examples=20)
def test_the_order_of_the_articles_does_not_matter(order: list[Analysis]) -> None:
    assert groups(order) == groups(ALL)


def test_what_every_article_has_leads_to_no_story_and_costs_no_time_with_each() -> None:
    def invented(n: int) -> Analysis:
        own = " ".join(f"word{n}x{k}" for k in range(40))
        return written(f"a{n:04}", f"the market opened and closed {own}", "2025-03-04", ("exchange",))

    many = [invented(n) for n in range(COMMON * 4)]
    assert len(groups(many)) == len(many)


# --- the fictional corpus: its stories, written down by hand ----------------------------------------------------------

TOLD = [
    {"dam-talks-open", "talks-begin-at-skarne", "dam-talks-valley-edition"},
    {
        "dockers-vote-to-strike",
        "strike-begins",
        "ferries-stand-still",
        "hafenstreik-beginnt",
        "strike-valley-apples",
    },
    {"pumping-station-attack", "angriff-pumpwerk", "northern-front-denies"},
    {"hospital-leak", "datenleck-krankenhaus", "hospital-patients"},
    {"skarne-press-conference", "pressekonferenz-skarne"},
    {"strike-talks-collapse", "strike-talks-collapse-updated"},
    {"flood-brennick", "hochwasser-brennick", "castaar-changes-mind"},
    {"abkommen-unterzeichnet", "abkommen-stimmen-brennick"},
]
"""Not found are two articles in English on the accord of May: one tells it in other words, one its echo in a valley."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = Path(__file__).parents[2] / "examples"
    held = build.Settings(folder / "seeds", folder / "curation", tmp_path_factory.mktemp("corpus"))
    return dict(build.edition(held).stories)


def test_the_stories_of_the_fictional_corpus(corpus: dict[str, str]) -> None:
    found = defaultdict(set)
    for id_, story in corpus.items():
        found[story].add(id_)
    several = [own for own in found.values() if len(own) > 1]
    assert sorted(several, key=sorted) == sorted(TOLD, key=sorted)
