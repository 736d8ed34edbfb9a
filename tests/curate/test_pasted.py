"""The review page shows lines that are ready to be pasted: each can be read once it is filled in."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup
from editions import IDA, SITE, TOM, Writer, digest

from digest import curate, page
from digest.decisions import Merge, Reject, SpokenBy
from digest.model import Actor, Speaker

ADA = Actor("i-quill", "I. Quill", "person", {"I. Quill": 1})


def test_what_the_review_page_offers_can_be_read(tmp_path: Path) -> None:
    writer, other = Writer("one"), Writer("two")
    together = (Speaker(TOM.id, TOM.name, TOM.type),)
    writer.says(IDA, "The bridge is closed", confidence=0.4)
    writer.says(IDA, "The bridge is open", confidence=0.4, others=together)
    writer.says(TOM, "Nobody knows", flaws=("no closing quotation mark",))
    other.says(ADA, "I know")
    made = digest(writer, other, actors=(IDA, TOM, ADA))
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
    decided = curate.load(tmp_path).corrections
    assert [type(each) for each in decided] == [SpokenBy, SpokenBy, Reject, Merge]
    assert [each.speakers for each in decided if isinstance(each, SpokenBy)] == [
        ("ida-quill",),
        ("ida-quill", "tom-ferrow"),
    ]
    assert [(each.kept, each.others) for each in decided if isinstance(each, Merge)] == [("ida-quill", ("i-quill",))]
