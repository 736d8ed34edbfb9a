"""What is withheld stands nowhere: not in an edition, and not under the folder of the site."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from editions import BOARD, IDA, TOM, Writer

from digest import build, curate
from digest.curate.withheld import COVER
from digest.decisions import Curation, Decided, KnownAs, OwnTopic, Reject, Rename, Withhold
from digest.edition import Skipped
from digest.model import Actor, Analysis, DatedRole, DigestError, TopicRule, Via

FUND = Actor("ida-quill-fund", "Ida Quill Fund", "organisation", {"Ida Quill Fund": 1})
SOLE = Actor("orveline", "Orveline", "person", {"Orveline": 1})
SOLE_FUND = Actor("orveline-fund", "Orveline Fund", "organisation", {"Orveline Fund": 1})
JEAN = Actor("jean-luc-o-mara", "Jean-Luc O'Mara", "person", {"Jean-Luc O'Mara": 1})
FACE = Actor("face", "🙂", "person", {"🙂": 1, "🙂 🙂": 1})
SAID = Decided("corrections.yml:1", "asked for by her", "Nora Feld", "2025-06-01")


def edition(*articles: Writer) -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    people = {who.id: who for who in (IDA, TOM, BOARD, FUND, SOLE, SOLE_FUND, JEAN, FACE)}
    found = []
    for analysis in (article.analysis() for article in articles):
        named = dict.fromkeys(m.actor for m in analysis.mentions if m.actor)
        found.append(replace(analysis, actors=tuple(people[id_] for id_ in named)))
    return build.curated(found, Curation())


def hidden(
    found: tuple[tuple[Analysis, ...], dict[str, Actor]], **what: str
) -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    return curate.withheld(*found, Curation(corrections=(Withhold(SAID, **what),)))


def everything(found: tuple[tuple[Analysis, ...], dict[str, Actor]]) -> str:
    return msgspec.json.encode(found).decode()


def test_an_article_is_left_out_and_no_other() -> None:
    one, other = Writer("one"), Writer("two")
    one.says(IDA, "The bridge is closed")
    other.says(TOM, "The bridge is open")
    shown, actors = hidden(edition(one, other), article="one")
    assert [a.article.id for a in shown] == ["two"]
    assert list(actors) == ["tom-ferrow"]


def test_the_words_of_a_quotation_are_covered_wherever_they_stand() -> None:
    one, other = Writer("one"), Writer("two")
    said = one.says(IDA, "My daughter is very ill")
    one.says(TOM, "We wish her well")
    other.says(IDA, "My daughter is very ill")
    whole = edition(one, other)
    shown, actors = hidden(whole, quotation=said.id)
    assert "daughter" not in everything((shown, actors))
    assert [len(a.article.text) for a in shown] == [len(a.article.text) for a in whole[0]]
    assert [a.article.text[q.start : q.end] for a in shown for q in a.quotations] == ["We wish her well"]


def test_a_person_is_covered_by_every_name() -> None:
    one, other = Writer("one", title="Ida Quill promises a bridge"), Writer("two")
    one.says(IDA, "The bridge is closed")
    one.says(TOM, "Quill is wrong about the bridge")
    one.block("QUILL did not answer. The quills were sharpened.")
    other.says(TOM, "Ida  Quill was never here")
    shown, actors = hidden(edition(one, other), actor="ida-quill")
    text = everything((shown, actors)).casefold()
    assert "quill " not in text
    assert "quills were sharpened" in text
    assert "ida-quill" not in text
    assert [a.article.text[q.start : q.end] for a in shown for q in a.quotations] == [
        f"{COVER * 5} is wrong about the bridge",
        f"{COVER * 3}  {COVER * 5} was never here",
    ]
    assert shown[0].article.title == f"{COVER * 3} {COVER * 5} promises a bridge"


def test_what_is_named_after_a_person_goes_with_her() -> None:
    one = Writer("one")
    one.says(IDA, "The bridge is closed")
    one.says(FUND, "We shall pay for it")
    one.says(BOARD, "So shall we")
    shown, actors = hidden(edition(one), actor="ida-quill")
    assert list(actors) == ["bridge-board"]
    assert "quill" not in everything((shown, actors)).casefold()


@pytest.mark.parametrize(
    "printed",
    ["Ida Quills Bruder", "IDA QUILLS Bruder", "Ida-Quill-Haus", "#IdaQuill", "@idaquill", "ida_quill", "Ída Quill"],
)
def test_a_full_name_is_covered_however_it_is_printed(printed: str) -> None:
    one, other = Writer("one"), Writer("two")
    one.says(IDA, "The bridge is closed")
    other.says(TOM, f"Here is {printed} again")
    shown, _ = hidden(edition(one, other), actor="ida-quill")
    assert "quill" not in shown[1].article.text.casefold()
    assert "again" in shown[1].article.text


def test_what_is_known_of_an_article_is_covered_though_its_words_name_nobody() -> None:
    one, other = Writer("one"), Writer("two", outlet="Ida Quill", url="https://idaquill.example/2")
    one.says(IDA, "The bridge is closed")
    other.article = replace(other.article, byline="Ida Quill", notes=("“Ida Quill” is no date",))
    other.says(TOM, "It is open", how="decided by N on 2025-06-01: Ida Quill said so")
    text = everything(hidden(edition(one, other), actor="ida-quill")).casefold()
    assert "quill" not in text


def test_a_surname_is_covered_in_the_genitive_and_a_word_is_not() -> None:
    one = Writer("one")
    one.says(IDA, "The bridge is closed")
    one.block("Quills Bruder kam, QUILLS Mutter auch. The quills were sharpened.")
    shown, _ = hidden(edition(one), actor="ida-quill")
    assert "Quills" not in shown[0].article.text
    assert "QUILLS" not in shown[0].article.text
    assert "quills were" in shown[0].article.text


def test_who_has_one_name_only_is_covered_in_every_article() -> None:
    one, other = Writer("one"), Writer("two")
    one.says(SOLE, "I sing for all of you")
    other.says(TOM, "Orveline and Orvelines Band were not orveline enough")
    other.says(SOLE_FUND, "We shall pay for it")
    shown, actors = hidden(edition(one, other), actor="orveline")
    assert list(actors) == ["tom-ferrow"]
    assert "Orveline" not in everything((shown, actors))
    assert "not orveline enough" in shown[1].article.text


def test_an_address_that_bears_a_single_name_stops_the_build() -> None:
    one = Writer("orveline-sings")
    one.says(SOLE, "I sing for all of you")
    with pytest.raises(DigestError, match=r"the file .* bears in its name what is withheld"):
        hidden(edition(one), actor="orveline")


def test_a_name_with_signs_is_found_in_an_address() -> None:
    one = Writer("jean-luc-o-mara-resigns")
    one.says(JEAN, "I go")
    with pytest.raises(DigestError, match=r"the file .* bears in its name what is withheld"):
        hidden(edition(one), actor=JEAN.id)


def test_a_name_without_a_letter_hides_nothing_else() -> None:
    one = Writer("one")
    one.says(FACE, "The bridge is closed")
    one.says(TOM, "The bridge is open")
    shown, actors = hidden(edition(one), actor="face")
    assert list(actors) == ["tom-ferrow"]
    assert COVER not in everything((shown, actors))


def test_what_people_wrote_of_another_does_not_bring_a_name_back() -> None:
    one = Writer("one")
    one.says(IDA, "The bridge is closed")
    one.says(TOM, "The bridge is open")
    whole, actors = edition(one)
    roles = (DatedRole("mayor"), DatedRole("husband of Ida Quill"))
    actors["tom-ferrow"] = replace(actors["tom-ferrow"], held=roles)
    _, shown = hidden((whole, actors), actor="ida-quill")
    assert shown["tom-ferrow"].held == roles[:1]


def test_a_file_that_was_skipped_does_not_tell_a_name() -> None:
    skipped = (Skipped("a/ida-quills-letter.pdf", "format", "no format"), Skipped("b.pdf", "format", "no format"))
    shown = curate.covered_paths(skipped, (), {}, Curation(corrections=(Withhold(SAID, actor="ida-quill"),)))
    assert "quill" not in shown[0].path
    assert shown[1] == skipped[1]


def test_a_file_that_was_skipped_tells_no_name_that_only_articles_give() -> None:
    one = Writer("one")
    one.says(JEAN, "I go")
    skipped = (Skipped("jean-luc-omara.txt", "empty", "jean-luc-omara.meta.yml: there are no keys"),)
    people = {JEAN.id: replace(JEAN, aliases={**JEAN.aliases, "Jean-Luc Omara": 1})}
    (shown,) = curate.covered_paths(
        skipped, edition(one)[0], people, Curation(corrections=(Withhold(SAID, actor=JEAN.id),))
    )
    assert "omara" not in shown.path + shown.reason


def test_an_article_that_cannot_be_read_is_withheld_all_the_same() -> None:
    skipped = (Skipped("deep/trial.txt", "empty", "trial.meta.yml: there are no keys", "trial"),)
    withhold = Curation(corrections=(Withhold(SAID, article="trial"),))
    assert curate.misfits(withhold, (), ["trial"]) == []
    (shown,) = curate.covered_paths(skipped, (), {}, withhold)
    assert "trial" not in repr(shown)
    assert shown.code == "empty"


def test_the_line_that_withholds_is_named_and_no_other() -> None:
    one, other = Writer("ida-quill-resigns"), Writer("one")
    one.says(IDA, "I go")
    said = other.says(TOM, "Nobody has asked the fish")
    lines = (
        Withhold(replace(SAID, at="c.yml:1"), actor="tom-ferrow"),
        Withhold(replace(SAID, at="c.yml:2"), quotation=said.id),
        Withhold(replace(SAID, at="c.yml:3"), actor="ida-quill"),
    )
    with pytest.raises(DigestError, match=r"^c\.yml:3: the file ida-quill-resigns\.txt bears"):
        curate.withheld(*edition(one, other), Curation(corrections=lines))


@pytest.mark.parametrize(
    "named", [{"id": "ida-quill-affair"}, {"name": "The Ida Quill affair"}, {"name_de": "Quill, Ida Quill"}]
)
def test_a_topic_of_the_peoples_own_does_not_tell_a_name(named: dict[str, str]) -> None:
    one = Writer("one")
    one.says(IDA, "The bridge is closed")
    rule = replace(TopicRule("bridges", "Bridges", "Brücken"), **named)
    curation = Curation(
        corrections=(Withhold(SAID, actor="ida-quill"),),
        topics=(OwnTopic(rule, replace(SAID, at="topics.yml:4")),),
    )
    with pytest.raises(
        DigestError,
        match=r"^topics\.yml:4: the topic bears in its name what corrections\.yml:1 withholds; give it another$",
    ):
        curate.withheld(*edition(one), curation)


def test_who_is_called_otherwise_keeps_no_address_that_tells_the_name() -> None:
    one = Writer("one")
    one.says(IDA, "The bridge is closed")
    one.says(FUND, "We shall pay for it", via=(Via("Ida Quill’s diary"), Via("Gull Wire")))
    one.says(TOM, "I shall not", via=(Via("Ida Quill’s diary"), Via("Gull Wire")))
    curation = Curation(
        corrections=(Rename(FUND.id, "The Foundation", SAID), Withhold(SAID, actor="ida-quill")),
    )
    people = {who.id: who for who in (IDA, TOM, FUND)}
    analysis = one.analysis()
    named = dict.fromkeys(m.actor for m in analysis.mentions if m.actor)
    shown, actors = build.curated([replace(analysis, actors=tuple(people[i] for i in named))], curation)
    assert list(actors) == ["tom-ferrow"]
    assert [[v.name for v in q.via] for a in shown for q in a.quotations] == [["Gull Wire"]]


def test_who_is_no_actor_any_more_is_covered_all_the_same() -> None:
    one = Writer("one")
    one.says(IDA, "The bridge is closed")
    one.block("Ida Quills Bruder, Ida Mary Brask and Quill.")
    curation = Curation(
        actors={"ida-quill": KnownAs("ida-quill", SAID, aliases=("Ida Mary Brask",))},
        corrections=(Reject("ida-quill", SAID), Withhold(SAID, actor="ida-quill")),
    )
    shown, _ = build.curated([one.analysis()], curation)
    text = shown[0].article.text
    assert "Ida" not in text


def test_an_address_that_bears_the_name_stops_the_build() -> None:
    one = Writer("ida-quill-resigns")
    one.says(IDA, "I go")
    with pytest.raises(
        DigestError,
        match=r"corrections\.yml:1: the file .* bears in its name what is withheld .* withhold articles/ida",
    ):
        hidden(edition(one), actor="ida-quill")
