from __future__ import annotations

from pathlib import Path

import pytest
from reading import LANGUAGES, article, blocks

from digest import read

STORY = """Ferry returns to Lower Tamm
Ilse Noor

The ferry to Lower Tamm sails again, the harbour office said on Monday.

- Monday at eight
• Sunday at ten
"It was about time," said Ilse Noor.
"""


def test_the_first_line_is_the_headline_and_every_other_line_a_block(tmp_path: Path) -> None:
    found = article(tmp_path, "ferry.txt", STORY)
    assert found.title == "Ferry returns to Lower Tamm"
    assert blocks(found) == [
        ("title", "Ferry returns to Lower Tamm"),
        ("paragraph", "Ilse Noor"),
        ("paragraph", "The ferry to Lower Tamm sails again, the harbour office said on Monday."),
        ("list", "- Monday at eight"),
        ("list", "• Sunday at ten"),
        ("paragraph", '"It was about time," said Ilse Noor.'),
    ]


def test_the_text_stays_as_the_file_has_it(tmp_path: Path) -> None:
    assert article(tmp_path, "ferry.txt", STORY).text == STORY
    assert article(tmp_path, "windows.txt", STORY.replace("\n", "\r\n")).text == STORY


def test_a_lone_line_is_the_paragraph_and_the_title(tmp_path: Path) -> None:
    found = article(tmp_path, "line.txt", "The bridge at Brennick is open again.\n")
    assert found.title == "The bridge at Brennick is open again."
    assert blocks(found) == [("paragraph", "The bridge at Brennick is open again.")]


def test_wire_copy_without_a_headline_gets_its_first_sentence_as_title(tmp_path: Path) -> None:
    lead = (
        "BRENNICK (Tern Wire) - The council of Brennick voted on Tuesday to rebuild the lower bridge by the spring. "
        "The vote was close, the mayor was not in the room, and the money has still to be found by the end of the year."
    )
    found = article(tmp_path, "wire.txt", f"{lead}\n\nWork begins in May.\n")
    assert found.title == lead.split(". ")[0] + "."
    assert blocks(found) == [("paragraph", lead), ("paragraph", "Work begins in May.")]


def test_a_title_from_a_sentence_without_end_is_clipped_at_a_word(tmp_path: Path) -> None:
    found = article(tmp_path, "long.txt", "and so on " * 100)
    assert len(found.title) <= 120
    assert found.title.endswith("…")


@pytest.mark.parametrize("content", ["", "\n \n\t\n", "---\n", "\ufeff"])
def test_a_file_without_words_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(read.ReadError, match="there is no text in it") as caught:
        article(tmp_path, "empty.txt", content)
    assert caught.value.code == "empty"


def test_standard_input_is_read_as_text() -> None:
    found = read.from_text(STORY, "-", LANGUAGES)
    assert (found.path, found.title, found.language) == ("-", "Ferry returns to Lower Tamm", "en")
    with pytest.raises(read.ReadError, match="there is no text in it"):
        read.from_text(" \n", "-", LANGUAGES)
