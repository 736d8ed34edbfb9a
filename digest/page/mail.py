"""A briefing as a mail: HTML that mail programs show as it is, and the same as plain text.

Mail programs keep no style sheet for sure, load nothing unasked and run no script; so all is tables, and the style
stands in the elements (https://www.caniemail.com says which programs keep what). This is the only HTML of the site that
has inline styles: it is a file to be sent and no page, and a policy of its own forbids all else in it. Gmail cuts off
what is longer than 102 KB; a briefing is a third of that, since what stands for a week has its room.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from digest.addresses import actor_at
from digest.dossiers import ArticleDossier, Briefing, Digest
from digest.lines import Line
from digest.output import KIND_WORDS, File, SiteInfo
from digest.page import sentences, views, weekly, words
from digest.page.edited import sign
from digest.page.english import articles, day, quotations, tally
from digest.page.feed import items
from digest.page.links import web
from digest.page.templates import environment
from digest.text import capital, clip, squeeze
from digest.weeks import Passed, Trend, Voice

WIDTH = 72
"""A line of the plain text has at most so many characters, save for an address (RFC 5322, 2.1.1, asks for 78)."""
NAME, TITLE = 80, 100
"""Names and headlines are cut at a word before so many characters: whatever a file says, the mail stays small."""
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#fdfdfb",
        "sheet": "#f3f5f1",
        "ink": "#161918",
        "soft": "#565d59",
        "rule": "#d9ddd7",
        "edge": "#7f8782",
        "accent": "#0a5b4a",
    }
)
"""The colours of the site's pages in the light, where most mail is read."""
STEPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"w1": ("#dfe9e5", COLOURS["ink"]), "w2": ("#bdd1cb", COLOURS["ink"]), "w3": (COLOURS["accent"], "#ffffff")}
)
"""The ground and the letters of a count in the matrix, in the steps of ``views.shades``. The pages mix the accent with
their paper for it; a mail needs the colour that comes out."""

_QUOTED = re.compile(r'<q(?: lang="([\w-]+)")?[^>]*>(.*?)</q>', re.DOTALL)


def _span(colour: str) -> str:
    return f'<span style="color:{COLOURS[colour]}">'


# What `words` sets for the style sheet; a text from an article is escaped, so it never holds one of these.
_STYLED = {
    '<span class="m">': f'<span style="color:{COLOURS["accent"]}">',
    '<span class="rep">': f'<span style="color:{COLOURS["soft"]}">',
    "<b>": f'<span style="color:{COLOURS["ink"]}">',
    "</b>": "</span>",
    '<span class="l-flaw"></span>': "",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: a name, what is told of it, and where the name leads to, empty where nowhere."""

    name: str
    told: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation as the mail shows it: its line, who speaks, what is told of it, where it stands."""

    line: Line
    who: str
    told: str
    where: Row


def mails(digest: Digest, site: SiteInfo) -> Iterator[File]:
    """Yield ``mail.html`` and ``mail.txt`` of every briefing, beside its page. Links are whole addresses or none."""
    template = environment().get_template("mail.html")
    for briefing in digest.briefings:
        lede = _in_marks(weekly.summary(briefing, site.language), site.language)
        groups = [
            (weekly.heading(briefing, group), [_quote(line, site) for line in group.lines]) for group in briefing.groups
        ]
        parts = [(heading, rows) for heading, rows in _parts(briefing, site) if rows]
        told = {"briefing": briefing, "site": site, "lede": lede, "groups": groups, "parts": parts}
        html = template.render(
            **told,
            weekly=weekly,
            view=views,
            styled=_styled,
            tally=tally,
            here=_here(briefing, site),
            colour=COLOURS,
            steps=STEPS,
        )
        yield File(f"{briefing.week.url}mail.html", html.encode())
        text = "\n".join(_text(briefing, site, lede.striptags(), groups, parts))
        yield File(f"{briefing.week.url}mail.txt", f"{text}\n".encode())


def _here(briefing: Briefing, site: SiteInfo) -> str:
    return f"{site.url}{briefing.week.url}" if site.url else ""


def _styled(line: Line) -> Markup:
    """Return the words of a quotation with the style in the elements."""
    html = str(words.said(line))
    for ours, styled in _STYLED.items():
        html = html.replace(ours, styled)
    return Markup(html)  # noqa: S704 - as `words` made it, with constants for constants


def _in_marks(html: Markup, language: str) -> Markup:
    """Return ``html`` with the marks of its language for each ``<q>``, whose marks a mail program may not draw."""

    def marked(found: re.Match[str]) -> str:
        opening, closing = words.marks(found[1] or language)
        return f"{opening}{found[2]}{closing}"

    return Markup(_QUOTED.sub(marked, html))  # noqa: S704 - nothing but marks comes in


def _quote(line: Line, site: SiteInfo) -> Quote:
    q, article = line.quotation, line.article
    who = items.speaker(line, NAME) or items.nobody(line)
    if line.role:
        who = f"{who}, {clip(line.role, TITLE)}"
    told = [day(article.published) if article.published else "", KIND_WORDS[q.kind]]
    told += [squeeze(q.cue.text) if q.cue else "", *(f"{sentences.through(v)}{clip(v.name, NAME)}" for v in line.via)]
    told += [f"about {', '.join(clip(a.name, NAME) for a in line.about)}" if line.about else ""]
    told += [sentences.also(line), *q.flaws, items.doubt(line)]
    url = f"{site.url}{line.url}" if site.url else web(article.url) or ""
    where = Row(clip(article.title, TITLE), clip(line.outlet.name or "", NAME), url)
    return Quote(line, who, " · ".join(filter(None, told)), where)


def _parts(briefing: Briefing, site: SiteInfo) -> Iterator[tuple[str, list[Row]]]:
    """Yield the lists behind the quotations, each with its heading."""

    def row(name: str, told: str, url: str) -> Row:
        return Row(clip(name, NAME), told, f"{site.url}{url}" if site.url else "")

    if not briefing.sparse:
        yield (
            "Voices of the week",
            [
                row(voice.actor.name, _voice(voice), actor_at(voice.actor.id))
                for voice in briefing.voices[: weekly.VOICES]
            ],
        )
        yield "Topics", [row(capital(t.topic.name), _topic(t), t.topic.url) for t in briefing.topics]
        yield (
            "Who speaks about whom",
            [
                row(
                    f"{clip(pair.speaker.name, NAME // 2)} on {clip(pair.target.name, NAME // 2)}",
                    ", ".join(f"{clip(each.verb, NAME)} {each.times}" for each in pair.verbs[:3]) or tally(pair.tally),
                    actor_at(pair.speaker.id),
                )
                for pair in briefing.about[: weekly.PAIRS]
            ],
        )
        yield (
            "Left out",
            [row(each.outlet.name or "", _passed(each), each.outlet.url) for each in briefing.passed[: weekly.PASSED]],
        )
    fresh, edited = briefing.fresh, [a for a in briefing.mended if a.edited]
    for heading, dossiers in (("New since the last edition", fresh), ("Corrected", edited)):
        yield heading, [row(clip(a.article.title, NAME), _article(a), a.url) for a in dossiers[: weekly.NEWS]]


def _voice(voice: Voice) -> str:
    """Return what the row of a voice tells: "3 quotations; Lower Post; through Gull Wire 1"."""
    told = [quotations(voice.tally), weekly.cell([clip(o.name or "", NAME) for o in voice.outlets])]
    told += [f"through {', '.join(f'{clip(name, NAME)} {n}' for name, n in voice.via[:2])}" if voice.via else ""]
    told += [
        "quoted for the first time" if voice.new else f"last quoted on {day(voice.before)}" if voice.before else ""
    ]
    return "; ".join(filter(None, told))


def _passed(each: Passed) -> str:
    return f"had the story and does not quote {weekly.naming([clip(s.name, NAME) for s in each.speakers], 3)}"


def _topic(trend: Trend) -> str:
    course = "" if trend.course == "as before" else f"{trend.course} than usual"
    return "; ".join(filter(None, [articles(trend.tally), weekly.course(trend), course]))


def _article(dossier: ArticleDossier) -> str:
    told = [clip(dossier.outlet.name or "", NAME), sign(dossier.edited) if dossier.edited else ""]
    return "; ".join(filter(None, told))


# --- as plain text ---


def _text(
    briefing: Briefing,
    site: SiteInfo,
    lede: str,
    groups: Sequence[tuple[str, Sequence[Quote]]],
    parts: Sequence[tuple[str, Sequence[Row]]],
) -> Iterator[str]:
    """Yield the lines of the plain text."""
    yield from _wrapped(f"{site.name}: {weekly.title(briefing)}")
    yield from _wrapped(f"{capital(weekly.dates(briefing.week))}. {weekly.counts(briefing)}")
    if lede:
        yield ""
        yield from _wrapped(lede)
    if not groups:
        yield from ("", *_wrapped(weekly.nothing(briefing)))
    for heading, quotes in groups:
        yield from _heading(heading)
        for n, quote in enumerate(quotes):
            if n:
                yield ""
            yield from _wrapped(words.said(quote.line).striptags())
            for told in (quote.who, quote.told, ", ".join(filter(None, (quote.where.told, quote.where.name)))):
                yield from _wrapped(told, "    ")
            if quote.where.url:
                yield f"    {quote.where.url}"
    for heading, rows in parts:
        yield from _heading(heading)
        for row in rows:
            yield from _wrapped(f"{row.name}: {row.told}" if row.told else row.name, "  ", "- ")
    if here := _here(briefing, site):
        yield from ("", here)


def _heading(words: str) -> Iterator[str]:
    yield from ("", "", words, "-" * min(len(words), WIDTH), "")


def _wrapped(words: str, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
