"""``examples/expected.yml``: merges, pairs that stay two, texts, and what every line of the examples' curation does."""

from __future__ import annotations

import functools
import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from digest import build, changes, curate
from digest.decisions import SpokenBy
from digest.edition import Edition
from digest.plugin import build_site

EXAMPLES = Path(__file__).parents[1] / "examples"
EXPECTED: dict[str, Any] = yaml.safe_load((EXAMPLES / "expected.yml").read_text(encoding="utf-8"))
FILES = ("actors.yml", "corrections.yml", "topics.yml")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples with what is known of their articles, and without a correction."""
    root = tmp_path_factory.mktemp("bare") / "examples"
    shutil.copytree(EXAMPLES, root, ignore=shutil.ignore_patterns("site", ".digest", *FILES))
    return root


def edition_of(root: Path) -> Edition:
    return build.edition(build.Settings(root / "seeds", root / "curation", root))


@pytest.fixture(scope="module")
def before(bare: Path) -> Edition:
    return edition_of(bare)


@functools.cache
def decided() -> Edition:
    return build.edition(build.Settings(EXAMPLES / "seeds", EXAMPLES / "curation", EXAMPLES))


def owners(whole: Edition, name: str) -> set[str]:
    return {actor.id for actor in whole.actors.values() if name in actor.aliases}


def spoken(whole: Edition) -> dict[str, list[str]]:
    return {q.id: [s.id for s in q.speakers] for a in whole.articles for q in a.quotations}


@pytest.mark.parametrize("entry", EXPECTED["one"], ids=lambda e: f"{e['actor']} by {e['by']}")
def test_names_mean_one_actor(entry: dict[str, Any], before: Edition) -> None:
    for name in entry["names"]:
        assert entry["actor"] in owners(decided(), name), name
    without = {id_ for name in entry["names"] for id_ in owners(before, name)}
    if entry["by"] == "program":
        assert all(entry["actor"] in owners(before, name) for name in entry["names"])
    else:
        assert without != {entry["actor"]} or any(not owners(before, name) for name in entry["names"])


@pytest.mark.parametrize("entry", EXPECTED["two"], ids=lambda e: " and ".join(e["actors"]))
def test_two_stay_two(entry: dict[str, Any], before: Edition) -> None:
    for one, other in combinations(entry["actors"], 2):
        assert {one, other} <= decided().actors.keys()
        assert ({one, other} <= before.actors.keys()) == (entry["by"] == "program")


def test_who_may_be_two_is_asked_unless_somebody_said_it(bare: Path, tmp_path: Path) -> None:
    assert not decided().doubts
    root = tmp_path / "examples"
    shutil.copytree(bare, root)
    for name in FILES:
        shutil.copy(EXAMPLES / "curation" / name, root / "curation" / name)
    lines = (root / "curation" / "corrections.yml").read_text(encoding="utf-8").split("\n- ")
    kept = "\n- ".join(line for line in lines if not line.startswith("one:"))
    (root / "curation" / "corrections.yml").write_text(kept, encoding="utf-8")
    assert [doubt.actor for doubt in edition_of(root).doubts] == EXPECTED["perhaps"]


def test_articles_are_one_text(before: Edition) -> None:
    listed = [set(entry["articles"]) for entry in EXPECTED["texts"]]
    for whole in (before, decided()):
        texts: dict[str, set[str]] = {}
        for analysis in whole.articles:
            texts.setdefault(whole.text_of(analysis.article.id), set()).add(analysis.article.id)
        assert sorted(map(sorted, (t for t in texts.values() if len(t) > 1))) == sorted(map(sorted, listed))


@pytest.mark.parametrize("entry", EXPECTED["quotations"], ids=lambda e: e["quotation"])
def test_a_line_moves_its_quotation(entry: dict[str, Any], before: Edition) -> None:
    id_ = entry["quotation"]
    assert spoken(before)[id_] == entry["before"]
    assert spoken(decided()).get(id_, "gone") == entry["after"]
    (q,) = [q for a in decided().articles for q in a.quotations if q.id == id_] or [None]
    assert q is None or q.decided == (entry.get("decided", False) or id_ in _settled())


def _settled() -> set[str]:
    return {each.quotation for each in curate.load(EXAMPLES / "curation").of(SpokenBy)}


def test_no_line_moves_anything_else(before: Edition) -> None:
    was, now = spoken(before), spoken(decided())
    moved = {id_ for id_ in was.keys() | now.keys() if was.get(id_) != now.get(id_)}
    settled = {entry["quotation"] for entry in EXPECTED["quotations"] if entry["before"] == entry["after"]}
    assert moved | settled == {entry["quotation"] for entry in EXPECTED["quotations"]}


def test_names_and_types_are_as_decided(before: Edition) -> None:
    for field in ("name", "type"):
        for id_, (was, now) in EXPECTED[f"{field}s"].items():
            held = before.actors.get(id_)
            assert (getattr(held, field) if held else None) == was
            assert getattr(decided().actors[id_], field) == now
    assert not decided().actors.keys() & set(EXPECTED["gone"])
    assert set(EXPECTED["gone"]) <= before.actors.keys()


def test_topics_are_as_decided(before: Edition) -> None:
    for topic, listed in EXPECTED["topics"].items():
        assert sorted(a.article.id for a in decided().articles if any(t.id == topic for t in a.topics)) == listed
        assert not any(t.id == topic for a in before.articles for t in a.topics)


def test_every_kind_of_line_is_there_and_no_article_is_changed(before: Edition) -> None:
    made = curate.load(EXAMPLES / "curation")
    kinds = {type(each).__name__ for each in made.corrections}
    assert kinds == {"Merge", "Apart", "One", "Split", "Rename", "SpokenBy", "Reject", "OnTopic", "Withhold"}
    assert made.actors
    assert made.topics
    hidden = "Runa Ellmark"
    for was, now in zip(before.articles, decided().articles, strict=True):
        assert len(was.article.text) == len(now.article.text)
        if hidden not in was.article.text:
            assert was.article == now.article


def test_each_line_can_be_taken_out_and_the_site_is_as_before(bare: Path, tmp_path: Path, before: Edition) -> None:
    root = tmp_path / "examples"
    shutil.copytree(bare, root)
    for name in FILES:
        shutil.copy(EXAMPLES / "curation" / name, root / "curation" / name)
    assert edition_of(root) != before
    for name in FILES:
        (root / "curation" / name).unlink()
    assert edition_of(root) == before


def test_what_the_examples_withhold_stands_nowhere(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "examples"
    shutil.copytree(bare, root)
    (root / ".digest").mkdir(exist_ok=True)
    decisions = curate.load(root / "curation")
    state = changes.state(edition_of(root), decisions, "another program")
    (root / ".digest" / "state.json").write_bytes(changes.dump(state))
    for name in FILES:
        shutil.copy(EXAMPLES / "curation" / name, root / "curation" / name)
    monkeypatch.chdir(root)
    site, _, _ = build_site()
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) > 100
    for path in files:
        held = path.read_bytes().decode("utf-8", "replace").casefold() + path.as_posix().casefold()
        assert not [word for word in EXPECTED["nowhere"] if word.casefold() in held], path
