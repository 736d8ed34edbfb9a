"""The fictional corpus: which of its quotations are of one utterance, written down by hand.

Three papers print the same wire story of 4 March, one article was edited, and some headlines repeat their articles.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from digest import build
from digest.edition import Edition
from digest.model import SAYS

EXAMPLES = Path(__file__).parents[2] / "examples"
COURIER, EXAMINER, POST = "dam-talks-open", "talks-begin-at-skarne", "dam-talks-valley-edition"
BEFORE, AFTER = "strike-talks-collapse", "strike-talks-collapse-updated"

SAID_ONCE = {
    # the wire story
    "We came to speak about water": (COURIER, EXAMINER, POST),
    "If it is the right comma": (COURIER, EXAMINER, POST),
    # nobody is named, and the Post printed it a day later, in a report of the same text
    "eleven years over how much of the River Ilve": (COURIER, EXAMINER, POST),
    "Not one litre of the Ilve is for sale": (COURIER, EXAMINER, POST),
    "A river does not send invoices": (COURIER, EXAMINER, POST, POST),
    "his country had paid for every stone": (COURIER, EXAMINER, POST),
    "Whoever drinks from a well": (COURIER, EXAMINER, POST),
    "both sides have agreed to exchange": (COURIER, EXAMINER, POST),
    "no agreement would hold without it": (COURIER, POST),
    "They are dividing a table": (COURIER, POST),
    # the edited article: in two of these the figure changed
    "I was asked to sit down": (BEFORE, AFTER),
    "I have rarely seen an offer": (BEFORE, AFTER),
    "Mr Wrenk came in standing": (BEFORE, AFTER),
    "The chair was behind him. So was our offer": (BEFORE, AFTER),
    "no figure had been named": (BEFORE, AFTER),
    "If she said five": (BEFORE, AFTER),
    "Whoever watches a house burn": (BEFORE, AFTER),
    "Viktor Praelin call in an arbitrator": (BEFORE, AFTER),
    # headlines
    "You could park a cathedral on that dam": ("castaar-interview",) * 2,
    "My hands are older than my contract": ("dockers-vote-to-strike",) * 2,
    "We did not come to rent a river": ("skarne-press-conference",) * 2,
    "Ich habe mich geirrt": ("schlichtung-hafen",) * 2,
    "Der Fluss hat nicht angeklopft": ("hochwasser-brennick",) * 2,
    "I was wrong": ("castaar-changes-mind",) * 2,
    "You had four years": ("election-debate",) * 2,
    "Jetzt muss es nur noch regnen": ("abkommen-stimmen-brennick",) * 2,
    "I shall believe it when my cellar does": ("accord-valley-reaction",) * 2,
}
"""The first words of each utterance, and the articles that print it, one for each time."""

SAID_AGAIN = [
    # the professor is reminded in April of what he said in March
    (
        "castaar-interview",
        "You could park a cathedral on that dam",
        "castaar-changes-mind",
        "one could park a cathedral",
    ),
    # the minister quotes herself in May, and so does the negotiator
    (COURIER, "A river does not send invoices", "abkommen-unterzeichnet", "Ich habe im März gesagt"),
    (COURIER, "Whoever drinks from a well", "accord-signed", "In March I said that whoever drinks from a well"),
]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    root = tmp_path_factory.mktemp("utterances")
    return build.edition(build.Settings(EXAMPLES / "seeds", EXAMPLES / "curation", root))


def test_what_was_said_once_is_one_utterance(read: Edition) -> None:
    words = {(a.article.id, q.id): a.article.text[q.start : q.end] for a in read.articles for q in a.quotations}
    held = defaultdict(list)
    for place, utterance in read.utterances.of.items():
        held[utterance].append(place)
    several = [sorted(own) for own in held.values() if len(own) > 1]
    found = {}
    for own in several:
        (start,) = [start for start in SAID_ONCE if any(words[place].startswith(start) for place in own)] or [""]
        found[start] = sorted(article for article, _ in own)
    assert found == {start: sorted(articles) for start, articles in SAID_ONCE.items()}
    assert len(several) == len(SAID_ONCE)


@pytest.mark.parametrize(("article", "words", "later", "again"), SAID_AGAIN)
def test_what_is_said_again_is_another(read: Edition, article: str, words: str, later: str, again: str) -> None:
    def of(id_: str, start: str) -> set[str]:
        (analysis,) = [a for a in read.articles if a.article.id == id_]
        spoken = [q for q in analysis.quotations if analysis.article.text.startswith(start, q.start)]
        return {read.utterances.of[id_, q.id] for q in spoken}

    assert of(article, words)
    assert of(later, again)
    assert not of(article, words) & of(later, again)


def test_every_quotation_that_is_shown_has_an_utterance(read: Edition) -> None:
    shown = {(a.article.id, q.id) for a in read.articles for q in a.quotations if q.kind in SAYS}
    assert set(read.utterances.of) == shown
    assert read.utterances.contested == ()
