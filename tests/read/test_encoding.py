from __future__ import annotations

import pytest

from digest.read.encoding import declared_in, decode
from digest.read.errors import ReadError

GERMAN = "Die Brücke in Brennick öffnet früher, sagte Jörg Größlin. „Über Nacht“ sei sie fertig geworden, für alle."
RUSSIAN = "Мост открыт, сообщила мэрия. «Мы ждали этого всю зиму», сказала Ильзе Ноор журналистам в понедельник."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf_is_read_without_a_note(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding)) == (GERMAN, None)


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (GERMAN, "cp1252", "Windows-1252"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN.translate({171: '"', 187: '"'}), "koi8-r", "koi8_r"),
        (GERMAN * 3, "utf-16-le", "utf_16_le"),
    ],
)
def test_a_guess_is_put_on_record(text: str, encoding: str, named: str) -> None:
    assert decode(text.encode(encoding)) == (text, f"the encoding is not stated; the file reads best as {named}")


def test_what_the_page_declares_goes_before_a_guess_but_not_before_utf8() -> None:
    assert decode("Łódź".encode("cp1250"), "cp1250") == ("Łódź", None)
    assert decode("Łódź".encode(), "cp1250") == ("Łódź", None)


@pytest.mark.parametrize(
    ("markup", "declared"),
    [
        (b'<meta charset="ISO-8859-2">', "iso8859-2"),
        (b"<META http-equiv='Content-Type' content='text/html; charset=latin1'>", "cp1252"),
        (b'<meta charset="base64">', None),
        (b'<meta charset="klingon">', None),
        (b"<p>charset=utf-8", None),
    ],
)
def test_the_declaration_is_found_in_the_page(markup: bytes, declared: str | None) -> None:
    assert declared_in(markup) == declared


def test_strays_in_utf8_are_read_as_windows_1252() -> None:
    text, note = decode("Größlin öffnet über Nacht die ".encode() + b"Br\xfccke")
    assert text == "Größlin öffnet über Nacht die Brücke"
    assert note == "1 byte that is not UTF-8 was read as Windows-1252"


def test_a_byte_that_does_not_fit_the_mark_is_shown_and_noted() -> None:
    text, note = decode("bridge".encode("utf-16") + b"\x00")
    assert text == "bridge\ufffd"
    assert note is not None
    assert "does not fit" in note


@pytest.mark.parametrize("data", [b"SQLite format 3\0" + bytes(200), bytes(range(256)) * 4])
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="this is not text") as caught:
        decode(data)
    assert caught.value.code == "binary"


def test_control_characters_are_taken_out() -> None:
    assert decode(b"red \x1b[31mbridge\x07 opens") == ("red [31mbridge opens", None)
