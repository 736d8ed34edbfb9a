"""The section "Edited" of an article's page, and its sign in lists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from editions import IDA, SITE, TOM, Writer, edition

from digest.edition import Edition, History, Version
from digest.edits import Difference, Edit, Edited, Fact, Piece, Row
from digest.gather import gather
from digest.page import edited, render
from digest.since import Change, Changes

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def whole() -> Edition:
    now, before = Writer("one", title="Bridge is <b>shut</b>"), Writer("one", title="Bridge is <b>shut</b>")
    now.says(IDA, "The bridge & the quay are closed")
    before.says(IDA, "The bridge is closed")
    before.says(TOM, "Nobody <asked> me")
    history = History("one", (Version(now.analysis(), COMMIT, "2025-03-05"), Version(before.analysis())))
    return replace(edition(now), histories=(history,))


def pages(made: Edition, changes: Changes | None = None, **site: object) -> dict[str, str]:
    where = replace(SITE, **site)  # type: ignore[arg-type] - the keys are the fields' names
    return {page.url: page.html for page in render(gather(made, where, changes), where)}


def test_the_page_of_an_edited_article_shows_the_words_that_changed() -> None:
    html = pages(whole())["articles/one/"]
    section = html[html.index('id="edited"') :]
    assert '<a href="#edited">edited once, on 5 March 2025</a>' in html
    assert f'<a class="mono" href="https://forge.example/desk/reader/commit/{COMMIT}">0123456</a>' in section
    assert "1 paragraph changed, 1 removed, 1 as it was" in section
    assert "1 quotation removed, 1 reworded" in section
    assert "<q>Nobody &lt;asked&gt; me</q>" in section
    assert '<a class="who" href="../../actors/tom-ferrow/">Tom Ferrow</a> · direct' in section
    (q,) = whole().articles[0].quotations
    assert f'href="#{q.id}"' in section
    assert "The bridge <del>is</del> <ins>&amp; the quay are</ins> closed" in section
    assert "<script" not in section
    assert " style=" not in section


def test_without_a_repository_the_commit_is_named_and_not_linked() -> None:
    html = pages(whole(), repo_url=None)["articles/one/"]
    assert "commit <code>0123456</code>" in html


def test_an_edit_that_is_not_committed_says_so() -> None:
    made = whole()
    (history,) = made.histories
    now, before = history.versions
    uncommitted = replace(history, versions=(replace(now, commit=None, date=None), before))
    html = pages(replace(made, histories=(uncommitted,)))["articles/one/"]
    assert "edited once, not committed yet" in html
    assert "<h3>Not committed yet</h3>" in html


def test_lists_lead_to_what_changed() -> None:
    gone = Change("removed", "edited article", "one", "Bridge is shut", "q-0123456789", before=("Tom Ferrow",))
    changes = Changes("abc1234", "0.1.0", edited=("one",), quotations=(gone,))
    found = pages(whole(), changes)
    link = 'href="../articles/one/#edited"'
    assert f'<a class="later" {link}>edited once, on 5 March 2025</a>' in found["articles/"]
    assert link in found["changes/"]
    assert "Articles that were edited" in found["changes/"]
    assert f'<a class="words soft" {link}>Bridge is shut</a>' in found["changes/"]


def test_an_article_that_was_not_edited_says_nothing() -> None:
    found = pages(replace(whole(), histories=()), Changes("abc1234", "0.1.0", edited=("one",)))
    assert 'id="edited"' not in found["articles/one/"]
    assert "one/#edited" not in "".join(found.values())
    assert 'href="../articles/one/"' in found["changes/"]


def test_what_is_withheld_is_not_named() -> None:
    html = pages(replace(whole(), histories=(History("one", withheld=True),)))["articles/one/"]
    section = html[html.index('id="edited"') :]
    assert "Its earlier versions are not shown, because they hold something that is withheld." in section
    assert '<a href="#edited">edited</a>' in html
    assert "asked" not in html


EDIT = Edit(COMMIT, "2025-03-05", Difference((Row("same", count=3),)))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Edited((EDIT,)), "edited once, on 5 March 2025"),
        (Edited((EDIT, EDIT), older=1), "edited three times, last on 5 March 2025"),
        (Edited((replace(EDIT, date=None),)), "edited once"),
        (Edited((replace(EDIT, date=None, commit=None), EDIT)), "edited twice, last not committed yet"),
        (Edited(older=2), "edited twice"),
        (Edited(withheld=True), "edited"),
    ],
)
def test_how_often_and_when_last(found: Edited, said: str) -> None:
    assert edited.sign(found) == said


def test_what_is_left_out_is_said_in_sentences() -> None:
    assert edited.notes(Edited((EDIT,))) == ""
    assert edited.notes(Edited((EDIT,), older=1, unread=2, cut=True)) == (
        "1 earlier edit is not shown. 2 earlier versions could not be read and are left out. "
        "The site was built without the whole history of its articles, so there may be earlier edits."
    )


def test_how_much_of_the_text_changed() -> None:
    rows = (Row("same", count=9), Row("added"), Row("added"), Row("removed", count=4))
    assert edited.paragraphs(Difference(rows)) == "2 paragraphs added, 4 removed, 9 as they were"
    assert edited.paragraphs(Difference(rows[:1])) == "no word of the text changed"
    assert "too long" in edited.paragraphs(Difference(beyond=True))
    assert edited.hidden(4, "removed") == "4 more paragraphs removed; so many words are not shown here"


def test_facts_are_said_as_they_are_and_were() -> None:
    assert edited.fact(Fact("date", "2025-03-04", "2025-03-05")) == "Date: 5 March 2025, before 4 March 2025."
    assert edited.fact(Fact("outlet", "", "Echo")) == "Outlet: Echo; none was given before."
    assert edited.fact(Fact("author", "Ida", "")) == "Author: none, before Ida."


def test_spaces_stand_outside_of_what_is_marked() -> None:
    pieces = (Piece("same", "a"), Piece("removed", " <b> "), Piece("inserted", " c"), Piece("inserted", " "))
    assert edited.marked(pieces) == "a <del>&lt;b&gt;</del>  <ins>c</ins> "
