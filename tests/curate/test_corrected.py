"""Decisions carried out on the articles of the examples: what each one moves, and that it moves nothing else."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from editions import IDA, Writer

from digest import articles, build, curate
from digest.decisions import Curation, Decided, KnownAs
from digest.model import Actor, Analysis, Mention, Quotation

EXAMPLES = Path(__file__).parents[2] / "examples"
WHY = "why: seen in print, by: Nora Feld, on: 2025-06-01"


@functools.cache
def analyses() -> tuple[Analysis, ...]:
    metas = curate.load(EXAMPLES / "curation").articles
    found = [a for a in articles.analyse([EXAMPLES / "seeds"], metas) if isinstance(a, Analysis)]
    return build.newest_first(found)


@functools.cache
def plain() -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    return build.curated(analyses(), Curation())


def decided(corrections: str = "", actors: str = "") -> Curation:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corrections.yml").write_text(corrections, encoding="utf-8")
        (Path(folder) / "actors.yml").write_text(actors, encoding="utf-8")
        return curate.load(Path(folder))


def after(corrections: str = "", actors: str = "") -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    made = decided(corrections, actors)
    assert curate.misfits(made, analyses(), ()) == []
    return build.curated(analyses(), made)


def quotations(found: tuple[Analysis, ...]) -> dict[tuple[str, int], Quotation]:
    return {(a.article.id, q.start): q for a in found for q in a.quotations}


def moved(found: tuple[Analysis, ...]) -> list[Quotation]:
    """Return the quotations that are not as they were without decisions."""
    before = quotations(plain()[0])
    return [q for place, q in quotations(found).items() if before.get(place) != q]


def test_nothing_decided_changes_nothing() -> None:
    assert build.curated(analyses(), curate.load(EXAMPLES / "nowhere")) == plain()


def test_two_actors_become_one() -> None:
    found, actors = after(f"- {{merge: [milan-dressig, jonte-wrenk], {WHY}}}")
    assert "jonte-wrenk" not in actors
    assert actors["milan-dressig"].formerly == ("jonte-wrenk",)
    assert {"Milan Dressig", "Jonte Wrenk"} <= actors["milan-dressig"].aliases.keys()
    assert {q.speaker.name for q in moved(found) if q.speaker} == {"Milan Dressig"}
    assert all(a.article == b.article for a, b in zip(found, plain()[0], strict=True))


def test_what_is_kept_may_be_the_spelling_that_fewer_print() -> None:
    assert plain()[1]["katarina-lindqvar"].formerly == ("katharina-lindqvar",)
    _, actors = after(f"- {{merge: [katharina-lindqvar, katarina-lindqvar], {WHY}}}")
    assert "katarina-lindqvar" not in actors
    assert actors["katharina-lindqvar"].formerly == ("katarina-lindqvar",)


def test_two_that_are_two_stay_two() -> None:
    assert plain()[1]["katarina-lindqvar"].formerly == ("katharina-lindqvar",)
    for line in ("apart: [katarina-lindqvar, katharina-lindqvar]", "apart: [katharina-lindqvar, katarina-lindqvar]"):
        found, actors = after(f"- {{{line}, {WHY}}}")
        assert actors["katarina-lindqvar"].apart.keys() == {"katharina-lindqvar"}
        assert actors["katharina-lindqvar"].apart.keys() == {"katarina-lindqvar"}
        assert actors["katarina-lindqvar"].formerly == actors["katharina-lindqvar"].formerly == ()
        assert {a.article.language for a in found for m in a.mentions if m.actor == "katharina-lindqvar"} == {"de"}
    _, actors = after(f"- {{apart: [greta-holmwick, jonte-wrenk, milan-dressig], {WHY}}}")
    assert actors["jonte-wrenk"].apart.keys() == {"greta-holmwick", "milan-dressig"}


def test_an_actor_is_shown_under_another_name() -> None:
    found, actors = after(f"- {{rename: greta-holmwick, to: Dr Greta Holmwick, {WHY}}}")
    assert actors["greta-holmwick"].name == "Dr Greta Holmwick"
    assert {s.name for a in found for q in a.quotations for s in q.speakers if s.id == "greta-holmwick"} == {
        "Dr Greta Holmwick"
    }


def test_an_actor_is_somebody_else_in_one_article() -> None:
    into = "split: greta-holmwick, into: greta-holmwick-the-younger, name: Greta Holmwick (the younger)"
    found, actors = after(f"- {{{into}, articles: [accord-valley-reaction], {WHY}}}")
    assert actors["greta-holmwick-the-younger"].name == "Greta Holmwick (the younger)"
    where = {(a.article.id, s.id) for a in found for q in a.quotations for s in q.speakers if s.id.startswith("greta")}
    assert ("accord-valley-reaction", "greta-holmwick-the-younger") in where
    assert ("accord-valley-reaction", "greta-holmwick") not in where
    assert any(article != "accord-valley-reaction" for article, id_ in where if id_ == "greta-holmwick")


def test_a_person_says_who_speaks() -> None:
    (unresolved,) = [
        q for q in quotations(plain()[0]).values() if q.source and q.source.text == "the scorer, Jonte Wrenk"
    ]
    found, _ = after(f"- {{speaker: {unresolved.id}, is: jonte-wrenk, {WHY}}}")
    (one,) = moved(found)
    assert one.speaker is not None
    assert (one.speaker.id, one.confidence, one.decided) == ("jonte-wrenk", 1.0, True)
    assert one.how == "decided by Nora Feld on 2025-06-01: seen in print"
    assert replace(one, speaker=None, confidence=0, decided=False, how="") == replace(
        unresolved, speaker=None, confidence=0, decided=False, how=""
    )


def test_a_person_says_that_several_speak_or_nobody() -> None:
    chosen = next(q for q in quotations(plain()[0]).values() if q.speaker and q.speaker.id == "greta-holmwick")
    found, _ = after(f"- {{speaker: {chosen.id}, is: [jonte-wrenk, greta-holmwick], {WHY}}}")
    assert {tuple(s.id for s in q.speakers) for q in moved(found)} == {("jonte-wrenk", "greta-holmwick")}
    found, _ = after(f"- {{speaker: {chosen.id}, is: nobody, {WHY}}}")
    assert {(q.speakers, q.decided) for q in moved(found)} == {((), True)}


def test_words_follow_a_speaker_who_is_merged_later() -> None:
    chosen = next(q for q in quotations(plain()[0]).values() if q.speaker and q.speaker.id == "greta-holmwick")
    lines = (f"speaker: {chosen.id}, is: jonte-wrenk", "merge: [milan-dressig, jonte-wrenk]")
    found, _ = after("".join(f"- {{{line}, {WHY}}}\n" for line in lines))
    assert {s.id for q in quotations(found).values() if q.id == chosen.id for s in q.speakers} == {"milan-dressig"}


def test_a_quotation_is_rejected_and_no_other() -> None:
    chosen = next(q for q in quotations(plain()[0]).values() if q.kind == "indirect")
    found, _ = after(f"- {{reject: {chosen.id}, {WHY}}}")
    assert {q.id for q in quotations(plain()[0]).values()} - {q.id for q in quotations(found).values()} == {chosen.id}
    assert moved(found) == []


def test_an_actor_is_rejected() -> None:
    found, actors = after(f"- {{reject: greta-holmwick, {WHY}}}")
    assert "greta-holmwick" not in actors
    assert all(m.actor != "greta-holmwick" for a in found for m in a.mentions)
    assert {q.how for q in moved(found) if q.speaker is None} == {
        "“Greta Holmwick” is no actor: by Nora Feld on 2025-06-01: seen in print"
    }


def test_topics_are_added_and_removed() -> None:
    article = next(a for a in plain()[0] if len(a.topics) > 1)
    gone = article.topics[0].id
    new = next(t.id for a in plain()[0] for t in a.topics if t.id not in {x.id for x in article.topics})
    found, _ = after(f"- {{topic: {article.article.id}, add: '{new}', remove: '{gone}', {WHY}}}")
    ids = [t.id for t in next(a for a in found if a.article.id == article.article.id).topics]
    assert ids == [new, *(t.id for t in article.topics[1:])]


def test_an_alias_gives_a_name_to_its_bearer() -> None:
    actors_file = "anton-pellgrave:\n  aliases: [the chairman of the Upper Ilve Farmers’ Association]\n  {}\n"
    actors_file = actors_file.replace("  {}\n", "".join(f"  {line}\n" for line in WHY.split(", ")))
    found, actors = after(actors=actors_file)
    (one,) = moved(found)
    assert one.speaker is not None
    assert one.speaker.name == actors["anton-pellgrave"].name == "Anton Pellgrave"
    assert one.how == "“the chairman of the Upper Ilve Farmers’ Association” is a name of Anton Pellgrave"


def test_another_name_is_not_how_an_actor_is_shown() -> None:
    keys = "".join(f"  {line}\n" for line in WHY.split(", "))
    alias = "The Lady of the Upper Ilve Valley"
    made = decided("", f"greta-holmwick:\n  aliases: [{alias}]\n{keys}")
    names = {"Greta Holmwick": 1, alias: 9}
    found = tuple(
        replace(a, actors=tuple(replace(x, aliases=names) if x.id == "greta-holmwick" else x for x in a.actors))
        for a in analyses()
    )
    _, actors = build.curated(found, made)
    assert actors["greta-holmwick"].name == "Greta Holmwick"


def test_a_name_that_never_means_an_actor_is_taken_from_it() -> None:
    keys = "".join(f"  {line}\n" for line in WHY.split(", "))
    found, actors = after(actors=f"greta-holmwick:\n  never: [Holmwick]\n{keys}")
    texts = {m.text for a in found for m in a.mentions if m.actor == "greta-holmwick"}
    assert "Greta Holmwick" in texts
    assert "Holmwick" not in texts
    assert "Holmwick" not in actors["greta-holmwick"].aliases


def test_what_people_know_of_an_actor_is_shown() -> None:
    keys = "".join(f"  {line}\n" for line in WHY.split(", "))
    known = "greta-holmwick:\n  name: G. Holmwick\n  type: organisation\n  wikidata: Q5\n  roles: [geologist]\n"
    _, actors = after(actors=known + keys)
    one = actors["greta-holmwick"]
    assert (one.name, one.type, one.wikidata, [r.text for r in one.held]) == (
        "G. Holmwick",
        "organisation",
        "Q5",
        ["geologist"],
    )


@pytest.mark.parametrize(
    ("corrections", "problem"),
    [
        (
            "merge: [greta-holmwick, gretta-holmwick]",
            "there is no actor “gretta-holmwick”; did you mean “greta-holmwick”?",
        ),
        (
            "apart: [greta-holmwick, gretta-holmwick]",
            "there is no actor “gretta-holmwick”; did you mean “greta-holmwick”?",
        ),
        ("speaker: q-0000000000, is: greta-holmwick", "there is no quotation “q-0000000000”"),
        (
            "rename: zzzz, to: Z",
            "there is no actor “zzzz”; its id is the last part of the address of its page; one whom no "
            "article names needs an entry in actors.yml",
        ),
        (
            "split: greta-holmwick, into: x, articles: [cup-final]",
            "the article “cup-final” does not name “greta-holmwick”",
        ),
        (
            "split: greta-holmwick, into: jonte-wrenk, articles: [accord-valley-reaction]",
            "there is an actor “jonte-wrenk” al",
        ),
        ("topic: cup-finals, add: 'medtop:15000000'", "there is no article “cup-finals”; did you mean “cup-final”?"),
        ("topic: cup-final, add: 'medtop:15'", "there is no topic “medtop:15”"),
        ("topic: cup-final, remove: 'medtop:16000000'", "“cup-final” has no topic “medtop:16000000”; take it out"),
        ("withhold: actors/nobody-here", "there is no actor “nobody-here”"),
        ("reject: q-0000000000", "there is no quotation “q-0000000000”"),
    ],
)
def test_a_decision_that_matches_nothing_is_named(corrections: str, problem: str) -> None:
    (found,) = curate.misfits(decided(f"- {{{corrections}, {WHY}}}"), analyses(), ())
    assert f"corrections.yml:1: {problem}" in found


def test_a_decision_on_an_article_that_could_not_be_read_says_so() -> None:
    left = [a for a in analyses() if a.article.id != "cup-final"]
    for line in ("topic: cup-final, add: 'medtop:15000000'", "split: jonte-wrenk, into: j, articles: [cup-final]"):
        found = curate.misfits(decided(f"- {{{line}, {WHY}}}"), left, ["cup-final"])
        assert any("the article “cup-final” is skipped; mend its file, or take this out" in each for each in found)


@pytest.mark.parametrize(
    ("one", "other", "problem"),
    [
        (
            "rename: greta-holmwick, to: G",
            "rename: greta-holmwick, to: H",
            "says something else about “greta-holmwick”",
        ),
        ("rename: greta-holmwick, to: G", "rename: greta-holmwick, to: G", "says the same about “greta-holmwick”"),
        (
            "split: greta-holmwick, into: greta-two, name: Second, articles: [accord-valley-reaction]",
            "rename: greta-two, to: Third",
            "says something else about “greta-two”",
        ),
        ("merge: [jonte-wrenk, greta-holmwick]", "rename: greta-holmwick, to: G", "is merged into “jonte-wrenk” by"),
        ("reject: greta-holmwick", "rename: greta-holmwick, to: G", "“greta-holmwick” is rejected by"),
        (
            "merge: [jonte-wrenk, greta-holmwick]",
            "merge: [milan-dressig, greta-holmwick]",
            "says something else about “greta-holmwick”",
        ),
        (
            "merge: [jonte-wrenk, greta-holmwick]",
            "merge: [greta-holmwick, milan-dressig]",
            "is merged into “jonte-wrenk”",
        ),
        (
            "merge: [jonte-wrenk, greta-holmwick, milan-dressig]",
            "apart: [milan-dressig, greta-holmwick]",
            "“milan-dressig” and “greta-holmwick” are one by",
        ),
        (
            "apart: [jonte-wrenk, greta-holmwick, milan-dressig]",
            "apart: [milan-dressig, greta-holmwick]",
            "says the same about “greta-holmwick and milan-dressig”",
        ),
    ],
)
def test_decisions_that_contradict_each_other_are_named(one: str, other: str, problem: str) -> None:
    (found,) = curate.misfits(decided(f"- {{{one}, {WHY}}}\n- {{{other}, {WHY}}}"), analyses(), ())
    assert problem in found
    assert "corrections.yml:2: " in found
    assert "corrections.yml:1" in found


def test_a_topic_of_the_peoples_own_is_found_beside_the_others(tmp_path: Path) -> None:
    lines = "".join(f"  {line}\n" for line in WHY.split(", "))
    content = (
        f"river-talks:\n  name: Talks on the river\n  en: {{all: [[river, talks]]}}\n  de: {{any: [Fluss*]}}\n{lines}"
    )
    (tmp_path / "topics.yml").write_text(content, encoding="utf-8")
    found, actors = build.curated(analyses(), curate.load(tmp_path))
    assert actors == plain()[1]
    on = [a for a in found if any(t.id == "river-talks" for t in a.topics)]
    assert {a.article.language for a in on} == {"en", "de"}
    for a, before in zip(found, plain()[0], strict=True):
        assert [t for t in a.topics if t.id != "river-talks"] == list(before.topics)
    assert any("river-talks" in q.topics for a in on for q in a.quotations)


def test_an_alias_is_found_around_a_name_and_never_within_or_across() -> None:
    one = Writer("one")
    one.says(IDA, "The bridge is closed")
    one.block("Ida Quill the engineer waved. The old Ida Quill did not.")
    said = Decided("actors.yml:1", "seen in print", "Nora Feld", "2025-06-01")
    known = KnownAs("ida-quill", said, aliases=("Quill", "Quill the engineer", "the engineer", "old Ida Quill"))
    text = one.analysis().article.text
    at = text.index("Ida Quill the")
    behind = text.index("Ida Quill did")
    analysis = one.analysis()
    names = [Mention(n, n + 9, "Ida Quill", "name", "person", "ida-quill", "") for n in (at, behind)]
    analysis = replace(analysis, mentions=tuple(sorted((*analysis.mentions, *names), key=lambda m: m.start)))
    (found,) = curate.corrected([analysis], Curation(actors={"ida-quill": known}), {})
    assert [m.text for m in found.mentions if m.rule == "curation/actors.yml"] == ["old Ida Quill"]
