"""The review page shows lines that are ready to be pasted: each can be read once it is filled in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup
from editions import IDA, SITE, TOM, Writer, digest, edition

from digest import curate, page
from digest.decisions import Correction, Merge, One, Reject, Split, SpokenBy
from digest.dossiers import Digest
from digest.gather import gather
from digest.model import Actor, Doubt, Speaker

ADA = Actor("i-quill", "I. Quill", "person", {"I. Quill": 1})


def test_what_the_review_page_offers_can_be_read(tmp_path: Path) -> None:
    writer, other = Writer("one"), Writer("two")
    together = (Speaker(TOM.id, TOM.name, TOM.type),)
    writer.says(IDA, "The bridge is closed", confidence=0.4)
    writer.says(IDA, "The bridge is open", confidence=0.4, others=together)
    writer.says(TOM, "Nobody knows", flaws=("no closing quotation mark",))
    other.says(ADA, "I know")
    decided = pasted(digest(writer, other, actors=(IDA, TOM, ADA)), tmp_path)
    assert [type(each) for each in decided] == [SpokenBy, SpokenBy, Reject, Merge]
    assert [each.speakers for each in decided if isinstance(each, SpokenBy)] == [
        ("ida-quill",),
        ("ida-quill", "tom-ferrow"),
    ]
    assert [(each.kept, each.others) for each in decided if isinstance(each, Merge)] == [("ida-quill", ("i-quill",))]


def test_of_people_of_one_name_both_answers_can_be_pasted(tmp_path: Path) -> None:
    writers = [Writer(name) for name in ("one", "two", "three")]
    other = replace(IDA, id="ida-quill-sport", apart={"ida-quill": ("office", "sport")})
    for writer, speaker in zip(writers, (TOM, TOM, other), strict=True):
        writer.says(speaker, "The bridge is closed")
    held = replace(IDA, apart={"ida-quill-sport": ("office", "sport")})
    made = edition(*writers, actors=(held, TOM, other))
    analyses = tuple(
        replace(a, actors=tuple(made.actors[s.id] for q in a.quotations for s in q.speakers)) for a in made.articles
    )
    asked = replace(made, articles=analyses, doubts=(Doubt("tom-ferrow", ("one",), ("subject",)),))
    split, one, merge = pasted(gather(asked, SITE), tmp_path)
    assert isinstance(split, Split)
    assert (split.actor, split.into, split.articles) == ("tom-ferrow", "tom-ferrow-2", ("one",))
    assert isinstance(one, One)
    assert isinstance(merge, Merge)
    assert (merge.kept, merge.others) == ("ida-quill", ("ida-quill-sport",))
    pages = {each.url: each.html for each in page.render(gather(asked, SITE), SITE)}
    (fact,) = BeautifulSoup(pages["actors/ida-quill-sport/"], "html.parser").find_all("dt", string="Somebody else")
    assert "an athlete and somebody in office" in fact.find_next("dd").get_text()


def pasted(made: Digest, tmp_path: Path) -> tuple[Correction, ...]:
    """Return the corrections that the review page offers, filled in and read as the program reads them."""
    (review,) = [each for each in page.render(made, SITE) if each.url == "review/"]
    found: dict[str, list[str]] = {}
    for lines in BeautifulSoup(review.html, "html.parser").select("pre.yaml"):
        name = lines.find_next("p", class_="yaml-file")
        assert name is not None
        found.setdefault(name.get_text().removeprefix("curation/"), []).append(lines.get_text())
    filled = re.sub(r"(why|by):$", r"\1: x", "".join(found["corrections.yml"]), flags=re.M).replace(
        "on:", "on: 2025-06-01"
    )
    (tmp_path / "corrections.yml").write_text(filled, encoding="utf-8")
    return curate.load(tmp_path).corrections
