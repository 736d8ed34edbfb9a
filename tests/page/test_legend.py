"""The legend of an article explains the layers that its page shows, and no others."""

from __future__ import annotations

from bs4 import BeautifulSoup
from editions import IDA, SITE, Writer, digest

from digest.page import render


def legend(writer: Writer) -> list[str]:
    page = next(page for page in render(digest(writer), SITE) if page.url == f"articles/{writer.article.id}/")
    soup = BeautifulSoup(page.html, "html.parser")
    found = [label.get_text(strip=True) for label in soup.select(".legend label")]
    shown = {cls for tag in soup.select(".text [class]") for cls in tag["class"]}
    named = {span["class"][-1] for span in soup.select(".legend label span")}
    assert named == {cls for cls in shown if cls.startswith("l-")}
    return found


def test_what_was_said_in_marks() -> None:
    writer = Writer("echo")
    writer.says(IDA, "We wait")
    assert legend(writer) == ["who speaks", "the verb", "what was said", "in quotation marks"]


def test_reported_words_have_no_marks() -> None:
    writer = Writer("echo")
    writer.reports(IDA, "they would wait", source=None)
    assert legend(writer) == ["the verb", "what was said"]


def test_a_comment_and_a_damaged_mark() -> None:
    writer = Writer("echo")
    writer.block("Comment: nobody asked us.", "editor")
    writer.says(IDA, "We wait", cue=None, flaws=("no opening quotation mark",))
    assert legend(writer) == [
        "who speaks",
        "what was said",
        "in quotation marks",
        "editor’s comment",
        "damaged mark",
    ]


def test_where_nobody_speaks_there_is_none() -> None:
    writer = Writer("echo")
    writer.block("The cranes stood still.")
    assert legend(writer) == []
