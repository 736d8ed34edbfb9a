"""What every dossier refers to: outlets and topics with their addresses, actors with their roles, and the lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digest.addresses import article_at
from digest.dossiers import ArticleDossier, PrintedRole
from digest.edition import Edition
from digest.gather import roles
from digest.lines import Line, Outlet, Topic, roles_in_articles, topics_of
from digest.model import SAYS, Actor, Analysis, Place, Quotation, Role, TopicRule
from digest.shingles import words
from digest.text import UNKNOWN_OUTLET, digest_of, outlet_key, slug


@dataclass(frozen=True, slots=True)
class Frame:
    """The edition's outlets (by printed name), topics and actors (by id), and roles by actor and article.

    ``printed`` has each actor's roles as they are shown, ``language`` is that of the site. ``utterances`` has the
    utterance of each quotation, ``printing`` the articles that print one, with their outlets. ``texts`` maps an article
    to its text, ``originals`` a quotation to the number that it has in common with the same words in other reports of
    the text.
    """

    outlets: Mapping[str | None, Outlet]
    topics: Mapping[str, Topic]
    above: Mapping[str, tuple[str, ...]]
    actors: Mapping[str, Actor]
    roles: Mapping[tuple[str, str], Role]
    printed: Mapping[str, tuple[PrintedRole, ...]]
    language: str
    utterances: Mapping[Place, str]
    printing: Mapping[str, Mapping[str, Outlet]]
    texts: Mapping[str, str]
    originals: Mapping[Place, int]

    def note(self, actor: Actor) -> str:
        """Return the role that stands beside an actor's name in lists, empty where none is printed.

        It is the first one in the language of the site, or the first one.
        """
        roles = self.printed.get(actor.id, ())
        fitting = (role.text for role in roles if role.article.language == self.language)
        return next(fitting, roles[0].text if roles else "")


def frame(edition: Edition, rules: Iterable[TopicRule], language: str) -> Frame:
    """Return the frame of an edition; topics are named in ``language`` where the rules know a name."""
    actors = _actors(edition)
    known = {rule.id: rule for rule in rules}
    matched = {match.id: match.name for a in edition.articles for match in a.topics}
    above = {id_: known[id_].parents if id_ in known else () for id_ in matched}
    names = {id_: known[id_].name if id_ in known else name for id_, name in matched.items()}
    for parents in above.values():
        names |= {parent: known[parent].name for parent in parents if parent in known}
    slugs = _slugs(names)
    shown = {id_: known[id_].label(language) if id_ in known else name for id_, name in names.items()}
    newest_first = {a.article.id: n for n, a in enumerate(edition.articles)}
    articles = {a.article.id: a.article for a in edition.articles}
    printed = [(actor.id, role) for actor in actors.values() for role in actor.roles if role.article in newest_first]
    printed.sort(key=lambda x: (newest_first[x[1].article], x[1].start))
    roles_of: dict[str, list[Role]] = defaultdict(list)
    for id_, role in printed:
        roles_of[id_].append(role)
    outlets = _outlets(edition)
    return Frame(
        outlets=outlets,
        topics={id_: Topic(id_, shown[id_], slugs[id_]) for id_ in names},
        above={id_: known[id_].parents if id_ in known else () for id_ in names},
        actors=actors,
        roles=roles_in_articles(actors.values()),
        printed={id_: roles.printed(own, articles, outlets, edition.text_of) for id_, own in roles_of.items()},
        language=language,
        utterances=edition.utterances.of,
        printing=_printing(edition, outlets),
        texts={a.article.id: edition.text_of(a.article.id) for a in edition.articles},
        originals=_originals(edition),
    )


def _printing(edition: Edition, outlets: Mapping[str | None, Outlet]) -> dict[str, dict[str, Outlet]]:
    found: dict[str, dict[str, Outlet]] = defaultdict(dict)
    printed = {a.article.id: outlets[a.article.outlet] for a in edition.articles}
    for (article_id, _), utterance in edition.utterances.of.items():
        found[utterance][article_id] = printed[article_id]
    return found


def _actors(edition: Edition) -> dict[str, Actor]:
    """Return the edition's actors and every speaker that is not among them."""
    actors = dict(edition.actors)
    for analysis in edition.articles:
        for quotation in analysis.quotations:
            for speaker in quotation.speakers:
                if speaker.id not in actors:
                    actors[speaker.id] = Actor(speaker.id, speaker.name, speaker.type)
    return actors


def _slugs(names: Mapping[str, str]) -> dict[str, str]:
    """Return an address for every name; of those that would share one, each gets six hex digits of its id as well."""
    wanted = Counter(slug(name) for name in names.values())
    return {
        id_: slug(name) if wanted[slug(name)] == 1 else f"{slug(name)}-{digest_of(id_)[:6]}"
        for id_, name in names.items()
    }


def _originals(edition: Edition) -> dict[tuple[str, str], int]:
    """Return a number for every quotation shown as speech, the same for the same words in reports of one text.

    Marks, cases and spaces do not matter. What stands twice in an article is two quotations there and in its copies.
    """
    numbers: dict[tuple[str, str, int], int] = {}
    found = {}
    for analysis in edition.articles:
        text = edition.text_of(analysis.article.id)
        held: Counter[str] = Counter()
        for q in sorted(_spoken(analysis), key=lambda q: (q.start, q.end)):
            letters = "".join(words(analysis.article.text[q.start : q.end]))
            held[letters] += 1
            found[analysis.article.id, q.id] = numbers.setdefault((text, letters, held[letters]), len(numbers))
    return found


def _spoken(analysis: Analysis) -> list[Quotation]:
    return [q for q in analysis.quotations if q.kind in SAYS]


def _outlets(edition: Edition) -> dict[str | None, Outlet]:
    """Return the outlet of every printed name; spellings with one key are one outlet, named as most print it."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for analysis in edition.articles:
        if name := analysis.article.outlet:
            spellings[outlet_key(name)][name] += 1
    named = {key: Outlet(min(names, key=lambda n: (-names[n], n)), key) for key, names in spellings.items()}
    by_name: dict[str | None, Outlet] = {name: named[key] for key, names in spellings.items() for name in names}
    unknown = Outlet(None, UNKNOWN_OUTLET)
    return by_name | {None: unknown, "": unknown}


def article(analysis: Analysis, known: Frame) -> ArticleDossier:
    """Return the dossier of one article, its quotations in text order."""
    outlet = known.outlets[analysis.article.outlet]
    topics = tuple(known.topics[match.id] for match in analysis.topics)
    ordered = sorted(analysis.quotations, key=lambda q: (q.start, q.end))
    spoken = sorted(_spoken(analysis), key=lambda q: (q.start, q.end))
    return ArticleDossier(
        analysis=analysis,
        outlet=outlet,
        url=article_at(analysis.article.id),
        lines=tuple(_line(q, n, analysis, outlet, known) for n, q in enumerate(spoken, 1)),
        fragments=tuple(q for q in ordered if q.kind not in SAYS),
        topics=topics,
        voices=len({s.id for q in spoken for s in q.speakers}),
        text=known.texts[analysis.article.id],
    )


def _line(quotation: Quotation, number: int, analysis: Analysis, outlet: Outlet, known: Frame) -> Line:
    speaker = known.actors[quotation.speaker.id] if quotation.speaker else None
    role = known.roles.get((speaker.id, analysis.article.id)) if speaker else None
    utterance = known.utterances[analysis.article.id, quotation.id]
    printing = known.printing[utterance]
    return Line(
        quotation=quotation,
        article=analysis.article,
        outlet=outlet,
        number=number,
        speaker=speaker,
        others=tuple(known.actors[other.id] for other in quotation.others),
        role=role.text if role else "",
        about=tuple(known.actors[id_] for id_ in quotation.about if id_ in known.actors),
        topics=tuple(known.topics[id_] for id_ in topics_of(quotation, analysis)),
        utterance=utterance,
        other_articles=len(printing) - 1,
        other_outlets=len({o for o in printing.values() if o.name} - {outlet}),
        text=known.texts[analysis.article.id],
        original=known.originals[analysis.article.id, quotation.id],
    )
