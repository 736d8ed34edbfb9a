"""Two people of one name in different articles: told apart by what nobody is at once, and asked about otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import build, gather
from digest.edition import Edition
from digest.model import DigestError

MINISTER = """title: Tunnel money
date: 2025-03-03

The state of Norland will pay for the tunnel under the fjord, the government said. Foreign Minister Ola Brenning said
the budget of the ministry had been approved by parliament before the election. “The tunnel will be built,” Brenning
told Ida Quill of the Tarnholm Sample."""
STRIKER = """title: Late goal
date: 2025-03-04

Vestre United won the football match of the league after a late goal. Striker Ola Brenning headed in a free-kick in the
second half of the cup tie. “We never gave up,” Brenning said after the match. The coach praised the team."""
MATCH = """title: Cup draw
date: 2025-03-09

The football match in the league ended in a draw. Ola Brenning scored a goal for the team after a penalty was saved.
The players of the club celebrated in the stadium."""
SINGER = """title: Songs of the coast
date: 2025-03-05

The album by the singer Ola Brenning is at the top of the music chart. The concert tour begins in June, and the band
will play its songs at the festival. “I wrote it at sea,” Brenning said."""


def edition(at: Path, curation: str = "", **texts: str) -> Edition:
    """Return the edition of articles that are written as front matter and text, by their names."""
    for folder in ("seeds", "curation"):
        (at / folder).mkdir(exist_ok=True)
    for name, text in texts.items():
        (at / "seeds" / f"{name}.md").write_text(
            f"---\n{text.replace(chr(10) * 2, f'{chr(10)}---{chr(10)}{chr(10)}', 1)}"
        )
    if curation:
        (at / "curation" / "corrections.yml").write_text(curation)
    return build.edition(build.Settings(at / "seeds", at / "curation", at))


def named(found: Edition, name: str = "Ola Brenning") -> dict[str, list[str]]:
    """Return the articles that name the people who are called ``name``, by their ids."""
    ids = [id_ for id_, actor in found.actors.items() if actor.name == name]
    return {
        id_: sorted(a.article.id for a in found.articles if any(x.id == id_ for x in a.actors)) for id_ in sorted(ids)
    }


def test_a_minister_and_a_striker_are_two(tmp_path: Path) -> None:
    found = edition(tmp_path, minister=MINISTER, striker=STRIKER, match=MATCH)
    assert named(found) == {"ola-brenning": ["minister"], "ola-brenning-sport": ["match", "striker"]}
    said = {
        q.speaker.id: a.article.id for a in found.articles for q in a.quotations if q.speaker and q.kind == "direct"
    }
    assert said == {"ola-brenning": "minister", "ola-brenning-sport": "striker"}
    assert found.actors["ola-brenning"].apart == {"ola-brenning-sport": ("office", "sport")}
    assert not found.doubts


def test_three_walks_of_life_are_three_people(tmp_path: Path) -> None:
    found = edition(tmp_path, minister=MINISTER, striker=STRIKER, singer=SINGER)
    assert list(named(found)) == ["ola-brenning", "ola-brenning-arts", "ola-brenning-sport"]
    assert found.actors["ola-brenning-arts"].apart.keys() == {"ola-brenning", "ola-brenning-sport"}


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("an article that says both", STRIKER.replace("Striker", "Foreign minister and former striker")),
        ("what he was once", MINISTER.replace("Foreign Minister", "Former striker") + " He will be in the government."),
        ("a body that both articles name", f"{STRIKER} Ida Quill of the Tarnholm Sample was there."),
        ("the time for a second career", STRIKER.replace("2025", "2019")),
    ],
)
def test_a_connection_leaves_one_person(tmp_path: Path, what: str, text: str) -> None:
    other = STRIKER if what == "what he was once" else MINISTER
    assert list(named(edition(tmp_path, other=other, text=text))) == ["ola-brenning"], what


def test_a_man_and_a_woman_are_two(tmp_path: Path) -> None:
    one = "title: Council\ndate: 2025-03-03\n\n“The road is closed,” said Mr Ille Tarn. Mr Tarn lives in the town."
    other = "title: Market\ndate: 2025-03-04\n\n“The market is open,” said Mrs Ille Tarn. Mrs Tarn sells fish."
    assert named(edition(tmp_path, one=one, other=other), "Ille Tarn") == {
        "ille-tarn": ["one"],
        "ille-tarn-f": ["other"],
    }


@pytest.mark.parametrize(
    ("young", "old", "people"),
    [
        ("Ida Quill, 34, said", "Ida Quill (71) said", ["ida-quill", "ida-quill-born-1954"]),
        ("Ida Quill, 34, said", "the 71-year-old Ida Quill said", ["ida-quill", "ida-quill-born-1954"]),
        ("Ida Quill, 34, said", "Ida Quill (36) said", ["ida-quill"]),
        ("Ida Quill, 34, said", "Ida Quill said", ["ida-quill"]),
        ("Ida Quill, 34, said", "Ida Quill, 71 people and a dog said", ["ida-quill"]),
    ],
)
def test_ages_that_are_years_apart_are_of_two(tmp_path: Path, young: str, old: str, people: list[str]) -> None:
    one = f"title: Fire\ndate: 2025-03-03\n\n{young} that the fire began in the kitchen."
    other = f"title: Flood\ndate: 2025-04-03\n\nAt the river, {old} that the water rose at night."
    assert list(named(edition(tmp_path, one=one, other=other), "Ida Quill")) == people


def test_an_age_in_german_is_read_too(tmp_path: Path) -> None:
    one = "title: Brand\ndate: 2025-03-03\n\n„Es brannte lichterloh“, sagte die 34-jährige Ida Quill am Montag."
    other = "title: Flut\ndate: 2025-04-03\n\n„Das Wasser stieg in der Nacht“, sagte Ida Quill (71) am Dienstag."
    found = edition(tmp_path, one=one, other=other)
    assert list(named(found, "Ida Quill")) == ["ida-quill", "ida-quill-born-1954"]


def test_who_is_known_is_one(tmp_path: Path) -> None:
    found = edition(
        tmp_path,
        minister=MINISTER.replace("Ola Brenning", "Angela Merkel"),
        striker=STRIKER.replace("Ola Brenning", "Angela Merkel"),
    )
    assert len(named(found, "Angela Merkel")) == 1
    assert [doubt.actor for doubt in found.doubts] == ["angela-merkel"]


WHY = "\n  why: seen in print\n  by: Nora Feld\n  on: 2025-06-01\n"


@pytest.mark.parametrize("line", ["- one: ola-brenning", "- merge: [ola-brenning, ola-brenning-sport]"])
def test_people_say_that_they_are_one(tmp_path: Path, line: str) -> None:
    found = edition(tmp_path, line + WHY, minister=MINISTER, striker=STRIKER)
    assert named(found) == {"ola-brenning": ["minister", "striker"]}
    assert not found.actors["ola-brenning"].apart


def test_people_say_who_is_who(tmp_path: Path) -> None:
    line = "- split: ola-brenning\n  into: the-striker\n  articles: [striker]"
    found = edition(tmp_path, line + WHY, minister=MINISTER, striker=STRIKER, match=MATCH)
    assert named(found) == {"ola-brenning": ["match", "minister"], "the-striker": ["striker"]}


def test_one_and_split_contradict_each_other(tmp_path: Path) -> None:
    lines = "- one: ola-brenning" + WHY + "- split: ola-brenning\n  into: the-striker\n  articles: [striker]" + WHY
    with pytest.raises(DigestError, match=r"corrections.yml:5: “ola-brenning” is one in all articles by .*:1"):
        edition(tmp_path, lines, minister=MINISTER, striker=STRIKER)


def test_what_is_merely_unlike_is_asked(tmp_path: Path) -> None:
    """The minister's article gives no role that is known, so nothing is sure; the smaller side is asked about."""
    owner = MINISTER.replace("Foreign Minister", "The owner of the land,")
    found = edition(tmp_path, owner=owner, striker=STRIKER, match=MATCH)
    (doubt,) = found.doubts
    assert (doubt.actor, doubt.articles) == ("ola-brenning", ("owner",))
    whole = gather.gather(found, build.site_info(found, build.Settings(tmp_path, tmp_path)))
    (asked,) = whole.open.perhaps
    assert (asked.into, [a.article.id for a in asked.others]) == ("ola-brenning-2", ["match", "striker"])
    assert not edition(tmp_path, "- one: ola-brenning" + WHY).doubts


@given(order=st.permutations(["minister", "striker", "match", "singer"]), dated=st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_files_changes_nothing(tmp_path: Path, order: list[str], dated: bool) -> None:
    texts: Mapping[str, str] = {"minister": MINISTER, "striker": STRIKER, "match": MATCH, "singer": SINGER}
    written = {name: texts[name] if dated else texts[name].replace("date: 2025", "note: 2025") for name in order}
    found = named(edition(tmp_path, **written))
    assert sorted(chain.from_iterable(found.values())) == sorted(texts)
    assert ["match", "striker"] in found.values()


@pytest.mark.parametrize(
    "said", ["His name is also written Oleksij Brandow.", "Brandov, also known as Oleksij Brandow, was born in Tarn."]
)
def test_a_name_that_is_also_written_otherwise_is_one_person(tmp_path: Path, said: str) -> None:
    one = f"title: Talks\ndate: 2025-03-03\n\n“We agree,” said Oleksiy Brandov. {said} “At last,” Brandow said."
    other = "title: Gespräche\ndate: 2025-03-04\n\n„Wir sind einig“, sagte Oleksij Brandow am Montag."
    found = edition(tmp_path, one=one, other=other)
    (actor,) = (a for a in found.actors.values() if a.type == "person")
    assert actor.aliases.keys() == {
        "Oleksiy Brandov",
        "Oleksij Brandow",
        "Brandow",
        *(["Brandov"] if "Brandov," in said else []),
    }
    assert {s.id for a in found.articles for q in a.quotations for s in q.speakers} == {actor.id}
