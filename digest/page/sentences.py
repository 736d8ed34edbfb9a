"""What a page says in whole sentences: summaries, and what a chart shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from digest.dossiers import (
    ActorDossier,
    ArticleDossier,
    Digest,
    OutletDossier,
    Presence,
    PrintedRole,
    Timeline,
    TopicDossier,
    published,
)
from digest.lines import Line, Tally, Utterance, quoted
from digest.model import Actor, Article, QuotationKind, Via, ViaRole
from digest.page.english import (
    articles,
    counted,
    day,
    listed,
    month_of,
    number,
    often,
    period,
    quotations,
    spelled,
    tally,
    times,
    week_of,
)
from digest.page.news import pieces
from digest.page.words import attributes
from digest.since import Changes
from digest.text import capital

_TYPES = {"armed-group": "armed group"}
_AS_PRINTED: dict[QuotationKind, str] = {
    "direct": "in full",
    "mixed": "in part",
    "indirect": "in the article’s own words",
}
_BASIS = {
    "curation": "date set by a person",
    "text": "date found in the text",
    "file name": "date from the file name",
}
_THROUGH: dict[ViaRole, str] = {"agency": "via ", "outlet": "via ", "addressee": "to ", "occasion": ""}
QUOTED_IN_A_SENTENCE = 110


def kind_of(actor: Actor) -> str:
    """Return an actor's type as a word: "armed group"."""
    return _TYPES.get(actor.type, actor.type)


def them(actor: Actor) -> str:
    """Return the pronoun for an actor as an object; a person whose gender is not known keeps the name."""
    if actor.type != "person":
        return "it"
    return {"m": "him", "f": "her"}.get(actor.gender or "", actor.name)


def they(actor: Actor) -> str:
    """Return the pronoun for an actor as a subject."""
    if actor.type != "person":
        return "it"
    return {"m": "he", "f": "she"}.get(actor.gender or "", actor.name)


def presence(found: Presence) -> str:
    """Return how regularly an actor is quoted: "regular voice, quoted in 3 of 8 weeks"."""
    return f"{found.voice} voice, quoted in {found.weeks:,} of {counted(found.of, 'week')}"


def basis(article: Article) -> str:
    """Return where an article's date comes from, empty where the file itself states it."""
    return _BASIS.get(article.date_basis, "")


def through(via: Via) -> str:
    """Return the word that goes before the name of whom or what the words came through."""
    return _THROUGH[via.role]


def actor(dossier: ActorDossier, *, only_article: bool) -> str:
    """Return the summary of an actor's page."""
    name, lines = dossier.actor.name, dossier.by
    if not lines:
        comma = "," if dossier.articles.copied else ""
        said = f"Named in {_spelled_articles(dossier.articles)}{comma} and not quoted."
    elif dossier.sparse:
        where = "in one article"
        if not only_article and lines[0].outlet.name:
            where += f" by {lines[0].outlet.name}"
        if not only_article and lines[0].article.published:
            where += f" on {day(lines[0].article.published)}"
        said = f"Quoted {times(len(lines))} {where}: {_aspublished(lines)}."
    else:
        said = f"{f'Quoted {_times_in(lines)}{_by_outlets(lines)}{_dates(lines)}'.rstrip(',')}."
    return " ".join(filter(None, [said, _via(lines), _about(dossier, name)]))


def _aspublished(lines: Sequence[Line]) -> str:
    kinds = Counter(line.quotation.kind for line in lines)
    if len(kinds) == 1:
        return _AS_PRINTED[lines[0].quotation.kind]
    return ", ".join(f"{times(kinds[kind])} {words}" for kind, words in _AS_PRINTED.items() if kinds[kind])


def _via(lines: Sequence[Line]) -> str:
    held = Counter(name for line in lines for name in {v.name for v in line.via if v.carries})
    if not held:
        return ""
    name, n = min(held.items(), key=lambda pair: (-pair[1], pair[0]))
    through = quoted(line for line in lines if any(v.name == name and v.carries for v in line.via))
    if n == len(lines):
        return f"{'It' if n == 1 else 'All'} came through {name}."
    once = f", {number(through.texts)} in texts," if through.copied else ""
    return f"{capital(number(n))} of these{once} came through {name}."


def _about(dossier: ActorDossier, name: str) -> str:
    speakers = {speaker.id for line in dossier.about for speaker in line.speakers}
    if not speakers:
        return ""
    who = spelled(len(speakers), "speaker")
    whom = them(dossier.actor) if dossier.by else name
    return f"{capital(who)} {'speaks' if len(speakers) == 1 else 'speak'} about {whom}."


def topic(dossier: TopicDossier, site_language: str) -> Markup:
    """Return the summary of a topic's page, with the first and the latest words in quotation marks."""
    lines = dossier.lines
    if not lines:
        count = articles(published(dossier.articles))
        return Markup("{} on this topic; nobody is quoted.").format(count) if dossier.articles else Markup("")
    voices = len(dossier.voices)
    who = (
        f"{spelled(voices, 'speaker')} {'is' if voices == 1 else 'are'} quoted"
        if voices
        else "Unnamed speakers are quoted"
    )
    how = _times_in(lines) if quoted(lines).copied else times(len(lines))
    text = f"{f'{capital(who)} {how}{_by_outlets(lines)}{_dates(lines)}'.rstrip(',')}."
    if voices > 1 and dossier.voices[0].tally.texts > dossier.voices[1].tally.texts:
        text += f" {dossier.voices[0].name} is quoted most, {often(dossier.voices[0].tally)}."
    whole = Markup("{}").format(text)
    direct = [x for x in lines if x.speaker and x.article.published and x.clear]
    if direct and direct[-1].article.published != direct[0].article.published:
        first, last = _short(direct[::-1]), _short(direct)
    else:
        first = last = None
    if first and last:
        whole += Markup(" The first words printed are {}; the latest are {}.").format(
            _spoken(first, site_language), _spoken(last, site_language)
        )
    return whole


def _short(lines: Sequence[Line]) -> Line | None:
    """Return the first of ``lines`` that fits whole into a sentence, of those of one day with the first of them."""
    day = lines[0].article.published
    fitting = (
        x for x in lines if x.article.published == day and len(x.quotation.parts[0].text) <= QUOTED_IN_A_SENTENCE
    )
    return next(fitting, None)


def _spoken(line: Line, site_language: str) -> Markup:
    name = line.speaker.name if line.speaker else ""
    words = line.quotation.parts[0].text
    return Markup("{}’s <q{}>{}</q>").format(name, attributes(line.article.language, site_language), words)


def since(role: PrintedRole) -> str:
    """Return from when on a role is printed as one of the past only, as far as the dates tell: ", since 4 May 2025"."""
    last = role.earlier.article.published if role.earlier else None
    known = last and role.first and last < role.first < (role.article.published or "")
    return f", since {day(role.first)}" if known and role.first else ""


def outlet(dossier: OutletDossier) -> str:
    """Return the summary of an outlet's page."""
    dates = sorted(a.article.published for a in dossier.articles if a.article.published)
    when = f", {period(dates[0], dates[-1])}" if dates else ""
    text = f"{capital(_spelled_articles(published(dossier.articles)))}{when}"
    if not dossier.lines:
        return f"{text}, in which nobody is quoted."
    said = quoted(dossier.lines)
    direct = sum(line.quotation.kind == "direct" for line in dossier.lines)
    text += f", with {quotations(said) if said.copied else spelled(said.reports, 'quotation')}"
    by = f"{',' if said.copied else ''} by {spelled(len(dossier.voices), 'speaker')}"
    text += f"{by if dossier.voices else ', without a name of who speaks'}."
    if len(dossier.lines) == 1:
        return f"{text} It is {'' if direct else 'not '}direct speech."
    if direct == len(dossier.lines):
        return f"{text} All are direct speech."
    share = capital(number(direct)) if direct else "None"
    return f"{text} {share} of them {'is' if direct == 1 else 'are'} direct speech."


def course(line: Timeline, *, both: bool) -> str:
    """Return in one sentence what a timeline shows."""
    peak = max(line.buckets, key=lambda b: (b.by.texts + b.about.texts, b.by.reports + b.about.reports, b.start))
    if line.unit == "week":
        when = f"the week of {week_of(peak.start)}"
    else:
        when = month_of(peak.start) if line.unit == "month" else peak.start[:4]
    most = f"{tally(peak.by)} by, {tally(peak.about)} about" if both else tally(peak.by)
    empty = sum(not (b.by.reports or b.about.reports) for b in line.buckets)
    none = f" None in {number(empty)} of {number(len(line.buckets))} {line.unit}s." if empty else ""
    once = " What copies repeat counts once." if any(b.by.copied or b.about.copied for b in line.buckets) else ""
    return f"Most in {when}: {most}.{none}{once}"


def edition(digest: Digest) -> str:
    """Return what an edition holds, for the description of its front page."""
    printed, speakers = published(digest.articles), counted(len(digest.front.voices), "speaker")
    stop = ";" if printed.copied else ","
    said = quotations(quoted(digest.lines))
    return f"{said}{stop} {speakers} in {articles(printed)}{stop} each at its place in its article."


def article(dossier: ArticleDossier) -> str:
    """Return how much is quoted in an article: "10 quotations, 5 speakers", "1 quotation, nobody named"."""
    if not dossier.lines:
        return "no quotation found"
    voices = counted(dossier.voices, "speaker") if dossier.voices else "nobody named"
    return f"{counted(len(dossier.lines), 'quotation')}, {voices}"


def also(line: Line) -> str:
    """Return where else a quotation is printed: "also in 3 outlets", "also in 1 article"; empty where nowhere."""
    if line.other_outlets:
        return f"also in {counted(line.other_outlets, 'outlet')}"
    return f"also in {counted(line.other_articles, 'article')}" if line.other_articles else ""


def wordings(line: Line, utterance: Utterance) -> str:
    """Return where else an article's quotation is printed, and in which words: "Also in 2 outlets, in 3 wordings"."""
    n = len(utterance.wordings)
    return f"{capital(also(line))}, {'in the same words' if n == 1 else f'in {n} wordings'}"


def printing(utterance: Utterance) -> str:
    """Return who prints an utterance: "3 outlets", "2 articles" where no outlet is known."""
    if utterance.outlets:
        return counted(utterance.outlets, "outlet")
    return counted(utterance.articles, "article")


def questions(digest: Digest) -> str:
    """Return what waits for a person, empty where nothing does."""
    waiting = digest.open
    found = [
        (len(waiting.unresolved), "quotation whose speaker was not found", "quotations whose speaker was not found"),
        (len(waiting.unsure), "unsure reading", ""),
        (len(waiting.alike), "pair of names that may be one actor", "pairs of names that may be one actor"),
        (len(waiting.perhaps), "name that may be two people's", "names that may be two people's"),
        (len(waiting.contested), "quotation with two speakers", "quotations with two speakers"),
        (len(waiting.undated), "article without a date", "articles without a date"),
        (len(waiting.unnamed), "article without an outlet", "articles without an outlet"),
    ]
    return listed([counted(n, one, many) for n, one, many in found if n])


def speakers_line(line: Line) -> str:
    """Return the speakers of a quotation as a line of curation names them: an id, or a list of ids."""
    ids = ", ".join(actor.id for actor in line.speakers)
    return f"[{ids}]" if len(line.speakers) > 1 else ids


def anonymous(digest: Digest) -> str:
    """Return how many quotations come from someone whom their article describes and does not name."""
    n = len(digest.open.anonymous)
    if n == 1:
        return "1 quotation comes from a source that its article does not name."
    return f"{counted(n, 'quotation')} come from sources that their articles do not name."


def _articles(lines: Sequence[Line]) -> Tally:
    return Tally.of({line.article.id: line.text for line in lines}.values())


def _times_in(lines: Sequence[Line]) -> str:
    """Return how often in how many articles: "twice in one article", "six times in 3 reports, twice in 1 text,"."""
    said, printed = quoted(lines), _articles(lines)
    if not said.copied:
        return f"{times(said.reports)} in {_spelled_articles(printed)}{',' if printed.copied else ''}"
    reports, texts = counted(printed.reports, "report"), counted(printed.texts, "text")
    return f"{times(said.reports)} in {reports}, {times(said.texts)} in {texts},"


def _spelled_articles(found: Tally) -> str:
    return tally(found) if found.copied else spelled(found.reports, "article")


def _by_outlets(lines: Sequence[Line]) -> str:
    outlets = {line.outlet.name for line in lines}
    if outlets == {None}:
        return ""
    named = sorted(o for o in outlets if o)
    if len(named) == 1 and None not in outlets:
        return f" by {named[0]}"
    unknown = " and others that are not known" if None in outlets else ""
    return f" by {spelled(len(named), 'outlet')}{unknown}"


def _dates(lines: Sequence[Line]) -> str:
    dates = sorted(line.article.published for line in lines if line.article.published)
    if not dates:
        return ""
    return f" on {day(dates[0])}" if dates[0] == dates[-1] else f", {period(dates[0], dates[-1])}"


def their(actor: Actor) -> str:
    """Return the possessive for an actor: "his", "her", "its", a name's own where the gender is not known."""
    if actor.type != "person":
        return "its"
    return {"m": "his", "f": "her"}.get(actor.gender or "", f"{actor.name}’s")


def missing(article: Article) -> str:
    """Return what neither the file nor the curation says of an article."""
    lacking = [("a date", article.published), ("an outlet", article.outlet)]
    names = [name for name, value in lacking if not value]
    return (
        f"Neither {' nor '.join(names)} stands in the file."
        if len(names) > 1
        else f"{capital(names[0])} does not stand in the file."
    )


def changes(found: Changes | None) -> str:
    """Return what is new since the last edition, counted."""
    if found is None:
        return "No earlier edition is known that this one could be compared with."
    if found.nothing:
        return "Nothing changed since the last edition."
    return capital(listed([piece.words for piece in pieces(found)])) + "."
