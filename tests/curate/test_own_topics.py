"""Topics of the people's own: found, rolled up below a topic that is shipped, and added or removed by a decision."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from digest import build, gather
from digest.cli import cli
from digest.model import DigestError

WHY = "why: the desk follows it, by: Nora Feld, on: 2025-02-03"
TOPICS = f"""quays:
  {{name: The quays, parent: medtop:20000343, en: {{any: [quay*], weak: ['*boat', crane*]}}, {WHY}}}
night-ferry:
  {{name: The night ferry, parent: quays, en: {{all: [[night, ferry]], not: [matinee]}}, {WHY}}}
"""
ARTICLES = {
    "crossing": "Night boat is back\n\nThe ferry left at dusk. It sails every night, said Ida Quill, a pilot.\n",
    "lamps": "Lamps for the quayside\n\nThe town pays for them. “They are late,” said Odo Brandt, a baker.\n",
    "alone": "The lifeboat was painted\n\nIt is blue now, said Ida Quill. Nobody else saw it.\n",
}


def edition(root: Path, corrections: str = "") -> build.Edition:
    for folder in ("seeds", "curation"):
        (root / folder).mkdir(exist_ok=True)
    for name, text in ARTICLES.items():
        (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    (root / "curation" / "topics.yml").write_text(TOPICS, encoding="utf-8")
    (root / "curation" / "corrections.yml").write_text(corrections, encoding="utf-8")
    return build.edition(build.Settings(root / "seeds", root / "curation", root))


def own(whole: build.Edition) -> dict[str, set[str]]:
    ids = {"quays", "night-ferry"}
    return {a.article.id: {t.id for t in a.topics} & ids for a in whole.articles}


def test_own_topics_are_found_and_one_weak_phrase_finds_none(tmp_path: Path) -> None:
    assert own(edition(tmp_path)) == {"crossing": {"night-ferry"}, "lamps": {"quays"}, "alone": set()}


def test_an_own_topic_rolls_up_to_the_shipped_ones_above_it(tmp_path: Path) -> None:
    whole = edition(tmp_path)
    site = build.site_info(whole, build.Settings(tmp_path / "seeds", tmp_path / "curation", tmp_path))
    found = {d.topic.id: d for d in gather.gather(whole, site).topics}
    assert [t.id for t in found["night-ferry"].above] == [
        "medtop:04000000",
        "medtop:20000209",
        "medtop:20000337",
        "medtop:20000343",
        "quays",
    ]
    assert [(count.name, count.tally.reports) for count in found["medtop:04000000"].below] == [
        ("Products and services", 2)
    ]


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("topic: lamps, remove: quays", {"crossing": {"night-ferry"}, "lamps": set(), "alone": set()}),
        ("topic: alone, add: quays", {"crossing": {"night-ferry"}, "lamps": {"quays"}, "alone": {"quays"}}),
        (
            "topic: lamps, add: night-ferry, remove: quays",
            {"crossing": {"night-ferry"}, "lamps": {"night-ferry"}, "alone": set()},
        ),
    ],
)
def test_an_own_topic_is_added_and_removed_by_a_line(tmp_path: Path, line: str, on: dict[str, set[str]]) -> None:
    assert own(edition(tmp_path, f"- {{{line}, {WHY}}}\n")) == on
    assert own(edition(tmp_path)) == {"crossing": {"night-ferry"}, "lamps": {"quays"}, "alone": set()}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("topic: lamps, add: quays", "“lamps” has the topic “quays” already; take it out"),
        ("topic: alone, remove: quays", "“alone” has no topic “quays”; take it out"),
        ("topic: lamps, add: quais", "there is no topic “quais”; did you mean “quays”?"),
    ],
)
def test_a_line_that_moves_no_own_topic_is_a_mistake(tmp_path: Path, line: str, sentence: str) -> None:
    with pytest.raises(DigestError, match=rf"corrections\.yml:1: {sentence[:20]}") as error:
        edition(tmp_path, f"- {{{line}, {WHY}}}\n")
    assert sentence in str(error.value)


def test_the_check_knows_own_topics(tmp_path: Path) -> None:
    edition(tmp_path)
    (tmp_path / "curation" / "corrections.yml").write_text(f"- {{topic: lamps, remove: quays, {WHY}}}\n", "utf-8")
    right = CliRunner().invoke(cli, ["check", str(tmp_path)])
    assert right.exit_code == 0, right.output
    (tmp_path / "curation" / "corrections.yml").write_text(f"- {{topic: lamps, add: quays, {WHY}}}\n", "utf-8")
    wrong = CliRunner().invoke(cli, ["check", str(tmp_path)])
    assert wrong.exit_code == 1
    assert "corrections.yml:1: “lamps” has the topic “quays” already" in wrong.output
