"""Actors over all articles: spellings that become one, and people who stay two."""

from __future__ import annotations

from dataclasses import replace

from digest import knowledge, resolve
from digest.model import Actor, Analysis, Article, Gender, Mention, Role


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


def company(aliases: dict[str, int], id_: str = "") -> Actor:
    name = max(aliases, key=len)
    return Actor(id_ or name.lower().replace(" ", "-"), name, "company", aliases)


BOTH = {"Brackmoor Ferries Ltd": 1, "Brackmoor": 2}


def test_a_company_is_one_with_and_without_its_legal_form() -> None:
    names = ("Brackmoor Ferries", "Brackmoor Ferries Ltd", "Brackmoor Ferries and Co Inc")
    assert len(ids(*(article(name, company({name: 1})) for name in names))) == 1
    assert (
        len(ids(article("a", company({"Brackmoor Ferries Ltd": 1})), article("b", company({"Brackmoor Ltd": 1})))) == 2
    )


def test_a_short_name_is_the_company_that_several_articles_call_so() -> None:
    told = [article(id_, company(BOTH)) for id_ in "ab"]
    alone = article("c", company({"Brackmoor": 4}))
    _, actors = resolve.across([*told, alone], knowledge.load())
    (actor,) = actors.values()
    assert (actor.id, actor.formerly) == ("brackmoor-ferries-ltd", ("brackmoor",))
    assert actor.aliases == {"Brackmoor": 8, "Brackmoor Ferries Ltd": 2}
    assert len(ids(told[0], alone)) == 2, "one article does not tell"


def test_a_short_name_of_two_companies_is_neither() -> None:
    told = [article(id_, company(BOTH)) for id_ in "ab"]
    other = article("c", company({"Brackmoor Mills Ltd": 1, "Brackmoor": 1}))
    assert "brackmoor" in ids(*told, other, article("d", company({"Brackmoor": 1})))


def test_a_name_that_many_share_joins_nothing() -> None:
    told = [article(id_, company({"Reserve Bank of Veldmark": 1, "Reserve Bank": 2})) for id_ in "ab"]
    assert len(ids(*told, article("c", company({"Reserve Bank": 1})))) == 2


def test_a_person_with_a_role_is_no_company() -> None:
    told = [article(id_, company(BOTH)) for id_ in "ab"]
    mayor = replace(person("Brackmoor"), roles=(Role("mayor", "c", 0, 5),))
    assert len(ids(*told, article("c", mayor))) == 2
    assert len(ids(*told, article("c", person("Brackmoor")))) == 1


def town(id_: str) -> Analysis:
    return replace(article(id_), mentions=(Mention(0, 7, "Velgard", "name", "place"),))


def test_a_name_that_is_a_town_elsewhere_is_nobody() -> None:
    talks, boats = person("Velgard", 3), [town("b"), town("c")]
    kinds = {a.type for a in resolve.across([article("a", talks), *boats], knowledge.load())[1].values()}
    assert kinds == {"place"}
    alone = resolve.across([article("a", talks), boats[0]], knowledge.load())[1]
    assert alone["velgard"].type == "person", "one article does not tell"


def test_somebody_with_a_role_or_a_given_name_is_no_town() -> None:
    mayor = replace(person("Velgard"), roles=(Role("mayor", "a", 0, 5),))
    for somebody in (mayor, person("Ida Velgard"), person("Velgard", gender="f")):
        found = resolve.across([article("a", somebody), town("b"), town("c")], knowledge.load())[1]
        assert {a.type for a in found.values()} == {"person"}
