"""Roles as articles print them: those that are held before those of the past, each with its dates."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup
from editions import IDA, SITE, Writer, digest, role

from digest.dossiers import Digest, PrintedRole
from digest.page import render


def printed(*told: tuple[str | None, str], language: str = "en") -> Digest:
    """An article for every date and role; roles of the past begin with a word that says so."""
    writers, roles = [], []
    for n, (day, words) in enumerate(told):
        writer = Writer(f"a{n}", published=day, language=language)
        writer.block(f"Ida Quill, {words}, spoke.")
        writer.says(IDA, "So it is")
        writers.append(writer)
        roles.append(role(words, writer, past=words.startswith(("former", "ex-", "then", "frühere", "Altkanzler"))))
    return digest(*writers, actors=(replace(IDA, roles=tuple(roles)),))


def shown(found: Digest) -> tuple[PrintedRole, ...]:
    return next(d.roles for d in found.actors if d.actor.id == IDA.id)


def test_roles_that_are_held_go_before_those_of_the_past() -> None:
    found = printed(("2025-01-01", "harbour master"), ("2025-02-01", "former mayor"), ("2024-01-01", "engineer"))
    assert [(r.text, r.past) for r in shown(found)] == [
        ("harbour master", False),
        ("engineer", False),
        ("former mayor", True),
    ]
    assert [c.note for c in found.front.voices] == ["harbour master"]


def test_a_role_that_later_articles_call_former_is_one_of_the_past_with_both_dates() -> None:
    found = printed(
        ("2016-03-04", "mayor of Tarn"),
        ("2018-05-02", "Mayor of Tarn"),
        ("2019-06-03", "former mayor of Tarn"),
        ("2020-07-09", "former mayor of Tarn"),
    )
    (only,) = shown(found)
    assert (only.text, only.past, only.first, only.article.published) == (
        "former mayor of Tarn",
        True,
        "2019-06-03",
        "2020-07-09",
    )
    assert only.earlier is not None
    assert (only.earlier.text, only.earlier.first, only.earlier.article.published) == (
        "Mayor of Tarn",
        "2016-03-04",
        "2018-05-02",
    )
    page = next(p for p in render(found, SITE) if p.url == "actors/ida-quill/")
    facts = BeautifulSoup(page.html, "lxml").find("dl", "facts").get_text(" ")
    assert " ".join(facts.split()).startswith(
        "Former roles, as printed former mayor of Tarn Osterfeld Echo , 9 July 2020 and 1 more article, "
        "since 3 June 2019 before: Mayor of Tarn , 4 March 2016 to 2 May 2018"
    )
    assert [c.note for c in found.front.voices] == ["former mayor of Tarn"]


def test_a_role_of_which_no_date_tells_that_it_ended_is_listed_as_held() -> None:
    for told in (
        ((None, "mayor"), ("2020-01-01", "former mayor")),
        (("2020-01-01", "mayor"), (None, "former mayor")),
        (("2020-01-01", "mayor"), ("2020-01-01", "former mayor")),
        (("2021-01-01", "mayor"), ("2020-01-01", "former mayor")),
    ):
        assert [(r.text, r.past, r.earlier) for r in shown(printed(*told))] == [
            ("mayor", False, None),
            ("former mayor", True, None),
        ]


def test_the_words_that_tell_of_the_past_may_be_any_of_the_language() -> None:
    def one(held: str, past: str, language: str) -> str | None:
        found = shown(printed(("2024-01-01", held), ("2025-01-01", past), language=language))
        return found[-1].earlier.text if found[-1].earlier else None

    assert one("minister", "ex-minister", "en") == "minister"
    assert one("mayor of Tarn", "then the mayor of Tarn", "en") == "mayor of Tarn"
    assert one("Leiterin des Hafens", "frühere Leiterin des Hafens", "de") == "Leiterin des Hafens"
    # another office, and a word that says both
    assert one("head of the former port", "former head of the port", "en") is None
    assert one("Kanzlerin", "Altkanzlerin", "de") is None
