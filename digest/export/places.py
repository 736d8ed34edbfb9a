"""The places of quotations as Web Annotations, a file an article: for programs that show them on the text elsewhere.

An annotation identifies who speaks (``motivation``). Its first target is the article as it was read, by its offsets
(TextPositionSelector) and by its words with those around them (TextQuoteSelector); the second, where its address is
known, is the article at its outlet, by the words only, since no offsets of ours hold there.

https://www.w3.org/TR/annotation-model/: positions count code points from 0, the end not included, as ours do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from digest.addresses import actor_at, article_at
from digest.lines import described, unsure
from digest.model import SAYS, Analysis, Article, Quotation
from digest.output import KIND_WORDS
from digest.text import address, uri

NAME = "annotations.jsonld"
"""The name of the file, beside an article's page."""
AROUND = 32
"""Characters before and behind the words, which tell them from the same words elsewhere."""

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_ROOT = "../../"
Json = dict[str, object]


def places(analysis: Analysis, site_url: str = "") -> bytes:
    """Return the annotations of an article's quotations as one page of them, in text order.

    Addresses are relative to the file where that of the site is not known.
    """
    place = f"{site_url or _ROOT}{article_at(analysis.article.id)}"
    items = [_annotation(analysis, q, site_url or _ROOT, place) for q in analysis.quotations if q.kind in SAYS]
    page = {"@context": _CONTEXT, "id": f"{place}{NAME}", "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _annotation(analysis: Analysis, q: Quotation, root: str, place: str) -> Json:
    article = analysis.article
    quote = _quote(article, q)
    position = {"type": "TextPositionSelector", "start": q.start, "end": q.end}
    targets: list[Json] = [{"source": f"{place}#article", "selector": [position, quote]}]
    if href := address(article.url or ""):
        targets.append({"source": uri(href), "selector": quote})
    return {
        "id": f"{place}{NAME}#{q.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": list(_bodies(q, root)),
        "target": targets,
    }


def _quote(article: Article, q: Quotation) -> Json:
    text = article.text
    found: Json = {"type": "TextQuoteSelector", "exact": text[q.start : q.end]}
    lower, upper = article.shown_around(q.start, q.end)
    if before := text[max(lower, q.start - AROUND) : q.start]:
        found["prefix"] = before
    if behind := text[q.end : min(upper, q.end + AROUND)]:
        found["suffix"] = behind
    return found


def _bodies(q: Quotation, root: str) -> Iterator[Json]:
    # The model has no word for a guess: whoever is not sure to speak is in the article's own words or not at all.
    speakers = () if unsure(q) else q.speakers
    for speaker in speakers:
        yield {"source": f"{root}{actor_at(speaker.id)}#actor", "purpose": "identifying"}
    for name in filter(None, [speaker.name for speaker in speakers] or [described(q)]):
        yield {"type": "TextualBody", "value": name, "purpose": "identifying"}
    yield {"type": "TextualBody", "value": KIND_WORDS[q.kind], "purpose": "classifying"}
