"""Every rule and every way to a speaker that the engine can name has its number."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import digest
from digest import articles, confidence
from digest.model import Analysis

ROOT = Path(__file__).parents[1]
HOME = Path(digest.__file__).parent
RULE = re.compile(r'"((?:[a-z]+,? )+[a-z]+)"')


def table() -> dict[str, dict[str, float]]:
    return tomllib.loads(confidence.FILE.read_text(encoding="utf-8"))


def sources(stage: str) -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted((HOME / stage).glob("*.py")))


def test_every_number_is_a_share() -> None:
    for group in ("rules", "reported", "resolution"):
        assert all(0 < value <= 1 for value in table()[group].values())


def test_every_rule_of_the_table_is_one_of_the_engine() -> None:
    named = set(RULE.findall(sources("recognise")))
    assert set(table()["rules"]) <= named


def test_reported_words_that_rules_find_have_a_number_of_their_own() -> None:
    assert set(table()["reported"]) <= set(table()["rules"])
    text = (
        "Der Hafen\n\nDie Bürgermeisterin Ida Quill sagte, die Brücke halte noch lange.\n\n"
        "Der Rat war nicht da und kam auch später nicht.\n"
    )
    found = articles.analyse_text(text, "hafen")
    assert isinstance(found, Analysis)
    (told,) = found.quotations
    assert (told.kind, told.rule) == ("indirect", "speaker and cue before it")
    assert told.confidence == pytest.approx(table()["reported"][told.rule], abs=0.01)


def test_every_rule_that_finds_something_in_the_examples_has_a_number() -> None:
    found = articles.analyse([ROOT / "examples" / "seeds", ROOT / "seeds"])
    quotations = [q for a in found if isinstance(a, Analysis) for q in a.quotations]
    assert len({q.rule for q in quotations}) > 10
    # what stands in marks has the number that the weights give it
    assert {q.rule for q in quotations if q.kind == "indirect"} <= set(table()["rules"])


def test_every_rule_is_in_the_papers() -> None:
    method = " ".join((ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())
    found = articles.analyse([ROOT / "examples" / "seeds", ROOT / "seeds"])
    rules = {q.rule for a in found if isinstance(a, Analysis) for q in a.quotations} - {"marks without a cue"}
    assert not {rule for rule in rules if rule.removeprefix("other cue: ") not in method}


def test_every_way_to_a_speaker_has_a_number() -> None:
    ways = set(re.findall(r'Found\([^"]*?"([^"]+)"', sources("resolve")))
    assert ways
    assert ways <= set(table()["resolution"])
