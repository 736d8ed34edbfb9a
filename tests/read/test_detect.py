from __future__ import annotations

import pytest

from digest.read import detect

CODES = ("de", "en")
ENGLISH = "The ferry to Lower Tamm will not run on Monday, because two of its engines have been damaged by the storm."
GERMAN = "Die Fähre nach Untertamm fährt am Montag nicht, weil zwei ihrer Motoren bei dem Sturm beschädigt worden sind."
OTHERS = (
    "De veerboot naar Beneden-Tamm vaart maandag niet, omdat twee van de motoren door de storm zijn beschadigd.",
    "Færgen til Nedre Tamm sejler ikke på mandag, fordi to af dens motorer er blevet beskadiget af stormen.",
    "Le ferry pour le bas Tamm ne circulera pas lundi, car deux de ses moteurs ont été endommagés par la tempête.",
    "El transbordador a Tamm no navegará el lunes, porque dos de sus motores fueron dañados por la tormenta.",
    "A balsa para o Baixo Tamm não vai navegar na segunda-feira, porque dois dos seus motores foram danificados.",
    "Il traghetto per Tamm non viaggerà lunedì, perché due dei suoi motori sono stati danneggiati dalla tempesta.",
    "Färjan till Nedre Tamm går inte på måndag, eftersom två av dess motorer har skadats av stormen.",
)


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (GERMAN, "de")])
def test_news_is_told_by_its_words_of_grammar_alone(text: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(_languages: tuple[str, ...]) -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr(detect, "_identifier", loaded)
    assert detect.detect(text, CODES) == (code, 1.0)


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_are_left_to_the_model(text: str) -> None:
    assert detect._by_grammar(text, CODES) is None


@pytest.mark.parametrize(
    "text", ["", "Ferry halted", "Mara Lindqvist, Ida Quill, Tamm, Kestrel", ENGLISH + " " + GERMAN]
)
def test_little_text_names_and_a_mixture_say_nothing_clear(text: str) -> None:
    assert detect._by_grammar(text, CODES) is None


def test_a_language_without_words_is_no_candidate() -> None:
    assert detect._by_grammar(ENGLISH, ()) is None
    assert detect._by_grammar(ENGLISH, ("tlh",)) is None
    assert detect._by_grammar(ENGLISH, ("en",)) == "en"
