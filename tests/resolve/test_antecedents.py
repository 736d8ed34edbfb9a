"""Whom pronouns and nominals mean: what holds for any article, and the parts that golden articles do not show."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest import confidence, knowledge, language, read, recognise, resolve
from digest.model import Analysis
from digest.resolve.inside import choices
from digest.resolve.pronouns import Trail

SENTENCES = [
    "Ida Quill opened the hall.",
    "Peter Vennor, the mayor, came late.",
    "A nurse waited outside.",
    "She was tired.",
    "He told Ida Quill of the flood.",
    "“The dam holds,” she said.",
    "“It does not,” he said.",
    "“Ask Peter Vennor,” the nurse said.",
    "The Harbour Union met on Monday.",
    "“We are ready,” it said.",
    "\n\n",
]


def recognised(text: str, code: str = "en") -> Analysis:
    article = replace(read.from_text(f"In brief\n\n{text}", "article.txt", (code,)), language=code)
    return recognise.recognise(article, language.load(code), knowledge.load())


def resolved(text: str, code: str = "en") -> Analysis:
    return resolve.inside(recognised(text, code), language.load(code), knowledge.load())


def speakers(text: str, code: str = "en") -> list[str | None]:
    return [q.speaker.name if q.speaker else None for q in resolved(text, code).quotations if q.kind != "fragment"]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12))
def test_the_shares_of_the_candidates_make_up_one(sentences: list[str]) -> None:
    analysis = recognised(" ".join(sentences))
    for _, candidates in choices(analysis, language.load("en"), knowledge.load(), confidence.antecedents()):
        assert not candidates or abs(sum(c.probability for c in candidates.values()) - 1) < 1e-9


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12))
def test_whoever_speaks_by_a_pronoun_is_an_actor_of_the_article_with_a_fitting_gender(sentences: list[str]) -> None:
    analysis = resolved(" ".join(sentences))
    actors = {a.id: a for a in analysis.actors}
    for q in analysis.quotations:
        if q.speaker is not None and q.source is not None:
            assert q.speaker.id in actors
            wrong = {"she": "m", "he": "f"}.get(q.source.text.lower())
            assert wrong is None or actors[q.speaker.id].gender != wrong


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12))
def test_every_actor_of_an_article_is_named_in_it(sentences: list[str]) -> None:
    analysis = resolved(" ".join(sentences))
    assert {a.id for a in analysis.actors} == {m.actor for m in analysis.mentions if m.label == "name" and m.actor}


def test_a_name_that_no_list_knows_is_what_a_pronoun_means() -> None:
    story = "Zelwin Orrick was asleep in the boat."
    assert speakers(f"{story} “I heard nothing,” he said.") == ["Zelwin Orrick"]


def test_a_title_tells_the_husband_from_the_wife() -> None:
    names = "Henrik Aldin opened the hall. His wife was with him."
    assert speakers(f"{names} “It is cold,” Mr. Aldin said.") == ["Henrik Aldin"]
    assert speakers(f"{names} “It is cold,” Mrs. Aldin said.") != ["Henrik Aldin"]


def test_a_title_goes_before_what_the_given_name_suggests() -> None:
    story = "Alexis Vale chairs the board. “We are late,” {} Vale said. “Very late,” {} said."
    assert speakers(story.format("Mr.", "he")) == ["Alexis Vale", "Alexis Vale"]


def test_a_first_name_alone_means_the_only_one_who_bears_it() -> None:
    story = "Ida Quill and Karl Vennor live on the dyke. Karl fetched the dogs."
    assert speakers(f"{story} “They barked,” Karl said.") == ["Karl Vennor"]


def test_an_age_tells_a_person() -> None:
    story = "Few came to the mill. “I was shocked,” said Orrick, 44, and left. He sold the boat."
    assert speakers(f"{story} “Nobody wants it,” he said.") == ["Orrick", "Orrick"]


def test_german_sie_is_a_woman_where_one_fits() -> None:
    story = "Greta Holm traf Jonas Pell am Kai. Sie war müde."
    assert speakers(f"{story} „Ich gehe heim“, sagte sie. „Bleib“, sagte er.", "de") == ["Greta Holm", "Jonas Pell"]


def test_the_words_of_a_quotation_hardly_name_their_speaker() -> None:
    story = "Karl Holm came to the mill. Peter Vennor was there."
    assert speakers(f"{story} “The miller was late,” he said.") == ["Peter Vennor"]
    assert speakers(f"{story} “Vennor was late,” he said.") == ["Karl Holm"]


def test_a_trail_is_in_text_order_however_it_is_laid() -> None:
    trail = Trail()
    for start, actor in ((30, "c"), (10, "a"), (20, "b")):
        trail.add(start, actor)
    assert list(trail.before(25)) == [(20, "b"), (10, "a")]
    assert trail.meant(20) == "b"
    assert trail.meant(21) is None
