"""Mail: a newsletter is an article of its list; a page saved as one file is the page."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest
from packed import inside, put
from reading import article, blocks

from digest import read

LETTER = """<html><head><title></title></head><body>
<div style="display:none">What the quay costs ‌ ‌ ‌</div>
<table role="presentation"><tr><td><table><tr><td><h1>Quay opens</h1>
<p>The quay at Tarn opened on Monday, nine years after the first stone was laid by the council of the town.</p>
<p>“We waited nine years,” said Ida Quill, who runs the ferry and was the first to moor there in the morning.</p>
<p><a href="https://click.tarn.example/e3t/Ctc/5D+113/cX1?u=ida">Read on</a></p>
<img src="https://open.tarn.example/pixel.gif" width="1" height="1">
</td></tr></table></td></tr></table>
</body></html>"""
PLAIN = """Quay opens

The quay at Tarn opened on Monday (https://click.tarn.example/e3t/Ctc/5D+113/cX1).
“We waited nine years,” said Ida Quill [ https://click.tarn.example/2 ].

https://click.tarn.example/3

More on tarn.example/quay."""


def newsletter(*, html: str | None = LETTER, text: str | None = PLAIN, cte: str = "quoted-printable") -> bytes:
    message = EmailMessage()
    message["From"] = "The Tarn Post <news@tarn.example>"
    message["To"] = "reader@bay.example"
    message["Subject"] = "Quay opens – “at last”"
    message["Date"] = "Mon, 03 Mar 2025 23:40:00 -0500"
    message["List-Id"] = "The Tarn Letter <letter.tarn.example>"
    message["Archived-At"] = "<https://tarn.example/letters/17>"
    if text is not None:
        message.set_content(text, cte=cte)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html", cte=cte)
    message.add_attachment("A list of names.", filename="names.txt")
    return message.as_bytes()


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_a_newsletter_in_two_forms(tmp_path: Path, cte: str) -> None:
    found = article(tmp_path, "letter.eml", newsletter(cte=cte))
    assert found.title == "Quay opens – “at last”"
    assert (found.outlet, found.byline, found.published) == ("The Tarn Letter", "The Tarn Post", "2025-03-03")
    assert found.url == "https://tarn.example/letters/17"
    assert "“We waited nine years,” said Ida Quill, who runs the ferry" in found.text
    assert "names" not in found.text
    assert "What the quay costs" not in found.text
    assert "click.tarn.example" not in found.text


def test_a_letter_in_plain_text_only(tmp_path: Path) -> None:
    found = article(tmp_path, "letter.eml", newsletter(html=None))
    assert " ".join(found.text.split()) == (
        "Quay opens – “at last” Quay opens The quay at Tarn opened on Monday. "
        "“We waited nine years,” said Ida Quill. More on tarn.example/quay."
    )
    assert found.notes == ("3 addresses were left out of the text",)


def test_a_person_writes_in_her_own_name(tmp_path: Path) -> None:
    mail = (
        "From: =?utf-8?q?Ida_Qu=C3=AFll?= <ida@tarn.example>\nSubject: The quay\nDate: 3 Mar 2025\n\nThe quay holds.\n"
    )
    found = article(tmp_path, "a.eml", mail)
    assert (found.title, found.byline, found.outlet) == ("The quay", "Ida Quïll", None)
    assert (found.text.strip(), found.published) == ("The quay\n\nThe quay holds.", "2025-03-03")


def test_headers_that_are_wrapped_or_broken_say_what_they_can(tmp_path: Path) -> None:
    mail = (
        b"Subject: =?utf-8?b?" + base64.b64encode("Brücke".encode()) + b"?=\n =?iso-8859-1?q?_=FCber?=\n"
        b"From: news@tarn.example\nDate: never\nList-Id: <letter.tarn.example>\n"
        b"Content-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: quoted-printable\n\n"
        + quopri.encodestring("Die Brücke hält.".encode())
    )
    found = article(tmp_path, "a.eml", mail)
    assert found.text == "Brücke über\n\nDie Brücke hält."
    assert (found.outlet, found.byline, found.published) == (None, None, None)


def test_a_mail_without_text_is_skipped(tmp_path: Path) -> None:
    put(tmp_path, "a.eml", "Content-Type: image/png\n\nx")
    put(tmp_path, "b.eml", newsletter(html=None, text=""))
    put(tmp_path, "c.eml", b"")
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(3_000))
    put(tmp_path, "d.eml", nested)
    put(tmp_path, "e.eml", b"Subject: x\nContent-Type: text/html; charset=utf-7\n\n<p>Words</p>")
    put(tmp_path, "f.eml", b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\n\nWords")
    found, skipped = inside(tmp_path)
    assert list(found) == ["b.eml", "e.eml", "f.eml"]
    assert skipped["a.eml"] == skipped["c.eml"] == "empty"
    assert skipped["d.eml"] in ("broken", "empty", "too deep")


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("Content-Type: text/plain" + "".join(f"; a{n}=b" for n in range(100_000)), "too large"),
        ("Content-Type: text/plain" + ';\n "' * 200_000, "too large"),
        ("Subject: x\ncontent-disposition: inline" + "; a*0=b" * 100_000, "too large"),
        ("\n\n".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}" for n in range(60)), "too deep"),
    ],
    ids=["parameters", "quotes", "continued", "nested"],
)
def test_heads_that_the_parser_would_take_minutes_for_are_refused(tmp_path: Path, head: str, code: str) -> None:
    put(tmp_path, "a.eml", head + "\n\n" + "x\n" * 100_000)
    assert inside(tmp_path) == ({}, {"a.eml": code})


PAGE = """<html lang=3D"en"><head><title>Quay opens</title></head><body><article><h1>Quay opens</h1>
<p>The quay at Tarn opened on Monday. =E2=80=9CWe waited,=E2=80=9D said Ida Quill.</p></article></body></html>
"""
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://tarn.example/2025/quay
Subject: Quay opens
Date: Sat, 5 Apr 2025 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----Mark"

------Mark
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://tarn.example/2025/quay

{PAGE}
------Mark
Content-Type: text/css
Content-Transfer-Encoding: quoted-printable
Content-Location: cid:css@mhtml.blink

p {{ margin: 0 }}
------Mark--
"""


@pytest.mark.parametrize("ending", ["mhtml", "mht"])
def test_a_page_saved_as_one_file(tmp_path: Path, ending: str) -> None:
    found = article(tmp_path, f"quay.{ending}", MHTML.replace("\n", "\r\n"))
    assert blocks(found)[0] == ("title", "Quay opens")
    assert "“We waited,” said Ida Quill." in found.text
    assert "margin" not in found.text
    # the day of the saving is not that of the article
    assert (found.url, found.published) == ("https://tarn.example/2025/quay", None)


def test_a_saved_file_without_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(read.ReadError) as caught:
        article(tmp_path, "a.mhtml", MHTML.replace("text/html", "text/css"))
    assert caught.value.code == "empty"


def test_the_folder_beside_a_saved_page_is_passed_over(tmp_path: Path) -> None:
    page = PAGE.replace("=3D", "=")
    for folder in ("quay_files", "Quay-Dateien", "quay_fichiers", "quay.files"):
        put(tmp_path, f"{folder}/logo.png", b"\x89PNG")
        put(tmp_path, f"{folder}/advert.html", page)
    put(tmp_path, "Quay.html", page)
    put(tmp_path, "ferry_files/talks.txt", "The talks go on.")
    put(tmp_path, "lone_files", "no folder")
    found, skipped = inside(tmp_path)
    assert list(found) == ["Quay.html", "ferry_files/talks.txt"]
    assert skipped == {"lone_files": "format"}
