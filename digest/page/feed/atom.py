"""Atom, after RFC 4287.

What RFC 4287 asks of a date, an article may not have: a quotation without one is as old as the epoch there, so that it
never counts as new, and has no ``published``. An entry has an author where somebody surely speaks; otherwise the
feed's own, the site, stands for it. The article itself is linked as ``via``, where the words come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.output import MEDIA_TOPICS, media_topic
from digest.page.feed.items import Frame, Item
from digest.text import urn

EPOCH = "1970-01-01T00:00:00Z"
_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
# https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(frame: Frame, items: Sequence[Item]) -> bytes:
    """Return the document."""
    return "".join(_document(frame, items)).encode()


def _document(frame: Frame, items: Sequence[Item]) -> Iterator[str]:
    site = frame.site
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(site.language)}">\n'
    # The site's address, where it has one, tells its feeds from those of others; its name does otherwise.
    yield f"<id>{urn('feed', site.url or site.name, frame.url)}</id>\n<title>{_text(frame.whole_title)}</title>\n"
    yield f"<updated>{max((each.date or EPOCH for each in items), default=EPOCH)}</updated>\n"
    yield f"<author><name>{_text(site.name)}</name></author>\n"
    yield f'<link rel="self" type="application/atom+xml" href="{_text(frame.at(f"{frame.url}.xml"))}"/>\n'
    yield f'<link rel="alternate" type="text/html" href="{_text(frame.at(frame.page))}"/>\n'
    yield f'<generator version="{_text(site.version)}">The digest</generator>\n'
    for each in items:
        yield from _entry(each)
    yield "</feed>\n"


def _entry(each: Item) -> Iterator[str]:
    yield f'<entry xml:lang="{_text(each.language)}"><id>{each.id}</id><title>{_text(each.title)}</title>'
    yield f"<updated>{each.date or EPOCH}</updated>"
    if each.date:
        yield f"<published>{each.date}</published>"
    for name, page in each.authors:
        yield f"<author><name>{_text(name)}</name><uri>{_text(page)}</uri></author>"
    yield f'<link rel="alternate" type="text/html" href="{_text(each.page)}"/>'
    if each.source:
        yield f'<link rel="via" type="text/html" href="{_text(each.source)}"/>'
    for id_, name in each.topics:
        code = media_topic(id_)
        scheme = f' scheme="{MEDIA_TOPICS}"' if code else ""
        yield f'<category term="{_text(code or id_)}"{scheme} label="{_text(name)}"/>'
    yield f'<content type="html">{_text(each.html)}</content></entry>\n'


def _text(text: str) -> str:
    """Return ``text`` for an element or an attribute: escaped, and what no XML may hold as the sign for that."""
    return _NO_XML.sub("\ufffd", text).translate(_SPECIAL)
