"""The small functions that everything else stands on, by example and for any text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest import text

ANY = st.text()


@given(ANY)
def test_clean_text_stays_what_it_is(words: str) -> None:
    once = text.clean(words)
    assert text.clean(once) == once
    assert "\r" not in once
    assert not [c for c in once if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t\v\x0b\x0c\x85"]


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c", "a\nb\n\nc"),
        ("a\x00\x1b\ufeff\u00ad\ud800b", "ab"),
        ("a\tb", "a\tb"),
    ],
)
def test_line_ends_are_one_kind_and_control_characters_go(written: str, cleaned: str) -> None:
    assert text.clean(written) == cleaned


LRE, RLE, PDF, LRO, RLO, LRI, RLI, FSI, PDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("pair", [(LRE, PDF), (RLE, PDF), (LRO, PDF), (RLO, PDF), (LRI, PDI), (RLI, PDI), (FSI, PDI)])
def test_a_change_of_direction_stays_only_where_its_line_ends_it(pair: tuple[str, str]) -> None:
    begin, end = pair
    assert text.clean(f"a{begin}b{end}c") == f"a{begin}b{end}c"
    assert text.clean(f"a{begin}b\nc{end}d") == "ab\ncd"
    assert text.clean(f"a{end}b{begin}c") == "abc"
    assert text.clean(f"{begin}{begin}a{end}") == f"{begin}a{end}"


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        (f"{RLI}a{RLO}b{PDI}c{PDF}", f"{RLI}ab{PDI}c"),
        (f"{RLO}a{RLI}b{PDF}c", "abc"),
        (f"{RLO}a{LRI}b{PDI}c{PDF}", f"{RLO}a{LRI}b{PDI}c{PDF}"),
        (f"{RLO}a{PDI}b{PDF}", f"{RLO}ab{PDF}"),
        (f"a{RLO}b\u2028c{PDF}", "ab\nc"),
    ],
)
def test_the_end_of_an_isolate_ends_what_was_opened_in_it_and_no_other(written: str, cleaned: str) -> None:
    assert text.clean(written) == cleaned


@given(st.text(alphabet=f"a\n{LRE}{RLE}{PDF}{LRO}{RLO}{LRI}{RLI}{FSI}{PDI}"))
def test_no_line_leaves_a_direction_open(words: str) -> None:
    cleaned = text.clean(words)
    assert text.clean(cleaned) == cleaned
    assert re.sub("[\u202a-\u202e\u2066-\u2069]", "", cleaned) == re.sub("[\u202a-\u202e\u2066-\u2069]", "", words)
    for line in cleaned.split("\n"):
        assert sum(line.count(sign) for sign in (LRE, RLE, LRO, RLO)) == line.count(PDF)
        assert sum(line.count(sign) for sign in (LRI, RLI, FSI)) == line.count(PDI)


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Zürich", "zurich"), ("Łódź", "lodz"), ("Weiß", "weiss"), ("Þórir", "thorir"), ("O’Neill", "o'neill")],
)
def test_folding_drops_accents_and_case(name: str, folded: str) -> None:
    assert text.fold(name) == text.fold(name.upper()) == folded


@given(ANY)
@example("")
@example("-" * 200)
@example("x" * 79 + " y")
@example("ӏ" * 90)
def test_a_slug_is_an_address(words: str) -> None:
    found = text.slug(words)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found)
    assert len(found) <= text.LONGEST_SLUG
    assert text.slug(found) == found


@pytest.mark.parametrize("name", ["con", "PRN", "Aux", "nul", "COM1", "lpt9", "com¹", "con."])
def test_no_address_is_a_device_of_windows(name: str) -> None:
    found = text.slug(name)
    assert re.fullmatch(r"[a-z0-9]{3,4}-[0-9a-f]{8}", found)
    assert text.slug(found) == found == text.slug(name.swapcase())


@pytest.mark.parametrize("name", ["console", "aux-1", "com", "com10", "lpt"])
def test_what_only_looks_like_a_device_keeps_its_name(name: str) -> None:
    assert text.slug(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [("Мост", "Река"), ("مصر", "لبنان"), ("!", "?"), ("Мост 2018", "Река 2018"), ("ТВ News", "НТ News")],
)
def test_what_has_no_latin_letters_keeps_an_address_of_its_own(one: str, other: str) -> None:
    assert text.slug(one) != text.slug(other)


def test_the_pieces_of_a_hash_are_kept_apart() -> None:
    assert text.digest_of("ab", "c") != text.digest_of("a", "bc") != text.digest_of("abc")


@given(ANY)
def test_paragraphs_hold_every_word_once_and_trimmed(words: str) -> None:
    spans = list(text.paragraphs(words))
    assert spans == sorted(spans)
    shown = [words[a:b] for a, b in spans]
    assert all(piece == piece.strip() != "" and "\n" not in piece for piece in shown)
    assert "".join("".join(shown).split()) == "".join(words.split())


@given(ANY, st.data())
def test_unbroken_lines_keep_every_offset(words: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(words)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    found = text.unbroken(words, spans)
    inside = {i for a, b in spans for i in range(a, b)}
    assert found == "".join(" " if c == "\n" and i in inside else c for i, c in enumerate(words))


@given(ANY, st.integers(2, 40))
def test_clipped_text_is_its_beginning(words: str, limit: int) -> None:
    found, whole = text.clip(words, limit), text.squeeze(words)
    assert len(found) <= limit
    assert found == whole or (found.endswith("…") and whole.startswith(found[:-1]))


@pytest.mark.parametrize("address", ["https://echo.example/a?b=c#d", "http://[::1]:8080/", "HTTPS://ECHO.example"])
def test_a_web_address_is_one(address: str) -> None:
    assert text.address(f" {address}\n") == address


@pytest.mark.parametrize(
    "words",
    [
        *("", "echo.example", "javascript:alert(1)", "data:text/html,x", "//echo.example", "ftp://echo.example"),
        *("https://", "https://u:p@echo.example/", "https://echo.example/a b", 'https://echo.example/"x'),
        *("https://:echo.example@tarn.example/", "https://@tarn.example/", "https://u@tarn.example/"),
        *(
            "https://echo.example:99999/",
            "http://[",
            "https://echo.example/\u0000",
            "https://echo.example/" + "a" * 2_000,
        ),
    ],
)
def test_nothing_else_is_a_web_address(words: str) -> None:
    assert text.address(words) is None


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "en"), (" EN-gb ", "en"), ("pt_BR", "pt"), ("nb-NO", "no"), ("yue", "yue"), ("English", None), ("", None)],
)
def test_a_language_tag_gives_its_code(tag: str, code: str | None) -> None:
    assert text.language_code(tag) == code


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://x.example/a?b[]=1#c[2]", "https://x.example/a?b%5B%5D=1#c%5B2%5D"),
        ("https://[::1]:80/a[1]", "https://[::1]:80/a%5B1%5D"),
        ("https://x.example/#one#two", "https://x.example/#one%23two"),
        ("https://x.example/100%/%zz/%2f", "https://x.example/100%25/%25zz/%2f"),
        ("https://x.example/brücke?ä#ö", "https://x.example/br%C3%BCcke?%C3%A4#%C3%B6"),
        ("../../articles/one/#q-1", "../../articles/one/#q-1"),
    ],
)
def test_an_address_is_written_as_the_standard_wants_it(written: str, address: str) -> None:
    assert text.uri(written) == address
    assert text.uri(address) == address
