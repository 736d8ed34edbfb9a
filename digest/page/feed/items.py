"""What a feed says of a quotation, whatever the format: its name, its addresses, and its words as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import escape

from digest.addresses import actor_at
from digest.lines import Line, described, unresolved
from digest.output import KIND_WORDS, SiteInfo
from digest.page import links, words
from digest.page.english import UNDATED, day, outlet_name
from digest.text import clip, midnight, squeeze, uri, urn

TITLE = 120
"""A title is cut at a word to so many characters; the content has the words whole."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A feed as its items need it: its title, the page that it belongs to, and its address without its ending."""

    title: str
    page: str
    url: str
    site: SiteInfo

    @property
    def whole_title(self) -> str:
        """The title with the name of the site, as it stands in a list of feeds."""
        return f"{self.title} · {self.site.name}" if self.page else self.site.name

    def at(self, url: str) -> str:
        """Return the address of what is at ``url`` on the site, relative to the feed where the site's is not known."""
        return uri(f"{self.site.url or links.up(self.url)}{url}" or "./")


@dataclass(frozen=True, slots=True)
class Item:
    """One quotation. ``id`` is never given to another; ``page`` is its place on the site, ``source`` the article's own
    address; ``authors`` are who surely speaks, with their pages: neither format has a word for a guess. ``date`` is a
    time (RFC 3339), None where it is not known.
    """

    id: str
    title: str
    page: str
    source: str | None
    authors: tuple[tuple[str, str], ...]
    html: str
    language: str
    date: str | None
    topics: tuple[tuple[str, str], ...]
    line: Line


def item(line: Line, frame: Frame) -> Item:
    """Return the item of a quotation."""
    q, article = line.quotation, line.article
    said, who = shown(line), speaker(line)
    page = frame.at(line.url)
    source = links.web(article.url)
    return Item(
        id=urn("quotation", article.id, q.id),
        title=clip(f"{_flagged(line, who)}: {said}" if who else said, TITLE),
        page=page,
        source=uri(source) if source else None,
        authors=tuple((each.name, frame.at(actor_at(each.id))) for each in line.speakers if not line.unsure),
        html=_html(line, said, page),
        language=article.language,
        date=midnight(article.published),
        topics=tuple((topic.id, topic.name) for topic in line.topics),
        line=line,
    )


def _flagged(line: Line, who: str) -> str:
    """Return who speaks as a title names them: with what is to be said beside them, however long their name is."""
    return f"{clip(who, TITLE // 2)} (unsure)" if doubt(line) else who


def speaker(line: Line, longest: int | None = None) -> str:
    """Return who speaks, by name, or in the article's words, where those say more than a pronoun does.

    Each name is cut at a word to ``longest`` characters.
    """
    who = [each.name for each in line.speakers] or [described(line.quotation)]
    return ", ".join(who if longest is None else (clip(name, longest) for name in who))


def nobody(line: Line) -> str:
    """Return what stands in the place of one who speaks without a name or a description."""
    return "speaker not found" if unresolved(line.quotation) else "speaker not named"


def doubt(line: Line) -> str:
    """Return what to say beside one who speaks, where it is not sure that it is they."""
    return "speaker unsure" if line.unsure and speaker(line) else ""


def shown(line: Line) -> str:
    """Return the words as the pages show them, with marks around what is verbatim."""
    return str(words.said(line).striptags())


def _html(line: Line, said: str, page: str) -> str:
    """Return the words, as a quotation where they are quoted and as a paragraph where they are reported."""
    attributes = words.attributes(line.article.language, "")
    paragraph = f"<p{attributes}>{escape(said)}</p>"
    quoted = paragraph if line.quotation.kind == "indirect" else f"<blockquote>{paragraph}</blockquote>"
    return f'{quoted}<p>{escape(" · ".join(_about(line)))} · <a href="{escape(page)}">in the article</a></p>'


def _about(line: Line) -> Iterator[str]:
    """Yield what stands under the words: who, how, through whom, by whom printed, when, and what to be careful of."""
    q = line.quotation
    who = speaker(line) or nobody(line)
    yield f"{who}, {line.role}" if line.role else who
    cue = squeeze(q.cue.text) if q.cue else ""
    if how := cue if q.kind == "direct" else f"{cue} ({KIND_WORDS[q.kind]})".strip():
        yield how
    if line.via:
        yield f"via {', '.join(via.name for via in line.via)}"
    yield outlet_name(line.outlet.name)
    yield day(line.article.published) if line.article.published else UNDATED
    if unsure := doubt(line):
        yield unsure
    if line.other_articles:
        yield f"printed by {line.other_articles + 1} articles"
