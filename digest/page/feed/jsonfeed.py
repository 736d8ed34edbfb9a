"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Its addresses have to be whole, so without the site's address a feed has none of its own, and an item only that of its
article. ``_digest`` is ours, as the standard lets every publisher have one: what a program asks of a quotation.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from digest.page.feed.items import Frame, Item

VERSION = "https://jsonfeed.org/version/1.1"


def feed(frame: Frame, items: Sequence[Item]) -> bytes:
    """Return the document."""
    site = frame.site
    whole = {"home_page_url": frame.at(frame.page), "feed_url": frame.at(f"{frame.url}.json")} if site.url else {}
    document = {
        "version": VERSION,
        "title": frame.whole_title,
        **whole,
        "language": site.language,
        "authors": [_author(site.name, frame.at(""), site.url)],
        "items": [_item(each, site.url) for each in items],
    }
    return f"{json.dumps(document, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _author(name: str, page: str, whole: str) -> dict[str, str]:
    return {"name": name, "url": page} if whole else {"name": name}


def _item(each: Item, whole: str) -> dict[str, object]:
    line = each.line
    q, article = line.quotation, line.article
    return {
        "id": each.id,
        **({"url": each.page} if whole else {}),
        **({"external_url": each.source} if each.source else {}),
        "title": each.title,
        "content_html": each.html,
        **({"date_published": each.date} if each.date else {}),
        **({"authors": [_author(*author, whole) for author in each.authors]} if each.authors else {}),
        **({"tags": [name for _, name in each.topics]} if each.topics else {}),
        "language": each.language,
        "_digest": {
            "article": article.id,
            "quotation": q.id,
            "utterance": line.utterance,
            "kind": q.kind,
            "start": q.start,
            "end": q.end,
            "text": line.words,
            "speakers": [who.id for who in line.speakers],
            "unsure": line.unsure,
            "cue": q.cue.text if q.cue else None,
            "outlet": line.outlet.name,
            "via": [via.name for via in line.via],
            "about": [who.id for who in line.about],
            "confidence": q.confidence,
        },
    }
