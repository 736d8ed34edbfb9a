"""Feeds: every entry an article, with what the feed says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from packed import inside, put
from reading import blocks

from digest.read import limits
from digest.read.packs import entries

WHOLE = """<p>The quay at Tarn opened on Monday.</p>
<p>&ldquo;We waited nine years,&rdquo; said Ida Quill, who runs the ferry.</p>
<script>count()</script>
<blockquote>It is a good day.</blockquote>"""


def rss(*entries: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>The Tarn Post</title><link>https://tarn.example/news/</link>"
        f"<language>en-gb</language>{head}{''.join(entries)}</channel></rss>"
    )


def item(title: str, body: str, more: str = "") -> str:
    return f"<item><title>{title}</title><description>{body}</description>{more}</item>"


def test_rss_with_whole_articles(tmp_path: Path) -> None:
    more = (
        "<link>https://tarn.example/2025/quay-opens.html?utm_source=rss&amp;page=2</link>"
        '<guid isPermaLink="false">post-17</guid><dc:creator>Bram Oxley</dc:creator>'
        "<pubDate>Mon, 03 Mar 2025 23:40:00 -0500</pubDate>"
        f"<content:encoded><![CDATA[{WHOLE}]]></content:encoded>"
    )
    put(tmp_path, "tarn.rss", rss(item("Quay opens &amp;amp; ferry waits", "The quay …", more)))
    articles, skipped = inside(tmp_path)
    assert skipped == {}
    ((place, found),) = articles.items()
    assert place == "tarn.rss!tarn-example-2025-quay-opens-page-2"
    assert blocks(found) == [
        ("title", "Quay opens & ferry waits"),
        ("paragraph", "The quay at Tarn opened on Monday."),
        ("paragraph", "“We waited nine years,” said Ida Quill, who runs the ferry."),
        ("quote", "It is a good day."),
    ]
    assert (found.outlet, found.byline, found.language) == ("The Tarn Post", "Bram Oxley", "en")
    # the day printed, in its own time zone
    assert (found.published, found.date_basis) == ("2025-03-03", "metadata")
    assert found.url == "https://tarn.example/2025/quay-opens.html?page=2"
    assert found.notes == ()


def test_an_entry_with_an_excerpt_only_is_published_with_a_note(tmp_path: Path) -> None:
    put(tmp_path, "a.xml", rss(item("Quay opens", "The quay at Tarn opened &amp;mdash; at last.")))
    articles, _ = inside(tmp_path)
    ((place, found),) = articles.items()
    assert place == "a.xml!quay-opens"
    assert found.text == "Quay opens\n\nThe quay at Tarn opened — at last."
    assert found.notes == ("the feed holds no more than an excerpt of this article",)
    long = "<p>" + "</p><p>".join(f"Paragraph {n} tells more of the quay and of the ferry." for n in range(20)) + "</p>"
    put(tmp_path, "a.xml", rss(item("Quay opens", f"<![CDATA[{long}]]>")))
    assert [found.notes for found in inside(tmp_path)[0].values()] == [()]
    put(tmp_path, "a.xml", rss(item("Quay opens", f"<![CDATA[{long}<p>The mayor […]</p>]]>")))
    assert [len(found.notes) for found in inside(tmp_path)[0].values()] == [1]


def test_lines_of_a_plain_description_are_paragraphs(tmp_path: Path) -> None:
    put(tmp_path, "a.rss", rss(item("Quay opens", "The quay opened.\n\n“At last,” said Ida Quill.")))
    ((_, found),) = inside(tmp_path)[0].items()
    assert [kind for kind, _ in blocks(found)] == ["title", "paragraph", "paragraph"]


def test_an_entry_without_words_is_skipped_and_the_others_are_not(tmp_path: Path) -> None:
    put(tmp_path, "a.rss", rss("<item><title>Only this</title></item>", item("Quay opens", "It opened.")))
    articles, skipped = inside(tmp_path)
    assert list(articles) == ["a.rss!quay-opens"]
    assert skipped == {"a.rss!only-this": "empty"}


def test_rdf(tmp_path: Path) -> None:
    feed = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://tarn.example/"><title>The Tarn Post</title><link>https://tarn.example/</link></channel>
    <item rdf:about="https://tarn.example/quay"><title>Quay opens</title><link>https://tarn.example/quay</link>
    <description>The quay opened.</description><dc:date>2025-03-03T08:00:00+01:00</dc:date>
    <dc:creator>Ida Quill</dc:creator></item></rdf:RDF>"""
    put(tmp_path, "feed.xml", feed)
    ((place, found),) = inside(tmp_path)[0].items()
    assert place == "feed.xml!tarn-example-quay"
    assert (found.outlet, found.published, found.byline) == ("The Tarn Post", "2025-03-03", "Ida Quill")


def test_atom(tmp_path: Path) -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://tarn.example/a/" xml:lang="en">
    <title type="html">The Tarn &amp;amp; Bay Post</title><id>urn:1</id>
    <entry><id>urn:2</id><title>Is 2 &lt; 3?</title><link rel="alternate" href="b.html"/>
      <updated>2025-03-03T08:00:00Z</updated>
      <author><name>Ida Quill</name></author><author><name>Bram Oxley</name></author>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <em>quay</em> opened.</p>
      <p>2 &lt; 3.</p></div></content></entry>
    <entry><id>urn:3</id><title type="text">Ferry</title><summary type="text">It sails &lt;soon&gt;.</summary>
      <published>2025-03-04</published><updated>2025-03-09T08:00:00Z</updated>
      <source><title>The Bay Wire</title></source></entry></feed>"""
    put(tmp_path, "feed.atom", feed)
    articles, skipped = inside(tmp_path)
    assert skipped == {}
    quay, ferry = articles["feed.atom!tarn-example-a-b"], articles["feed.atom!urn-3"]
    assert quay.text == "Is 2 < 3?\n\nThe quay opened.\n\n2 < 3."
    assert quay.url == "https://tarn.example/a/b.html"
    assert (quay.outlet, quay.byline, quay.published) == ("The Tarn & Bay Post", "Ida Quill, Bram Oxley", "2025-03-03")
    assert ferry.text == "Ferry\n\nIt sails <soon>."
    assert (ferry.outlet, ferry.published) == ("The Bay Wire", "2025-03-04")


def test_relative_addresses_are_those_of_the_feed(tmp_path: Path) -> None:
    put(tmp_path, "a.rss", rss(item("Quay opens", "It opened.", "<link>../quay?fbclid=x</link>")))
    ((place, found),) = inside(tmp_path)[0].items()
    assert (place, found.url) == ("a.rss!tarn-example-quay", "https://tarn.example/quay")


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("jo@tarn.example (Jo Field)", "Jo Field"),
        ("Jo Field &lt;jo@tarn.example&gt;", "Jo Field"),
        ("jo@tarn.example", None),
        ("Jo Field", "Jo Field"),
        ("https://tarn.example/jo", None),
        ("123", None),
    ],
)
def test_an_author_is_a_name_and_no_address(tmp_path: Path, author: str, byline: str | None) -> None:
    put(tmp_path, "a.rss", rss(item("Quay opens", "It opened.", f"<author>{author}</author>")))
    assert [found.byline for found in inside(tmp_path)[0].values()] == [byline]


@pytest.mark.parametrize("date", ["31 Smarch 2025", "yesterday", "0000-00-00", "99999999999", "Mon, 45 Mar 2025 08:00"])
def test_a_date_that_is_none_is_none(tmp_path: Path, date: str) -> None:
    put(tmp_path, "a.rss", rss(item("Quay opens", "It opened.", f"<pubDate>{date}</pubDate>")))
    assert [found.published for found in inside(tmp_path)[0].values()] == [None]


def test_what_writers_of_feeds_get_wrong_is_mended(tmp_path: Path) -> None:
    feed = "\n \ufeff" + rss(
        item("Fish & chips < 3 &nbsp;&eacute;", "Tom &amp; Ida&hellip; R&D &unknown; \x08&#8;ok"),
        head="<webMaster>x & y</webMaster>",
    )
    put(tmp_path, "a.rss", feed)
    ((_, found),) = inside(tmp_path)[0].items()
    assert found.text == "Fish & chips < 3 é\n\nTom & Ida… R&D &unknown; ok"


def test_prefixes_that_nobody_declared_are_known(tmp_path: Path) -> None:
    feed = """<rss version="2.0"><channel><title>The Tarn Post</title><item><title>Quay opens</title>
    <media:thumbnail url="q.jpg" x:y="z"/><dc:creator>Ida Quill</dc:creator><dc:date>2025-03-03</dc:date>
    <content:encoded><![CDATA[<p>It <o:p>opened</o:p>, at <a href="https://tarn.example">last</a>.</p>]]></content:encoded>
    </item></channel></rss>"""
    put(tmp_path, "a.rss", feed)
    ((_, found),) = inside(tmp_path)[0].items()
    assert (found.text, found.byline) == ("Quay opens\n\nIt opened, at last.", "Ida Quill")
    assert (found.published, found.notes) == ("2025-03-03", ())


def test_an_article_as_a_body_of_xhtml_or_as_elements(tmp_path: Path) -> None:
    body = '<body xmlns="http://www.w3.org/1999/xhtml"><p>The <b>quay</b> opened.</p><p>It holds.</p></body>'
    put(tmp_path, "a.rss", rss(item("Quay", "In short", body)))
    put(tmp_path, "b.rss", rss(item("Quay <b>opens</b>", f"{'<p>The quay opened.</p>' * 40}")))
    articles, _ = inside(tmp_path)
    assert articles["a.rss!quay"].text == "Quay\n\nThe quay opened.\n\nIt holds."
    assert articles["b.rss!quay-opens"].title == "Quay opens"
    assert len(articles["b.rss!quay-opens"].blocks) == 41


def test_atom_of_before_its_standard_and_contents_that_are_no_words(tmp_path: Path) -> None:
    feed = """<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en"><title>The Tarn Post</title>
    <entry><title>Quay</title><link rel="alternate" type="text/html" href="https://tarn.example/q"/>
      <issued>2025-03-03T08:00:00Z</issued><modified>2025-04-01T08:00:00Z</modified>
      <content type="text/html" mode="escaped">&lt;p&gt;It holds.&lt;/p&gt;</content></entry>
    <entry><title>Photo</title><content type="image/png">aXQgaG9sZHM=</content><summary>The quay.</summary></entry>
    <entry><title>Film</title><content type="video/mp4" src="https://tarn.example/q.mp4"/></entry></feed>"""
    put(tmp_path, "a.atom", feed)
    articles, skipped = inside(tmp_path)
    quay = articles["a.atom!tarn-example-q"]
    assert (quay.text, quay.published, quay.outlet) == ("Quay\n\nIt holds.", "2025-03-03", "The Tarn Post")
    assert articles["a.atom!photo"].text == "Photo\n\nThe quay."
    assert skipped == {"a.atom!film": "empty"}


def test_an_encoding_that_is_declared_is_read(tmp_path: Path) -> None:
    feed = rss(item("Brücke", "Über die Brücke.")).replace("UTF-8", "ISO-8859-1")
    put(tmp_path, "a.rss", feed.encode("cp1252"))
    ((_, found),) = inside(tmp_path)[0].items()
    assert found.text == "Brücke\n\nÜber die Brücke."


def test_one_broken_entry_does_not_stop_the_others(tmp_path: Path) -> None:
    broken = "<item><title>Bro</b>ken</title><description>x</description></item>"
    cut = "<item><title>Cut</title><description>It bre"
    whole = rss(item("One", "The first."), broken, item("Two", "The second."), cut)
    put(tmp_path, "a.rss", whole[: whole.index(cut) + len(cut)])
    articles, skipped = inside(tmp_path)
    assert list(articles) == ["a.rss!one", "a.rss!two"]
    assert list(skipped.values()) == ["broken", "broken"]
    assert {found.outlet for found in articles.values()} == {"The Tarn Post"}
    put(tmp_path, "a.rss", rss(item("One", "The first."), broken, head="</image>"))
    articles, skipped = inside(tmp_path)
    assert (list(articles), list(skipped.values())) == (["a.rss!one"], ["broken"])


def test_words_about_feeds_are_no_entries(tmp_path: Path) -> None:
    put(tmp_path, "a.rss", rss(item("Feeds", "<![CDATA[<p>Write &lt;item&gt; or <item> there.</p></item><item>]]>")))
    assert list(inside(tmp_path)[0]) == ["a.rss!feeds"]


def test_a_name_stays_when_others_come_before_it(tmp_path: Path) -> None:
    quay = item("Quay opens", "It opened.", "<guid>tag:17</guid>")
    put(tmp_path, "a.rss", rss(quay))
    before = list(inside(tmp_path)[0])
    put(tmp_path, "a.rss", rss(item("Ferry", "It sails.", "<guid>tag:18</guid>"), quay))
    assert before == ["a.rss!tag-17"]
    assert list(inside(tmp_path)[0]) == ["a.rss!tag-18", "a.rss!tag-17"]


def test_entries_of_one_address_are_told_apart_and_copies_are_skipped(tmp_path: Path) -> None:
    link = "<link>https://tarn.example/live</link>"
    one = item("One", "At nine.", f"{link}<guid>1</guid>")
    two = item("Two", "At ten.", f"{link}<guid>2</guid>")
    put(tmp_path, "a.rss", rss(one, two, one))
    articles, skipped = inside(tmp_path)
    assert len(articles) == 2
    assert all(place.startswith("a.rss!tarn-example-live") for place in articles)
    assert list(skipped.values()) == ["twice"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
ATTRIBUTES = "".join(f'<!ATTLIST p b{n} CDATA "x">' for n in range(2_000))


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE rss [{LAUGHS}]>",
        '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;<!ENTITY l9 "x">]>',
        f'<!DOCTYPE rss [<!ENTITY l9 "{"x" * 50_000}">]>',
        f"<!DOCTYPE rss [{ATTRIBUTES}]>",
        "<!DOCTYPE rss [<!ATTLIST p b ID #IMPLIED>]>",
    ],
    ids=["laughs", "file", "parameter", "quadratic", "attributes", "one attribute"],
)
def test_what_a_feed_declares_is_not_taken_over(tmp_path: Path, doctype: str) -> None:
    """A few bytes of it become millions: an entity wherever it is named, an attribute in each element that has it."""
    feed = rss(item("Quay", "&l9;" * 1_000), *("<p/>" for _ in range(2_000)))
    put(tmp_path, "a.rss", feed.replace("<rss", f"{doctype}<rss"))
    assert inside(tmp_path) == ({}, {"a.rss": "entities"})


def test_a_doctype_alone_harms_nobody(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Tarn//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">'
    put(tmp_path, "a.rss", rss(item("Quay", "It opened.")).replace("<rss", f"{doctype}<rss"))
    assert len(inside(tmp_path)[0]) == 1


@pytest.mark.parametrize(
    "many",
    [
        "".join(f"<category>{n}</category>" for n in range(40_000)),
        "".join(f"<link>https://tarn.example/{n}</link>" for n in range(20_000)),
        f"<author>{'a.' * 400_000} x</author>",
        "<x " + " ".join(f"a{n}='b'" for n in range(80_000)) + "/>",
        f"<itunes:keywords>{' '.join(map(str, range(100_000)))}</itunes:keywords>",
        f"<pubDate>{'Mon, ' * 100_000}</pubDate>",
    ],
    ids=["categories", "links", "author", "attributes", "keywords", "date"],
)
def test_what_an_entry_has_too_much_of_costs_nothing(tmp_path: Path, many: str) -> None:
    """With ``feedparser`` alone each of these takes minutes; what is not asked for is never shown to it."""
    itunes = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    feed = rss(item("Quay", "It opened.", many)).replace("<rss", f"<rss {itunes}")
    assert len(feed) > 400_000
    put(tmp_path, "a.rss", feed)
    assert [found.text for found in inside(tmp_path)[0].values()] == ["Quay\n\nIt opened."]


def test_entries_beyond_what_a_feed_may_have_are_counted_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ENTRIES", 3)
    put(tmp_path, "a.rss", rss(*(item(f"Quay {n}", "It opened.") for n in range(5))))
    articles, skipped = inside(tmp_path)
    assert list(articles) == ["a.rss!quay-0", "a.rss!quay-1", "a.rss!quay-2"]
    assert list(skipped.values()) == ["too many"]


def test_an_entry_inside_another_one_is_an_article_of_its_own_alone(tmp_path: Path) -> None:
    """Copied into each entry that it lies in, it would be read as many times as it lies deep."""
    inner = "<entry><title>Ferry</title><description>It sails.</description></entry>"
    quay, bridge = item("Quay", f"It <b>opened</b>.{inner} It holds."), item("Bridge", "It stands.", f"{inner}<x/>")
    texts = ["Quay\n\nIt opened. It holds.", "Ferry\n\nIt sails.", "Bridge\n\nIt stands."]
    path = put(tmp_path, "a.rss", rss(quay, bridge))
    found, skipped = inside(path)
    assert ([article.text for article in found.values()], list(skipped.values())) == (texts, ["twice"])
    path = put(tmp_path, "b.rss", rss(quay, bridge, "<item><title>Mole"))
    found, skipped = inside(path)
    assert ([article.text for article in found.values()], list(skipped.values())) == (texts, ["twice", "broken"])
    deep = f"<item><description>{'<b>quay</b>' * 100}" * 60 + "</description></item>" * 60
    written, taken = entries.stripped(rss(deep))
    assert (len(taken), written.count("quay")) == (60, 6_000)


def test_what_a_film_is_called_is_not_what_the_entry_is_called(tmp_path: Path) -> None:
    more = "<media:title>A film</media:title><media:description>Of a ferry.</media:description>"
    feed = rss(item("Quay", "It opened.", more)).replace("<rss", '<rss xmlns:media="http://search.yahoo.com/mrss/"')
    put(tmp_path, "a.rss", feed)
    assert [found.text for found in inside(tmp_path)[0].values()] == ["Quay\n\nIt opened."]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "format"),
        ("no mark-up", "format"),
        ("<html><body>A page</body></html>", "format"),
        (rss(), "empty"),
        ("<rss>" * 100_000, "broken"),
        ("<rss>" + "<a>" * 300 + "</a>" * 300 + "</rss>", "too deep"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        ('<?xml version="1.0" encoding="utf-7"?>+ADw-rss+AD4-', "format"),
    ],
)
def test_what_is_no_feed_is_skipped(tmp_path: Path, content: str | bytes, code: str) -> None:
    put(tmp_path, "a.xml", content)
    assert inside(tmp_path) == ({}, {"a.xml": code})


def test_a_large_feed_is_not_read_at_all(tmp_path: Path) -> None:
    path = put(tmp_path, "a.rss", rss(item("Quay", "It opened.")))
    with path.open("ab") as file:
        file.truncate(6_000_000)
    assert inside(tmp_path) == ({}, {"a.rss": "too large"})
