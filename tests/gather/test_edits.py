"""What an article's dossier says of its edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editions import BOARD, IDA, SITE, TOM, Writer, edition

from digest.edition import History, Version
from digest.edits import Edited, Fact, Who
from digest.gather import gather
from digest.gather.edits import SHOWN

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def article(*says: tuple[str, object, str], **more: object) -> Writer:
    writer = Writer("one", **more)  # type: ignore[arg-type] - passed on as they are
    for how, who, words in says:
        getattr(writer, how)(who, words)
    return writer


def edited(*written: Writer, **more: object) -> Edited | None:
    """Return what is said of the first of ``written``, the others being its earlier versions, newest first."""
    labels: Sequence[tuple[str | None, str | None]] = [(COMMIT, "2025-03-05"), (COMMIT[::-1], "2025-03-04")]
    labels = [*labels[: len(written) - 1], (None, None)]
    history = History(
        "one",
        tuple(Version(w.analysis(), *label) for w, label in zip(written, labels, strict=True)),
        **more,  # type: ignore[arg-type] - passed on as they are
    )
    whole = replace(edition(written[0]), histories=(history,))
    (dossier,) = gather(whole, SITE).articles
    return dossier.edited


def test_each_edit_says_what_it_changed() -> None:
    first = article(("says", IDA, "The bridge is open to all"), ("says", TOM, "I crossed it"))
    second = article(("says", IDA, "The bridge is closed to all"), ("says", TOM, "I crossed it"))
    third = article(("says", IDA, "The bridge is closed to all"), ("says", BOARD, "We have work to do"))
    found = edited(third, second, first)
    assert found is not None
    assert [(e.commit, e.date) for e in found.edits] == [(COMMIT, "2025-03-05"), (COMMIT[::-1], "2025-03-04")]
    latest, earlier = found.edits
    assert (latest.difference.number("same"), latest.difference.number("changed")) == (2, 0)
    assert (latest.difference.number("added"), latest.difference.number("removed")) == (1, 1)
    (gone, new) = latest.quotations
    assert (gone.before.words, gone.before.speakers) == (  # type: ignore[union-attr] - it would fail
        "I crossed it",
        (Who("Tom Ferrow", "actors/tom-ferrow/"),),
    )
    assert (gone.after, gone.here) == (None, False)
    assert (new.before, new.after.words, new.here) == (None, "We have work to do", True)  # type: ignore[union-attr]
    (reworded,) = earlier.quotations
    assert [(p.kind, p.text) for p in reworded.pieces] == [
        ("same", "The bridge is"),
        ("removed", " open"),
        ("inserted", " closed"),
        ("same", " to all"),
    ]
    assert not reworded.reattributed


def test_the_same_words_of_somebody_else_are_given_to_somebody_else() -> None:
    found = edited(
        article(("says", IDA, "I crossed it"), ("reports", TOM, "it was late")),
        article(("says", TOM, "I crossed it"), ("says", TOM, "it was late")),
    )
    assert found is not None
    (given, otherwise) = found.edits[0].quotations
    assert (given.reattributed, given.otherwise, given.pieces, given.here) == (True, False, (), True)
    assert (otherwise.reattributed, otherwise.otherwise, otherwise.pieces) == (False, True, ())


def test_a_speaker_whom_only_an_earlier_version_knew_has_no_page() -> None:
    stranger = replace(TOM, id="somebody-else", name="Somebody Else")
    found = edited(
        article(("says", IDA, "I crossed it")),
        article(("says", IDA, "I crossed it"), ("says", stranger, "Nor did we see her")),
    )
    assert found is not None
    (gone,) = found.edits[0].quotations
    assert gone.before is not None
    assert gone.before.speakers == (Who("Somebody Else"),)


def test_another_pronoun_is_no_other_speaker_and_another_description_is() -> None:
    def by(words: str, label: str) -> Writer:
        writer = article(("says", None, "It is cold"))
        q = writer.quotations[0]
        assert q.source is not None
        writer.quotations = [replace(q, source=replace(q.source, label=label))]  # type: ignore[arg-type] - given below
        writer.text = writer.text.replace("the clerk", words)
        at = writer.quotations[0].source
        assert at is not None
        source = replace(at, text=words, end=at.start + len(words))
        writer.quotations = [replace(q, source=source)]
        return writer

    pronouns = edited(by("he", "pronoun"), by("she", "pronoun"))
    assert pronouns is not None
    assert pronouns.edits[0].quotations == ()
    described = edited(by("the guard", "nominal"), by("the baker", "nominal"))
    assert described is not None
    assert described.edits[0].quotations[0].reattributed


def test_an_edit_that_nobody_sees_is_none() -> None:
    spaced, plain = Writer("one"), Writer("one")
    spaced.block("The bridge\nis   closed.")
    plain.block("The bridge is closed.")
    assert edited(spaced, plain) is None
    late = Writer("one")
    late.block("The bridge is open.")
    found = edited(late, spaced, plain)
    assert found is not None
    assert [e.date for e in found.edits] == ["2025-03-05"]


def test_what_is_known_of_an_article_may_change_too() -> None:
    found = edited(article(published="2025-03-05"), article(published=None, outlet="Gull Gazette"))
    assert found is not None
    assert found.edits[0].facts == (Fact("outlet", "Gull Gazette", "Osterfeld Echo"), Fact("date", "", "2025-03-05"))
    headline = edited(article(title="Bridge shut"), article(title="Bridge open"))
    assert headline is not None
    assert headline.edits[0].facts == ()  # it stands in the text
    assert headline.edits[0].difference.number("changed") == 1


def test_what_stands_too_far_down_is_counted_and_not_shown() -> None:
    long, short = Writer("one"), Writer("one")
    for n in range(30):
        long.block(f"{n} is new. " + "word " * (SHOWN // 50))
    short.block("The end.")
    long.block("The end.")
    found = edited(long, short)
    assert found is not None
    rows = found.edits[0].difference.rows
    assert found.edits[0].difference.number("added") == 30
    assert sum(len(p.text) for row in rows for p in row.pieces) <= SHOWN
    assert (rows[-2].kind, rows[-2].pieces, rows[-1].kind) == ("added", (), "same")


def test_what_is_not_shown_is_said() -> None:
    bare = article(("says", IDA, "I crossed it"))
    assert edited(bare, older=3, cut=True) == Edited(older=3, cut=True)
    assert edited(bare, unread=1) == Edited(unread=1)
    assert edited(bare) is None
    whole = replace(edition(bare), histories=(History("one", withheld=True),))
    assert gather(whole, SITE).articles[0].edited == Edited(withheld=True)


def test_fewer_common_words_make_one_quotation_of_two_where_the_speaker_is_the_same() -> None:
    said, instead = "A river does not send invoices", "A river sends nobody an invoice"
    same = edited(article(("says", IDA, instead)), article(("says", IDA, said)))
    other = edited(article(("says", TOM, instead)), article(("says", IDA, said)))
    assert same is not None
    assert other is not None
    assert len(same.edits[0].quotations) == 1
    assert [bool(each.before) for each in other.edits[0].quotations] == [True, False]
