from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import language
from digest.model import DigestError

PAGE = Path(__file__).parents[2] / "docs" / "languages.md"
SMALLEST = """
code = "xx"
name = "Exish"
# the least that makes a language:
# the keys without a default
determiners = []
prepositions = []
conjunctions = []
subordinators = []
auxiliaries = []
adverbs = []
complementizers = ["that"]
[pronouns]
m = ["he"]
[titles]
[role_nouns]
person = ["mayor", "-minister", "-master"]
organisation = ["-ministry", "-quartermaster"]
[verbs]
"quote that" = ["say says said saying"]
[[examples]]
text = "“No,” he said."
quotations = ["direct | No | he"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "xx.toml"
    path.write_text(text, encoding="utf-8")
    return path


def verbs(folder: Path, *rows: str) -> language.Language:
    quoted = ", ".join(f'"{row}"' for row in rows)
    return language.read(written(folder, SMALLEST.replace('"say says said saying"', quoted)))


# --- the files there are and their page -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", language.available())
def test_each_language_file_loads_and_names_itself(code: str) -> None:
    loaded = language.load(code)
    assert loaded.raw.code == code
    assert loaded.verbs
    assert loaded.raw.examples


def test_the_language_files_have_no_problems() -> None:
    assert language.problems() == []


def test_an_unknown_language_is_read_with_english_words() -> None:
    assert language.load("tlh") == language.load("en")


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("## Every key")[2].partition("\n## ")[0]
    documented = re.findall(r"(?m)^\| \*{0,2}`([a-z_]+)`", table)
    assert sorted(documented) == sorted(language.keys())


def test_the_page_marks_the_keys_that_must_be_there(tmp_path: Path) -> None:
    bold = re.findall(r"(?m)^\| \*\*`([a-z_]+)`\*\*", PAGE.read_text(encoding="utf-8"))
    language.read(written(tmp_path, SMALLEST))
    for key in bold:
        without = re.sub(rf"(?m)^{key} = .*\n|^\[{key}\]\n(?:[^\[\n].*\n)*", "", SMALLEST)
        with pytest.raises(DigestError, match=f"missing required field `{key}`"):
            language.read(written(tmp_path, without))
    assert set(bold) == set(re.findall(r"(?m)^\[?([a-z_]+)(?: = |\]$)", SMALLEST.partition("[[")[0])) - {
        "m", "person", "organisation",
    }  # fmt: skip


def test_every_frame_is_documented() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("| frame |")[2].partition("\n\n")[0]
    assert set(re.findall(r"(?m)^\| `([a-z]+)`", table)) == language.FRAMES


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place", "expected"),
    [
        ('name = "Exish"', 'name = "Exish', 3, "Illegal character"),
        ('name = "Exish"', "name = 5", 3, r"Expected `str`, got `int` - at `$.name`"),
        ('complementizers = ["that"]', "complementizers = [5]", 12, "Expected `str`, got `int`"),
        ("adverbs = []", "adverb = []\nadverbs = []", 11, "“adverb” is no key of a language file; is “adverbs” meant?"),
        ("adverbs = []", "qqqq = []\nadverbs = []", 11, "“qqqq” is no key of a language file"),
        ('"quote that"', '"quote zhat"', 20, "verbs: zhat is no frame; known are clause, object, of, quote"),
        ('"say says said saying"', '"| out"', 20, "verbs: “| out” names no form"),
        ('m = ["he"]', 'x = ["he"]', 13, "pronouns.x is no group; known are f, fp, m, n, p"),
        ("[titles]", '[titles]\nmr = ["mr"]', 15, "titles.mr is no group; known are any, f, m"),
        ("person =", "people =", 16, "role_nouns.people is no group; known are organisation, person"),
        ("direct | No | he", "direkt | No | he", 22, "write “direkt | No | he” as kind | words | source"),
        ("direct | No | he", "direct | No", 22, "write “direct | No” as kind | words | source"),
        ("direct | No | he", "direct | Yes | he", 22, "examples: “Yes” does not stand in ““No,” he said.”"),
        ("direct | No | he", "direct | No | she", 22, "examples: “she” does not stand in"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, place: int, expected: str) -> None:
    assert SMALLEST.count(old) == 1
    with pytest.raises(DigestError) as caught:
        language.read(written(tmp_path, SMALLEST.replace(old, new)))
    message = str(caught.value)
    assert expected in message
    assert "\n" not in message
    assert message.startswith(f"languages/xx.toml:{place}: ") or "Illegal character" in message


def test_a_file_that_is_not_utf8_or_not_there_is_an_error_too(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(DigestError, match="must be TOML in UTF-8"):
        language.read(tmp_path / "xx.toml")
    with pytest.raises(DigestError, match=r"languages/yy\.toml: "):
        language.read(tmp_path / "yy.toml")


def test_problems_lists_every_wrong_file(tmp_path: Path) -> None:
    written(tmp_path, SMALLEST.replace('code = "xx"', 'code = "yy"').partition("[[")[0])
    (tmp_path / "aa.toml").write_text("code = 1", encoding="utf-8")
    broken, misnamed, unproved = language.problems(tmp_path)
    assert broken.startswith("languages/aa.toml")
    assert "code is “yy”; it must be the file's own name, “xx”" in misnamed
    assert "there are no [[examples]]" in unproved


# --- what the engine asks for -----------------------------------------------------------------------------------------


def test_an_ending_fits_every_word_that_ends_so_and_the_longest_wins(tmp_path: Path) -> None:
    roles = language.read(written(tmp_path, SMALLEST)).roles
    assert roles["primeminister"] == roles.get("minister") == roles["mayor"] == roles["harbourmaster"] == "person"
    assert roles["quartermaster"] == roles["ministry"] == "organisation"
    assert "mayors" not in roles
    assert roles.get("ministers") is None
    with pytest.raises(KeyError):
        roles["ministers"]


@given(st.text(max_size=12), st.lists(st.text("abcß-", min_size=1, max_size=5), max_size=6))
def test_words_hold_what_is_listed_and_what_ends_so(word: str, listed: list[str]) -> None:
    low = [w.lower() for w in listed]
    expected = any(word.endswith(w[1:]) if w.startswith("-") else word == w for w in low)
    assert (word in language.Words(listed)) == expected


def test_the_last_form_of_a_row_is_not_finite(tmp_path: Path) -> None:
    forms = verbs(tmp_path, "say says said saying", "read reads read").verbs
    assert [forms[form].finite for form in ("say", "said", "saying", "read")] == [True, True, False, True]
    assert {forms[form].lemma for form in ("say", "says", "said", "saying")} == {"say"}


def test_a_separable_particle_stands_behind_the_verb_or_in_one_word_with_it(tmp_path: Path) -> None:
    forms = verbs(tmp_path, "teilen teilt teilte geteilt | mit-").verbs
    assert (forms["teilte"].particle, forms["teilte"].lemma) == ("mit", "mitteilen")
    assert (forms["mitteilte"].particle, forms["mitteilte"].finite) == (None, True)
    assert (forms["mitgeteilt"].particle, forms["mitgeteilt"].finite) == (None, False)
    assert "geteilt" not in forms


def test_only_the_last_word_of_a_particle_joins_the_verb(tmp_path: Path) -> None:
    forms = verbs(tmp_path, "weisen wies gewiesen | darauf hin-").verbs
    assert forms["wies"].particle == "darauf hin"
    assert forms["hinwies"].particle == forms["hingewiesen"].particle == "darauf"


def test_readings_of_one_form_are_kept_apart_the_most_demanding_first(tmp_path: Path) -> None:
    forms = verbs(tmp_path, "melden meldete gemeldet | - / zurück-", "melden meldete gemeldet | sich zurück").verbs
    assert [v.particle for v in forms["meldete"].readings] == ["sich zurück", "zurück", None]
    assert forms["meldete"].particle is None


def test_rows_with_the_same_form_and_particle_add_up_their_frames(tmp_path: Path) -> None:
    text = SMALLEST.replace('"quote that" = ["say', '"clause" = ["say says said saying"]\n"quote that" = ["say')
    assert language.read(written(tmp_path, text)).verbs["said"].frames == {"clause", "quote", "that"}


def test_german_knows_compounds_and_what_sie_can_be() -> None:
    german = language.load("de")
    assert german.roles["bundesverkehrsministerin"] == "person"
    assert german.roles["bundesverkehrsministerium"] == "organisation"
    assert "Wasserverband".lower() in german.sets["organisation_words"]
    assert german.pronouns["sie"] == "fp"
    assert german.families["regierungssprecherin"] == "press"


# --- stances ----------------------------------------------------------------------------------------------------------


def test_stances_are_of_words_that_can_be_a_cue(tmp_path: Path) -> None:
    base = SMALLEST.replace("[[examples]]", '[stances]\ndeny = ["deny", "points to"]\n[[examples]]', 1)
    with pytest.raises(DigestError, match=r"xx.toml:\d+: stances.deny: “deny” is no verb of verbs or reporting"):
        language.read(written(tmp_path, base))
    known = base.replace('"deny", "points to"', '"zurückweisen", "point out", "claim"')
    known = known.replace('"say says said saying"', '"weisen wies gewiesen | zurück-", "point pointed | out"')
    loaded = language.read(written(tmp_path, 'cue_nouns = ["claim"]\n' + known))
    assert loaded.stances == {"zurückweisen": "deny", "point out": "deny", "claim": "deny"}
    with pytest.raises(DigestError, match=r"stances\.like is no group"):
        language.read(written(tmp_path, base.replace("deny =", "like =")))
