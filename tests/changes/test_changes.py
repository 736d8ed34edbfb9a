"""What is new since an earlier edition: each kind of change, its cause, and what is never named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from editions import IDA, TOM, Writer, edition, topic

from digest import changes
from digest.decisions import Curation, Decided, Merge, SpokenBy, Withhold
from digest.edition import Edition
from digest.model import Actor, DigestError, Speaker
from digest.since import Changes, Renamed, TopicChange

SAID = Decided("corrections.yml:1", "seen in print", "Nora Feld", "2025-06-01")


def written(id_: str, *said: tuple[object, str], sha: str = "a") -> Writer:
    writer = Writer(id_)
    writer.article = replace(writer.article, sha256=sha)
    for who, words in said:
        writer.says(who, words)  # type: ignore[arg-type] - actors
    return writer


def since(
    before: Edition, now: Edition, decided: Curation | None = None, *, program: str = "one", was: Curation | None = None
) -> Changes:
    old = changes.state(before, was or Curation(), "one")
    new = changes.state(now, decided or Curation(), program)
    return changes.compare(old, new, now, decided or Curation())


def seen(found: Changes) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(c.kind, c.cause, c.before, c.after) for c in found.quotations]


BEFORE = edition(written("one", (IDA, "The bridge is closed")), written("two", (TOM, "It is open")))


def test_the_same_edition_has_no_changes() -> None:
    assert since(BEFORE, BEFORE).nothing


def test_a_new_article_brings_its_quotations() -> None:
    old = written("one", (IDA, "The bridge is closed")), written("two", (TOM, "It is open"))
    now = edition(*old, written("three", (IDA, "Rain")))
    found = since(BEFORE, now)
    assert found.articles == ("three",)
    assert seen(found) == [("added", "new article", (), ("Ida Quill",))]


def test_an_article_that_is_gone_takes_them_with_it() -> None:
    found = since(BEFORE, edition(written("one", (IDA, "The bridge is closed"))))
    assert found.gone == 1
    assert seen(found) == [("removed", "article removed", ("Tom Ferrow",), ())]


def test_an_edited_article_shows_what_is_new_and_gone() -> None:
    now = edition(written("one", (IDA, "The bridge is shut"), sha="b"), written("two", (TOM, "It is open")))
    found = since(BEFORE, now)
    assert found.edited == ("one",)
    assert seen(found) == [
        ("added", "edited article", (), ("Ida Quill",)),
        ("removed", "edited article", ("Ida Quill",), ()),
    ]


def moved_to_tom() -> Edition:
    (first, second) = BEFORE.articles
    q = first.quotations[0]
    return replace(
        BEFORE, articles=(replace(first, quotations=(replace(q, speaker=Speaker(TOM.id, TOM.name, TOM.type)),)), second)
    )


def test_a_decision_is_the_cause_where_only_curation_changed() -> None:
    now = moved_to_tom()
    decision = SpokenBy(now.articles[0].quotations[0].id, ("tom-ferrow",), SAID)
    assert seen(since(BEFORE, now, Curation(corrections=(decision,)))) == [
        ("re-attributed", "curation", ("Ida Quill",), ("Tom Ferrow",))
    ]


def test_a_new_program_is_the_cause_where_no_decision_names_the_quotation() -> None:
    now = moved_to_tom()
    assert seen(since(BEFORE, now, program="two"))[0][1] == "new version of the program"
    other = Curation(corrections=(Merge("x", ("y",), SAID),))
    assert seen(since(BEFORE, now, other, program="two"))[0][1] == "new version of the program"
    named = Curation(corrections=(SpokenBy(now.articles[0].quotations[0].id, ("tom-ferrow",), SAID),))
    assert seen(since(BEFORE, now, named, program="two"))[0][1] == "curation"


def test_other_articles_are_the_cause_where_nothing_else_changed() -> None:
    assert seen(since(BEFORE, moved_to_tom()))[0][1] == "other articles"


def test_a_new_name_is_told() -> None:
    now = replace(BEFORE, actors={**BEFORE.actors, "ida-quill": replace(IDA, name="Dr Quill")})
    assert since(BEFORE, now).renamed == (Renamed("Ida Quill", "Dr Quill", "actors/ida-quill/"),)
    withheld = Curation(corrections=(Withhold(SAID, actor="ida-quill"),))
    assert since(BEFORE, now, withheld).renamed == ()


def test_topics_that_articles_gained_or_lost_are_told() -> None:
    one, two = BEFORE.articles
    had = replace(BEFORE, articles=(replace(one, topics=(topic("a", "Ants"), topic("b", "Bees"))), two))
    has = replace(BEFORE, articles=(replace(one, topics=(topic("b", "Bees"), topic("c", "Crows"))), two))
    assert since(had, has).topics == (TopicChange("Ants", fewer=("one",)), TopicChange("Crows", more=("one",)))
    three = written("three", (TOM, "It is open"))
    three.topics = (topic("d", "Dogs"),)
    assert since(BEFORE, edition(three)).topics == (), "an article that is new or gone says so itself"


def test_where_a_line_stands_is_no_change() -> None:
    decision = Merge("a", ("b",), SAID)
    moved = replace(decision, decided=replace(SAID, at="corrections.yml:9"))
    lines = [changes.state(BEFORE, Curation(corrections=(d,)), "one").decisions for d in (decision, moved)]
    assert lines[0] == lines[1]


def test_merged_actors_are_told() -> None:
    now = replace(BEFORE, actors={"ida-quill": replace(IDA, formerly=("tom-ferrow",))})
    article = now.articles[1]
    q = replace(article.quotations[0], speaker=Speaker(IDA.id, IDA.name, IDA.type))
    now = replace(now, articles=(now.articles[0], replace(article, quotations=(q,))))
    found = since(BEFORE, now, Curation(corrections=(Merge("ida-quill", ("tom-ferrow",), SAID),)))
    assert [(m.name, m.into, m.url) for m in found.merged] == [("Tom Ferrow", "Ida Quill", "actors/ida-quill/")]
    assert seen(found) == [("re-attributed", "curation", ("Tom Ferrow",), ("Ida Quill",))]


@pytest.mark.parametrize("what", [{"article": "two"}, {"actor": "tom-ferrow"}])
def test_what_is_withheld_now_is_not_named(what: dict[str, str]) -> None:
    now = edition(written("one", (IDA, "The bridge is closed")))
    found = since(BEFORE, now, Curation(corrections=(Withhold(SAID, **what),)))
    assert found.quotations == ()
    assert (found.withheld_articles, found.gone, found.withheld) == (("article" in what), ("actor" in what), 1)
    assert "Tom" not in repr(found)
    kept = changes.dump(changes.state(now, Curation(corrections=(Withhold(SAID, **what),)), "one"))
    assert next(iter(what.values())).encode() not in kept.replace(b'"one"', b"")


def test_what_bears_a_withheld_name_is_not_told_either() -> None:
    fund = Actor("tom-ferrow-fund", "Tom Ferrow Fund", "organisation", {"Tom Ferrow Fund": 1})
    titled = written("three", (IDA, "I miss him"))
    titled.article = replace(titled.article, title="Tom Ferrows illness")
    kept = written("one", (IDA, "The bridge is closed"))
    before = edition(kept, written("two", (TOM, "It is open"), (fund, "We shall pay for it")), titled)
    before = replace(before, actors={**before.actors, fund.id: fund})
    found = since(before, edition(kept), Curation(corrections=(Withhold(SAID, actor="tom-ferrow"),)))
    assert found.quotations == ()
    assert found.gone == 2


@pytest.mark.parametrize("merged", [("t-ferrow", "tom-ferrow"), ("tom-ferrow", "t-ferrow")])
def test_who_was_merged_with_a_withheld_actor_is_not_told(merged: tuple[str, str]) -> None:
    decided = Curation(corrections=(Merge(merged[0], merged[1:], SAID), Withhold(SAID, actor="t-ferrow")))
    found = since(BEFORE, edition(written("one", (IDA, "The bridge is closed"))), decided)
    assert "Tom" not in repr(found)


def test_a_state_is_kept_and_read(tmp_path: Path) -> None:
    state = changes.state(BEFORE, Curation(corrections=(Merge("a", ("b",), SAID),)), "one")
    path = tmp_path / "state.json"
    assert changes.load(path) is None
    path.write_bytes(changes.dump(state))
    assert changes.load(path) == state
    assert b"closed" not in path.read_bytes(), "words of an article are no part of a state"
    path.write_bytes(changes.dump(replace(state, format=0)))
    assert changes.load(path) is None
    path.write_bytes(b"<html>")
    with pytest.raises(DigestError, match=r"state\.json: this is no state of a digest .*; delete it, or fetch it anew"):
        changes.load(path)
