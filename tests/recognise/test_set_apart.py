"""Words that stand apart: block quotes of Markdown and of web pages, and posts, with who is announced or signs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest import articles, read

PAGE = "<html><head><title>Delay</title></head><body><article><h1>A day in the town</h1>{}</article></body></html>"
LEAD = "Nobody in the town knew on Monday morning why the ferry lay in port for so long, and nobody was told."
FORMS = {
    "announced with a colon": (
        "Sanna Brask wrote:\n\n> The delay was ours. We will pay for it.\n",
        [("The delay was ours. We will pay for it", "Sanna Brask")],
    ),
    "announced with a full stop": (
        "Sanna Brask wrote on Facebook.\n\n> The delay was ours.\n>\n> We will pay for it.\n",
        [("The delay was ours", "Sanna Brask"), ("We will pay for it", "Sanna Brask")],
    ),
    "signed": (
        "Others were quick to answer.\n\n> The delay was ours.\n>\n> — Sanna Brask, engineer\n",
        [("The delay was ours", "Sanna Brask")],
    ),
    "a post": (
        "Others were quick to answer.\n\n> The delay was ours.\n>\n> — Sanna Brask (@brask) May 4, 2025\n",
        [("The delay was ours", "Sanna Brask")],
    ),
    "in marks and signed": (
        "Others were quick to answer.\n\n> “The delay was ours.”\n>\n> — Sanna Brask\n",
        [("The delay was ours", "Sanna Brask")],
    ),
    "in marks and signed, with a full stop": (
        "Others were quick to answer.\n\n“The delay was ours.”\n\n— Sanna Brask.\n",
        [("The delay was ours", "Sanna Brask")],
    ),
    "a document": ("From the report:\n\n> The delay was ours.\n", [("The delay was ours", "the report")]),
    "large words of the page": ("The ferry was late again.\n\n> A ferry that nobody sees\n", []),
    "cue with words of its own": ("Sanna Brask said the ferry was late.\n\n> A ferry that nobody sees\n", []),
}


def said(folder: Path, text: str, name: str, code: str) -> list[tuple[str, str]]:
    """Return the direct speech of a text in the format of ``name``: the words and who speaks, or the source."""
    (folder / name).write_text(text, encoding="utf-8")
    article = read.read(folder / name, folder, None, (code,))
    found = articles.analyse_article(replace(article, language=code))
    spoken = [q for q in found.quotations if q.kind == "direct"]
    assert all(q.parts[0].text == found.article.text[q.start : q.end] for q in spoken)
    return [
        (found.article.text[q.start : q.end], q.speaker.name if q.speaker else q.source.text if q.source else "-")
        for q in spoken
    ]


@pytest.mark.parametrize("form", FORMS)
def test_block_quotes_of_markdown(form: str, tmp_path: Path) -> None:
    body, expected = FORMS[form]
    assert said(tmp_path, f"# A day in the town\n\n{LEAD}\n\n{body}\n\n{LEAD}\n", "town.md", "en") == expected


def test_block_quotes_of_a_page(tmp_path: Path) -> None:
    lead = f"<p>{LEAD}</p>"
    post = "<blockquote class='post'><p>The delay was ours, and we will pay for all of it before the end of the year."
    signed = f"{post}</p>— Sanna Brask (@brask) May 4</blockquote>"
    page = PAGE.format(f"{lead}<p>Others were quick to answer.</p>{signed}{lead}")
    assert said(tmp_path, page, "town.html", "en") == [
        ("The delay was ours, and we will pay for all of it before the end of the year", "Sanna Brask")
    ]


def test_block_quotes_in_german(tmp_path: Path) -> None:
    body = "# Ein Tag in der Stadt\n\nSanna Brask schrieb auf Facebook:\n\n> Die Verspätung lag an uns. Wir zahlen.\n"
    assert said(tmp_path, body, "stadt.md", "de") == [("Die Verspätung lag an uns. Wir zahlen", "Sanna Brask")]
    body = "# Ein Tag\n\nViele waren da.\n\n> Die Verspätung lag an uns.\n>\n> – Sanna Brask, Ingenieurin\n"
    assert said(tmp_path, body, "stadt.md", "de") == [("Die Verspätung lag an uns", "Sanna Brask")]
