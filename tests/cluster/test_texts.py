"""Which articles are reports of one text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cluster import texts
from digest.model import Article
from digest.shingles import COMMON, shingles, words

PARAGRAPHS = [
    "Bridge closed after a lorry hits the northern pier at Tarnholm",
    "The old bridge over the Tarn was closed on Tuesday evening after a lorry loaded with gravel struck the northern "
    "pier, throwing stones into the river and stopping every boat between the mill and the harbour for the night.",
    "Engineers who climbed down at first light found a crack as long as a man in the second arch, and a smaller one "
    "beside it which, they said, had been there for years and was known to nobody at the town hall.",
    "“We looked at that arch in the spring and saw nothing,” said Ida Quill, the harbour master, who had walked across "
    "an hour before. “If somebody knew of it then, he did not tell me, and I should like to hear why.”",
    "Around 4,200 people cross the river every morning on their way to the works in Lower Ferrow; from Wednesday they "
    "will be taken over by the two small ferries, which hold 60 each and do not run when the wind stands in the west.",
    "The council meets on Friday to decide whether the arch can be propped before the winter or has to come down, a "
    "question that has been put off three times since the flood, most lately by a single vote.",
]
OTHER = [
    "Orchestra returns with a symphony that nobody has heard for a century",
    "The players of Osterfeld opened their season with a work that lay in a cellar below the school of music until a "
    "plumber found it, wrapped in a newspaper of the year in which its composer left for the islands.",
    "Its slow movement, in which two horns answer each other across the hall without ever agreeing on a key, was "
    "played twice at the wish of the gallery, and would have been played again had the lamps not gone out.",
]


def article(id_: str, paragraphs: list[str] | str, published: str | None = None) -> Article:
    body = paragraphs if isinstance(paragraphs, str) else "\n\n".join(paragraphs)
    return Article(id_, f"{id_}.txt", "", body, (), published=published)


def together(*groups: list[str] | str) -> bool:
    """Whether articles of these paragraphs are reports of one text."""
    return len(set(texts(article(f"a{n}", paragraphs) for n, paragraphs in enumerate(groups)).values())) == 1


def invented(seed: int, count: int) -> list[str]:
    """Return so many words that no other seed gives."""
    return [f"w{seed}x{n}" for n in range(count)]


NEW_QUOTATION = (
    "“Nobody asked us either,” said Tomas Brask of the ferrymen, who had come to look at the damage himself."
)


@pytest.mark.parametrize(
    "edited",
    [
        ["A crack in the arch", *PARAGRAPHS[1:]],
        [*PARAGRAPHS[:3], *PARAGRAPHS[4:]],
        [PARAGRAPHS[0], "The bridge at Tarnholm stays shut, and nobody can say for how long.", *PARAGRAPHS[2:]],
        PARAGRAPHS[:3],
        [PARAGRAPHS[0], "TARNHOLM (Gull Wire)", *PARAGRAPHS[1:]],
        [*PARAGRAPHS[:4], NEW_QUOTATION, *PARAGRAPHS[4:]],
        [p.replace("4,200", "4,900") for p in PARAGRAPHS],
        [p.replace("“", '"').replace("”", '"').upper() for p in PARAGRAPHS],
        [p.replace(", ", ",\n") for p in PARAGRAPHS],
    ],
    ids=["headline", "paragraph", "lead", "half", "agency", "quotation", "figure", "marks and case", "lines"],
)
def test_an_edited_article_is_a_report_of_the_same_text(edited: list[str]) -> None:
    assert together(PARAGRAPHS, edited)
    assert together(edited, PARAGRAPHS)


def test_another_article_on_the_matter_is_none() -> None:
    assert not together(PARAGRAPHS, OTHER)
    follow_up = ["Council props the arch", *OTHER[1:], PARAGRAPHS[4]]
    assert not together(PARAGRAPHS, follow_up)


def test_a_sentence_in_a_round_up_is_no_report_of_it() -> None:
    round_up = [*OTHER, *(" ".join(invented(n, 60)) for n in range(5)), PARAGRAPHS[1]]
    assert not together([PARAGRAPHS[0], PARAGRAPHS[1]], round_up)


def test_a_form_that_is_filled_in_again_is_another_text() -> None:
    def form(week: str, figures: tuple[str, ...]) -> str:
        hogs, cattle, sheep, grain = figures
        return (
            f"Weekly count of the Lower Ferrow market\n\nIn the week that ended on {week}, {hogs} hogs, {cattle} head "
            f"of cattle and {sheep} sheep were brought to the market of the town, said the clerk of the scales in his "
            f"weekly statement. The granary by the quay holds {grain} tonnes, it adds; the level is taken each Monday."
        )

    one, other = ("1,204", "310", "88", "6,500"), ("1,377", "296", "104", "6,250")
    assert not together(form("4 March", one), form("11 March", other))
    assert together(form("4 March", one), "Count of the market\n\n" + form("4 March", one))


def test_a_short_article_has_to_be_nearly_the_same() -> None:
    said = "The harbour of {} stays closed until further notice, the harbour master said in a statement on Monday."
    assert not together(said.format("Osterfeld Quay"), said.format("Lower Ferrow"))
    assert together(said.format("Osterfeld Quay"), said.format("Osterfeld Quay") + " More follows.")


def test_a_text_has_the_id_of_its_earliest_report() -> None:
    found = texts(
        [
            article("a", PARAGRAPHS),
            article("b", PARAGRAPHS[:5], "2025-03-06"),
            article("c", PARAGRAPHS, "2025-03-05"),
            article("d", ["Closed", *PARAGRAPHS[1:]], "2025-03-05"),
        ]
    )
    assert set(found.values()) == {"c"}


def test_two_excerpts_that_share_nothing_stay_two_texts() -> None:
    first, second = invented(1, 120), invented(2, 120)
    whole, one, other = " ".join([*first, *second]), " ".join(first), " ".join(second)
    found = texts([article("a", whole), article("b", one), article("c", other)])
    assert found == {"a": "a", "b": "a", "c": "c"}
    assert texts([article("a", whole), article("b", one), article("c", other), article("d", other)])["d"] == "c"


def test_copies_of_copies_form_no_chain() -> None:
    # each version keeps three quarters of the one before it
    versions = [" ".join(invented(0, 400)[n * 50 : n * 50 + 200]) for n in range(5)]
    found = texts(article(f"v{n}", version) for n, version in enumerate(versions))
    assert found["v1"] == "v0"
    assert found["v4"] != "v0"
    for text in set(found.values()):
        first = shingles(words(versions[int(text[1])]))
        for id_, own in found.items():
            assert own != text or first & shingles(words(versions[int(id_[1])]))


def test_articles_without_words_are_texts_of_their_own() -> None:
    assert texts([article("a", ""), article("b", "…"), article("c", "")]) == {"a": "a", "b": "b", "c": "c"}
    assert texts([article("a", "Closed."), article("b", "“Closed”")]) == {"a": "a", "b": "a"}


def test_a_paragraph_that_everybody_prints_joins_nobody() -> None:
    common = " ".join(invented(-1, 80))
    found = texts(article(f"a{n}", [" ".join(invented(n, 100)), common]) for n in range(3 * COMMON))
    assert len(set(found.values())) == len(found)


def test_more_copies_than_a_set_phrase_has_are_still_one_text() -> None:
    base = invented(0, 300)

    def edited(n: int) -> str:
        kept = list(base)
        for k in range(6):
            kept[(7 * n + 41 * k) % 300] = f"edit{n}"
        return " ".join(kept)

    found = texts(article(f"a{n:03}", edited(n)) for n in range(3 * COMMON))
    assert set(found.values()) == {"a000"}


# A few words, so that articles share some; a vocabulary for each of the others, so that they share none.
_WORDS = st.sampled_from([f"tarn{n}" for n in range(12)])
_BODIES = st.lists(st.lists(_WORDS, max_size=60).map(" ".join), min_size=1, max_size=8)
_DATES = st.sampled_from([None, "2025-03-04", "2025-03-05"])


@given(_BODIES, st.data())
def test_the_order_of_the_articles_never_matters(bodies: list[str], data: st.DataObject) -> None:
    given_ = [article(f"a{n}", body, data.draw(_DATES)) for n, body in enumerate(bodies)]
    assert texts(data.draw(st.permutations(given_))) == texts(given_)


@given(_BODIES, st.data())
def test_an_article_of_other_words_changes_no_text(bodies: list[str], data: st.DataObject) -> None:
    given_ = [article(f"a{n}", body, data.draw(_DATES)) for n, body in enumerate(bodies)]
    stranger = article(data.draw(st.sampled_from(["0", "a", "z"])), " ".join(invented(1, 40)), data.draw(_DATES))
    found = texts([*given_, stranger])
    assert found.pop(stranger.id) == stranger.id
    assert found == texts(given_)


@given(_BODIES)
def test_reports_of_one_text_share_words_with_its_first_one(bodies: list[str]) -> None:
    found = texts(article(f"a{n}", body) for n, body in enumerate(bodies))
    for id_, text in found.items():
        assert found[text] == text
        if id_ != text:
            assert set(words(bodies[int(id_[1:])])) & set(words(bodies[int(text[1:])]))


@settings(max_examples=50)
@given(_BODIES, st.integers(0, 7), st.data())
def test_a_copy_is_always_a_report_of_its_articles_text(bodies: list[str], which: int, data: st.DataObject) -> None:
    given_ = [article(f"a{n}", body, data.draw(_DATES)) for n, body in enumerate(bodies)]
    copied = given_[which % len(given_)]
    copy = article("copy", f"“{copied.text.upper()}”\n", data.draw(_DATES))
    found = texts([*given_, copy])
    assert not words(copied.text) or found["copy"] == found[copied.id]
