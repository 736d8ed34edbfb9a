"""What nobody may read: articles, quotations and people that are kept off every page, feed, index and export.

Words that are withheld are covered in the text, character by character, so that offsets stay. The articles' files are
left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from digest.decisions import Curation, Withhold
from digest.edition import Skipped
from digest.model import Actor, Analysis, DigestError, Quotation, Words
from digest.text import bears, fold

COVER = "▮"
"""Stands for a letter or digit that is withheld; the rest stays, so that lines break as before."""
LEAST = 3
"""Words of a quotation, or of a name, from which on they are covered wherever they stand: fewer are anybody's."""
FULL = 2

_LETTER = re.compile(r"\w")
_WORD = re.compile(r"[^\W_]+")
_GAP = r"[\W_]+"
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What is withheld, as it is looked for.

    ``anywhere`` finds ``words``, which are covered in every article; ``inside`` those that are covered in the article
    of that id, ``spans`` its covered places.
    """

    articles: frozenset[str]
    actors: frozenset[str]
    quotations: frozenset[str]
    anywhere: re.Pattern[str] | None
    words: frozenset[str]
    inside: Mapping[str, re.Pattern[str]]
    spans: Mapping[str, Sequence[tuple[int, int]]]


def withheld(
    analyses: Sequence[Analysis], actors: Mapping[str, Actor], curation: Curation
) -> tuple[tuple[Analysis, ...], dict[str, Actor]]:
    """Return analyses and actors without what people withhold.

    Raises DigestError, naming the line, where an article's address or a topic of the people's own holds what is to be
    withheld.
    """
    if not curation.of(Withhold):
        return tuple(analyses), dict(actors)
    hidden = _hidden(analyses, actors, curation)
    shown = [_covered(a, hidden) for a in analyses if a.article.id not in hidden.articles]
    for held, before, behind in _told(shown, curation):
        if bears(held, hidden.words):
            raise DigestError(f"{before}{_line(held, analyses, actors, curation)}{behind}")
    named = {a.id for analysis in shown for a in analysis.actors}
    texts = {a.article.id: a.article.text for a in shown}
    return tuple(shown), {id_: _shown_actor(actor, texts, hidden) for id_, actor in actors.items() if id_ in named}


def covered_paths(
    skipped: Sequence[Skipped], analyses: Sequence[Analysis], actors: Mapping[str, Actor], curation: Curation
) -> tuple[Skipped, ...]:
    """Return the files that were skipped, those that are withheld or bear a withheld name without their own.

    ``analyses`` and ``actors`` are those of before anything was withheld.
    """
    if not curation.of(Withhold):
        return tuple(skipped)
    hidden = _hidden(analyses, actors, curation)
    return tuple(_covered_path(s, hidden) for s in skipped)


@dataclass(frozen=True, slots=True)
class Holder:
    """Tells of what was said before whether it holds anything withheld, or may hold it.

    More is kept back than ``withheld`` would cover, for what was said before is not needed, and who was named in it may
    be named nowhere now: a person's surname is enough, and so is any word that is withheld in the article of today.
    ``ids`` are those of the actors, ``articles`` those of the articles of which nothing earlier may be told.
    """

    _hidden: _Hidden
    _pattern: re.Pattern[str]
    ids: frozenset[str]
    articles: frozenset[str]

    def version(self, analysis: Analysis) -> bool:
        """Whether a version of an article may hold anything withheld."""
        article, hidden = analysis.article, self._hidden
        if article.id in hidden.spans or article.id in hidden.inside:
            return True
        if any(q.id in hidden.quotations for q in analysis.quotations):
            return True
        if any(a.id in self.ids for a in analysis.actors):
            return True
        told = (article.text, article.title, article.byline, article.outlet, article.url)
        return self._holds(article.id, filter(None, told))

    def quotation(self, article: str, ids: Iterable[str], words: Iterable[str]) -> bool:
        """Whether a quotation of an earlier edition may hold anything withheld.

        ``ids`` are its own and those of its speakers, ``words`` what is told of it. Where a quotation of its article
        is withheld, an earlier wording of it may be any.
        """
        if article in self.articles or not (self.ids | self._hidden.quotations).isdisjoint(ids):
            return True
        return self._holds(article, words)

    def _holds(self, article: str, words: Iterable[str]) -> bool:
        return any(
            self._pattern.search(text)
            or self._pattern.search(_plain(text))
            or any(True for _ in _places(text, article, self._hidden))
            for text in words
        )


def holder(analyses: Sequence[Analysis], actors: Mapping[str, Actor], curation: Curation) -> Holder:
    """Return what tells whether something of before holds anything withheld.

    ``analyses`` and ``actors`` are those of the edition, with what is withheld still in them.
    """
    decisions = curation.of(Withhold)
    hidden = _hidden(analyses if decisions else (), actors if decisions else {}, curation)
    people = [actors[id_] for id_ in hidden.actors if id_ in actors]
    ids = {*hidden.actors, *(d.actor for d in decisions if d.actor), *(id_ for p in people for id_ in p.formerly)}
    forms = {form for person in people for form in _forms(person)} | {*curation.unnamed()}
    # of whom another line has taken away nothing is known but the names in the lines
    named = [form for p in people if p.type == "person" for form in _forms(p)]
    named += [name.title() for name in curation.unnamed() if name not in actors]
    surnames = {words[-1] for name in named if (words := _WORD.findall(name))}
    pattern = _pattern(filter(_is_full, forms), surnames | {form for form in forms if not _is_full(form)})
    quoted = {a.article.id for a in analyses if any(q.id in hidden.quotations for q in a.quotations)}
    kept_back = {id_ for d in decisions for id_ in (d.article, d.versions) if id_}
    return Holder(hidden, pattern, frozenset(ids), frozenset(quoted | kept_back))


def _covered_path(skipped: Skipped, hidden: _Hidden) -> Skipped:
    gone = {skipped.article} & hidden.articles

    def shown(words: str) -> str:
        return _LETTER.sub(COVER, words) if bears(words, hidden.words.union(filter(None, gone))) else words

    path = _LETTER.sub(COVER, skipped.path) if gone else shown(skipped.path)
    return replace(skipped, path=path, reason=shown(skipped.reason), article=None if gone else skipped.article)


def _hidden(analyses: Sequence[Analysis], actors: Mapping[str, Actor], curation: Curation) -> _Hidden:
    decisions = curation.of(Withhold)
    people = {d.actor for d in decisions if d.actor}
    gone = {id_ for id_, actor in actors.items() if id_ in people or people.intersection(actor.formerly)}
    quotations = {d.quotation for d in decisions if d.quotation}
    forms = {form for id_ in gone for form in _forms(actors[id_])}
    # another line may have taken the actor away, with all names; what it is called by in the lines is left
    spoken_of = (" ".join(_WORD.findall(name)) for name in curation.unnamed())
    everywhere = {*filter(_is_full, forms), *filter(_is_full, spoken_of)}
    # who bears no longer name than one word is called by it everywhere, but for words that are not written as names
    sole = {form for id_ in gone for form in _forms(actors[id_]) if not any(map(_is_full, _forms(actors[id_])))}
    inside: dict[str, re.Pattern[str]] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    for analysis in analyses:
        id_, text = analysis.article.id, analysis.article.text
        own = [(m.start, m.end) for m in analysis.mentions if m.actor in gone and m.label == "name"]
        said = [q for q in analysis.quotations if q.id in quotations]
        own += ((q.start, q.end) for q in said)
        everywhere.update(w for q in said if len((w := text[q.start : q.end]).split()) >= LEAST)
        if own:
            spans[id_] = own
        if forms and any(a.id in gone for a in analysis.actors):
            inside[id_] = _pattern(forms)
    anywhere = _pattern(everywhere, sole) if everywhere or sole else None
    # an actor that is named after a withheld one would bring the name back: "the Quill Foundation"; so would its
    # address, whatever people call it
    words = frozenset(everywhere | sole)
    after = {
        id_ for id_, actor in actors.items() if anywhere and (anywhere.search(actor.name) or bears(actor.id, words))
    }
    return _Hidden(
        frozenset(d.article for d in decisions if d.article),
        frozenset(gone | after),
        frozenset(quotations),
        anywhere,
        words,
        inside,
        spans,
    )


def _forms(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _is_full(name: str) -> bool:
    return len(name.split()) >= FULL


def _pattern(words: Iterable[str], names: Iterable[str] = ()) -> re.Pattern[str]:
    """Return what finds any of the words, whatever signs, case and accents they are printed with, also in a genitive.

    What has one word only takes its genitive as it is written or in capitals, and so do ``names`` in any form: *lunds*
    may be a word. What has several is found as one word too where an account or a tag is named: *#AnnaLund*.
    """
    found = {exact for name in names for exact in _exactly(name)}
    for word in words:
        for each in {word, fold(word)}:
            pieces = [re.escape(piece) for piece in _WORD.findall(each)]
            if len(pieces) > 1:
                found |= {f"{_GAP.join(pieces)}s?", f"(?<=[#@]){''.join(pieces)}s?"}
            elif pieces:
                found |= {pieces[0], *_exactly(word)}
    if not found:
        return _NOTHING
    ordered = sorted(found, key=lambda w: (-len(w), w))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)", re.IGNORECASE)


def _exactly(name: str) -> set[str]:
    """Return what finds a name as it is written or in capitals, and its genitive."""
    both = (_GAP.join(map(re.escape, _WORD.findall(w))) for w in (name, name.upper()))
    return {f"(?-i:{w}[sS]?)" for w in both if w}


def _places(text: str, id_: str, hidden: _Hidden) -> Iterator[tuple[int, int]]:
    for pattern in (hidden.anywhere, hidden.inside.get(id_)):
        if pattern is not None:
            yield from (m.span() for m in pattern.finditer(text))
            if not text.isascii():
                yield from (m.span() for m in pattern.finditer(_plain(text)))


def _plain(text: str) -> str:
    """Return ``text`` folded letter by letter, so that offsets stay; a letter that would become two is kept."""
    return "".join(map(_folded, text))


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    plain = fold(letter)
    return plain if len(plain) == 1 else letter


def _cover(text: str, places: Iterable[tuple[int, int]]) -> str:
    out: list[str] = []
    at = 0
    for start, end in sorted(places):
        if end > at:
            start = max(start, at)
            out += (text[at:start], _LETTER.sub(COVER, text[start:end]))
            at = end
    return "".join([*out, text[at:]])


def _covered(analysis: Analysis, hidden: _Hidden) -> Analysis:
    """Return the analysis of one article with its withheld words covered, and without what is withheld in it."""
    article = analysis.article
    places = [*hidden.spans.get(article.id, ()), *_places(article.text, article.id, hidden)]
    text = _cover(article.text, places)

    def words(old: str) -> str:
        return _cover(old, _places(old, article.id, hidden))

    shown = replace(
        article,
        text=text,
        title=words(article.title),
        byline=words(article.byline) if article.byline else None,
        outlet=words(article.outlet) if article.outlet else None,
        url=article.url if article.url and not _holds(article.url, article.id, hidden) else None,
        notes=tuple(map(words, article.notes)),
    )
    said = (q for q in analysis.quotations if q.id not in hidden.quotations)
    return replace(
        analysis,
        article=shown,
        quotations=tuple(
            _again(q, text, article.id, hidden)
            for q in said
            if not any(s.id in hidden.actors for s in q.speakers) and not _all_covered(text[q.start : q.end])
        ),
        mentions=tuple(
            replace(m, text=text[m.start : m.end])
            for m in analysis.mentions
            if m.actor not in hidden.actors and COVER not in text[m.start : m.end]
        ),
        topics=tuple(replace(t, evidence=tuple(map(words, t.evidence))) for t in analysis.topics),
        actors=tuple(a for a in analysis.actors if a.id not in hidden.actors),
    )


def _all_covered(text: str) -> bool:
    return COVER in text and _LETTER.search(text) is None


def _holds(address: str, id_: str, hidden: _Hidden) -> bool:
    """Whether an address holds withheld words: they stand there folded, and with signs between them."""
    own = hidden.inside.get(id_)
    return bears(address, hidden.words) or (own is not None and own.search(fold(address)) is not None)


def _again(q: Quotation, text: str, id_: str, hidden: _Hidden) -> Quotation:
    """Return a quotation with its words cut from the covered text, and without actors that are withheld."""

    def cut(w: Words) -> Words:
        return replace(w, text=text[w.start : w.end])

    return replace(
        q,
        parts=tuple(map(cut, q.parts)),
        cue=cut(q.cue) if q.cue else None,
        source=replace(q.source, text=text[q.source.start : q.source.end]) if q.source else None,
        about=tuple(a for a in q.about if a not in hidden.actors),
        via=tuple(v for v in q.via if v.id not in hidden.actors and not any(_places(v.name, id_, hidden))),
        how=_cover(q.how, _places(q.how, id_, hidden)),
    )


def _shown_actor(actor: Actor, texts: Mapping[str, str], hidden: _Hidden) -> Actor:
    """Return an actor without the names and roles that hold withheld words, and without articles that are withheld."""
    roles = [replace(r, text=texts[r.article][r.start : r.end]) for r in actor.roles if r.article in texts]
    aliases = actor.aliases
    if hidden.anywhere is not None:
        aliases = {name: n for name, n in aliases.items() if not hidden.anywhere.search(name)}
    return replace(
        actor,
        aliases=aliases,
        roles=tuple(r for r in roles if COVER not in r.text),
        formerly=tuple(old for old in actor.formerly if not bears(old, hidden.words)),
        apart={other: why for other, why in actor.apart.items() if not bears(other, hidden.words)},
        held=tuple(r for r in actor.held if hidden.anywhere is None or not hidden.anywhere.search(r.text)),
    )


def _told(analyses: Iterable[Analysis], curation: Curation) -> Iterator[tuple[str, str, str]]:
    """Yield what is shown as it stands, and what is wrong where it holds withheld words, around the line that does."""
    for a in analyses:
        problem = f": the file {a.article.path} bears in its name what is withheld here; "
        way_out = f"withhold articles/{a.article.id} too, or rename the file"
        yield from ((held, "", problem + way_out) for held in (a.article.id, a.article.path))
    for topic in curation.topics:
        rule, before = topic.rule, f"{topic.decided.at}: the topic bears in its name what "
        yield from ((held, before, " withholds; give it another") for held in (rule.id, rule.name, rule.name_de))


def _line(held: str, analyses: Sequence[Analysis], actors: Mapping[str, Actor], curation: Curation) -> str:
    """Return the place of the line that withholds what ``held`` bears."""
    others = [each for each in curation.corrections if not isinstance(each, Withhold)]
    alone = ((each, replace(curation, corrections=(*others, each))) for each in curation.of(Withhold))
    return next(each.decided.at for each, one in alone if bears(held, _hidden(analyses, actors, one).words))
