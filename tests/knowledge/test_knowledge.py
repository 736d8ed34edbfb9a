from __future__ import annotations

import dataclasses
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from digest import knowledge
from digest.knowledge import check

FILES = (*check.ACTOR_FILE_TYPES, *check.OTHER_FILES)
SMALLEST = {"states.jsonl": 195, "organisations.jsonl": 300, "outlets.jsonl": 380, "people.jsonl": 400}


def owners(name: str, language: str) -> set[str]:
    """Return the ids of all actors that ``name`` can mean in ``language``, whatever the circumstances."""
    found = set()
    for actor in knowledge.load().actors.values():
        gated = [gate.text for gate in actor.gated if language in gate.languages]
        if name in (*actor.names(language), *actor.standing_for(language), *actor.surnames, *gated):
            found.add(actor.id)
    return found


def test_the_files_have_no_problems() -> None:
    assert knowledge.problems() == []


@pytest.mark.parametrize(("name", "smallest"), SMALLEST.items())
def test_every_actor_file_is_loaded_whole(name: str, smallest: int) -> None:
    ids = [json.loads(line)["id"] for line in (knowledge.FOLDER / name).read_text(encoding="utf-8").splitlines()]
    assert len(ids) >= smallest
    assert set(ids) <= set(knowledge.load().actors)
    assert ids == sorted(ids)


def test_what_is_loaded_cannot_be_changed() -> None:
    known = knowledge.load()
    with pytest.raises(dataclasses.FrozenInstanceError):
        known.actors["russia"].name = "Ruritania"  # type: ignore[misc]
    with pytest.raises(TypeError):
        known.actors["ruritania"] = known.actors["russia"]  # type: ignore[index]
    assert knowledge.load() is known


@pytest.mark.parametrize("name", ["ISIS", "ISIL", "Daesh", "Islamic State", "IS"])
def test_one_armed_group_has_many_names(name: str) -> None:
    assert owners(name, "en") == {"islamic-state"}
    assert knowledge.load().actors["islamic-state"].type == "armed-group"


def test_is_means_the_armed_group_only_behind_its_gate() -> None:
    group = knowledge.load().actors["islamic-state"]
    (gate,) = [gate for gate in group.gated if gate.text == "IS"]
    assert {"Islamic State", "ISIS", "Daesh"} <= set(gate.needs)
    assert "IS" not in group.names("en")


@pytest.mark.parametrize(
    ("name", "language", "actor"),
    [
        ("US", "en", "united-states"), ("USA", "de", "united-states"), ("United States", "en", "united-states"),
        ("Vereinigten Staaten", "de", "united-states"), ("Washington", "en", "united-states"),
        ("People's Republic of China", "en", "china"), ("People’s Republic of China", "en", "china"),
        ("Ali Chamenei", "en", "ali-khamenei"), ("Khamenei", "en", "ali-khamenei"), ("Chamenei", "de", "ali-khamenei"),
        ("Хаменеи", "ru", "ali-khamenei"), ("Selenskyj", "de", "volodymyr-zelensky"), ("Putin", "de", "vladimir-putin"),
        ("Russian Foreign Intelligence Service", "en", "svr"), ("TASS", "en", "tass"), ("FRN", "en", "fort-russ-news"),
        ("Radio Free Europe / Radio Liberty", "en", "rfe-rl"), ("RFE/RL", "de", "rfe-rl"),
        ("UN Security Council", "en", "un-security-council"), ("NATO", "en", "nato"), ("Taliban", "en", "taliban"),
        ("Bild-Zeitung", "de", "bild"), ("Moskau", "de", "russia"), ("Kiew", "de", "ukraine"),
        ("Сергей Нарышкин", "ru", "sergei-naryshkin"),
    ],
)  # fmt: skip
def test_a_name_has_one_owner(name: str, language: str, actor: str) -> None:
    assert owners(name, language) == {actor}


@pytest.mark.parametrize(
    ("word", "language"),
    [("Time", "en"), ("People", "en"), ("The Times", "en"), ("Bild", "de"), ("Stern", "de"), ("Focus", "de"),
     ("Die Zeit", "de"), ("Die Welt", "de"), ("New Yorker", "de"), ("Georgia", "de"), ("Island", "en"),
     ("May", "en"), ("IT", "en"),
     ("IN", "en"), ("AM", "en"), ("CAR", "en")],
)  # fmt: skip
def test_an_ordinary_word_is_no_name(word: str, language: str) -> None:
    assert owners(word, language) == set()


def test_a_capital_stands_for_its_state_but_is_no_safe_name() -> None:
    known = knowledge.load()
    assert "Washington" in known.actors["united-states"].standing_for("en")
    assert "Washington" not in known.actors["united-states"].names("en")
    assert known.capitals["pakistan"].names["en"] == ("Islamabad",)
    assert not known.capitals["belgium"].metonym
    assert "Brussels" in known.actors["european-union"].standing_for("en")


def test_demonyms_lead_to_their_state_in_every_inflection() -> None:
    words = knowledge.load().demonyms
    assert {words["en"][word] for word in ("Russian", "Russians")} == {"russia"}
    assert {words["de"][word] for word in ("russische", "Russischer", "russisches", "Russen", "Russin")} == {"russia"}
    assert {words["en"]["Afghan"], words["de"]["afghanischen"]} == {"afghanistan"}
    assert words["de"]["US-amerikanischen"] == "united-states"
    assert set(words["en"].values()) | set(words["de"].values()) <= set(knowledge.load().actors)


NO_WORD_OF_ITS_OWN = {
    "en": {"dominica", "republic-of-the-congo", "vatican"},  # Dominican and Congolese are of the larger neighbour
    "de": {"republic-of-the-congo", "solomon-islands"},
}


def test_every_state_has_names_demonyms_and_a_capital_in_both_languages() -> None:
    known = knowledge.load()
    states = {actor.id for actor in known.actors.values() if actor.type == "state"}
    assert len(states) >= 193
    for language in ("en", "de"):
        assert {state for state in states if not known.actors[state].aliases.get(language)} == set()
        assert {state for state in states if not known.capitals[state].names.get(language)} == set()
        assert states - set(known.demonyms[language].values()) == NO_WORD_OF_ITS_OWN[language]


@pytest.mark.parametrize(
    ("name", "language", "actor"),
    [("Whitehall", "en", "united-kingdom"), ("Ballhausplatz", "de", "austria"),
     ("Foggy Bottom", "en", "us-state-department"), ("Capitol Hill", "en", "us-congress"),
     ("Berlaymont", "de", "european-commission"), ("Brasilia", "en", "brazil")],
)  # fmt: skip
def test_a_place_stands_for_the_body_that_sits_there_and_is_no_safe_name(name: str, language: str, actor: str) -> None:
    known = knowledge.load().actors[actor]
    assert name in known.standing_for(language)
    assert name not in known.names(language)


def test_given_names_tell_the_gender_only_where_it_is_clear() -> None:
    names = knowledge.load().given_names
    assert len(names) >= 1500
    assert (names["sergei"], names["ali"], names["angela"]) == ("m", "m", "f")
    assert {"andrea", "kim", "jean", "kay", "nikita"}.isdisjoint(names)


@pytest.mark.parametrize(
    ("actor", "item"),
    [("greens-de", "Q49766"), ("linke-de", "Q49764"), ("volkswagen", "Q156578"), ("cdu", "Q49762"), ("csu", "Q49763"),
     ("european-court-of-justice", "Q1518827"), ("cyril-ramaphosa", "Q1148669"), ("leo-xiv", "Q6109517")],
)  # fmt: skip
def test_a_wikidata_item_is_that_of_the_actor(actor: str, item: str) -> None:
    assert knowledge.load().actors[actor].wikidata == item


def test_no_wikidata_item_means_two_actors() -> None:
    items = Counter(actor.wikidata for actor in knowledge.load().actors.values() if actor.wikidata)
    assert [item for item, times in items.items() if times > 1] == []


def test_agencies_are_marked() -> None:
    agencies = {actor.id for actor in knowledge.load().actors.values() if actor.agency}
    assert {"reuters", "tass", "dpa", "xinhua", "anadolu"} <= agencies
    assert {"bbc", "rfe-rl", "fort-russ-news"}.isdisjoint(agencies)


def test_topics_cover_all_of_iptc_in_both_languages() -> None:
    topics = knowledge.load_topics()
    assert sum(not topic.parents for topic in topics) == check.TOP_LEVEL
    ruled = [topic for topic in topics if topic.rules]
    assert len(ruled) >= 220
    assert all({"en", "de"} <= set(topic.rules) for topic in ruled)
    assert {(topic.parents or (topic.id,))[0] for topic in ruled} == {t.id for t in topics if not t.parents}
    names = {topic.name: topic for topic in topics}
    assert names["terrorism"].id == "medtop:20000103"
    assert names["espionage and intelligence"].label("de") == "Spionage und Geheimdienste"
    assert "ceasefire*" in names["peace process"].rules["en"].any


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(knowledge.FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("outlets.jsonl", '{"id":"x-post","name":"X Post","type":"paper"}', "Invalid enum value 'paper'"),
        ("outlets.jsonl", '{"id":"x-post","name":"X Post","type":"state"}', "does not belong in this file"),
        ("outlets.jsonl", '{"id":"reuters","name":"X Post","type":"media"}', "the id “reuters” stands in"),
        ("outlets.jsonl", '{"id":"x-post","name":"Reuters","type":"media"}', "“Reuters” (en) belongs to “reuters”"),
        ("outlets.jsonl", '{"id":"X Post","name":"X Post","type":"media"}', "write “x-post”"),
        ("outlets.jsonl", '{"id":"x-post","name":"X Post","type":"media","alias":[]}', "unknown key “alias”"),
        ("outlets.jsonl", '{"id":"x-post","name":"X Post","type":"media"', "cannot be read"),
        ("organisations.jsonl", '{"id":"x-co","name":"X Co","type":"company","aliases":{"*":["X"]}}',
         "“X” (en) is a single letter"),
        ("people.jsonl", '{"id":"ola-store","name":"Ola Store","type":"person","surnames":["Store"]}',
         "“Store” (en) is mostly a common word"),
        ("outlets.jsonl", '{"id":"target","name":"Target","type":"media"}', "“Target” (en) is mostly a common word"),
        ("outlets.jsonl", '{"id":"x-post","name":"X Post","type":"media",'
         '"gated":[{"text":"XP","needs":[],"languages":["en"]}]}',
         "the gated alias “XP” needs other words"),
        ("outlets.jsonl", '{"id":"x-post","name":"X Post","type":"media",'
         '"gated":[{"text":"Reuters","needs":["X Post"],"languages":["en"]}]}', "“Reuters” (en) belongs to “reuters”"),
        ("people.jsonl", '{"id":"x-y","name":"X Y","type":"person","wikidata":"30"}', "“30” is not a Wikidata id"),
        ("capitals.jsonl", '{"state":"ruritania","names":{"en":["Strelsau"]}}', "there is no actor “ruritania”"),
        ("demonyms.jsonl", '{"state":"nato","en":["Russian"]}', "“Russian” (en) belongs to “russia” too"),
        ("given_names.tsv", "Zoé\tf", "write “zoe”"),
        ("given_names.tsv", "zzz\tx", "a tab and m or f"),
        ("topics.toml", '[[topic]]\nid = "medtop:1"\nname = "x"\nname_de = "x"', "is not an IPTC id"),
        ("topics.toml", '[[ topic ]] # new\nid = "medtop:2"\nname = "x"\nname_de = "x"', "is not an IPTC id"),
        ("topics.toml", '[[topic]]\nid = "medtop:20009999"\nname = "x"\nname_de = "x"\nparents = ["medtop:20009998"]',
         "“medtop:20009998” has no entry of its own"),
        ("topics.toml", '[[topic]]\nid = "medtop:20009999"\nname = "x"\nname_de = "x"\nen.any = ["a*b"]',
         "“a*b” is not a phrase"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_and_line(copy: Path, name: str, line: str, expected: str) -> None:
    path = copy / name
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    number = len(path.read_text(encoding="utf-8").splitlines()) - line.count("\n")
    found = [problem for problem in check.problems(copy) if expected in problem]
    assert found, check.problems(copy)
    assert all(problem.startswith(f"{name}:{number}: ") for problem in found)


def test_a_missing_file_is_a_problem(copy: Path) -> None:
    (copy / "outlets.jsonl").unlink()
    assert check.problems(copy) == ["outlets.jsonl: the file is missing; install the program again."]
