"""What news agencies send: NewsML-G2 and NITF, and ninjs, in every release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from packed import inside, put
from reading import article, blocks

from digest import articles, read

G2 = "http://iptc.org/std/nar/2006-10-01/"
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Not this</title></head><body><h1>Over the text</h1><p>The <b>quay</b> opened.</p>
<blockquote><p>It holds.</p></blockquote></body></html></inlineXML>"""
NITF = """<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>Not this</title>
<docdata><date.issue norm="20250303T080000Z"/></docdata><pubdata name="The Tarn Post" ex-ref="https://tarn.example/q"/></head>
<body><body.head><hedline><hl1>Quay opens</hl1></hedline><byline>By Ida Quill</byline></body.head>
<body.content><p>TARN, March 3 - The <person>quay</person> opened &amp; holds.</p>
<hl2>Costs</hl2><ul><li>Two crowns</li></ul>
<media media-type="image"><media-reference source="q.jpg">q</media-reference>
<media-caption>The quay</media-caption></media>
</body.content></body></nitf>"""


def item(guid: str, content: str, *, kind: str = "ninat:text", status: str = "stat:usable", more: str = "") -> str:
    return f"""<newsItem xmlns="{G2}" guid="{guid}" version="2" standard="NewsML-G2">
    <itemMeta><itemClass qcode="{kind}"/><provider qcode="nprov:TP"><name>The Tarn Post</name></provider>
    <versionCreated>2025-03-04T09:00:00Z</versionCreated><firstCreated>2025-03-03T23:00:00+01:00</firstCreated>
    <pubStatus qcode="{status}"/>{more}<title>Slug line</title></itemMeta>
    <contentMeta><headline>Quay opens</headline><by>Ida Quill</by><language tag="en-GB"/></contentMeta>
    <contentSet>{content}</contentSet></newsItem>"""


def message(*items: str) -> str:
    head = "<header><sent>2025-03-05</sent></header>"
    return f'<newsMessage xmlns="{G2}">{head}<itemSet>{"".join(items)}</itemSet></newsMessage>'


def test_a_message_holds_several_items(tmp_path: Path) -> None:
    embargo = "<embargoed>2025-03-03T06:00:00Z</embargoed>"
    put(
        tmp_path,
        "wire.xml",
        message(
            item("urn:newsml:tarn:1", XHTML),
            item(
                "urn:newsml:tarn:2", f'<inlineXML contenttype="application/nitf+xml">{NITF}</inlineXML>', more=embargo
            ),
            item("urn:newsml:tarn:3", '<inlineData contenttype="text/plain">The quay.\n\nIt holds.</inlineData>'),
            item("urn:newsml:tarn:4", '<inlineData contenttype="text/html">&lt;p&gt;It holds.&lt;/p&gt;</inlineData>'),
            item("urn:newsml:tarn:5", '<remoteContent href="q.jpg"/>', kind="ninat:picture"),
            item("urn:newsml:tarn:6", XHTML, status="stat:canceled"),
            item("urn:newsml:tarn:7", '<remoteContent href="q.xml"/>'),
            "<packageItem guid='urn:newsml:tarn:8'><itemMeta/></packageItem>",
            item("urn:newsml:tarn:1", XHTML),
        ),
    )
    found, skipped = inside(tmp_path)
    assert list(found) == [f"wire.xml!urn-newsml-tarn-{n}" for n in (1, 2, 3, 4)]
    assert list(skipped.values()) == ["format", "withdrawn", "empty", "format", "twice"]
    for each in found.values():
        assert (each.title, each.outlet, each.byline, each.language) == (
            "Quay opens",
            "The Tarn Post",
            "Ida Quill",
            "en",
        )
        assert (each.published, each.date_basis) == ("2025-03-03", "metadata")
    assert blocks(found["wire.xml!urn-newsml-tarn-1"]) == [
        ("title", "Quay opens"),
        ("heading", "Over the text"),
        ("paragraph", "The quay opened."),
        ("quote", "It holds."),
    ]
    assert blocks(found["wire.xml!urn-newsml-tarn-2"]) == [
        ("title", "Quay opens"),
        ("paragraph", "TARN, March 3 - The quay opened & holds."),
        ("heading", "Costs"),
        ("list", "Two crowns"),
        ("caption", "The quay"),
    ]
    assert found["wire.xml!urn-newsml-tarn-2"].notes == (
        "its publisher held this item back until 2025-03-03T06:00:00Z",
    )
    assert found["wire.xml!urn-newsml-tarn-3"].text == "Quay opens\n\nThe quay.\n\nIt holds."
    assert found["wire.xml!urn-newsml-tarn-4"].text == "Quay opens\n\nIt holds."


@pytest.mark.parametrize("content", [item("urn:x", XHTML), NITF], ids=["newsItem", "nitf"])
def test_an_item_alone_is_an_article_of_its_files_name(tmp_path: Path, content: str) -> None:
    path = put(tmp_path, "Quay opens.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
    ((source,), skipped) = articles.sources([path])
    assert (source.id, source.member, skipped) == ("quay-opens", None, [])
    found = read.read(path, tmp_path, None, ("en",))
    assert (found.path, found.title, found.outlet) == ("Quay opens.xml", "Quay opens", "The Tarn Post")
    assert (found.published, found.byline) in {("2025-03-03", "Ida Quill"), ("2025-03-03", "By Ida Quill")}
    # as an earlier version of it is read
    assert read.read(path, tmp_path, None, ("en",), path.read_bytes().replace(b"holds", b"held")).title == "Quay opens"


def test_an_item_inside_another_one_is_an_article_of_its_own_alone(tmp_path: Path) -> None:
    inner = item("urn:b", XHTML.replace("quay", "ferry"))
    outer = item("urn:a", XHTML.replace("</blockquote>", f"</blockquote>{inner}<p>It stands.</p>"))
    put(tmp_path, "a.xml", message(outer))
    put(tmp_path, "b.xml", outer)
    found, skipped = inside(tmp_path)
    assert (list(found), skipped) == ([f"{name}.xml!urn-{n}" for name in "ab" for n in "ab"], {})
    for name in "ab":
        outer_text, inner_text = (found[f"{name}.xml!urn-{n}"].text for n in "ab")
        assert outer_text.endswith("The quay opened.\n\nIt holds.\n\nIt stands.")
        assert "ferry" not in outer_text
        assert inner_text.endswith("The ferry opened.\n\nIt holds.")


def test_an_item_alone_that_is_no_text_is_skipped_by_its_files_name(tmp_path: Path) -> None:
    put(tmp_path, "a.xml", item("urn:x", XHTML, status="stat:withheld"))
    put(tmp_path, "b.xml", message())
    put(tmp_path, "c.xml", item("urn:x", XHTML).replace("<newsItem", "<!DOCTYPE x [<!ENTITY a 'b'>]><newsItem"))
    assert inside(tmp_path) == ({}, {"a.xml": "withdrawn", "b.xml": "empty", "c.xml": "entities"})


ONE: dict[str, Any] = {
    "uri": "https://tarn.example/items/1",
    "type": "text",
    "versioncreated": "2025-03-04T08:00:00Z",
    "firstcreated": "2025-03-03T08:00:00Z",
    "byline": "Ida Quill",
    "headline": "Quay opens",
    "language": "en-GB",
    "infosource": [{"name": "The Bay Wire"}, {"name": "The Tarn Post", "role": "publisher"}],
    "body_text": "The quay opened. It holds.",
    "body_xhtml": "<p>The quay opened.</p><p>It holds.</p>",
    "renditions": {"x": {"href": "q.jpg"}},
}
TWO: dict[str, Any] = {
    "uri": "urn:tarn:2",
    "versioncreated": "2025-03-03T08:00:00Z",
    "by": "Ida Quill",
    "copyrightholder": "The Tarn Post",
    "language": "en",
    "headlines": [{"role": "short", "value": "Quay"}, {"role": "main", "value": "Quay opens"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": "The quay opened. It holds, it is said at length."},
        {"role": "html", "contenttype": "text/html", "value": "<p>The quay opened.</p><p>It holds.</p>"},
    ],
}
THREE: dict[str, Any] = {
    "uri": "urn:tarn:3",
    "type": "text",
    "versionCreated": "2025-03-03T08:00:00Z",
    "by": "Ida Quill",
    "copyrightHolder": {"name": "The Tarn Post"},
    "language": "en",
    "headlines": [{"value": "Quay opens"}],
    "bodies": [{"contentType": "application/xhtml+xml", "value": "<p>The quay opened.</p><p>It holds.</p>"}],
    "renditions": [{"contentType": "text/html", "href": "https://tarn.example/quay"}],
}


@pytest.mark.parametrize("given", [ONE, TWO, THREE], ids=["1", "2", "3"])
def test_ninjs_of_every_release(tmp_path: Path, given: dict[str, Any]) -> None:
    found = article(tmp_path, "quay.json", json.dumps(given))
    assert (found.id, found.path, found.text) == ("quay", "quay.json", "Quay opens\n\nThe quay opened.\n\nIt holds.")
    assert (found.outlet, found.byline, found.language) == ("The Tarn Post", "Ida Quill", "en")
    assert (found.published, found.notes) == ("2025-03-03", ())
    assert found.url == ("https://tarn.example/quay" if given is THREE else None)


@pytest.mark.parametrize("shape", [lambda items: items, lambda items: {"items": items, "total": 6}])
def test_a_list_of_ninjs_holds_several(tmp_path: Path, shape: Any) -> None:
    picture = {"uri": "urn:tarn:4", "type": "picture", "headline": "A quay"}
    withheld = {**TWO, "uri": "urn:tarn:5", "pubstatus": "canceled"}
    bare = {"uri": "urn:tarn:6", "headline": "Only this"}
    put(tmp_path, "wire.json", json.dumps(shape([ONE, TWO, THREE, picture, withheld, bare, 17, ONE])))
    put(tmp_path, "quay.txt", "The quay opened.")
    put(tmp_path, "quay.meta.json", '{"outlet": "The Tarn Post"}')
    found, skipped = inside(tmp_path)
    assert list(found) == [
        "quay.txt",
        "wire.json!https-tarn-example-items-1",
        "wire.json!urn-tarn-2",
        "wire.json!urn-tarn-3",
    ]
    assert list(skipped.values()) == ["format", "withdrawn", "empty", "format", "twice"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "17",
        '"words"',
        "{}",
        '{"a": [1]}',
        '{"headline": "no uri"}',
        "[" * 10_000,
        "1" * 10_000,
        "\ufeffnull",
    ],
)
def test_other_json_is_no_news(tmp_path: Path, content: str) -> None:
    put(tmp_path, "a.json", content)
    assert inside(tmp_path) == ({}, {"a.json": "format"})
