"""Actors over all articles: spellings that become one, and people who stay two."""

from __future__ import annotations

from dataclasses import replace

from digest import knowledge, resolve
from digest.model import Actor, Analysis, Article, Gender


def article(id_: str, *actors: Actor) -> Analysis:
    return Analysis(Article(id_, f"{id_}.txt", id_, id_, ()), actors=actors)


def person(name: str, times: int = 1, gender: Gender | None = None) -> Actor:
    return Actor(name.lower().replace(" ", "-"), name, "person", {name: times}, gender=gender)


def ids(*articles: Analysis) -> list[str]:
    _, actors = resolve.across(articles, knowledge.load())
    return list(actors)


def test_spellings_become_the_one_printed_most() -> None:
    one, other = person("Katarina Lindqvar", 2), person("Katharina Lindqvar", 5)
    analyses, actors = resolve.across([article("a", one), article("b", other)], knowledge.load())
    (actor,) = actors.values()
    assert (actor.id, actor.formerly) == ("katharina-lindqvar", ("katarina-lindqvar",))
    assert actor.aliases == {"Katharina Lindqvar": 5, "Katarina Lindqvar": 2}
    assert [a.actors for a in analyses] == [(actor,), (actor,)]


def test_the_order_of_articles_changes_nothing() -> None:
    found = [article("a", person("Ida Quill")), article("b", person("Ida Kwill")), article("c", person("Idah Quill"))]
    assert ids(*found) == ids(*reversed(found))


def test_a_surname_alone_is_nobody_else() -> None:
    assert ids(article("a", person("Ida Quill")), article("b", person("Quill", 9))) == ["ida-quill", "quill"]


def test_two_that_one_article_names_stay_two() -> None:
    both = article("a", person("Oleksiy Brandov"), person("Oleksij Brandow"))
    assert len(ids(both)) == 2
    assert len(ids(both, article("b", person("Oleksij Brandow")))) == 2


def test_a_man_and_a_woman_stay_two() -> None:
    he, she = person("Andrea Vask", gender="m"), person("Andreja Vask", gender="f")
    assert len(ids(article("a", he), article("b", replace(she, name="Andrea  Vask")))) == 2


def test_bodies_are_one_without_hyphen_and_article() -> None:
    def body(id_: str, name: str, times: int) -> Actor:
        return Actor(id_, name, "organisation", {name: times})

    found = ids(
        article("a", body("the-harbour-board", "The Harbour Board", 1)),
        article("b", body("harbour-board", "Harbour Board", 3)),
        article("c", body("upper-harbour-board", "Harbour Board", 1)),
    )
    assert found == ["harbour-board", "upper-harbour-board"]


def test_two_known_people_stay_two() -> None:
    known = knowledge.load().actors
    people = [a for a in known.values() if a.type == "person"][:40]
    found = [article(a.id, Actor(a.id, a.name, "person", {a.name: 1})) for a in people]
    assert len(ids(*found)) == len(people)
