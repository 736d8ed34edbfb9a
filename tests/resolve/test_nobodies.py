"""Names to actors in one article."""

from __future__ import annotations

import pytest

from digest import articles
from digest.model import Analysis


def actors(text: str) -> set[str]:
    found = articles.analyse_text(text, "text")
    assert isinstance(found, Analysis)
    return {actor.id for actor in found.actors}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Harvig's Inc said its yard in Tarn would close.", "inc"),
        ("Sedge, Quern and Co said it would close its yard.", "co"),
        ("Quern and Pell's Corp said it upgraded the bonds.", "corp"),
        ("T and P said the yard has lost money.", "p"),
    ],
)
def test_a_word_for_a_kind_of_body_or_a_letter_is_no_actor(sentence: str, kind: str) -> None:
    assert kind not in actors(f"Fuel\n\n{sentence} More was not known.\n")
